"""The declaration and the classes say the same."""

import dataclasses
import json

import pytest

from geocontracts.bundled import data_dir
from geocontracts.records.register import CLASSES
from geocontracts.records.schema import load_schema
from tests.conftest import ROOT


@pytest.mark.parametrize("table", CLASSES)
def test_a_record_has_the_fields_of_its_table(table: str) -> None:
    declared = {field.name for field in load_schema()[table].fields}
    carried = {field.name for field in dataclasses.fields(CLASSES[table])}
    assert carried - {"file", "line", "column", "kind", "listed"} == declared


def test_the_bundled_tables_have_the_declared_columns_in_their_order() -> None:
    for schema in load_schema().values():
        head = (data_dir() / schema.path).read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.split(",") == [field.name for field in schema.fields]


def test_every_column_has_a_label_in_both_languages() -> None:
    for schema in load_schema().values():
        for field in schema.fields:
            assert field.label("fr")
            assert field.label("en")
            assert all({"fr", "en"} <= labels.keys() for labels in field.choices.values())


def test_it_is_a_data_package() -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == [f"{table}.csv" for table in CLASSES]
    assert package["licenses"][0]["name"] == "etalab-2.0"
