"""How programmes overlap: a row a pair, or a row a combination."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

from geocontracts.outputs.frames.looked_at import choose, look_at, people, short_name
from geocontracts.places.area import HAUTS_DE_FRANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

    from geocontracts.outputs.frames.looked_at import LookedAt
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.register import Register

_Key = TypeVar("_Key")
_PAIRS = {
    **dict.fromkeys(("programme_a", "programme_b", "name_a", "name_b"), "string"),
    **dict.fromkeys(("communes_a", "communes_b", "communes_both", "communes_either"), "Int64"),
    **dict.fromkeys(("share_of_a", "share_of_b"), "Float64"),
    "population_both": "Int64",
}
_SETS = {
    **dict.fromkeys(("programme_ids", "programme_names"), "object"),
    **dict.fromkeys(("programmes", "communes", "population"), "Int64"),
}


def overlaps(
    register: Register | Path | str | None = None,
    *,
    programme: Iterable[str] | None = None,
    within: Area | Place | str | None = HAUTS_DE_FRANCE,
    exclusive: bool = False,
) -> pd.DataFrame:
    """Return which programmes share communes of `within`, by their contracts and missions.

    Communes outside `within` are not counted here; `geocontracts stats` counts those that contracts
    reach there too.

    One row a pair of programmes, those that share nothing too (0 is known), the most communes
    first: `programme_a`, `programme_b`, `name_a`, `name_b` (string), `communes_a`, `communes_b`,
    `communes_both`, `communes_either` (Int64), `share_of_a`, `share_of_b` (Float64, 0 to 1: the part of
    the communes of one that the other covers too), `population_both` (Int64; `<NA>` where the
    population of a commune is unknown).

    With `exclusive`, one row a combination that occurs: the communes that these programmes and no others
    cover, as in an UpSet chart. `programme_ids`, `programme_names` (lists), `programmes` (their number),
    `communes`, `population` (Int64). The empty combination, last, is the communes that none
    covers; all rows add up to the communes of `within`.

    `programme` narrows it to some programmes, by id. `attrs` holds `within`, `without_perimeter`: the
    programmes asked for of which no contract or mission has a known perimeter in `within`, and
    `unplaced`: the ids of their contracts and missions whose perimeter is not known.

    Raises:
        RegisterError: there is nothing to read.
        UnknownOptionError: the register has no such programme.
        UnknownPlaceError: `within` is no place, or more than one.
    """
    import pandas as pd

    looked = look_at(register, within)
    wanted = choose(looked, programme)
    covered = {name: communes for name, communes in looked.covered.items() if name in wanted}
    if exclusive:
        frame = pd.DataFrame(_sets(looked, covered), columns=list(_SETS)).astype(_SETS)
    else:
        frame = pd.DataFrame(_pairs(looked, covered), columns=list(_PAIRS)).astype(_PAIRS)
    chosen = [each.record for each in looked.perimeters if each.record.programme in wanted]
    asked = {record.programme for record in chosen if record.kind != "operation"} | (
        wanted if programme is not None else set()
    )
    ids = {record.id for record in chosen}
    frame.attrs = {
        "within": f"{looked.area.level}:{looked.area.code}",
        "without_perimeter": sorted(asked - covered.keys(), key=looked.ranks.__getitem__),
        "unplaced": [name for name in looked.unplaced if name in ids],
    }
    return frame


def _pairs(looked: LookedAt, covered: Mapping[str, frozenset[int]]) -> list[dict[str, Any]]:
    rows = []
    for (one, own), (other, others) in combinations(covered.items(), 2):
        both = own & others
        rows.append(
            {
                "programme_a": one,
                "programme_b": other,
                "name_a": short_name(looked.register.programmes[one]),
                "name_b": short_name(looked.register.programmes[other]),
                "communes_a": len(own),
                "communes_b": len(others),
                "communes_both": len(both),
                "communes_either": len(own | others),
                "share_of_a": len(both) / len(own),
                "share_of_b": len(both) / len(others),
                "population_both": people(both),
            }
        )
    return sorted(rows, key=lambda row: -row["communes_both"])


def _sets(looked: LookedAt, covered: Mapping[str, frozenset[int]]) -> list[dict[str, Any]]:
    return [
        {
            "programme_ids": list(names),
            "programme_names": [short_name(looked.register.programmes[name]) for name in names],
            "programmes": len(names),
            "communes": len(communes),
            "population": people(communes),
        }
        for names, communes in exact_combinations(covered, looked.area.communes).items()
    ]


def exact_combinations(
    covered: Mapping[_Key, frozenset[int]], communes: Iterable[int]
) -> dict[tuple[_Key, ...], list[int]]:
    """Return the communes of each combination of programmes that occurs, and of no others with it.

    The combination of most communes comes first, of as many the one with fewest
    programmes; the empty one, where some commune is in none, is last.
    """
    found: dict[tuple[_Key, ...], list[int]] = {}
    for commune in communes:
        names = tuple(name for name, own in covered.items() if commune in own)
        found.setdefault(names, []).append(commune)
    order = {name: rank for rank, name in enumerate(covered)}
    ranks = {names: [order[name] for name in names] for names in found}
    chosen = sorted(found, key=lambda names: (not names, -len(found[names]), len(names), ranks[names]))
    return {names: found[names] for names in chosen}
