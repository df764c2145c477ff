"""How programmes look: a hatch where it hides nothing, a sign for each kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.records.register import Programme
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.style import build_families, build_styles, family_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARRAS = "epci:200033579"  # 46 communes


def members(count: int) -> str:
    codes = load_gazetteer().column("code", list(find_area(ARRAS).communes)[:count])
    return "; ".join(f"commune:{code}" for code in codes)


def hatch(folder: Path, area: str = ARRAS) -> str:
    (programme,) = build_content(read_register(folder), MapOptions(area=area)).payload["programmes"]
    return programme["hatch"]


@pytest.mark.parametrize(("count", "hatched"), [(6, True), (11, True), (12, False), (46, False)])
def test_a_perimeter_of_more_than_a_quarter_of_the_area_has_no_hatch(
    with_contracts: Callable[..., Path], count: int, *, hatched: bool
) -> None:
    assert len(find_area(ARRAS).communes) == 46
    folder = with_contracts(f"a,acv,T,{members(count)},signed,doc,P")
    assert (hatch(folder) != "none") is hatched


def test_a_quarter_exactly_keeps_its_hatch(with_contracts: Callable[..., Path]) -> None:
    area = "epci:247600588"  # 28 communes
    codes = load_gazetteer().column("code", list(find_area(area).communes)[:7])
    folder = with_contracts(f"a,acv,T,{'; '.join(codes)},signed,doc,P")
    assert hatch(folder, area) != "none"


def test_one_vast_perimeter_takes_the_hatch_of_its_programme_and_of_no_other(
    with_contracts: Callable[..., Path],
) -> None:
    folder = with_contracts(
        f"a,acv,T,{members(40)},signed,doc,P",
        f"b,acv,T,{members(6)},signed,doc,P",
        f"c,pvd,T,{members(6)},signed,doc,P",
        programmes="id,name,family,source,section\nacv,A,nouvelle-generation,doc,P\npvd,B,cles-en-main,doc,P\n",
    )
    programmes = build_content(read_register(folder), MapOptions(area=ARRAS)).payload["programmes"]
    assert [programme["hatch"] == "none" for programme in programmes] == [True, False]


def test_an_operation_is_one_sign_however_vast_and_leaves_the_hatch(
    make_register: Callable[..., Path],
) -> None:
    operations = f"id,programme,title,territories,source,section\no,acv,Voie,{ARRAS},doc,P\n"
    assert hatch(make_register(operations=operations)) != "none"


@pytest.mark.parametrize(
    ("kinds", "glyph"),
    [
        ({"contract"}, "lozenge"),
        ({"contract", "mission", "operation"}, "lozenge"),
        ({"mission"}, "triangle"),
        ({"mission", "operation"}, "triangle"),
        ({"operation"}, "circle"),
    ],
)
def test_the_sign_tells_the_kind_of_record(kinds: set[str], glyph: str) -> None:
    styles = build_styles([Programme("acv", "Action cœur de ville")], {"acv": kinds}, set())
    assert styles["acv"].glyph == glyph


def test_a_programme_without_a_known_family_is_among_the_others() -> None:
    known, unknown, none = (Programme("p", "P", family=name) for name in ("ingenierie", "zzz", None))
    assert [family_of(programme) for programme in (known, unknown, none)] == [
        "ingenierie",
        "autres",
        "autres",
    ]
    families = build_families(["autres", "ingenierie"], "fr")
    assert [family["label"] for family in families] == ["Missions d’ingénierie", "Autres dispositifs"]


def test_programmes_of_one_family_look_different_as_long_as_signs_last() -> None:
    programmes = [Programme(f"p{rank}", "P", family="ingenierie") for rank in range(24)]
    styles = build_styles(programmes, {}, set())
    assert len({(style.hatch, style.line) for style in styles.values()}) == 24
