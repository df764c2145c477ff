"""Columns added to a Parquet file; types and metadata stay, so that a GeoParquet remains one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the file with columns of text at the right."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(sheet.origin.path) as file:
        table = file.read()
        codec = file.metadata.row_group(0).column(0).compression if file.metadata.num_row_groups else "SNAPPY"
    for heading, cells in zip(added.headings, added.columns(len(table)), strict=True):
        table = table.append_column(heading, pa.array(cells, pa.string()))
    out = pa.BufferOutputStream()
    pq.write_table(table, out, compression="NONE" if codec == "UNCOMPRESSED" else codec)
    return out.getvalue().to_pybytes(), None
