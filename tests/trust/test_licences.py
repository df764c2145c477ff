"""Who may publish what: the licence of the register is that of no document, and no publisher is an author."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from PIL import Image
from pypdf import PdfReader
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD

from geocontracts.bundled import data_dir
from geocontracts.cli import main
from geocontracts.outputs.exports.credits import credit_line, credits_of
from geocontracts.outputs.exports.write import write_export
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.outputs.figures.write import About
from geocontracts.places.editions import bundled_editions
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.places.provenance import origin_of_places
from geocontracts.records.given import Giver
from geocontracts.records.read import read_register
from geocontracts.webmap.linked import linked_data
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.provenance import is_bundled, licence_of, provenance_of, rights_text
from tests.conftest import ROOT
from tests.trust.examples import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register
    from geocontracts.webmap.payload import MapContent

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
ETALAB = URIRef("https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
AREA = "departement:59"
RIGHTS = (
    "compilation sous Licence Ouverte 2.0\u00a0; les documents cités ne disent pas leur licence\u00a0: "
    "5 sur 5\u00a0; vérifiez avant de les reproduire"
)
EDITIONS = (
    "contours 2024\u00a0; codes 2026\u00a0; EPCI 2025 (la source dit 2026, mais sa liste est celle de "
    "2025\u00a0: ce qui a changé depuis n’y est pas)\u00a0; mairies 2025\u00a0; population\u00a0: "
    "millésime non indiqué par la source"
)
PUBLISHERS = ("Préfecture de la région Hauts-de-France", "Cerema", "CAUE de l’Aisne")
BROKEN = "Pr\udce9fec\u202et\x07ure"  # é of another encoding, a sign of direction, a control sign
MENDED = "Pr\ufffdfec\ufffdt\ufffdure"


@pytest.fixture(scope="module")
def ours() -> Register:
    return read_register()


@pytest.fixture(scope="module")
def content(ours: Register) -> MapContent:
    return build_content(ours, MapOptions())


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a list of which two rows of three name a document."""
    path = tmp_path / "suivi.csv"
    rows = [
        "Intitulé;Territoires;Source",
        "Un;Denain;Convention A",
        "Deux;Douai;",
        "Trois;Lille;Convention B",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def graph(text: str) -> tuple[Graph, Any]:
    made = Graph()
    made.parse(data=text, format="json-ld", publicID="https://exemple.fr/carte.html")
    (dataset,) = made.subjects(RDF.type, DCAT.Dataset)
    return made, dataset


# Two licences


def test_the_licence_of_the_tables_is_not_said_of_the_documents(content: MapContent) -> None:
    origin = content.payload["provenance"]
    assert (origin["licence"], origin["rights"]) == ("Licence Ouverte 2.0", RIGHTS)
    assert {source["licence"] for source in content.payload["sources"]} == {""}


def test_programs_are_told_the_same(content: MapContent) -> None:
    made, dataset = graph(linked_data(content.payload))
    assert made.value(dataset, DCTERMS.license) == ETALAB
    assert str(made.value(made.value(dataset, DCTERMS.rights), RDFS.label)) == RIGHTS
    for file in made.objects(dataset, DCAT.distribution):
        assert made.value(file, DCTERMS.license) is None, "a page holds what has several licences"
    documents = {str(made.value(each, DCTERMS.title)): each for each in made.objects(dataset, DCTERMS.source)}
    places = documents.pop("Limites 2024 des communes, codes 2026, EPCI 2025")
    assert made.value(places, DCTERMS.license) == ETALAB
    assert made.value(places, DCTERMS.rights) is None
    assert len(documents) == 5
    for document in documents.values():
        assert made.value(document, DCTERMS.license) is None
        assert made.value(document, DCTERMS.rights) == made.value(dataset, DCTERMS.rights)


@pytest.mark.parametrize(
    ("licence", "documents", "said"),
    [
        ("", [], "licence non indiquée"),
        ("ODbL 1.0", [], "ODbL 1.0"),
        ("", ["ODbL 1.0"], "licence de la compilation non indiquée\u00a0; documents cités sous ODbL 1.0"),
        (
            "A",
            ["B", "", "C", "B"],
            "compilation sous A\u00a0; documents cités sous B, C\u00a0; les documents cités",
        ),
        (
            "A",
            ["B", "", "C", "B"],
            "ne disent pas leur licence\u00a0: 1 sur 4\u00a0; vérifiez avant de les reproduire",
        ),
    ],
)
def test_one_sentence_for_every_register(licence: str, documents: list[str], said: str) -> None:
    assert said in rights_text(licence, documents, "fr")
    assert provenance_of(licence, (), "fr", documents=documents)["rights"] == rights_text(
        licence, documents, "fr"
    )


def test_a_document_tells_its_own_licence_to_programs(content: MapContent) -> None:
    first, *rest = content.payload["sources"]
    payload = {**content.payload, "sources": [{**first, "licence": "ODbL 1.0"}, *rest]}
    made, dataset = graph(linked_data(payload))  # type: ignore[arg-type]
    titles = {str(made.value(each, DCTERMS.title)): each for each in made.objects(dataset, DCTERMS.source)}
    document = titles[first["title"]]
    assert made.value(made.value(document, DCTERMS.license), RDFS.label) == Literal("ODbL 1.0", lang="fr")
    assert made.value(document, DCTERMS.rights) is None


def test_a_list_gets_no_licence_of_ours_wherever_it_lies(
    mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geocontracts.webmap.provenance.data_dir", lambda: mixed.parent)
    register = read_register(mixed, giver=Giver(licence="ODbL 1.0"))
    assert not is_bundled(register)
    assert licence_of(register) == "ODbL 1.0"


def test_only_the_bundled_tables_are_ours(ours: Register, tmp_path: Path) -> None:
    assert is_bundled(ours)
    shutil.copytree(data_dir(), tmp_path / "a", ignore=shutil.ignore_patterns("boundaries"))
    copy = read_register(tmp_path / "a")
    assert (is_bundled(copy), licence_of(copy)) == (False, "")
    alone = read_register(data_dir() / "contracts.csv", giver=Giver(licence="ODbL 1.0"))
    assert licence_of(alone) == "ODbL 1.0"


# What is told in files


def test_credits_say_both_licences_and_every_year(content: MapContent) -> None:
    told = dict(credits_of(content.payload, "fr"))
    assert (told["Licence du registre"], told["Millésime de chaque donnée"]) == (RIGHTS, EDITIONS)
    assert RIGHTS in credit_line(content.payload, "fr")
    assert EDITIONS in credit_line(content.payload, "fr")


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".parquet"])
def test_an_export_says_both_licences_and_every_year(ours: Register, tmp_path: Path, suffix: str) -> None:
    path = write_export(ours, tmp_path / f"e{suffix}").path
    if suffix == ".parquet":
        told = "\n".join(value.decode() for value in pq.read_schema(path).metadata.values())
    else:
        told = path.read_text(encoding="utf-8-sig")
    assert f"{RIGHTS}" in told
    assert EDITIONS in told
    assert "Licence du registre\u00a0: Licence Ouverte" not in told


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_nobody_is_made_the_author_of_a_figure(ours: Register, tmp_path: Path, suffix: str) -> None:
    path = figure(ours, FigureOptions(dpi=40)).save(tmp_path / f"f{suffix}")
    if suffix == ".svg":
        told = _dublin_core(path)
        assert not {"publisher", "creator", "contributor"} & told.keys()
        rights, sources = told["rights"], told["source"]
        assert "IGN ADMIN EXPRESS 2024, Insee COG 2026, DGCL 2025" in path.read_text(encoding="utf-8")
    elif suffix == ".pdf":
        found = PdfReader(path).metadata or {}
        assert "/Author" not in found
        assert found["/Creator"] == "geocontracts"
        rights = sources = str(found["/Keywords"])
    else:
        with Image.open(path) as picture:
            known = dict(picture.info)
        assert "Author" not in known
        assert known["Software"] == "geocontracts"
        rights, sources = str(known["Copyright"]), str(known["Source"])
    assert RIGHTS in rights
    assert EDITIONS in sources
    assert all(name in sources for name in PUBLISHERS), "each with its document"


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_no_field_of_a_figure_is_for_an_author(suffix: str) -> None:
    told = About("T", "D", "Cerema", "L", "I", "2019").metadata(suffix)
    assert not {"Author", "Publisher", "Contributor"} & told.keys()
    assert "Cerema" in str(told["Keywords" if suffix == ".pdf" else "Source"])


def _dublin_core(path: Path) -> dict[str, str]:
    space = "{http://purl.org/dc/elements/1.1/}"
    tree = ET.parse(path)  # noqa: S314
    return {
        each.tag.removeprefix(space): "".join(each.itertext()).strip()
        for each in tree.iter()
        if each.tag.startswith(space)
    }


@pytest.mark.thorough
def test_nobody_is_made_the_author_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "s.pdf"
    assert main(["territory", "Denain", "-o", str(path)]) == 0
    reader = PdfReader(path)
    told, xmp = reader.metadata or {}, reader.xmp_metadata
    assert "/Author" not in told
    assert xmp
    assert not xmp.dc_creator
    about = "\n".join((xmp.dc_description or {}).values())
    assert all(name in about for name in (*PUBLISHERS, RIGHTS, EDITIONS, "IGN ADMIN EXPRESS"))
    text = re.sub(r"\s+", " ", "".join(page.extract_text() for page in reader.pages))
    assert "population : millésime non indiqué par la source" in text


def test_a_publisher_of_documents_does_not_publish_what_cites_them(content: MapContent) -> None:
    sources = [each for each in content.payload["sources"] if each["publisher"] == "Cerema"]
    assert len(sources) == 2
    for few in (sources, sources[:1], content.payload["sources"]):
        made, dataset = graph(linked_data({**content.payload, "sources": few}))  # type: ignore[arg-type]
        assert made.value(dataset, DCTERMS.publisher) is None


def test_who_gives_a_list_publishes_it_unless_others_share_in_it(mixed: Path) -> None:
    lone = mixed.with_name("seul.csv")
    lone.write_text("Intitulé;Territoires\nUn;Denain\n", encoding="utf-8")
    for path, name in ((lone, "DDT 59"), (mixed, None)):
        register = read_register(path, giver=Giver("DDT 59"))
        made, dataset = graph(linked_data(build_content(register, MapOptions(area=AREA)).payload))
        publisher = made.value(dataset, DCTERMS.publisher)
        assert (str(made.value(publisher, FOAF.name)) if publisher else None) == name


# Of which year


def test_the_years_of_the_boundaries_are_those_of_their_releases() -> None:
    told = {each.part: (each.year, each.same) for each in bundled_editions()}
    assert told == {
        "shapes": (2024, None),
        "codes": (2026, None),
        "epci": (2026, 2025),
        "halls": (2025, None),
        "population": (None, 2025),
    }
    assert set_in_use().editions_text("fr") == EDITIONS


def test_programs_are_told_the_year_of_each_part(content: MapContent) -> None:
    made, dataset = graph(linked_data(content.payload))
    (places,) = (each for each in made.objects(dataset, DCTERMS.source) if made.value(each, DCTERMS.hasPart))
    years = {
        str(made.value(part, DCTERMS.title)): made.value(part, DCTERMS.issued)
        for part in made.objects(places, DCTERMS.hasPart)
    }
    assert years["contours"] == Literal("2024", datatype=XSD.gYear)
    assert years["codes"] == Literal("2026", datatype=XSD.gYear)
    assert years["population\u00a0: millésime non indiqué par la source"] is None
    assert len(years) == 5


def test_the_page_and_the_command_tell_the_years(
    content: MapContent, capsys: pytest.CaptureFixture[str]
) -> None:
    assert content.payload["provenance"]["editions"] == EDITIONS
    assert content.payload["credits"][0]["text"].startswith("Limites et codes\u00a0: IGN ADMIN EXPRESS 2024")
    assert main(["places", "info"]) == 0
    assert EDITIONS in capsys.readouterr().out
    assert main(["places", "info", "--format", "json"]) == 0
    (told,) = (each for each in json.loads(capsys.readouterr().out)["sets"] if each["in_use"])
    assert told["editions"] == {
        "shapes": 2024,
        "codes": 2026,
        "epci": 2025,
        "halls": 2025,
        "population": None,
    }


# The hash that a reader computes


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the command of the page is not on this system")
def test_the_command_of_the_page_prints_the_hash_of_the_boundaries() -> None:
    (block,) = (each for each in blocks("docs/provenance.md") if "sha256sum" in each.text)
    done = subprocess.run(["bash", "-c", block.text], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == origin_of_places("fr").sha256


# What is told of a list


def test_rows_that_name_a_source_keep_it_and_the_command_says_so(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(mixed.with_suffix(".html"))
    assert main(["map", str(mixed), "-o", output, "--source", "DDT 59"]) == 0
    told = capsys.readouterr().err
    assert "ne nomment pas de source\u00a0: 1. Ceux qui en nomment une gardent la leur\u00a0: 2." in told
    register = read_register(mixed, giver=Giver("DDT 59"))
    named = [register.source_of(record.source) for record in register.records()]
    assert [each and (each.publisher or each.title) for each in named] == [
        "Convention A",
        "DDT 59",
        "Convention B",
    ]
    assert main(["map", str(mixed), "-o", output]) == 0
    assert "--source" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("export", "e.geojson"),
        *(
            pytest.param(command, output, marks=pytest.mark.thorough)
            for command, output in (
                *(("export", f"e.{kind}") for kind in ("gpkg", "xlsx", "parquet", "fgb", "csv")),
                *(("territory", f"s.{kind}") for kind in ("html", "md", "pdf")),
                ("figure", "f.svg"),
                ("map", "p.html"),
            )
        ),
    ],
)
def test_what_is_told_in_another_encoding_breaks_no_output(mixed: Path, command: str, output: str) -> None:
    path = mixed.with_name(output)
    about = ["Denain"] if command == "territory" else []
    given = ["--source", BROKEN, "--source-licence", BROKEN]
    assert main([command, *about, str(mixed), "-o", str(path), *given]) == 0
    if path.suffix in (".geojson", ".csv", ".svg", ".md"):
        assert MENDED in path.read_text(encoding="utf-8-sig")


@pytest.mark.thorough
def test_the_source_told_of_a_figure_is_mended_too(tmp_path: Path) -> None:
    path = tmp_path / "f.svg"
    assert main(["figure", "-o", str(path), "--source", BROKEN]) == 0
    assert MENDED in path.read_text(encoding="utf-8")


# Tables for programs and for spreadsheets


def test_figures_of_a_register_say_what_they_were_made_of(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = read_register(mixed).inputs[0].sha256
    places = origin_of_places("fr").sha256
    assert main(["stats", str(mixed), "--format", "csv"]) == 0
    heads, first, *rest = csv.reader(capsys.readouterr().out.splitlines())
    assert heads[-1] == "À citer"
    assert all(each in first[-1] for each in (known, places, EDITIONS))
    assert not any(row[-1] for row in rest)
    assert main(["stats", str(mixed)]) == 0
    assert known in capsys.readouterr().out
    assert main(["check", str(mixed), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["provenance"]
    assert (told["inputs"][0]["sha256"], told["hash"]) == (known, places), "its verdicts depend on the places"


def test_a_comparison_says_what_both_editions_were_made_of(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = mixed.with_name("neuf.csv")
    new.write_text(mixed.read_text(encoding="utf-8").replace("Deux;Douai", "Deux;Cambrai"), encoding="utf-8")
    sums = [read_register(path).inputs[0].sha256 for path in (mixed, new)]
    for style in ("csv", "md", "json"):
        main(["compare", str(mixed), str(new), "--format", style])
        told = capsys.readouterr().out
        if style == "csv":
            heads, first, *_ = csv.reader(told.removeprefix("\ufeff").splitlines(), delimiter=";")
            assert heads[-1] == "À citer"
            told = first[-1]
        if style == "json":
            both = json.loads(told)["provenance"]
            assert [both[each]["inputs"][0]["sha256"] for each in ("old", "new")] == sums
        assert all(each in told for each in (*sums, origin_of_places("fr").sha256)), style
