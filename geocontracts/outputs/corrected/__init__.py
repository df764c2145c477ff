"""A file written back as it was, with what became of each row at the right."""

from geocontracts.outputs.corrected.write import write_corrected

__all__ = ["write_corrected"]
