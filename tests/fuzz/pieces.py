"""What the inputs of the fuzzer are made of: pieces of the XML of workbooks, and files to begin with."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache


def _parted(text: str) -> list[bytes]:
    return [piece.encode() for piece in text.replace("\n", "").split("¦")]


SHEET_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_FOOT = b"</sheetData></worksheet>"
XLSX_PIECES = _parted("""\
<row r="1">¦<row r="2">¦<row r="3">¦<row r="9">¦<row r="1048576">¦<row r="1048577">¦<row>¦</row>¦
<row r="1000000000000000000000000000000">¦<c r="A1"¦<c r="B1"¦<c r="A2"¦<c r="B2"¦<c r="C2"¦<c r="A3"¦
<c r="XFD9"¦<c r="XFE1"¦<c r="AAAA2"¦<c r="B1048576"¦<c r="A0"¦<c¦
 t="e"¦ t="str"¦ t="inlineStr"¦ t="s"¦ t="b"¦ t="d"¦
 s="1"¦ s="99"¦>¦/>¦</c>¦<v>1</v>¦<v>1.5</v>¦<v>#REF!</v>¦<v>2019-06-29</v>¦<v>99999999</v>¦<v/>¦
<v>Commune</v>¦<v>Arras</v>¦<f>A1</f>¦<f/>¦<f t="shared" ref="A1:B2" si="0">A1</f>¦<is><t>Nom</t></is>¦
<is><t>Commune</t></is>¦<sheetData>¦</sheetData>¦<mergeCells>¦</mergeCells>¦<dimension ref="A1:XFD1048576"/>¦
<mergeCell ref="A1:B1"/>¦<mergeCell ref="A1:A3"/>¦<mergeCell ref="B2:B3"/>¦<mergeCell ref="B3:A1"/>¦
<mergeCell ref="A1:XFD1048576"/>¦<mergeCell ref="A1"/>¦<mergeCell ref="A1:ZZZZZZZ99999999999"/>""")
XLSX_SEED = _parted("""\
<row r="1">¦<c r="A1"¦ t="str"¦>¦<v>Commune</v>¦</c>¦</row>¦
<row r="2">¦<c r="A2"¦ t="e"¦>¦<f>A1</f>¦<v>#REF!</v>¦</c>¦</row>""")

MANIFEST = b'<manifest:manifest xmlns:manifest="m"></manifest:manifest>'
ODS_HEAD = (
    b'<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c">'
    b"<office:body><office:spreadsheet>"
)
ODS_FOOT = b"</office:spreadsheet></office:body></office:document-content>"
ODS_PIECES = _parted("""\
<table:table¦<table:table-row¦<table:table-cell¦<table:covered-table-cell¦</table:table>¦</table:table-row>¦
</table:table-cell>¦>¦/>¦ table:name="A"¦ table:name="&amp;"¦ table:number-rows-repeated="2"¦
 table:number-columns-repeated="3"¦ table:number-rows-repeated="1048576"¦ table:number-columns-repeated="0"¦
 table:number-rows-spanned="2"¦ table:number-columns-spanned="2"¦ table:number-columns-spanned="16384"¦
 table:number-rows-spanned="100000000000000000000"¦ office:value-type="string"¦ office:value-type="float"¦
 office:value-type="date"¦ office:value-type="boolean"¦ office:value-type="percentage"¦ office:value="1.5"¦
 office:value="x"¦ office:date-value="2019-06-29"¦ office:string-value=""¦ calcext:value-type="error"¦
<text:p>Commune</text:p>¦<text:p>Arras</text:p>¦<text:p>¦</text:p>¦<text:s/>""")
ODS_SEED = _parted("""\
<table:table¦ table:name="A"¦>¦<table:table-row¦>¦<table:table-cell¦ office:value-type="string"¦>¦
<text:p>Commune</text:p>¦</table:table-cell>¦</table:table-row>¦</table:table>""")
ODS_ROWS = (
    b'<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-spanned="2" '
    b'office:value-type="string"><text:p>Commune</text:p></table:table-cell></table:table-row>'
    b'<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" '
    b'office:value="3"/></table:table-row></table:table>'
)

TABLE = 'id;Nom;Commune;Montant total\n1;ACV;Arras;1 234,50 €\n2;"CRTE; suite";Lens;12 k€\n'
PAGE = (
    b"<html><table><tr><th>Nom<th colspan=2>Commune</tr><tr><td>ACV<td>Arras&eacute;</td></table>"
    b"<![CDATA[x]]>"
)
_PROPERTIES = {"code": "62041", "nom": "Arras", "departement": "62", "region": "32", "epci": "2"}
_SHAPE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
_FEATURE = {"type": "Feature", "properties": _PROPERTIES, "geometry": _SHAPE}
GEOJSON = json.dumps({"type": "FeatureCollection", "features": [_FEATURE]}).encode()


def assembled(data: bytes, pieces: list[bytes]) -> bytes:
    """Return the pieces that the bytes stand for."""
    return b"".join(pieces[byte % len(pieces)] for byte in data)


def chosen(seed: list[bytes], pieces: list[bytes]) -> bytes:
    """Return the bytes that stand for some pieces."""
    return bytes(map(pieces.index, seed))


@cache
def workbook() -> dict[str, bytes]:
    """Return the parts of a sound workbook, by their names."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in [("Nom", "Commune", "Montant"), ("ACV", "Arras", 1500), ("CRTE", "Lens", 12.5)]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _all(*texts: str) -> tuple[bytes, ...]:
    return tuple(each.encode() for each in texts)


SEEDS = {
    "text": (
        *_all(TABLE, "sep=|\na|b\n1|2\n", 'a,b\n"x,1\n2,3\n', '"a""b"\t"c\nd"\n', "\n\n;;\nTotal;\n"),
        TABLE.encode("utf-16"),
        TABLE.encode("cp1252"),
        b"\xc3\xa9;\xe9\n1;2\n",
    ),
    "webpage": (PAGE, b"<table><tr><td rowspan=2>a<br>b</table>", b"<!DOCTYPE html><!--a-->"),
    "file": (TABLE.encode(), PAGE, GEOJSON, b"PK\x03\x04", b"PAR1", b"\x09\x08"),
    "xlsx": (b"\3" + chosen(XLSX_SEED, XLSX_PIECES),),
    "ods": (b"\0" + ODS_HEAD + ODS_ROWS + ODS_FOOT, chosen(ODS_SEED, ODS_PIECES)),
    "dates": _all(
        *(
            "2019",
            "2019-06-29",
            "31/12/2019",
            "1er janvier 2020",
            "déc. 2019",
            "43830",
            "T4 2019",
            "2019-2020",
        )
    ),
    "amounts": _all(
        *("1 234,50 €", "1,5 M€", "12 k€", "1.234.567,89", "1.5E+06", "59350", "3 millions d’euros")
    ),
    "places": _all(
        *(
            "Creil (60)",
            "62041\nArras\n62\n\n62000",
            "St-Quentin",
            "CC du Ternois",
            "commune:62041",
            "2.16E+08",
        ),
        *(
            "Paris 12e arrondissement",
            "Portel (Le)",
            "59 - Cambrai",
            "departement:Nord",
            "Lens, Pas-de-Calais",
        ),
    ),
    "columns": _all(
        *("[1,2,3]", '["a1","a2"]', '[null,"x",1.5]', '[{"a":1},{"a":[2]}]', "[[1],[],[1]]", "[-0.0,1]")
    ),
    "addresses": _all(
        "postgresql://me:PASSWORD@host/base?table=a.b",
        "https://me:PASSWORD@x.example/a",
        "postgres://me:PASSWORD@[::1]:5432/b?query=select 1&sslmode=require",
        "host=a password=PASSWORD",
    ),
    "features": (GEOJSON, GEOJSON.replace(b"Polygon", b"MultiPolygon")),
    "words": _all("x", "{0.__class__}", "é\u202f1", "\u202eabc", "a" * 90),
}
