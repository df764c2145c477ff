"""The notebooks run without network from top to bottom, say what is true, and are kept without outputs."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT
from tests.jupyter.lab import guarded_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


class Run:
    """A notebook that was run in a folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:  # noqa: D107
        self.folder = folder
        self.notebook = nbformat.read(FOLDER / name, as_version=4)
        NotebookClient(
            self.notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute()

    def outputs(self, source: str) -> list[Any]:
        """Return the outputs of the one cell of code that contains `source`."""
        (cell,) = (cell for cell in self.notebook.cells if cell.cell_type == "code" and source in cell.source)
        return list(cell.outputs)

    def text(self, source: str) -> str:
        """Return what that cell prints or shows, without markup."""
        shown = [
            output.get("text") or output.data.get("text/html") or output.data["text/plain"]
            for output in self.outputs(source)
        ]
        bare = re.sub(r"<style.*?</style>|<[^>]*>", " ", "\n".join(shown), flags=re.DOTALL)
        return re.sub(r"[^\S\n]+", " ", unescape(bare)).replace("\u202f", " ")

    def page(self, source: str) -> str:
        """Return the markup that shows a map."""
        (markup,) = (found for each in self.outputs(source) if (found := each.data.get("text/html")))
        return str(markup)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Run]:
    """Return a function that runs a notebook, shut off; a warning in it fails the test."""
    (tmp_path / "home").mkdir()
    (tmp_path / "carnet").mkdir()
    for name, value in guarded_environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)

    def running(name: str) -> Run:
        done = Run(name, tmp_path / "carnet")
        outputs = [output for cell in done.notebook.cells for output in cell.get("outputs", [])]
        assert [output.text for output in outputs if output.get("name") == "stderr"] == []
        return done

    return running


def test_there_are_four_and_each_leads_to_the_next() -> None:
    assert [name[:3] for name in NOTEBOOKS] == ["01-", "02-", "03-", "04-"]
    for name, following in pairwise(NOTEBOOKS):
        assert following in (FOLDER / name).read_text(encoding="utf-8")
    for name in NOTEBOOKS:
        assert name in (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_committed_notebook_is_valid_and_holds_no_outputs(name: str) -> None:
    notebook = nbformat.read(FOLDER / name, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert notebook.cells[0].source.startswith("# ")
    assert all("http" not in cell.source for cell in notebook.cells)


def test_the_script_takes_out_what_running_puts_in(tmp_path: Path) -> None:
    checked = [sys.executable, str(ROOT / "scripts" / "strip_notebooks.py"), "--check"]
    subprocess.run(checked, check=True, cwd=tmp_path)

    (tmp_path / "scripts").mkdir()
    (tmp_path / "notebooks").mkdir()
    script = tmp_path / "scripts" / "strip_notebooks.py"
    script.write_bytes((ROOT / "scripts" / "strip_notebooks.py").read_bytes())
    committed = (FOLDER / NOTEBOOKS[0]).read_text(encoding="utf-8")
    dirty = json.loads(committed)
    dirty["cells"][1] |= {"execution_count": 3, "id": "a1b2", "metadata": {"trusted": True}}
    dirty["cells"][1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": "secret"}]
    dirty["metadata"]["kernelspec"]["display_name"] = "mon poste"
    path = tmp_path / "notebooks" / NOTEBOOKS[0]
    path.write_text(json.dumps(dirty), encoding="utf-8")
    refused = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    assert f"not stripped: {NOTEBOOKS[0]}" in refused.stderr
    subprocess.run([sys.executable, script], check=True)
    assert path.read_text(encoding="utf-8") == committed


def test_a_first_map(run: Callable[[str], Run]) -> None:
    done = run("01-premiere-carte.ipynb")
    assert done.text("registre = ").split("\n")[:2] == [
        "60 dispositifs",
        "70 contrats, 4 missions, 101 opérations",
    ]
    assert 'title="Contrats territoriaux — Hauts-de-France"' in done.page("ContractMap(registre)")
    assert 'title="Contrats dans la Porte du Hainaut"' in done.page("hainaut = ")
    assert "height:560px" in done.page("hainaut = ")
    unplaced = " ".join(done.text("hors_carte").split())
    assert "25 Petites villes de demain de l’Aisne la source ne dit pas quelles communes" in unplaced
    assert "CC Bassée-Montois (Seine-et-Marne) hors de la région" in unplaced
    assert "12 hors carte" in done.outputs("ContractMap(registre)")[0].data["text/plain"].replace(
        "\u00a0", " "
    )
    assert len(re.findall(r"<tr>", done.page("hors_carte"))) == 12 + 1, (
        "the heading, and what the map leaves out"
    )
    saved = (done.folder / "porte-du-hainaut.html").read_text(encoding="utf-8")
    assert "<title>Contrats dans la Porte du Hainaut</title>" in saved


@pytest.mark.thorough
def test_exploring_the_register(run: Callable[[str], Run]) -> None:
    done = run("02-explorer-le-registre.ipynb")
    assert re.search(r"Contrat\s+28\s+34\s+8\s+70", done.text("pd.crosstab"))
    assert "La source annonce 250 communes ; le périmètre d’aujourd’hui en compte 336." in done.text(
        "remarque in"
    )
    assert re.search(r"zone gendarmerie\s+1 500\s+–\s+–", done.text("tableau(annonces")), "never 0"
    assert "Communes annoncées" in done.text("tableau(annonces")
    assert len(re.findall(r"<tr>", done.page('gc.stack("Denain"'))) == 22 + 1
    assert "Part de l’État connue : 100 M€, écrite pour\n1 fiche sur 22." in done.text("add_up(")
    assert "ou la disent par an, laissées de côté : 2." in done.text("add_up(")
    assert re.search(r"10\s+5\s+76 252", done.text("repartition ="))
    assert "Communes sans autre contrat : 1545 sur 3782" in done.text("cibles = ")
    assert re.search(r"CA Douaisis Agglo\s+35\s+11", done.text("cibles = "))
    assert "image/png" in done.outputs("plt.subplots")[0].data
    assert re.search(
        r"Conventions pauvreté\s+Agriculture et urbanisme\s+647\s+42 %\s+100 %", done.text("paires = ")
    )
    assert "Petites villes de demain" in done.text('attrs["without_perimeter"]')


@pytest.mark.thorough
def test_ones_own_list(run: Callable[[str], Run]) -> None:
    done = run("03-sa-propre-liste.ipynb")
    assert "« Territoires » = Territoires" in done.text("liste = ")
    assert "7 contrats lus." in done.text("liste = ")
    report = done.text("rapport.problems")
    assert "--report" not in report, "what the command line offers is not to be typed here"
    assert "liste.csv, ligne 7, colonne Territoires — « CC du Ternoi »" in report
    assert "[epci:200069672]" in report
    assert "« 31/02/2022 » n’est pas une date" in report
    assert "Saint-Pol-sur-Ternoise" in (done.folder / "rapport.html").read_text(encoding="utf-8")
    completed = (done.folder / "liste-completee.csv").read_text(encoding="utf-8-sig").splitlines()
    assert completed[0].startswith(
        "Intitulé;Dispositif;Territoires;Date de signature;Part État (€);Montant total (€);"
    )
    assert "commune:62447" in completed[5], "Hesdin is Hesdin-la-Forêt today"
    assert "À corriger : 0" in done.text("corrigee = ")
    assert "Placées : 6 ; placées avec une remarque : 1 ; sans lieu : 1" in done.text("corrigee = ")
    assert "7 sur la carte, 0 hors carte" in done.outputs("carte = ")[0].data["text/plain"].replace(
        "\u00a0", " "
    )


@pytest.mark.thorough
def test_figures_for_a_report(run: Callable[[str], Run]) -> None:
    done = run("04-figures-pour-un-rapport.ipynb")
    for cell in ("villes = ", "quatre = ", "temps = "):
        assert base64.b64decode(done.outputs(cell)[0].data["image/png"]).startswith(b"\x89PNG")
    towns = (done.folder / "villes.svg").read_text(encoding="utf-8")
    assert "Deux temps d’Action cœur de ville" in towns
    assert "Boulogne-sur-Mer" in towns
    assert (done.folder / "villes.pdf").read_bytes().startswith(b"%PDF-")
    assert (done.folder / "villes.png").read_bytes().startswith(b"\x89PNG")
