"""The worked examples of `docs/`: the Quarto report runs, the Word one is what the register says."""

from __future__ import annotations

import ast
import base64
import io
import re
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from geocontracts.records.amounts import add_up
from geocontracts.records.read import read_register

ROOT = Path(__file__).parents[1]
QMD = ROOT / "docs" / "exemples" / "rapport.qmd"
DOCX = ROOT / "docs" / "exemples" / "rapport.docx"


def chunks() -> list[tuple[dict[str, Any], str]]:
    """Return the Python of the Quarto report: the options of each chunk, and its code."""
    found = []
    for code in re.findall(
        r"^```\{python\}\n(.*?)^```$", QMD.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    ):
        options = "\n".join(line[2:] for line in code.splitlines() if line.startswith("#|"))
        found.append((yaml.safe_load(options) or {}, code))
    return found


def test_the_front_matter_says_french_and_both_formats() -> None:
    head = yaml.safe_load(QMD.read_text(encoding="utf-8").split("---\n")[1])
    assert head["lang"] == "fr"
    assert head["format"]["html"]["embed-resources"] is True
    assert "docx" in head["format"]


def test_each_chunk_is_python_with_a_label_and_figures_have_words() -> None:
    labels = []
    for options, code in chunks():
        ast.parse(code)
        labels.append(options["label"])
        if options["label"].startswith("fig-"):
            assert options["fig-cap"]
            assert options["fig-alt"]
    assert len(set(labels)) == len(labels) == 6


@pytest.mark.thorough
def test_the_report_runs_from_top_to_bottom_in_a_fresh_kernel() -> None:
    """Run its Python as Quarto would; Quarto itself cannot be installed from a package registry."""
    import nbclient
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for _, code in chunks()])
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [[output["data"] for output in cell.outputs if "data" in output] for cell in notebook.cells]
    assert "70 contrats, 4 missions et 101 opérations" in shown[1][0]["text/markdown"]
    assert "geocontracts-payload" in shown[2][0]["text/html"]
    assert base64.b64decode(shown[3][0]["image/png"]).startswith(b"\x89PNG")
    assert "Territoires d’industrie" in shown[4][0]["text/html"]
    assert "La République contractuelle" in shown[5][0]["text/markdown"]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "build_word_example.py"))


def test_the_word_report_can_be_navigated_and_heard() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    report = Document(str(DOCX))
    styles = [paragraph.style.name for paragraph in report.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 6
    pictures = list(report.element.iter(qn("wp:docPr")))
    assert len(pictures) == len(report.inline_shapes) == 2
    assert all(picture.get("descr").startswith("Carte des Hauts-de-France") for picture in pictures)
    captions = [each.text for each in report.paragraphs if each.style.name == "Caption"]
    assert len(captions) == 3
    assert all(re.match(r"(Figure|Tableau)\u00a0.*\u00a0: ", caption) for caption in captions)
    assert report.core_properties.language == "fr-FR"
    languages = {each.get(qn("w:val")) for each in report.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    assert DOCX.stat().st_size < 1_000_000
    table = [[cell.text for cell in row.cells] for row in report.tables[0].rows]
    assert table[-1][:4] == ["Ensemble", "70", "4", "101"]


def test_the_word_report_claims_no_more_than_the_register_says() -> None:
    from docx import Document

    register = read_register()
    used = {record.programme for record in register.records()}
    told = [each.text for each in Document(str(DOCX)).paragraphs]
    assert "Communes du Code officiel géographique 2026" in told[1]
    assert f"{len(used)} des {len(register.programmes)} dispositifs" in " ".join(told)
    yearly = add_up(register, register.records(), "yearly").total
    assert yearly == 36_500_000
    assert any(
        text.startswith("S’y ajoutent 36,5\u00a0M€ par an\u00a0: Insertion économique (IAE).")
        for text in told
    )
    assert any("hors montants annuels" in text for text in told)


def test_the_overview_has_a_page_of_its_own_in_the_example_as_in_the_guide() -> None:
    from docx import Document
    from docx.shared import Cm

    overview = Document(str(DOCX)).inline_shapes[0]
    assert (round(overview.width / Cm(1)), round(overview.height / Cm(1))) == (16, 22)
    guide = (ROOT / "docs" / "rapports.md").read_text(encoding="utf-8")
    assert "geocontracts figure -o ensemble.png --size 16x22" in guide
    assert "--size 16x13" not in guide


def test_the_check_of_the_word_report_can_fail(script: dict[str, Any]) -> None:
    told = DOCX.read_bytes()
    assert script["differences"](told, told) == []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(told)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"70 contrats", b"71 contrats"))
    assert script["differences"](told, out.getvalue()) == ["word/document.xml"]


@pytest.mark.thorough
def test_the_word_report_is_what_the_register_says(script: dict[str, Any]) -> None:
    assert script["differences"](DOCX.read_bytes(), script["report"]()) == []
