"""`docs/commandes.md`: every command and option, from the parser itself, in French.

The help of the command line is English; `french.json` says each of its sentences in French. A sentence that
it lacks, or that no command says any more, stops the page.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.options import build_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

FRENCH = Path(__file__).with_name("french.json")
HEAD = """# Ligne de commande

<!-- Écrit par scripts/build_reference_pages.py d’après le programme : ne pas modifier. -->

`geocontracts` se trouve dans `.venv/bin` (sous Windows, dans `.venv\\Scripts`).
`geocontracts COMMANDE --help` dit la même
chose, en anglais. Un registre est un dossier de tables, un seul fichier, ou une table PostgreSQL ;
sans lui, c’est celui qui est livré. Ce que l’on lit est en français ; `--lang en` donne l’anglais.

| Code de retour | Ce qu’il veut dire |
| --- | --- |
| 0 | tout est fait |
| 1 | c’est fait, et des problèmes ont été signalés |
| 2 | rien n’a été fait ; une ligne dit pourquoi |
"""


class UntranslatedError(Exception):
    """The help and its French do not say the same number of things."""


def page() -> str:
    """Return the page.

    Raises:
        UntranslatedError: a sentence of the help has no French, or the French of one is left over.
    """
    french = _French()
    parts = [HEAD, *_command(build_parser(), "geocontracts", french)]
    french.close()
    return "\n".join(parts) + "\n"


class _French:
    """Says a sentence of the help in French, and keeps count of those that it lacks."""

    def __init__(self) -> None:
        self._of: dict[str, str] = json.loads(FRENCH.read_text(encoding="utf-8"))
        self._said: set[str] = set()

    def __call__(self, english: str) -> str:
        self._said.add(english)
        return self._of.get(english, english)

    def close(self) -> None:
        lacking = sorted(self._said - set(self._of))
        unused = sorted(set(self._of) - self._said)
        if lacking or unused:
            msg = f"scripts/reference/french.json: without French: {lacking}; said by no command: {unused}"
            raise UntranslatedError(msg)


def _command(parser: argparse.ArgumentParser, name: str, french: _French) -> Iterator[str]:
    for action in parser._actions:  # argparse has no public list of them  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            helps = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
            for word, under in action.choices.items():
                inner = f"{name} {word}"
                yield f"\n## `{inner}`\n\n{_sentence(french(helps[word]))}\n"
                yield from _arguments(under, inner, french)
                yield from _command(under, inner, french)


def _arguments(parser: argparse.ArgumentParser, name: str, french: _French) -> Iterator[str]:
    told = [
        action
        for action in parser._actions  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)  # noqa: SLF001
    ]
    if not told:
        return
    places = [_place(action) for action in told if not action.option_strings]
    needed = [
        f"{action.option_strings[0]} {_value(action)}"
        for action in told
        if action.option_strings and action.required
    ]
    yield f"`{' '.join([name, *places, *needed, '[options]'])}`\n"
    yield "| Option | Ce qu’elle fait |\n| --- | --- |"
    for action in told:
        written = ", ".join(f"`{' '.join(each)}`" for each in _written(action)).replace("|", "\\|")
        yield f"| {written} | {_told(action, french)} |"


def _place(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest.upper())
    if action.nargs == "?":
        return f"[{name}]"
    return f"[{name} …]" if action.nargs == "*" else name


def _written(action: argparse.Action) -> list[list[str]]:
    if not action.option_strings:
        return [[_place(action)]]
    value = "" if action.nargs == 0 or action.choices else _value(action)
    return [[option, *([value] if value else [])] for option in action.option_strings]


def _value(action: argparse.Action) -> str:
    return str(action.metavar or action.dest.upper())


def _told(action: argparse.Action, french: _French) -> str:
    text = french(action.help) if action.help else ""
    choices = ", ".join(f"`{choice}`" for choice in action.choices or ())
    default = action.default if choices and isinstance(action.default, str) else ""
    parts = [text, f"au choix : {choices}" if choices else ""]
    if default and "défaut" not in text:
        parts.append(f"par défaut : `{default}`")
    return _sentence(" ; ".join(part for part in parts if part)).replace("|", "\\|")


def _sentence(text: str) -> str:
    """Begin with a capital, save where the text begins with something that is typed."""
    return text[:1].upper() + text[1:]
