"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from geocontracts.bundled import name_in_use, places_dir
from geocontracts.errors import MissingDataError, OutputError
from geocontracts.files import FileMark, digest_of, read_small, refuse_overwriting, write_whole
from geocontracts.places.fresh.sets import read_set

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["carte.html"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / "fichier" / "carte.html", b"new")
    assert "écriture impossible" in caught.value.text("fr")
    assert "carte.html" in caught.value.text("fr")


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are those of POSIX")
def test_a_disk_without_room_leaves_the_older_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    path.write_bytes(b"old")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from geocontracts.cli import main; sys.exit(main(['map', '-o', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "écriture impossible" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["carte.html"]


def test_no_output_is_an_input_or_another_output(tmp_path: Path) -> None:
    table = tmp_path / "liste.csv"
    table.write_text("x", encoding="utf-8")
    hard = tmp_path / "autre.csv"
    hard.hardlink_to(table)
    for path in (table, hard, tmp_path / "x" / ".." / "liste.csv"):
        with pytest.raises(OutputError, match="this file is a table of the register"):
            refuse_overwriting([path], [table])
    with pytest.raises(OutputError, match="two results are to be written there"):
        refuse_overwriting([tmp_path / "a.html", tmp_path / "." / "a.html"], [table])
    refuse_overwriting([tmp_path / "a.html", tmp_path / "b.html"], [table])


def test_the_hash_of_several_files_does_not_hang_on_their_order() -> None:
    """It is that of what `sha256sum` prints of them, sorted by name."""
    marks = [FileMark("b.csv", 1, "22"), FileMark("a.csv", 1, "33"), FileMark("c.csv", 1, "11")]
    lines = b"33  a.csv\n22  b.csv\n11  c.csv\n"
    assert digest_of(marks) == digest_of(reversed(marks)) == hashlib.sha256(lines).hexdigest()


def test_a_note_is_read_to_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    path.write_bytes(b"12345")
    assert read_small(path, 5) == b"12345"
    with pytest.raises(OSError, match=re.escape(os.strerror(errno.EOVERFLOW))):
        read_small(path, 4)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no such names")
@pytest.mark.parametrize("name", ["in-use.json", "manifest.json"])
def test_a_note_of_the_cache_that_never_ends_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GEOCONTRACTS_CACHE", str(tmp_path))
    place = places_dir() / name if name == "in-use.json" else places_dir() / "essai" / name
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    with pytest.raises(MissingDataError):
        name_in_use() if name == "in-use.json" else read_set(place.parent)
