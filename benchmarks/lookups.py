"""Measure what `resolve` answers to noisy names of places, and how fast.

Every name of 2019-2026 (communes, EPCI and the levels above, and the communes
déléguées and associées) is written as lists write it, by seeded rules, alone and
with the département in the cell beside it. Printed per kind of noise: how many
were placed right, left ambiguous, placed wrong and refused. Right is the place
that bore the name, or what it has become. **Wrong must be 0**: else the exit
status is 1.

A typo may make the name of another place (`Saint-Méard`, `Saint-Médard`), which
nobody can see; those are counted apart and not judged.

Then 100,000 lookups are timed beside two peers in the same run: a pandas merge
on the lower-case names, which finds exact names only, and
`rapidfuzz.process.extractOne` over all names, on a sample.

Usage: python benchmarks/lookups.py [--sample N] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.places.beside import NOTHING, Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geocontracts.places.gazetteer import Gazetteer, Level, Place

LOOKUPS = 100_000
PEER_SAMPLE = 50
RATES = ("right", "ambiguous", "wrong", "refused")
_SHOWN = 20


@dataclass(frozen=True)
class Case:
    """A name of a vintage, the ids of the places that it may lead to, and where it lies."""

    name: str
    level: Level
    right: frozenset[str]
    departement: str
    postcode: str = ""


@dataclass
class Score:
    """What the lookups of one kind of noise gave."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def cases(places: Gazetteer) -> list[Case]:
    """Return every name of every vintage, each once a place."""
    found = [_case(places.place(number)) for number in range(len(places))]
    for old in places.former():
        later = places.successors(old)
        if later:
            right = frozenset(place.id for place in later)
            found.append(Case(_spoken(old.name, old.level), old.level, right, later[0].departement[0]))
    return list(dict.fromkeys(found))


def _case(place: Place) -> Case:
    departement = place.departement[0] if place.departement else ""
    if place.level == "departement":
        departement = place.code
    postcode = place.postcodes[0] if place.postcodes else ""
    return Case(_spoken(place.name, place.level), place.level, frozenset({place.id}), departement, postcode)


def _spoken(name: str, level: Level) -> str:
    """Return a name with its kind where the bare name is first of all a commune's."""
    return f"{level} de {name}" if level in ("arrondissement", "departement", "region") else name


def _without_accents(case: Case, _: random.Random) -> str:
    plain = unicodedata.normalize("NFD", case.name.replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _article_behind(case: Case, rng: random.Random) -> str | None:
    for article in ("Le ", "La ", "Les ", "L'"):
        if case.name.startswith(article):
            rest = case.name[len(article) :]
            return f"{rest} ({article.strip()})" if rng.getrandbits(1) else f"{rest}, {article.strip()}"
    return None


def _saint(case: Case, _: random.Random) -> str | None:
    written = case.name.replace("Sainte-", "Ste ").replace("Saint-", "St ")
    return written if written != case.name else None


def _spelled_out(case: Case, _: random.Random) -> str | None:
    kinds = {"CC ": "Communauté de communes ", "CA ": "COMMUNAUTÉ D’AGGLOMÉRATION ", "CU ": "C.U. "}
    return kinds[case.name[:3]] + case.name[3:] if case.name[:3] in kinds else None


def _acronym(case: Case, _: random.Random) -> str | None:
    if case.level != "epci":
        return None
    return f"{case.name} ({''.join(word[0] for word in case.name.split() if word[0].isalpha())[:8].upper()})"


def _of_commune(write: Callable[[Case], str]) -> Callable[[Case, random.Random], str | None]:
    return lambda case, _: write(case) if case.level == "commune" else None


def _with_postcode(case: Case, _: random.Random) -> str | None:
    return f"{case.postcode} {case.name}" if case.postcode else None


def _typo(change: Callable[[str, int], str]) -> Callable[[Case, random.Random], str | None]:
    """Return a noise that changes one letter of a name; its first and its signs stay."""

    def write(case: Case, rng: random.Random) -> str | None:
        spots = [i for i in range(1, len(case.name) - 1) if case.name[i : i + 2].isalpha()]
        if not spots:
            return None
        spot = rng.choice(spots)
        written = change(case.name, spot)
        return written if written != case.name else None

    return write


NOISES: dict[str, Callable[[Case, random.Random], str | None]] = {
    "as it stands": lambda case, _: case.name,
    "capitals": lambda case, _: case.name.upper(),
    "small letters": lambda case, _: case.name.lower(),
    "without accents": _without_accents,
    "without hyphens": lambda case, _: case.name.replace("-", " ") if "-" in case.name else None,
    "other apostrophe": lambda case, _: case.name.replace("'", "’") if "'" in case.name else None,
    "article behind": _article_behind,
    "St, Ste": _saint,
    "Cedex": _of_commune(lambda case: f"{case.name.upper()} CEDEX 2"),
    "Ville de": _of_commune(lambda case: f"Ville de {case.name}"),
    "(département)": _of_commune(lambda case: f"{case.name} ({case.departement})"),
    "département -": _of_commune(lambda case: f"{case.departement} - {case.name}"),
    "postcode before": _with_postcode,
    "kind spelled out": _spelled_out,
    "(acronym)": _acronym,
    "typo: swapped": _typo(lambda name, i: name[:i] + name[i + 1] + name[i] + name[i + 2 :]),
    "typo: dropped": _typo(lambda name, i: name[:i] + name[i + 1 :]),
    "typo: doubled": _typo(lambda name, i: name[: i + 1] + name[i:]),
}


def measure(
    chosen: Iterable[Case], places: Gazetteer, *, with_departement: bool, seed: int = 1
) -> dict[str, Score]:
    """Return what `resolve` makes of the cases, per kind of noise."""
    rng = random.Random(seed)  # noqa: S311 - noise, not a secret
    bearers = _bearers(cases(places), with_departement=with_departement)
    scores: dict[str, Score] = {kind: Score() for kind in NOISES}
    for case in chosen:
        beside = Beside(departement=case.departement) if with_departement and case.departement else NOTHING
        area = case.departement if with_departement else ""
        for kind, write in NOISES.items():
            written = write(case, rng)
            if written is None:
                continue
            score = scores[kind]
            outcome = _outcome(written, case, beside, places)
            if kind.startswith("typo") and bearers[area, _letters(written)] - case.right:
                outcome = "another's name"
            score.counts[outcome] += 1
            if outcome == "wrong":
                score.wrong.append(f"{written!r} for {', '.join(sorted(case.right))}")
    return scores


def _outcome(written: str, case: Case, beside: Beside, places: Gazetteer) -> str:
    match = resolve(written, beside=beside, gazetteer=places)
    if match.place is None:
        return "ambiguous" if match.status == "ambiguous" else "refused"
    return "right" if match.place.id in case.right else "wrong"


def _bearers(every: Sequence[Case], *, with_departement: bool) -> defaultdict[tuple[str, str], set[str]]:
    """Return which places bear the letters of a name, in each département or anywhere."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for case in every:
        bare = case.name.removeprefix(f"{case.level} de ")
        for name in (case.name, bare):
            found[case.departement if with_departement else "", _letters(name)] |= case.right
    return found


def _letters(name: str) -> str:
    """Return the bare letters of a name; an article in front, `lez` or `lès` do not tell it from another."""
    low = re.sub(r"^(?:les?|la)\s+|^l['’]\s*", "", name.lower().replace("œ", "oe"))
    plain = unicodedata.normalize("NFKD", low)
    plain = re.sub(
        r"\blez\b", "les", "".join(letter for letter in plain if not unicodedata.combining(letter))
    )
    return "".join(letter for letter in plain if letter.isalnum())


def print_scores(scores: dict[str, Score], title: str) -> int:
    """Print the table and return how many were wrong."""
    print(
        f"\n{title}\n{'noise':<18}{'names':>8}"
        + "".join(f"{rate:>12}" for rate in RATES)
        + f"{'not seen':>10}"
    )
    for kind, score in scores.items():
        unseen = score.counts["another's name"]
        judged = sum(score.counts.values()) - unseen
        shares = "".join(f"{score.counts[rate] / max(judged, 1):>12.3%}" for rate in RATES)
        print(f"{kind:<18}{judged:>8}{shares}{unseen:>10}")
    wrong = [each for score in scores.values() for each in score.wrong]
    for each in wrong[:_SHOWN]:
        print(f"  wrong: {each}")
    return len(wrong)


def noisy_names(count: int, places: Gazetteer, seed: int = 1) -> list[str]:
    """Return names as a real list has them: half as they stand, half noisy, one in fifty with a typo."""
    rng = random.Random(seed)  # noqa: S311 - noise, not a secret
    every = [case for case in cases(places) if case.level in ("commune", "epci")]
    clean = [kind for kind in NOISES if not kind.startswith("typo")]
    typos = [kind for kind in NOISES if kind.startswith("typo")]
    mix = ["as it stands"] * 50 + [rng.choice(clean) for _ in range(48)] + typos[:2]
    names: list[str] = []
    while len(names) < count:
        case = rng.choice(every)
        kind = rng.choice(mix)
        names.append(NOISES[kind](case, rng) or case.name)
    return names


def print_speed(places: Gazetteer) -> None:
    """Print the time of 100,000 lookups beside those of the peers, in this run."""
    names = noisy_names(LOOKUPS, places)
    ours = _timed(lambda: [resolve(name, gazetteer=places) for name in names])
    matches = [resolve(name, gazetteer=places) for name in names]
    missed = [match.written for match in matches if match.status == "unknown"]
    proposing = _timed(lambda: [resolve(name, gazetteer=places).candidates for name in missed])
    merged, exact = _merge(names, places)
    near = _timed(lambda: _extract(names[:PEER_SAMPLE], places)) * LOOKUPS / PEER_SAMPLE
    found = sum(match.place is not None for match in matches)
    print(f"\n{LOOKUPS:,} names       seconds   µs each  placed  ratio to ours")
    for title, seconds, share in (
        ("geocontracts", ours, found / LOOKUPS),
        ("pandas merge", merged, exact),
        ("rapidfuzz one by one", near, None),
    ):
        shown = "" if share is None else f"{share:.1%}"
        each = seconds / LOOKUPS * 1e6
        print(f"{title:<20}{seconds:>9.2f}{each:>10.1f}{shown:>8}{seconds / ours:>10.2f}")
    each = proposing / max(len(missed), 1) * 1e3
    print(f"proposing near names for {len(missed):,} misses: {each:.2f} ms each")


def _timed(work: Callable[[], object]) -> float:
    """Return the least time of one core over three runs, which other work on the machine changes little."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def _merge(names: list[str], places: Gazetteer) -> tuple[float, float]:
    """Return the seconds of a merge on lower-case names, and the share that found exactly one place."""
    import pandas as pd

    known = pd.DataFrame({"name": places.column("name", list(range(len(places))))})
    known["key"] = known["name"].str.lower()
    single = known.drop_duplicates("key", keep=False)

    def work() -> pd.DataFrame:
        written = pd.DataFrame({"written": names})
        written["key"] = written["written"].str.lower()
        return written.merge(single, on="key", how="left")

    return _timed(work), float(work()["name"].notna().mean())


def _extract(names: list[str], places: Gazetteer) -> None:
    from rapidfuzz import fuzz, process

    for name in names:
        process.extractOne(name.lower(), places.keys, scorer=fuzz.ratio)


def main() -> int:
    """Print the tables; 1 if anything that was accepted is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, help="so many names instead of all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    places = load_gazetteer()
    chosen = cases(places)
    if options.sample:
        chosen = random.Random(options.seed).sample(chosen, options.sample)  # noqa: S311 - a sample
    print_speed(places)
    wrong = 0
    for with_departement, title in (
        (False, "Names alone"),
        (True, "Names with their département beside them"),
    ):
        scores = measure(chosen, places, with_departement=with_departement, seed=options.seed)
        wrong += print_scores(scores, title)
    print(f"\nAccepted and wrong: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
