"""Write `docs/exemples/rapport.docx`: a short report in Word, made of figures and counts.

    python scripts/build_word_example.py            # write
    python scripts/build_word_example.py --check    # fail when the report is not what the register says

Every figure of the report is counted when it is made. `--check` compares texts, styles and alternative
texts exactly, and pictures by what they look like: another matplotlib shades a pixel otherwise.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from word_example.setting import Report

from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.millions import millions
from geocontracts.outputs.statistics import build_statistics
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import VINTAGE
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.records.read import read_register
from geocontracts.words import number

if TYPE_CHECKING:
    from geocontracts.outputs.statistics import Statistics
    from geocontracts.records.register import Register

TARGET = Path(__file__).parents[1] / "docs" / "exemples" / "rapport.docx"
_DPI = 200
_SHADE = 3  # of 255: how far two pictures of the same figure may lie apart on average


def report() -> bytes:
    """Return the report as a Word file."""
    register = read_register()
    by_family = build_statistics(register, resolve_perimeters(register), by="family")
    told = Report(
        "Contrats territoriaux en Hauts-de-France",
        f"Exemple de rapport fait avec geocontracts. Communes du Code officiel géographique {VINTAGE}",
        dt.datetime(VINTAGE, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None),
    )
    _introduce(told, register, by_family)
    _table(told, by_family)
    _limits(told, by_family)
    _map(told, register)
    _focus(told, register)
    _sources(told, register)
    return told.save()


def _introduce(told: Report, register: Register, by_family: Statistics) -> None:
    line = by_family.total
    used = len({record.programme for record in register.records()})
    of_all = len(register.programmes)
    told.heading("De quoi il s’agit")
    told.text(
        f"Le registre réunit {line.contracts} contrats, {line.missions} missions d’ingénierie et "
        f"{line.operations} opérations. Ils relèvent de {used} des {of_all} dispositifs qu’il décrit\u00a0; "
        f"des {of_all - used} autres, les documents ne nomment aucun contrat. "
        f"{line.placed} de ces fiches ont un périmètre connu\u00a0; {line.unplaced} n’en ont pas, "
        "parce que les documents ne le donnent pas."
    )


def _map(told: Report, register: Register) -> None:
    told.heading("Vue d’ensemble")
    drawn = figure(register, style="overview", size="16x22", dpi=_DPI)  # its legend needs a whole page
    told.figure(
        drawn.render(".png"),
        alt=f"Carte des Hauts-de-France. {drawn.description} La légende, sous la carte, donne pour chaque "
        "dispositif son signe et le nombre de ses fiches, par famille.",
        caption="les contrats, missions et opérations du registre, par famille de dispositifs. "
        "Les sources sont sous la carte.",
    )


def _table(told: Report, by_family: Statistics) -> None:
    told.heading("Combien, et pour quels montants")
    head = ("Famille", "Contrats", "Missions", "Opérations", "Sans lieu", "Connus (M€)")
    lines = [(by_family.name(line.group, "fr"), line) for line in by_family.lines]
    rows = [
        (
            name,
            *(number(count, "fr") for count in (line.contracts, line.missions, line.operations)),
            number(line.unplaced, "fr"),
            "–" if line.funding.total is None else millions(line.funding.total, "fr"),
        )
        for name, line in [*lines, ("Ensemble", by_family.total)]
    ]
    told.table(
        [head, *rows],
        caption="le registre par famille, et ses montants connus, hors montants annuels. "
        "Un tiret\u00a0: aucun montant connu.",
    )
    yearly = by_family.total.yearly.total
    if yearly is not None:
        told.text(
            f"S’y ajoutent {millions(yearly, 'fr')}\u00a0M€ par an\u00a0: {_yearly_names(by_family)}. "
            "Le tableau les laisse à part\u00a0: un montant annuel ne s’additionne pas à celui de toute "
            "une durée."
        )
    told.text(
        "Chaque euro est compté une fois\u00a0: une opération financée par un contrat est dans le montant de "
        "ce contrat. L’ensemble peut donc être inférieur à la somme des familles."
    )


def _yearly_names(by_family: Statistics) -> str:
    """Return the programmes whose amounts are those of a year."""
    register = by_family.register
    paid = (each for each in register.records() if period_of(each) == "yearly" and stated_funding(each))
    names = dict.fromkeys(register.programmes[each.programme] for each in paid)
    return ", ".join(programme.short_name or programme.name for programme in names)


def _focus(told: Report, register: Register) -> None:
    told.heading("Deux dispositifs sur la carte")
    chosen = ("acv", "engagement-bassin-minier")
    names = " et ".join(register.programmes[name].name for name in chosen)
    drawn = figure(register, style="programmes", programmes=chosen, size="16x11", dpi=_DPI)
    told.figure(
        drawn.render(".png"),
        alt=f"Carte des Hauts-de-France\u00a0: {names}. {drawn.description}",
        caption=f"{names}.",
    )


def _limits(told: Report, by_family: Statistics) -> None:
    line = by_family.total
    told.heading("Ce que ces chiffres ne disent pas")
    amounts = (
        f"{line.without_amount} contrats et opérations n’ont aucun montant connu\u00a0: "
        "inconnu ne veut pas dire zéro."
    )
    inferred = (
        f"{line.inferred} périmètres sont déduits (de l’intercommunalité signataire, par exemple)\u00a0; "
        "ils sont en tirets sur les cartes."
    )
    today = (
        f"Les périmètres sont ceux des communes d’aujourd’hui (COG\u00a0{VINTAGE}), même quand le "
        "contrat est plus ancien."
    )
    told.points([amounts, inferred, today])


def _sources(told: Report, register: Register) -> None:
    told.heading("Sources")
    told.points(
        [
            f"{source.title}, {source.publisher}, "
            f"{source.published_on.text if source.published_on else 'sans date'}."
            for source in register.sources.values()
        ]
    )


def differences(old: bytes, new: bytes) -> list[str]:
    """Return the parts of two Word files that differ: texts in anything, pictures in what is seen."""
    with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(io.BytesIO(new)) as after:
        names = set(before.namelist()) ^ set(after.namelist())
        for name in set(before.namelist()) & set(after.namelist()):
            one, two = before.read(name), after.read(name)
            if one != two and not (name.endswith(".png") and _look_alike(one, two)):
                names.add(name)
    return sorted(names)


def _look_alike(one: bytes, two: bytes) -> bool:
    pictures = [np.asarray(Image.open(io.BytesIO(each)).convert("RGB"), dtype=int) for each in (one, two)]
    same = pictures[0].shape == pictures[1].shape
    return same and float(np.abs(pictures[0] - pictures[1]).mean()) <= _SHADE


def main() -> int:
    """Write the report, or compare it with `--check`."""
    parser = argparse.ArgumentParser(
        description="Write docs/exemples/rapport.docx from the bundled register."
    )
    parser.add_argument("--check", action="store_true", help="compare, and fail when the two differ")
    made = report()
    if not parser.parse_args().check:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_bytes(made)
        return 0
    found = differences(TARGET.read_bytes(), made) if TARGET.exists() else [TARGET.name]
    if not found:
        return 0
    print(
        f"{TARGET} is out of date ({', '.join(found)}): run python scripts/build_word_example.py",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
