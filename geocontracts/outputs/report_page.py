"""The report as one HTML page for a person who has the file and a browser: no script, no network."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import geocontracts
from geocontracts.outputs import entries as gather
from geocontracts.outputs.entries import by_reason
from geocontracts.outputs.phrases import Phrases
from geocontracts.outputs.provenance import made, origin_text, told_of_register
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.places.gazetteer import VINTAGE
from geocontracts.webmap.linked import linked_output, linked_script
from geocontracts.webmap.policy import quiet_head
from geocontracts.words import plain, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geocontracts.outputs.entries import Entry
    from geocontracts.outputs.report import About, Report
    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.places.gazetteer import Place
    from geocontracts.words import Lang

_RANGES = 8  # of lines in a cell, before the others fold away
_TITLES = 2
_PLACES = 12
_LONGEST = 300
# More different wrong places than anybody corrects by hand; the others are listed without candidates.
_DETAILED = 2000


def report_page(report: Report, about: About, lang: Lang) -> str:
    """Return the page; texts of the file are escaped and never become markup."""
    return _Page(report, about, lang).text()


class _Page:
    """Writes the page part by part."""

    def __init__(self, report: Report, about: About, lang: Lang) -> None:
        self.report, self.about, self.phrases = report, about, Phrases(lang)
        self.lang: Lang = lang
        self.told = told_of_register(report.register, lang) if report.register else None
        self.many_files = len({row.file for row in report.rows}) > 1

    def text(self) -> str:
        parts = [*self._head(), *self._figures(), *self._to_correct(), *self._remarks(), *self._undrawn()]
        return "".join([*parts, *self._notes(), *self._placed(), *self._foot()])

    def say(self, key: str, **facts: object) -> str:
        return escape(say(key, self.lang, **facts))

    def _head(self) -> Iterator[str]:
        title = say("page-title", self.lang, file=self.about.file)
        yield quiet_head(self.lang, title, _style())
        if self.told:
            named = plain(title, _LONGEST)
            yield linked_script(linked_output(made(self.told, self.lang, title=named, how="audit-checked")))
        yield "</head>\n<body>\n"
        yield f'<a class="skip" href="#correct">{self.say("page-skip")}</a>\n<header>\n'
        yield f"<h1>{escape(title)}</h1>\n"
        when = self.about.checked_on
        date = "" if when is None else when.strftime("%d/%m/%Y" if self.lang == "fr" else "%Y-%m-%d")
        key = "page-when" if when else "page-undated"
        yield f'<p class="note">{self.say(key, date=date, vintage=VINTAGE)}</p>\n'
        links = [("correct", "page-correct"), ("remarks", "page-remarks"), ("notes", "page-notes")]
        items = "".join(f'<li><a href="#{name}">{self.say(key)}</a>' for name, key in links)
        placed = f'<li><a href="#placed">{self.say("page-placed")}</a>'
        yield f'<nav aria-label="{self.say("page-contents")}"><ul>{items}{placed}</ul></nav>\n'
        yield "</header>\n<main>\n"

    def _figures(self) -> Iterator[str]:
        report, phrases, rows = self.report, self.phrases, self.report.row_count
        counts = {"placed": report.placed, "remark": report.remark, "unplaced": report.unplaced}
        told = [phrases.counted("page-rows", rows)]
        told += [
            phrases.counted(f"page-rows-{state}", count, share=phrases.share(count, rows))
            for state, count in counts.items()
        ]
        yield f'<p class="lead">{escape(" ".join(told))}</p>\n<div class="scroll"><table class="states">\n'
        yield f"<caption>{self.say('page-figures')}</caption>\n"
        yield self._header(("report-state", "said"), ("page-count", "figure"), ("page-share", "figure"))
        for state, count in counts.items():
            width = 100 * count / rows if rows else 0
            bar = (
                '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
                f'<rect class="{state}" width="{width:.2f}" height="8"/></svg>'
            )
            yield f'<tr><th scope="row">{self.say(f"page-state-{state}")}{bar}</th>'
            yield f'<td class="figure">{say("page-number", self.lang, n=count)}</td>'
            yield f'<td class="figure">{escape(phrases.share(count, rows))}</td></tr>\n'
        yield "</table></div>\n"

    def _to_correct(self) -> Iterator[str]:
        lost = gather.to_correct(self.report.rows, self.phrases)
        cells = gather.of_cells(self.report, self.phrases, remarks=False)
        yield f'<section id="correct">\n<h2>{self.say("page-correct")}</h2>\n'
        if not lost and not cells:
            yield f"<p>{self.say('page-nothing')}</p>\n"
        else:
            steps = "".join(
                f"<li>{self.say(f'page-step-{step}', file=self.about.file)}" for step in range(1, 5)
            )
            yield f"<p>{self.say('page-how')}</p>\n<ol>{steps}</ol>\n"
        if lost:
            yield f"<h3>{escape(self.phrases.counted('page-lost', self._line_count(lost)))}</h3>\n"
            yield from self._tables(lost[:_DETAILED], "page-candidates")
        if lost[_DETAILED:]:
            yield f"<p>{self.say('page-rest', n=len(lost) - _DETAILED)}</p>\n"
            yield from self._brief(lost[_DETAILED:])
        if cells:
            yield f"<h3>{escape(self.phrases.counted('page-cells', self._line_count(cells)))}</h3>\n"
            yield from self._cells(cells)
        yield "</section>\n"

    def _remarks(self) -> Iterator[str]:
        found = gather.remarked(self.report.rows, self.phrases)
        cells = gather.of_cells(self.report, self.phrases, remarks=True)
        yield f'<section id="remarks">\n<h2>{self.say("page-remarks")}</h2>\n'
        yield f"<p>{self.say('page-remarks-how' if found or cells else 'page-no-remark')}</p>\n"
        if found:
            yield from self._tables(found, "page-found")
        if cells:
            yield from self._cells(cells)
        yield "</section>\n"

    def _undrawn(self) -> Iterator[str]:
        found = gather.undrawn(self.report.rows, self.phrases)
        if found:
            yield f'<section id="undrawn">\n<h2>{self.say("page-undrawn")}</h2>\n'
            yield f"<p>{self.say('page-undrawn-how')}</p>\n"
            yield from self._tables(found, "")
            yield "</section>\n"

    def _notes(self) -> Iterator[str]:
        yield f'<section id="notes">\n<h2>{self.say("page-notes")}</h2>\n'
        if self.about.notes:
            items = "".join(f"<li>{escape(self.phrases.sentence(note))}" for note in self.about.notes)
            yield f"<p>{self.say('page-notes-how')}</p>\n<ul>{items}</ul>\n"
        else:
            yield f"<p>{self.say('page-no-note')}</p>\n"
        yield "</section>\n"

    def _placed(self) -> Iterator[str]:
        rows = [row for row in self.report.rows if row.state == "placed"]
        yield f'<section id="placed">\n<h2>{self.say("page-placed")}</h2>\n'
        if rows:
            said = escape(self.phrases.counted("page-unfold", len(rows)))
            yield f'<details><summary>{said}</summary>\n<div class="scroll"><table>\n'
            yield f"<caption>{self.say('page-placed')}</caption>\n"
            yield self._header(
                ("report-line", "lines"),
                ("report-title", "wide"),
                ("report-written", "said"),
                ("page-found", "said"),
            )
            for row in rows:
                yield f"<tr><th scope=row>{self._where(row.file)}{row.line or ''}<td>{_short(row.title)}"
                yield f"<td>{_short('; '.join(row.written))}<td>{self._found(row)}\n"
            yield "</table></div></details>\n"
        else:
            yield f"<p>{self.say('page-none-placed')}</p>\n"
        yield "</section>\n"

    def _foot(self) -> Iterator[str]:
        text = self.say("page-made", version=geocontracts.__version__)
        credit = escape(set_in_use().credit(self.lang))
        yield f"</main>\n<footer><p>{text}<br>{credit} ({self.say('credit-licence')}).</p>\n"
        yield f'<p class="origin">{escape(origin_text(self.told, self.lang))}</p>\n' if self.told else ""
        yield "</footer>\n"
        yield "</body>\n</html>\n"

    def _tables(self, found: Sequence[Entry], places: str) -> Iterator[str]:
        """Write a table for each reason that many share, and one for the others with their reasons."""
        # Those for which a place can be proposed come first.
        for reason, alike in sorted(by_reason(found), key=lambda table: not _proposing(table[1])):
            count = escape(self.phrases.counted("page-lines", self._line_count(alike)))
            caption = f"{escape(reason)} ({count})" if reason else self.say("page-various", count=count)
            columns = [("page-lines-head", "lines"), ("report-title", "wide"), ("report-written", "said")]
            columns += [] if reason else [("report-reason", "wide")]
            proposing = bool(places) and _proposing(alike)
            columns += [(places, "said")] if proposing else []
            yield f'<div class="scroll"><table>\n<caption>{caption}</caption>\n{self._header(*columns)}'
            for entry in alike:
                yield f"<tr>{self._lines(entry)}{self._cell('report-title', self._titles(entry))}"
                yield self._cell("report-written", _short(entry.written) or "–")
                yield "" if reason else self._cell("report-reason", _short(entry.reason, 2 * _LONGEST))
                yield self._cell(places, self._choices(entry.places)) if proposing else ""
                yield "\n"
            yield "</table></div>\n"

    def _brief(self, found: Iterable[Entry]) -> Iterator[str]:
        yield f'<details><summary>{self.say("page-rest-unfold")}</summary>\n<div class="scroll"><table>\n'
        yield f"<caption>{self.say('page-rest-unfold')}</caption>\n"
        yield self._header(("page-lines-head", "lines"), ("report-written", "said"))
        for entry in found:
            yield f"<tr>{self._lines(entry)}<td>{_short(entry.written) or '–'}\n"
        yield "</table></div></details>\n"

    def _cells(self, found: Iterable[Entry]) -> Iterator[str]:
        yield f'<div class="scroll"><table>\n<caption>{self.say("page-cells-caption")}</caption>\n'
        yield self._header(("page-lines-head", "lines"), ("page-column", "wide"), ("report-reason", "said"))
        for entry in found:
            yield f"<tr>{self._lines(entry)}{self._cell('page-column', _short(entry.written) or '–')}"
            yield f"{self._cell('report-reason', escape(entry.reason))}\n"
        yield "</table></div>\n"

    def _header(self, *columns: tuple[str, str]) -> str:
        cells = "".join(f'<th scope="col" class="{kind}">{self.say(key)}</th>' for key, kind in columns)
        return f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"

    def _cell(self, key: str, told: str) -> str:
        """Return a cell that bears its heading, which a narrow screen shows in front of it."""
        return f'<td data-head="{self.say(key)}">{told}'

    def _lines(self, entry: Entry) -> str:
        first, others = self.phrases.lines((line for line in entry.lines if line), _RANGES)
        if not first:
            first = self.say("page-whole-file") if not entry.lines else "–"
        more = (
            f"<details><summary>{self.say('page-more-lines')}</summary>{others}</details>" if others else ""
        )
        file = self._where(entry.file) if self.many_files or not entry.lines else ""
        return f'<th scope=row data-head="{self.say("page-lines-head")}">{file}{first}{more}'

    def _where(self, file: str) -> str:
        return f"{escape(plain(file))}, " if self.many_files else ""

    def _titles(self, entry: Entry) -> str:
        titles = [title for title in entry.titles if title]
        told = "<br>".join(map(_short, titles[:_TITLES]))
        if titles[_TITLES:]:
            told += f"<br>{escape(self.phrases.counted('page-more-titles', len(titles) - _TITLES))}"
        return told or "–"

    def _choices(self, places: Sequence[Place]) -> str:
        if not places:
            return "–"
        if len(places) == 1:
            return self._choice(places[0])
        return f'<ul class="choices">{"".join(f"<li>{self._choice(place)}" for place in places)}</ul>'

    def _choice(self, place: Place) -> str:
        told = place.level in ("commune", "arrondissement")  # the name says so, or needs not
        level = "" if told else f", {self.phrases.key(f'level-{place.level}')}"
        return f"<code>{code_to_write(place)}</code> {escape(self.phrases.place(place))}{escape(level)}"

    def _found(self, row: RowOutcome) -> str:
        if not row.places:
            return escape(self.phrases.sentence(row.reasons[0]))
        told = "; ".join(map(self._choice, row.places[:_PLACES]))
        rest = len(row.places) - _PLACES
        return f"{told} {escape(self.phrases.counted('page-more-places', rest))}" if rest > 0 else told

    def _line_count(self, found: Iterable[Entry]) -> int:
        return len({(entry.file, line) for entry in found for line in entry.lines or (0,)})


def code_to_write(place: Place) -> str:
    """Return the code that a cell may hold: bare where its shape says the level, with the level elsewhere."""
    return place.code if place.level in ("commune", "epci") else place.id


def _proposing(found: Iterable[Entry]) -> bool:
    return any(entry.places for entry in found)


def _short(text: str, longest: int = _LONGEST) -> str:
    return escape(plain(text, longest))


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8").strip()
