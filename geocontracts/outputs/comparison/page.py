"""The map of a comparison: the same page, whose families are kinds of change.

The register that is shown is made of the changes: a layer is what happened to the records of one
programme, and the card of a record says in sentences what changed.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from geocontracts.outputs.comparison.moves import gathered
from geocontracts.outputs.comparison.report import entry_sentences, title
from geocontracts.records.register import Register
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.records.register import Programme
    from geocontracts.webmap.contract import Family
    from geocontracts.webmap.payload import MapContent
    from geocontracts.words import Lang

LayerKind: TypeAlias = Literal["added", "gone", "began", "ended", "gained", "lost", "changed"]
_LAYERS: tuple[LayerKind, ...] = get_args(LayerKind)

# kind -> colour on the light ground (3:1 at least), on the dark one; told apart in the ways of
# seeing that lack a colour, and by the hatch of each layer.
_HUES: dict[LayerKind, tuple[str, str]] = {
    "added": ("#0f7660", "#57c9ae"),
    "gone": ("#57544a", "#bdb9ac"),
    "began": ("#2d58b0", "#8fb3f7"),
    "ended": ("#a8324a", "#f28fa2"),
    "gained": ("#1d7f9c", "#6cc8e3"),
    "lost": ("#b35a00", "#f0a75c"),
    "changed": ("#5b3a9e", "#bba3f2"),
}
_SEPARATOR = ":"
_TABLES = ("contracts", "missions", "operations")
_SIDES: tuple[LayerKind, ...] = ("gained", "lost")


def render_changes(comparison: Comparison, *, lang: Lang = "fr") -> bytes:
    """Return the HTML of the map of a comparison, in UTF-8."""
    return render_page(build_changes(comparison, lang=lang))


def build_changes(comparison: Comparison, *, lang: Lang = "fr") -> MapContent:
    """Return what the page of a comparison shows; what has no place is listed in it all the same."""
    area = comparison.area
    options = MapOptions(
        area=area.place.id if area.place else "france", title=title(comparison, lang), lang=lang
    )
    content = build_content(_register_of_changes(comparison, lang), options)
    payload = content.payload
    kinds = [each["id"].partition(_SEPARATOR)[0] for each in payload["programmes"]]
    used = [kind for kind in _LAYERS if kind in kinds]
    payload["families"] = [_family(kind, lang) for kind in used]
    for layer, kind in zip(payload["programmes"], kinds, strict=True):
        layer["family"] = [str(each) for each in used].index(kind)
    drawn = sum(record["draw"] != "none" for record in payload["records"])
    unseen = sum(not list(_layers_of(entry)) for entry in comparison.entries)
    facts = {"drawn": drawn, "others": len(payload["records"]) - drawn, "unseen": unseen}
    payload["subtitle"] = say("cmp-map-subtitle", lang, vintage=comparison.vintage, **facts)
    payload["edition"] = comparison.editions.new.text if comparison.editions.new else ""
    return content


def _family(kind: LayerKind, lang: Lang) -> Family:
    light, dark = _HUES[kind]
    return {"id": kind, "label": say(f"cmp-map-{kind}", lang), "light": light, "dark": dark}


def _register_of_changes(comparison: Comparison, lang: Lang) -> Register:
    """Return a register of the changes: a record for each, a programme for each kind and programme."""
    cards = [(kind, entry) for kind in _LAYERS for entry in comparison.entries if kind in _layers_of(entry)]
    first = {id(entry): f"{kind}{_SEPARATOR}{entry.id}" for kind, entry in reversed(cards)}
    names = {entry.id: first[id(entry)] for _, entry in reversed(cards)}
    tables: dict[str, dict[str, Any]] = {table: {} for table in _TABLES}
    programmes: dict[str, Programme] = {}
    for kind, entry in cards:
        layer = f"{kind}{_SEPARATOR}{entry.record.programme}"
        name = f"{kind}{_SEPARATOR}{entry.id}"
        made = {"id": name, "programme": layer, "listed": (), **_told(entry, kind, lang)}
        is_first = first[id(entry)] == name
        made |= (
            _money(comparison, entry, names) if is_first else _no_money(entry, first[id(entry)], made, lang)
        )
        if hasattr(entry.record, "contract"):
            made["contract"] = names.get(entry.record.contract or "")
        tables[entry.table][name] = replace(entry.record, **made)
        programmes.setdefault(layer, _layer(comparison, entry, layer, lang))
    order = [*comparison.new.programmes, *comparison.old.programmes]
    ranked = sorted(programmes, key=lambda each: _rank(each, order))
    sources = {**comparison.old.sources, **comparison.new.sources}
    chosen = {name: programmes[name] for name in ranked}
    contracts, missions, operations = (tables[table] for table in _TABLES)
    return Register(title(comparison, lang), (), chosen, contracts, missions, operations, sources)


def _layers_of(entry: Entry) -> Iterator[LayerKind]:
    """Yield the kinds of layers in which an entry is shown.

    A programme or a source has no place, and a text that was rewritten changes nothing on a map.
    """
    if entry.table not in _TABLES:
        return
    for kind in entry.kinds:
        if kind == "moved":
            yield from (side for side in _SIDES if any(getattr(each, side) for each in entry.changes))
        elif kind in ("added", "gone", "began", "ended"):
            yield kind
    if {"amount", "renamed", "changed"}.intersection(entry.kinds):
        yield "changed"


def _rank(layer: str, order: list[str]) -> tuple[int, int]:
    kind, _, programme = layer.partition(_SEPARATOR)
    return [str(each) for each in _LAYERS].index(kind), order.index(programme)


def _layer(comparison: Comparison, entry: Entry, name: str, lang: Lang) -> Programme:
    """Return the layer of what happened to the records of a programme; its own changes are told there."""
    wanted = entry.record.programme
    programme = comparison.new.programmes.get(wanted) or comparison.old.programmes[wanted]
    changes = [
        sentence
        for each in comparison.entries
        if each.table == "programmes" and each.id == wanted
        for sentence in entry_sentences(each, lang)
    ]
    return replace(
        programme, id=name, family=None, summary=" ".join(filter(None, [*changes, programme.summary]))
    )


def _told(entry: Entry, kind: LayerKind, lang: Lang) -> dict[str, Any]:
    """Return what a card says, and the places it is drawn in."""
    sentences = " ".join(entry_sentences(entry, lang))
    if kind in ("added", "gone"):
        sentences = " ".join(filter(None, [say(f"cmp-{kind}", lang), entry.record.summary]))
    placements = [item for each in (entry.after or entry.before,) if each for item in each.placements]
    territories = tuple(item.place.id if item.place else item.written for item in placements)
    if kind not in _SIDES:
        return {"summary": sentences, "territories": territories}
    change = next(each for each in entry.changes if each.kind == "moved")
    where = entry.after if kind == "gained" else entry.before
    pieces = gathered(getattr(change, kind), where) if where else []
    told = {"summary": sentences, "territories": tuple(place.id for place in pieces)}
    stated = [each.name for each in fields(entry.record) if each.name.startswith("stated_")]
    return {**told, **dict.fromkeys(stated)}


def _money(comparison: Comparison, entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    """Name the nearest card whose amounts contain these, so that no euro counts twice."""
    if not hasattr(entry.record, "counted_in"):
        return {}
    register = comparison.old if entry.new is None else comparison.new
    around = None if entry.record.id in register.counting_circles else register.counted_in(entry.record.id)
    while around and around not in names:
        around = None if around in register.counting_circles else register.counted_in(around)
    return {"counted_in": names.get(around or "")}


def _no_money(entry: Entry, first: str, made: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Leave the amounts of a record to its first card, and say so."""
    amounts = [each.name for each in fields(entry.record) if each.name.endswith("_eur")]
    if not any(getattr(entry.record, name) is not None for name in amounts):
        return {}
    label = say(f"cmp-map-{first.partition(_SEPARATOR)[0]}", lang)
    told = say("cmp-map-money", lang, layer=label)
    return {**dict.fromkeys(amounts), "counted_in": None, "summary": f"{made['summary']} {told}"}
