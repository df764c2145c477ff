"""Verify a page, an export or a folder: was it changed, and are the files it names the ones at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import geocontracts
from geocontracts.errors import AuditError, why
from geocontracts.files import name_of
from geocontracts.outputs.verify.declaration import title_of_statement
from geocontracts.outputs.verify.folder import Folder
from geocontracts.outputs.verify.page import damaged_blocks, lets_in_its_own, read_page
from geocontracts.outputs.verify.plain import read_geojson, read_json, read_parquet
from geocontracts.outputs.verify.skeleton import begins_as_ours, foreign_parts, is_map
from geocontracts.places.provenance import origin_of_places
from geocontracts.records.told import LONGEST, ToldOrigin, read_linked
from geocontracts.webmap.page import own_code
from geocontracts.webmap.seal import seal_holds
from geocontracts.webmap.statement import own_style
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geocontracts.outputs.verify.folder import Found
    from geocontracts.outputs.verify.page import Page
    from geocontracts.records.told import ToldFile

Sign: TypeAlias = Literal["good", "bad", "open"]
"""Of a finding: as it should be, not so, or not to be told."""

SUFFIXES = (".html", ".htm", ".json", ".geojson", ".parquet")
"""The files that say to programs where they come from, and that are read here."""

LARGEST = 200_000_000
"""Bytes of a page."""


@dataclass(frozen=True)
class Finding:
    """What was found of the file itself."""

    sign: Sign
    message: Message


@dataclass(frozen=True)
class Verdict:
    """What a file says of itself, and what of it is so: findings, then the files that it names.

    `is_vouched` is False of a page that is not as it was written, or whose code could not be compared:
    anything may have been changed in it. An accessibility statement, `is_statement`, names nothing.
    """

    file: Path
    folder: Path
    told: ToldOrigin
    findings: tuple[Finding, ...]
    inputs: tuple[Found, ...] = ()
    outputs: tuple[Found, ...] = ()
    is_vouched: bool = True
    is_statement: bool = False

    @property
    def doubts(self) -> int:
        """Return how many things are not as they should be, or could not be found."""
        return count_doubts([self])


@dataclass(frozen=True)
class Unread:
    """A file of a folder that tells nothing: for it is none of ours, or, `is_doubt`, cannot be read."""

    file: Path
    why: AuditError

    @property
    def is_doubt(self) -> bool:
        """Say whether it might be one of ours."""
        return self.why.message.key != "audit-none"


def count_doubts(verdicts: Iterable[Verdict], unread: Iterable[Unread] = ()) -> int:
    """Return how many things are to be looked at; a file that several name is one."""
    files: set[tuple[Path, ToldFile]] = set()
    count = sum(each.is_doubt for each in unread)
    for verdict in verdicts:
        count += sum(each.sign == "bad" for each in verdict.findings)
        files |= {(verdict.folder, found.told) for found in verdict.inputs if not found.is_good}
        files |= {(verdict.file.parent, found.told) for found in verdict.outputs if not found.is_good}
    return count + len(files)


def verify(path: Path | str, inputs: Path | str | None = None) -> tuple[list[Verdict], list[Unread]]:
    """Verify a file, or all that can be in a folder, against the files of the folder `inputs`.

    `inputs` is the folder of the file itself unless told. Nothing of a file is run, nothing is fetched, and
    no path that a file names is followed. What says nothing in a folder is returned beside, but for the
    inputs of other files of it.

    Raises:
        AuditError: the file, or every one of the folder, says nothing of where it comes from, is none of
            ours, or cannot be read; the folder of inputs cannot be listed.
    """
    path, folder = Path(path), cache(Folder)  # each folder is listed, and each of its files hashed, once
    if not path.is_dir():
        return [_verdict(path, Path(inputs) if inputs else path.parent, folder)], []
    verdicts, unread = [], []
    for file in _files(path):
        try:
            verdicts.append(_verdict(file, Path(inputs) if inputs else path, folder))
        except AuditError as error:
            unread.append(Unread(file, error))
    if not verdicts:
        broken = next((each.why for each in unread if each.is_doubt), None)
        raise broken or AuditError("audit-folder-none", file=str(path), known=", ".join(SUFFIXES))
    named = {found.name for verdict in verdicts for found in verdict.inputs if found.is_good}
    return verdicts, [each for each in unread if inputs or name_of(each.file) not in named]


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
    except OSError as error:
        raise AuditError("audit-unreadable", file=str(folder), why=why(error)) from error


def _verdict(path: Path, folder: Path, listed: Callable[[Path], Folder]) -> Verdict:
    suffix = path.suffix.lower()
    if path.exists() and not path.is_file():  # a pipe would never end
        raise AuditError("audit-special", file=str(path))
    if suffix not in SUFFIXES:
        raise AuditError("audit-suffix", file=str(path), known=", ".join(SUFFIXES))
    try:
        verdict = _of_page(path, folder) if suffix in (".html", ".htm") else _of_export(path, folder)
    except AuditError:
        raise
    except ValueError as error:
        raise AuditError("audit-block-broken", file=str(path), limit=LONGEST // 1_000_000) from error
    except FileNotFoundError as error:
        key = "audit-missing" if path.parent.is_dir() else "audit-missing-folder"
        raise AuditError(key, file=str(path), folder=str(path.parent)) from error
    except OSError as error:
        raise AuditError("audit-unreadable", file=str(path), why=why(error)) from error
    if verdict.is_statement:
        return verdict
    try:
        files, beside = listed(folder), listed(path.parent)
    except OSError as error:
        raise AuditError("audit-unreadable", file=str(folder), why=why(error)) from error
    told = verdict.told
    return replace(
        verdict,
        findings=(*verdict.findings, _places(told)),
        inputs=tuple(map(files.find, told.inputs)),
        outputs=tuple(map(beside.find, told.outputs)),
    )


_EXPORTS: dict[str, Callable[[Path], ToldOrigin | None]] = {
    ".json": read_json,
    ".geojson": read_geojson,
    ".parquet": read_parquet,
}


def _of_export(path: Path, folder: Path) -> Verdict:
    told = _EXPORTS[path.suffix.lower()](path)
    if told is None:
        raise AuditError("audit-none", file=str(path))
    key = "audit-unsealed-siblings" if told.outputs else "audit-unsealed-export"
    return Verdict(path, folder, told, (Finding("open", Message(key)),))


def _of_page(path: Path, folder: Path) -> Verdict:
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise AuditError("audit-huge", file=str(path), limit=LARGEST // 1_000_000)
    sealed, content = _line_ends(content)
    page = read_page(content)
    title = "" if page.linked else title_of_statement(content)
    found = [told for told in map(read_linked, page.linked) if told]
    if not (title or found):
        raise AuditError(_why_none(content, page), file=str(path))
    shape = tuple(_shape(content))
    is_shaped = all(each.sign == "good" for each in shape)
    findings = [sealed, *_whole(page, len(page.linked)), *shape, *_let_in(page, is_shaped=is_shaped)]
    if title:
        told = ToldOrigin(title, "", "", (), (), "")
        findings[:1] = _of_statement(sealed, page)
    else:
        told = found[0]
        findings += _of_map(content, page, told, is_shaped=is_shaped)
    is_vouched = all(each.sign != "bad" for each in findings)
    return Verdict(path, folder, told, tuple(findings), is_vouched=is_vouched, is_statement=bool(title))


def _why_none(content: bytes, page: Page) -> str:
    """Return the key of why a page says nothing: it is somebody else’s, or lost what ours say."""
    if page.is_cut:
        return "audit-cut-none"
    return "audit-lost" if begins_as_ours(content) or seal_holds(content) is not None else "audit-none"


def _of_statement(sealed: Finding, page: Page) -> Iterator[Finding]:
    """Say of an accessibility statement, which may be completed by hand, whether it was."""
    yield Finding("open", Message("audit-statement"))
    yield Finding("bad", Message("audit-statement-changed")) if sealed.sign == "bad" else sealed
    if page.styles != [own_style().encode()]:
        yield Finding("bad", Message("audit-style-differs", {"ours": _ours()}))


def _line_ends(content: bytes) -> tuple[Finding, bytes]:
    """Say whether a page is byte for byte as it was written, and return it with the line ends that we write.

    A browser reads it with these.
    """
    restored = content.replace(b"\r\n", b"\n")
    if restored != content and seal_holds(restored):
        return Finding("open", Message("audit-page-ends")), restored
    holds = seal_holds(content)
    key = {True: "audit-page-whole", False: "audit-page-changed", None: "audit-page-unsealed"}[holds]
    return Finding("good" if holds else "bad", Message(key)), restored


def _whole(page: Page, blocks: int) -> Iterator[Finding]:
    """Say whether the page is there to its end, with one block."""
    if page.is_cut:
        yield Finding("bad", Message("audit-page-cut"))
    if blocks > 1:
        yield Finding("bad", Message("audit-block-several", {"count": blocks}))


def _shape(content: bytes) -> Iterator[Finding]:
    """Say whether the page has only what geocontracts writes: else its scripts are not all that may run."""
    if not begins_as_ours(content):
        yield Finding("bad", Message("audit-shape-start"))
        return
    parts = foreign_parts(content)
    for part in parts:
        yield Finding("bad", Message("audit-shape-foreign", {"text": part.text, "line": part.line}))
    if not parts:
        yield Finding("good", Message("audit-shape-own"))


def _let_in(page: Page, *, is_shaped: bool) -> Iterator[Finding]:
    """Say whether its code is the one that it lets in.

    Of a page that has more than geocontracts writes, no code is called good.
    """
    if not lets_in_its_own(page):
        yield Finding("bad", Message("audit-code-foreign"))
    else:
        key = "audit-code-own" if is_shaped else "audit-code-unsure"
        yield Finding("good" if is_shaped else "open", Message(key))


def _of_map(content: bytes, page: Page, told: ToldOrigin, *, is_shaped: bool) -> Iterator[Finding]:
    """Say of a map whether its code is ours, and its data are whole; if either is not there, it is damaged.

    Which version wrote it is what the page says: other code than ours is not confirmed by that.
    """
    if not (is_map(content) or page.scripts or page.blocks):
        return
    facts = {"ours": _ours(), "told": told.program}
    if page.scripts + page.styles != [text.encode() for text in own_code()]:
        key = "audit-code-differs" if told.program == _ours() else "audit-code-other"
        yield Finding("bad", Message(key, facts))
    elif is_shaped:
        yield Finding("good", Message("audit-code-ours", facts))
    damaged = damaged_blocks(page)
    for name in damaged:
        yield Finding("bad", Message("audit-data-damaged", {"name": name}))
    if not damaged:
        yield Finding("good", Message("audit-data-whole"))


def _ours() -> str:
    return f"geocontracts {geocontracts.__version__}"


def _places(told: ToldOrigin) -> Finding:
    """Say whether the boundaries and codes are those in use here."""
    if not told.places:
        return Finding("bad", Message("audit-places-untold"))
    is_same = told.places == origin_of_places("fr").sha256
    key = "audit-places-same" if is_same else "audit-places-other"
    return Finding("good" if is_same else "open", Message(key, {"sha256": told.places}))
