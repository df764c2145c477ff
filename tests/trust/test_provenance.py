"""Who made what is shown, when, under which licence, and of which bytes: on every page, figure and export."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import tracemalloc
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from PIL import Image
from pypdf import PdfReader
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, XSD

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.files import mark_of
from geocontracts.outputs.exports.write import write_export
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.places.provenance import origin_of_places
from geocontracts.records.formats import read as reading
from geocontracts.records.given import Giver
from geocontracts.records.large.survey import survey_text
from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[2] / "data"
SPDX = Namespace("http://spdx.org/rdf/terms#")
ETALAB = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
AREA = "departement:59"
# What rdflib says of its own future is none of ours.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"), pytest.mark.thorough]
GIVER = Giver("DDT 59, suivi des contrats", "2026-03", "ODbL 1.0")
HOSTILE = "</script><script>alert(1)</script><!-- \u2028\u2029 \ud800 ]]> & \" '"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "suivi 2026.csv"
    path.write_text("Intitulé;Territoires\nUn;Denain\nDeux;Douai\n", encoding="utf-8")
    return path


def block(page: Path) -> str:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8")
    )
    assert len(found) == 1
    return str(found[0])


def graph(page: Path) -> tuple[Graph, Any]:
    """Return what the page says to machines, and its one dataset."""
    made = Graph()
    made.parse(data=block(page), format="json-ld", publicID="https://exemple.fr/carte.html")
    (dataset,) = made.subjects(RDF.type, DCAT.Dataset)
    return made, dataset


# The page


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "carte.html"
    write_map(read_register(), path)
    return path


def test_the_block_names_each_document_its_producer_and_its_date(bundled: Path) -> None:
    made, dataset = graph(bundled)
    told = {
        str(made.value(document, DCTERMS.title)): (
            str(made.value(made.value(document, DCTERMS.publisher), FOAF.name)),
            made.value(document, DCTERMS.issued),
        )
        for document in made.objects(dataset, DCTERMS.source)
    }
    year = Literal("2019", datatype=XSD.gYear)
    name = "État d’avenir n°\u00a03\u00a0: La République contractuelle…"
    assert told[name] == ("Préfecture de la région Hauts-de-France", year)
    assert told["Accompagnement de la ville de Soissons"] == ("Cerema", None), "an unknown date is no date"
    assert told["Limites 2024 des communes, codes 2026, EPCI 2025"][0] == "IGN, Insee, DGCL"
    assert len(told) == 6


def test_the_block_says_territory_period_licence_and_program(bundled: Path) -> None:
    made, dataset = graph(bundled)
    title = made.value(dataset, DCTERMS.title)
    assert (str(title), title.language) == ("Contrats territoriaux — Hauts-de-France", "fr")
    place = made.value(dataset, DCTERMS.spatial)
    assert made.value(place, DCTERMS.identifier) == Literal("region:32")
    period = made.value(dataset, DCTERMS.temporal)
    assert made.value(period, DCAT.startDate) == Literal("2012", datatype=XSD.gYear)
    file = made.value(dataset, DCAT.distribution)
    assert made.value(dataset, DCTERMS.license) == URIRef(ETALAB)
    assert made.value(file, DCAT.accessURL) == URIRef("https://exemple.fr/carte.html")
    program = made.value(made.value(dataset, PROV.wasGeneratedBy), PROV.wasAssociatedWith)
    assert made.value(program, FOAF.name) == Literal("geocontracts")
    assert made.value(program, URIRef(f"{DCAT}version"))
    assert not list(made.objects(dataset, DCTERMS.modified)), "one of the documents has no date"


def test_the_hashes_of_the_block_are_those_of_the_files(bundled: Path) -> None:
    made, dataset = graph(bundled)
    told = {}
    for file in made.objects(dataset, PROV.wasDerivedFrom):
        checksum = made.value(file, SPDX.checksum)
        assert made.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        size = made.value(file, DCAT.byteSize)
        value = str(made.value(checksum, SPDX.checksumValue))
        told[str(made.value(file, DCTERMS.identifier))] = (value, int(size))
    names = ("programmes", "contracts", "missions", "operations", "sources")
    files = [DATA / f"{name}.csv" for name in names]
    assert told == {file.name: (sha256(file), file.stat().st_size) for file in files}


def test_the_hash_of_the_boundaries_is_what_sha256sum_gives(bundled: Path) -> None:
    files = sorted(path for path in (DATA / "boundaries").iterdir() if path.suffix not in (".md", ".json"))
    lines = "".join(f"{sha256(path)}  {path.name}\n" for path in files)
    assert origin_of_places("fr").sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert origin_of_places("fr").sha256 in block(bundled)


def test_the_block_is_light_and_needs_no_network(bundled: Path) -> None:
    text = block(bundled)
    assert len(text.encode()) < 4_300
    assert isinstance(json.loads(text)["@context"], dict)
    assert bundled.stat().st_size < 750_000


def test_a_list_is_its_own_source_and_says_what_is_not_known(own: Path, tmp_path: Path) -> None:
    page = tmp_path / "carte.html"
    content = write_map(read_register(own), page, MapOptions(area=AREA))
    (source,) = content.payload["sources"]
    assert (source["title"], source["publisher"], source["published"], source["licence"]) == (
        own.name,
        "",
        "",
        "",
    )
    assert {record["source"] for record in content.payload["records"]} == {0}
    assert {layer["source"] for layer in content.payload["programmes"]} == {0}
    assert content.payload["edition"] == "", "the date of the file system is none of the data"
    made, dataset = graph(page)
    assert made.value(dataset, DCTERMS.publisher) is None
    assert sha256(own) in block(page)


def test_who_gives_a_list_is_told(own: Path, tmp_path: Path) -> None:
    page = tmp_path / "carte.html"
    content = write_map(read_register(own, giver=GIVER), page, MapOptions(area=AREA))
    assert content.payload["edition"] == "2026-03"
    made, dataset = graph(page)
    assert made.value(made.value(dataset, DCTERMS.publisher), FOAF.name) == Literal(GIVER.name)
    assert made.value(dataset, DCTERMS.modified) == Literal("2026-03", datatype=XSD.gYearMonth)


def test_hostile_text_stays_text_in_the_block(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé;Territoires\nUn;Denain\n", encoding="utf-8")
    told, page = HOSTILE.replace("\ud800", "\ufffd"), tmp_path / "carte.html"
    write_map(read_register(path, giver=Giver(HOSTILE)), page, MapOptions(area=AREA, title=HOSTILE))
    assert "<" not in block(page)
    made, dataset = graph(page)
    name = made.value(made.value(dataset, DCTERMS.publisher), FOAF.name)
    assert str(name).replace("?", "\ufffd") == told, "half a character becomes a mark, the rest is as it was"


def test_the_policy_of_the_page_does_not_grow(bundled: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', bundled.read_text(encoding="utf-8"))
    assert policy
    assert "unsafe" not in policy[1]
    assert policy[1].count("'sha256-") == 4, "two scripts and two styles; data needs no leave"


# A layer without a source is refused


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "contracts.csv, ligne 3, colonne source — cellule vide"),
        (
            "dox",
            "contracts.csv, ligne 3, colonne source — «\u00a0dox\u00a0» n’est dans aucune ligne",
        ),
    ],
)
@pytest.mark.parametrize("command", ["map", "figure", "export", "territory"])
def test_a_row_without_a_source_stops_every_output(
    with_contracts: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    command: str,
    source: str,
    said: str,
) -> None:
    folder = with_contracts("a,acv,T,Denain,,doc,P", f"b,acv,U,Douai,,{source},P")
    suffix = {"map": ".html", "figure": ".png", "export": ".gpkg", "territory": ".html"}[command]
    output = folder.parent / f"sortie{suffix}"
    place = ["commune:59172"] if command == "territory" else []
    assert main([command, *place, str(folder), "-o", str(output)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "sources.csv" in told
    assert not output.exists()


def test_check_still_reports_what_map_refuses(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts("a,acv,T,Denain,,,P")
    assert main(["check", str(folder)]) == 1


def test_many_rows_without_a_source_are_counted(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts(*(f"a{n},acv,T,Denain,,,P" for n in range(13))))
    with pytest.raises(RegisterError) as caught:
        build_content(register, MapOptions(area=AREA))
    told = caught.value.text("fr")
    assert told.count("contracts.csv, ligne") == 10
    assert "et 3 autres lignes" in told


@pytest.mark.parametrize("date", ["31/03/2026", "2026-13", "demain"])
def test_a_date_that_is_none_is_refused(own: Path, capsys: pytest.CaptureFixture[str], date: str) -> None:
    assert main(["map", str(own), "-o", str(own.with_suffix(".html")), "--source-date", date]) == 2
    assert "n’est pas une date" in capsys.readouterr().err


def test_a_folder_names_its_own_sources(with_contracts: Callable[..., Path]) -> None:
    with pytest.raises(RegisterError, match="names its own sources"):
        read_register(with_contracts("a,acv,T,Denain,,doc,P"), giver=GIVER)


# The bytes that were read


def test_a_file_that_changes_while_it_is_read_is_refused(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading._grid

    def meddled(path: Path, *more: Any) -> Any:
        found = read(path, *more)
        path.write_text("Intitulé;Territoires\nTrois;Lille\n", encoding="utf-8")
        return found

    monkeypatch.setattr(reading, "_grid", meddled)
    with pytest.raises(RegisterError, match="changed while it was read"):
        read_register(own)


def test_all_parts_of_a_shapefile_are_marked(own: Path, tmp_path: Path) -> None:
    export = write_export(read_register(own), tmp_path / "e.gpkg", area=AREA).path
    frame = pyogrio.read_dataframe(export, layer="contracts", columns=["title", "territories"])
    frame = frame.rename(columns={"territories": "places"})
    path = tmp_path / "couche.shp"
    pyogrio.write_dataframe(frame, path)
    names = {each.name: each.sha256 for each in read_register(path).inputs}
    assert {"couche.shp", "couche.dbf", "couche.shx"} <= names.keys()
    assert names["couche.dbf"] == sha256(tmp_path / "couche.dbf")


def test_every_kind_of_file_is_marked(own: Path, tmp_path: Path) -> None:
    register = read_register(own)
    for suffix in (".gpkg", ".xlsx", ".geojson", ".parquet", ".fgb"):
        path = write_export(register, tmp_path / f"e{suffix}", area=AREA).path
        assert read_register(path).inputs == (mark_of(path),)


# Exports and figures, read back by others


def told_by(path: Path) -> str:
    """Return what a file says of itself, as the library of its format reads it."""
    if path.suffix == ".gpkg":
        base = sqlite3.connect(path)
        try:
            rows = base.execute("SELECT metadata FROM gpkg_metadata").fetchall()
        finally:
            base.close()
        return "\n".join(text for (xml,) in rows for text in ET.fromstring(xml).itertext())  # noqa: S314
    if path.suffix == ".parquet":
        return "\n".join(value.decode() for value in pq.read_schema(path).metadata.values())
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row if cell)
    if path.suffix == ".fgb":
        return str(pyogrio.read_info(path)["layer_metadata"])
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet", ".fgb", ".xlsx", ".geojson", ".csv"])
def test_an_export_names_producer_licence_date_and_bytes(own: Path, tmp_path: Path, suffix: str) -> None:
    told = told_by(write_export(read_register(own, giver=GIVER), tmp_path / f"e{suffix}", area=AREA).path)
    for each in (GIVER.name, GIVER.licence, sha256(own), "Licence Ouverte 2.0", "IGN"):
        assert each in told, each
    assert re.search("2026-03|mars 2026", told)


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_a_figure_names_producer_licence_date_and_bytes(own: Path, tmp_path: Path, suffix: str) -> None:
    options = FigureOptions(area=AREA, size="12x9", dpi=72)
    path = figure(read_register(own, giver=GIVER), options).save(tmp_path / f"f{suffix}")
    if suffix == ".svg":
        told = "\n".join(ET.fromstring(path.read_bytes()).itertext())  # noqa: S314
        assert "DDT 59, suivi des contrats (2026-03, ODbL 1.0)" in told, "also where people see it"
    elif suffix == ".pdf":
        told = "\n".join(str(value) for value in (PdfReader(path).metadata or {}).values())
    else:
        with Image.open(path) as picture:
            told = "\n".join(map(str, picture.info.values()))
    for each in (GIVER.name, GIVER.licence, "mars 2026", sha256(own), origin_of_places("fr").sha256):
        assert each in told, each


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_sheet_names_producer_licence_date_and_bytes(own: Path, suffix: str) -> None:
    path = own.with_suffix(suffix)
    given = ["--source", GIVER.name, "--source-date", GIVER.dated, "--source-licence", GIVER.licence]
    assert main(["territory", "Denain", str(own), "-o", str(path), *given]) == 0
    told = path.read_text(encoding="utf-8")
    for each in (GIVER.name, GIVER.licence, "mars 2026", sha256(own)):
        assert each in told, each


TELLING = ["--source", GIVER.name, "--source-date", GIVER.dated, "--source-licence", GIVER.licence]


def test_a_sheet_in_pdf_names_them_in_its_properties_and_in_xmp(own: Path) -> None:
    path = own.with_suffix(".pdf")
    assert main(["territory", "Denain", str(own), "-o", str(path), *TELLING]) == 0
    reader = PdfReader(path)
    properties = "\n".join(map(str, (reader.metadata or {}).values()))
    xmp = reader.xmp_metadata
    assert xmp
    known = f"{xmp.dc_description} {xmp.pdf_keywords}"
    for each in (GIVER.name, GIVER.licence, "mars 2026", sha256(own), origin_of_places("fr").sha256):
        assert each in properties, each
        assert each in known, each


def test_what_is_hostile_leaves_xmp_whole(own: Path) -> None:
    own, pdf = own.rename(own.with_name("a\x01&<b>.csv")), own.with_suffix(".pdf")
    given = ["--source", "\x01\x0b</dc:creator>&]]>\ufffe<x>"]
    assert main(["territory", "Denain", str(own), "-o", str(pdf), *given]) == 0
    assert PdfReader(pdf).xmp_metadata, "what is not well-formed is an error of pypdf"


@pytest.mark.parametrize("suffix", [".html", ".csv"])
def test_a_report_names_producer_licence_date_and_bytes(own: Path, suffix: str) -> None:
    path = own.with_name(f"rapport{suffix}")
    assert main(["check", str(own), "--report", str(path), *TELLING]) == 0
    told = re.sub("<script.*?</script>", "", path.read_text(encoding="utf-8-sig"), flags=re.DOTALL)
    for each in (GIVER.name, GIVER.licence, "mars 2026", sha256(own), origin_of_places("fr").sha256):
        assert each in told, each
    if suffix == ".html":
        made, dataset = graph(path)
        assert made.value(made.value(dataset, DCTERMS.publisher), FOAF.name) == Literal(GIVER.name)
        assert sha256(own) in block(path)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_totals_of_grants_name_producer_licence_date_and_bytes(tmp_path: Path, kind: str) -> None:
    path, out = tmp_path / f"aides.{kind}", tmp_path / "out"
    rows = pd.DataFrame(
        {"Code INSEE": ["62041", ""], "Commune": ["Arras", "Nulle"], "Coût total": ["12", "x"]}
    )
    rows.to_csv(path, sep=";", index=False) if kind == "csv" else rows.to_parquet(path)
    assert main(["grants", str(path), "-o", str(out), "--parquet", *TELLING]) == 1
    wanted = (GIVER.name, GIVER.licence, "mars 2026", sha256(path), origin_of_places("fr").sha256)
    for name in ("totaux.csv", "carte.csv", "lignes-sans-lieu.csv", "a-revoir.csv"):
        with (out / name).open(encoding="utf-8-sig", newline="") as file:
            heads, first, *_ = csv.reader(file, delimiter=";")
        assert heads[-1] == "À citer"
        assert all(each in first[-1] for each in wanted), name
    told = json.loads(pq.read_schema(out / "totaux.parquet").metadata[b"provenance"])
    assert told["inputs"] == [{"name": path.name, "bytes": path.stat().st_size, "sha256": sha256(path)}]
    assert told["sources"][0]["publisher"] == GIVER.name
    made = Graph()
    made.parse(out / "provenance.json", format="json-ld")
    sums = set(map(str, made.objects(None, SPDX.checksumValue)))
    assert {sha256(each) for each in out.iterdir() if each.name != "provenance.json"} <= sums


def test_a_list_of_grants_is_hashed_without_its_bytes_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    path.write_bytes(b"Code INSEE;Objet\n" + b"62041;x\n" * 10_000_000)
    tracemalloc.start()
    try:
        mark = survey_text(path).mark
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert mark == mark_of(path)
    assert most < path.stat().st_size / 3, "some blocks of 4 MB, however long the list"


def test_all_documents_are_named_however_many(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(*(f"a{n},acv,T,Denain,,doc{n},P" for n in range(45)))
    rows = "".join(f"doc{n},Document {n},Producteur {n},2026\n" for n in range(45))
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8") + rows, encoding="utf-8")
    page = folder.parent / "carte.html"
    write_map(read_register(folder), page, MapOptions(area=AREA))
    made, dataset = graph(page)
    told = {str(made.value(each, DCTERMS.title)) for each in made.objects(dataset, DCTERMS.source)}
    assert {f"Document {n}" for n in range(45)} <= told


@pytest.mark.parametrize("command", ["check", "stats"])
def test_figures_for_programs_name_the_bytes(
    own: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(own), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    inputs = told["inputs"] if command == "check" else told["provenance"]["inputs"]
    assert [(each["name"], each["sha256"]) for each in inputs] == [(own.name, sha256(own))]


def test_the_same_bytes_elsewhere_give_the_same_page(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "ailleurs" / own.name
    other.parent.mkdir()
    shutil.copy(own, other)
    pages = [tmp_path / "a.html", tmp_path / "b.html"]
    for file, page in zip((own, other), pages, strict=True):
        write_map(read_register(file, giver=GIVER), page, MapOptions(area=AREA))
    assert pages[0].read_bytes() == pages[1].read_bytes()
