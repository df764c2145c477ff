"""The map of a comparison: the same page, whose families are kinds of change.

The register that is shown is made of what changed: a layer is what happened to the records of one
programme, and a record has one card, which says in sentences all that changed in it.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.comparison.described import entry_sentences
from geocontracts.outputs.comparison.moves import gathered
from geocontracts.outputs.comparison.report import title
from geocontracts.records.register import Register
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.words import catalogue, say

if TYPE_CHECKING:
    from geocontracts.outputs.comparison.changes import ChangeKind
    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.records.register import Programme
    from geocontracts.webmap.contract import Family, View
    from geocontracts.webmap.payload import MapContent
    from geocontracts.words import Lang

# kind -> colour on the light ground (4.5:1 at least), on the dark one. They differ in lightness
# too: no two merge for colour-blind readers (tests/outputs/comparison/test_hues.py).
_HUES: dict[ChangeKind, tuple[str, str]] = {
    "added": ("#047a5d", "#08bc93"),
    "gone": ("#55575f", "#eae9e7"),
    "began": ("#4363d7", "#a5b7fd"),
    "ended": ("#7e203a", "#f165ae"),
    "moved": ("#ac5803", "#fcb773"),
    "amount": ("#235785", "#6ef1ff"),
    "renamed": ("#4e4803", "#b7a70e"),
    "changed": ("#400dd2", "#9b88fa"),
}
_SEPARATOR = ":"
_TABLES = ("contracts", "missions", "operations")
# Amounts, crossings and years of records that came, went and stayed would add up to nothing.
_VIEWS: list[View] = ["contracts", "pileup", "white"]
_PAGE = "cmp-page-"


def render_changes(comparison: Comparison, *, lang: Lang = "fr") -> bytes:
    """Return the HTML of the map of a comparison, in UTF-8."""
    return render_page(build_changes(comparison, lang=lang))


def build_changes(comparison: Comparison, *, lang: Lang = "fr") -> MapContent:
    """Return what the page of a comparison shows; what has no place is listed in it all the same."""
    area = comparison.area
    written = area.place.id if area.place else "records" if area.level == "extent" else "france"
    options = MapOptions(area=written, title=title(comparison, lang), lang=lang)
    content = build_content(_register_of_changes(comparison, lang), options)
    payload = content.payload
    kinds = [each["id"].partition(_SEPARATOR)[0] for each in payload["programmes"]]
    used = [kind for kind in _HUES if kind in kinds]
    payload["families"] = [_family(kind, lang) for kind in used]
    for layer, kind in zip(payload["programmes"], kinds, strict=True):
        layer["family"] = [str(each) for each in used].index(kind)
    drawn = sum(record["draw"] != "none" for record in payload["records"])
    unseen = sum(not _is_shown(entry) for entry in comparison.entries)
    facts = {"drawn": drawn, "others": len(payload["records"]) - drawn, "unseen": unseen}
    payload["subtitle"] = say("cmp-map-subtitle", lang, vintage=comparison.vintage, **facts)
    payload["edition"] = comparison.editions.new.text if comparison.editions.new else ""
    payload["views"], payload["timeline"] = _VIEWS, False
    payload["words"] = {**payload["words"], **_words(lang)}
    return content


def _family(kind: ChangeKind, lang: Lang) -> Family:
    light, dark = _HUES[kind]
    return {"id": kind, "label": say(f"cmp-map-{kind}", lang), "light": light, "dark": dark}


def _words(lang: Lang) -> dict[str, str]:
    """Return what this page calls otherwise than a map of contracts does: its views and their texts."""
    ours = [key for key in catalogue() if key.startswith(_PAGE)]
    return {key.removeprefix(_PAGE): say(key, lang) for key in ours}


def _is_shown(entry: Entry) -> bool:
    """Say whether an entry has a card.

    A programme or a source has no place, and a text that was rewritten changes nothing on a map.
    """
    return entry.table in _TABLES and entry.kinds[0] in _HUES


def _register_of_changes(comparison: Comparison, lang: Lang) -> Register:
    """Return a register of the changes: one record for each that changed, under its weightiest change."""
    cards = [
        entry for kind in _HUES for entry in comparison.entries if _is_shown(entry) and entry.kinds[0] == kind
    ]
    tables: dict[str, dict[str, Any]] = {table: {} for table in _TABLES}
    programmes: dict[str, Programme] = {}
    names = _names(cards, is_new=False), _names(cards, is_new=True)
    for entry in cards:
        layer = f"{entry.kinds[0]}{_SEPARATOR}{entry.record.programme}"
        name = _name(entry)
        own = names[entry.new is not None]
        made = {"id": name, "programme": layer, "listed": (), **_told(entry, lang)}
        made |= _around(comparison, entry, own)
        source = (comparison.old if entry.new is None else comparison.new).source_of(entry.record.source)
        made["source"] = source.id if source else None
        if hasattr(entry.record, "contract"):
            made["contract"] = own.get(entry.record.contract or "")
        tables[entry.table][name] = replace(entry.record, **made)
        programmes.setdefault(layer, _layer(comparison, entry, layer, lang))
    order = [*comparison.new.programmes, *comparison.old.programmes]
    ranked = sorted(programmes, key=lambda each: _rank(each, order))
    sources = {**comparison.old.cited, **comparison.new.cited}
    chosen = {name: programmes[name] for name in ranked}
    contracts, missions, operations = (tables[table] for table in _TABLES)
    shown = Register(title(comparison, lang), (), chosen, contracts, missions, operations, sources)
    return replace(shown, inputs=(*comparison.old.inputs, *comparison.new.inputs))


def _name(entry: Entry) -> str:
    return f"{entry.kinds[0]}{_SEPARATOR}{entry.id}"


def _names(cards: list[Entry], *, is_new: bool) -> dict[str, str]:
    """Return the cards of the records of one edition, by the id they have there."""
    both = [(entry, entry.new if is_new else entry.old) for entry in cards]
    return {record.id: _name(entry) for entry, record in both if record is not None}


def _rank(layer: str, order: list[str]) -> tuple[int, int]:
    kind, _, programme = layer.partition(_SEPARATOR)
    return [str(each) for each in _HUES].index(kind), order.index(programme)


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


def _told(entry: Entry, lang: Lang) -> dict[str, Any]:
    """Return what a card says, and the places it is drawn in: where it lies, or what moved."""
    kind = entry.kinds[0]
    sentences = list(entry_sentences(entry, lang))
    if kind in ("added", "gone"):
        sentences = [say(f"cmp-{kind}", lang), *sentences, *filter(None, [entry.record.summary])]
    if kind != "moved":
        placements = [item for each in (entry.after or entry.before,) if each for item in each.placements]
        territories = tuple(item.place.id if item.place else item.written for item in placements)
        return {"summary": " ".join(sentences), "territories": territories}
    change = next(each for each in entry.changes if each.kind == "moved")
    sides = ((change.gained, entry.after), (change.lost, entry.before))
    pieces = [place.id for communes, where in sides if where for place in gathered(communes, where)]
    stated = [each.name for each in fields(entry.record) if each.name.startswith("stated_")]
    summary = " ".join([*sentences, say("cmp-map-where", lang)])
    return {"summary": summary, "territories": tuple(dict.fromkeys(pieces)), **dict.fromkeys(stated)}


def _around(comparison: Comparison, entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    """Name the nearest card whose amounts contain these, so that no euro counts twice."""
    if not hasattr(entry.record, "counted_in"):
        return {}
    register = comparison.old if entry.new is None else comparison.new
    around = None if entry.record.id in register.counting_circles else register.counted_in(entry.record.id)
    while around and around not in names:
        around = None if around in register.counting_circles else register.counted_in(around)
    return {"counted_in": names.get(around or "")}
