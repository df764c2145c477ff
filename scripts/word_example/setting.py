"""Set a French report in Word: styles that make its outline, captions with numbers, pictures with words.

What python-docx does not offer is written as OOXML elements here, and nowhere else.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_INK, _GREY = RGBColor(0x24, 0x22, 0x1E), RGBColor(0x5E, 0x5B, 0x52)
_LETTERS = "Calibri"  # comes with Word; LibreOffice has one of the same widths
_DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can say
_COLOURS = 256
_WHITE = (255, 255, 255)
_WIDTH_CM, _FIGURE_CM, _TABLE_PT = 16.0, 2.3, 8.5  # of the text, of a column of figures; size of its letters
_SIZES = {"Title": 20, "Subtitle": 12, "Heading 1": 15, "Normal": 10.5, "Caption": 9, "List Bullet": 10.5}


class Report:
    """A document in French, A4, whose headings, captions and pictures Word's own tools understand."""

    def __init__(self, title: str, subtitle: str, day: dt.datetime) -> None:
        """Begin with a title; `day` is written as that of the document, never today."""
        self._document: Any = Document()
        self._numbers = {"Figure": 0, "Tableau": 0}
        self._settle(title, day)
        self._document.add_paragraph(title, style="Title")
        self._document.add_paragraph(subtitle, style="Subtitle")

    def heading(self, text: str) -> None:
        """Add a heading of the first level, which Word's navigation shows."""
        self._document.add_heading(text, level=1)

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self._document.add_paragraph(text)

    def points(self, texts: Sequence[str]) -> None:
        """Add a list."""
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def figure(self, picture: bytes, *, alt: str, caption: str, width_cm: float = _WIDTH_CM) -> None:
        """Add a picture (PNG), what it shows for those who do not see it, and its numbered caption."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        run.add_picture(io.BytesIO(_light(picture)), width=Cm(width_cm))
        run._element.find(f".//{qn('wp:docPr')}").set("descr", alt)  # noqa: SLF001 - python-docx has no name for it
        self._caption("Figure", caption)

    def table(self, rows: Sequence[Sequence[str]], *, caption: str) -> None:
        """Add a table under its numbered caption; the first row is repeated on each page."""
        self._caption("Tableau", caption, keep=True)
        table = self._document.add_table(rows=0, cols=len(rows[0]), style="Light Shading")
        table.autofit = False
        look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
        look.set(qn("w:noHBand"), "1")
        look.set(qn("w:val"), "0620")
        widths = [Cm(_WIDTH_CM - _FIGURE_CM * (len(rows[0]) - 1)), *[Cm(_FIGURE_CM)] * (len(rows[0]) - 1)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for rank, cells in enumerate(rows):
            row = table.add_row()
            for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                run = paragraph.add_run(text.replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
                run.bold, run.font.size = rank in (0, len(rows) - 1), Pt(_TABLE_PT)
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.keep_with_next = rank < len(rows) - 1  # on one page
                if place:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
        header.append(_element("w:tblHeader"))
        self._document.add_paragraph()

    def save(self) -> bytes:
        """Return the file; the same report gives the same bytes."""
        out = io.BytesIO()
        self._document.save(out)
        return _timeless(out.getvalue())

    def _settle(self, title: str, day: dt.datetime) -> None:
        about = self._document.core_properties
        about.title, about.language, about.author = title, "fr-FR", "geocontracts"
        about.created = about.modified = day
        about.comments, about.last_modified_by, about.revision = "", "geocontracts", 1
        for name, size in _SIZES.items():
            style = self._document.styles[name]
            style.font.name, style.font.size = _LETTERS, Pt(size)
            style.font.color.rgb = _GREY if name in ("Subtitle", "Caption") else _INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(kind), None)
        self._document.styles["Normal"].paragraph_format.space_after = Pt(6)
        defaults = self._document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_element("w:lang", {"w:val": "fr-FR", "w:eastAsia": "fr-FR", "w:bidi": "ar-SA"}))
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(foot, "PAGE", "1")

    def _caption(self, kind: str, text: str, *, keep: bool = False) -> None:
        """Add a caption whose number is a field: Word counts again, and can list all figures."""
        self._numbers[kind] += 1
        paragraph = self._document.add_paragraph(f"{kind}\u00a0", style="Caption")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        paragraph.add_run(f"\u00a0: {text}")
        paragraph.paragraph_format.keep_with_next = keep


def _field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field of Word with what it shows until Word counts again."""
    field = _element("w:fldSimple", {"w:instr": f" {code} "})
    run, text = _element("w:r"), _element("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(qn(key), value)
    return element


def _light(png: bytes) -> bytes:
    """Return a picture in 256 colours chosen to miss none: a quarter of the size, no hue lost."""
    picture = Image.open(io.BytesIO(png))
    dpi = picture.info.get("dpi", (200, 200))
    flat = picture.convert("RGB").quantize(
        _COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE
    )
    palette = flat.getpalette() or []
    paper = flat.getpixel((0, 0))  # the paper stays white: a shade of it would show on the page
    if isinstance(paper, (int, float)):
        first = 3 * int(paper)
        palette[first : first + 3] = _WHITE
        flat.putpalette(palette)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True, dpi=dpi)
    return out.getvalue()


def _timeless(docx: bytes) -> bytes:
    """Return the archive with no hour in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            about = zipfile.ZipInfo(member.filename, _DAY_ZERO)
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, old.read(member))
    return out.getvalue()
