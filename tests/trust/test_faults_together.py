"""Several files of one run, which is killed at every step of their writing, or refused one of them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts import files
from geocontracts.cli import main
from geocontracts.errors import MissingDataError, OutputError
from geocontracts.files import PART, write_whole
from geocontracts.together import NOTE, Mixed, mixed_in, together
from geocontracts.turns import turn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

FILES = ("a.csv", "sous/b.csv", "index.html")

# Writes FILES together, again and again in forks, each of which is killed one step further.
_DRIVE = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from driven import contents, forked, restore, steps
from geocontracts.together import mixed_in, together
from geocontracts.files import write_whole
out, names = Path(sys.argv[2]), sys.argv[3:]
old = {name: b"old " + name.encode() for name in names}
same = out / "same.csv"  # a file that the run does not change says nothing of which run it is of

def write(at):
    count = steps(at)
    with together():
        for name in names:
            write_whole(out / name, b"new " + name.encode())
            write_whole(same, b"same")
    os.write(2, f"steps {count[0]}\\n".encode())
    return 0

def end(at):
    restore(out, old | {same.name: b"same"})
    status, said = forked(lambda: write(at))
    left = {name: content.decode("latin-1") for name, content in contents(out).items()}
    real = lambda each, names: [os.path.relpath(each.folder / name, out) for name in names]
    told = [[real(each, each.new), real(each, each.old)] for each in mixed_in([out, out / "sous"])]
    return {"status": status, "said": said, "left": left, "told": told}

whole = end(None)
ends = [end(at) for at in range(1, int(whole["said"].rpartition("steps ")[2]) + 1)]
forked(lambda: write(None))
print(json.dumps({"whole": whole, "ends": ends, "after": list(contents(out))}))
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks and signals are those of POSIX")


@posix
def test_a_run_killed_at_any_step_leaves_the_old_set_or_the_new_one_or_tells(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", _DRIVE, str(Path(__file__).parent), str(out), *FILES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["whole"]["left"] == {"same.csv": "same"} | {name: f"new {name}" for name in FILES}
    states = [_state(end) for end in found["ends"]]
    assert len(states) > 30  # notes, parts, permissions, renames: before and after each
    # The old set stays until the first rename; from the last one on the new set is there.
    seen = list(dict.fromkeys(states))
    assert seen == [0, 1, 2, 3]
    assert states.count(0) > len(states) / 2
    for end, new in zip(found["ends"], states, strict=True):
        mixed = [list(FILES[:new]), list(FILES[new:])]
        assert end["told"] == ([mixed, mixed] if all(mixed) else []), "in each folder"
    assert not [name for name in found["after"] if name.endswith(NOTE)], "a whole run ends what is told"


def _state(end: dict[str, Any]) -> int:
    """Return how many files are the new ones: the first ones, and all others are the old."""
    assert end["status"] == -signal.SIGKILL
    left = end["left"]
    assert {
        name for name in left if name not in (*FILES, "same.csv") and not name.endswith((PART, NOTE))
    } == set()
    new = sum(left[name] == f"new {name}" for name in FILES)
    assert [left[name] for name in FILES] == [
        f"{'new' if rank < new else 'old'} {name}" for rank, name in enumerate(FILES)
    ]
    return new


def _interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run be ended between its first rename and its second."""
    replace, count = os.replace, [0]

    def pulled(source: str, target: str) -> None:
        if not str(target).endswith(NOTE):
            count[0] += 1
            if count[0] == 2:
                raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", pulled)
        with pytest.raises(KeyboardInterrupt):
            _write(folder)


def _write(folder: Path, content: bytes = b"new") -> None:
    with together():
        for name in ("a.csv", "b.csv"):
            write_whole(folder / name, content + name.encode())


def _fail(folder: Path) -> None:
    with together():
        write_whole(folder / "a.csv", b"new")
        with together():  # what a part of a run writes together waits for the whole run
            write_whole(folder / "b.csv", b"new")
        assert not (folder / "b.csv").exists()
        raise MissingDataError("data-missing", file="/ici")


def test_a_failure_within_leaves_every_older_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(MissingDataError):
        _fail(tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.csv": b"old"}
    write_whole(tmp_path / "a.csv", b"alone")
    assert (tmp_path / "a.csv").read_bytes() == b"alone"


def test_a_file_that_is_opened_in_the_meantime_refuses_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    usual = os.open

    def held(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if str(path).endswith("b.csv") and flags & os.O_WRONLY and any(tmp_path.glob(f".b*{PART}")):
            raise PermissionError(errno.EACCES, "Access is denied")
        return usual(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", held)
    with pytest.raises(OutputError, match="No file was changed") as caught:
        _write(tmp_path)
    assert "b.csv" in caught.value.text("fr")
    assert {each.name: each.read_bytes()[:3] for each in tmp_path.iterdir()} == {
        "a.csv": b"old",
        "b.csv": b"old",
    }


@pytest.mark.parametrize("kept", [0, 1])
def test_a_rename_that_is_refused_says_which_files_are_new(
    kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    replace, refused = os.replace, ("a.csv", "b.csv")[kept]

    def held(source: str, target: str) -> None:
        if str(target).endswith(refused):
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr("geocontracts.files.time.sleep", lambda _: None)
    with pytest.raises(OutputError) as caught:
        _write(tmp_path)
    said = caught.value.text("fr")
    assert ("Nouveaux\u00a0: a.csv. Anciens, ou absents\u00a0: b.csv." in said) == (kept == 1), said
    assert ("sont tous intacts" in said) == (kept == 0)
    assert bool(mixed_in([tmp_path])) == (kept == 1)
    assert len(list(tmp_path.glob(f".*{NOTE}"))) == kept
    assert not list(tmp_path.glob(f".*{PART}"))
    monkeypatch.undo()
    _write(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_the_next_command_tells_of_files_that_do_not_belong_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(tmp_path, b"titre;programme;territoires\nUn;ACV;Arras\n")
    _interrupted(tmp_path, monkeypatch)
    main(["check", str(tmp_path / "b.csv")])
    assert "Sont de lui\u00a0: a.csv. N’en sont pas\u00a0: b.csv." in capsys.readouterr().err
    _write(tmp_path, b"titre;programme;territoires\nDeux;ACV;Arras\n")
    main(["check", str(tmp_path / "b.csv")])
    assert "N’en sont pas" not in capsys.readouterr().err


def test_a_note_alone_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, b"old")
    _interrupted(tmp_path, monkeypatch)
    (note,) = tmp_path.glob(f".*{NOTE}")
    assert [(each.new, each.old) for each in mixed_in([tmp_path])] == [(("a.csv",), ("b.csv",))]
    write_whole(tmp_path / "b.csv", b"newb.csv")  # the same, by itself: all is as that run wanted it
    assert mixed_in([tmp_path]) == []
    assert not note.exists(), "what people change later is told of no more"


# Two processes write the same files at once, again and again; `put` is slow, so that they would meet.
_TWICE = """
import os, sys, time
from pathlib import Path
from geocontracts import together
from geocontracts.files import put, write_whole
def slow(scratch, path):
    put(scratch, path)
    time.sleep(0.005)
together.put = slow
out, who = Path(sys.argv[1]), sys.argv[2].encode()
for count in range(20):
    with together.together():
        for name in ("z/c.csv", "a.csv", "b.csv"):
            write_whole(out / name, who)
    print(count, flush=True)
"""


@posix
def test_two_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for name in ("z/c.csv", "a.csv", "b.csv"):
        write_whole(tmp_path / name, b"old")
    command = [sys.executable, "-c", _TWICE, str(tmp_path)]
    runs = [
        subprocess.Popen([*command, who], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for who in ("one", "two")
    ]
    said = [run.communicate() for run in runs]
    assert [(out.split()[-1:], error) for out, error in said] == [(["19"], ""), (["19"], "")]
    left = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert sorted(left) == ["a.csv", "b.csv", "z/c.csv"]
    assert len(set(left.values())) == 1, "all of one run"
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


@posix
def test_who_stays_or_dies_in_its_turn_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = "import os, sys; from pathlib import Path; from geocontracts.turns import turn\n"
    hold += "with turn([Path(sys.argv[1])]): print('mine', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "mine\n"
        with monkeypatch.context() as patched:
            patched.setattr("geocontracts.turns._MOST_WAITED", 0.05)
            with turn([tmp_path]):
                assert other.poll() is None, "it goes on, and what crosses is told"
        killer = threading.Timer(0.2, other.kill)
        killer.start()
        with turn([tmp_path]):
            assert other.wait(timeout=5) == -signal.SIGKILL
        killer.join()


@posix
def test_who_reads_while_another_run_changes_names_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    told: list[Mixed] = []
    waits = threading.Event()
    reader = threading.Thread(target=lambda: told.extend(mixed_in([tmp_path])))

    def between(scratch: Path, path: Path) -> None:
        files.put(scratch, path)
        if path.name == "a.csv":
            reader.start()
            while reader.is_alive() and not waits.wait(0.01):
                pass  # until it has its turn, or has told what it found

    monkeypatch.setattr("geocontracts.together.put", between)
    monkeypatch.setattr("geocontracts.turns.time.sleep", lambda _: waits.set())
    _write(tmp_path)
    reader.join()
    assert waits.is_set()
    assert told == []


def test_a_run_that_may_be_at_work_is_not_told_as_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    _interrupted(tmp_path, monkeypatch)
    monkeypatch.setattr("geocontracts.turns._MOST_WAITED", 0.0)
    with turn([tmp_path]):  # of somebody else, or as where a disk knows no turns
        (found,) = mixed_in([tmp_path])
        said = found.message().text("fr")
        assert "peut-être" in said
        assert "Sont de lui\u00a0: a.csv. N’en sont pas\u00a0: b.csv." in said
        (note,) = tmp_path.glob(f".*{NOTE}")
        os.utime(note, (time.time() - 60,) * 2)
        (found,) = mixed_in([tmp_path])
        assert "un passage précédent a été interrompu" in found.message().text("fr")


def test_a_folder_without_notes_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path)
    monkeypatch.setattr("geocontracts.turns.os.open", lambda *_: pytest.fail("a turn"))
    assert mixed_in([tmp_path]) == []


def test_turns_are_taken_in_one_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any other, two runs would wait for each other."""
    opened: list[Path] = []

    def refused(folder: Path, _: int) -> int:
        opened.append(folder)
        raise PermissionError

    monkeypatch.setattr("geocontracts.turns.os.open", refused)
    folders = [tmp_path / f"{rank:02}" for rank in range(20)]
    with turn([*reversed(folders), *folders]) as is_ours:
        assert opened == folders
    assert not is_ours


@posix
def test_who_waits_for_several_folders_waits_ten_seconds_in_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]

    def passes(seconds: float) -> None:
        clock[0] += seconds

    def held(*_: int) -> None:
        raise BlockingIOError

    monkeypatch.setattr("geocontracts.turns.fcntl.flock", held)
    monkeypatch.setattr("geocontracts.turns.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("geocontracts.turns.time.sleep", passes)
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    with turn(folders) as is_ours:
        assert 10 <= clock[0] < 11
    assert not is_ours


@posix
def test_a_turn_is_ours_in_all_folders_or_it_is_none(tmp_path: Path) -> None:
    for folders, expected in (("b", True), ("ab", False), ("bc", False), ("", True)):
        (tmp_path / "b").mkdir(exist_ok=True)
        with turn([tmp_path / name for name in folders]) as is_ours:
            assert is_ours == expected


@posix
def test_a_disk_without_locks_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("geocontracts.turns.fcntl.flock", unknown)
    _write(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "b.csv"]
    with turn([tmp_path]) as is_ours:
        assert not is_ours


def test_files_take_their_turn_and_a_file_alone_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def told(folders: Iterable[Path]) -> AbstractContextManager[bool]:
        asked.append([each.name for each in folders])
        return turn(folders)

    monkeypatch.setattr("geocontracts.together.turn", told)
    for names in (["a.csv"], ["x/a.csv", "y/b.csv"]):
        with together():
            for name in names:
                write_whole(tmp_path / name, b"new")
    assert asked == [[], ["x", "y"]]


@pytest.mark.parametrize("before", [b"old", b"new"])
def test_two_runs_that_cross_are_told_by_the_last_one_and_by_the_next_command(
    before: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what this run lost is a file that it had left as it was."""
    _write(tmp_path, b"old")
    write_whole(tmp_path / "a.csv", before + b"a.csv")
    usual = files.put

    def crossed(scratch: Path, path: Path) -> None:
        usual(scratch, path)
        if path.name == "a.csv" and scratch.name not in seen:
            seen.append(scratch.name)
            if len(seen) == 1:
                _write(tmp_path, b"other")  # all of another run, between two renames of this one

    seen: list[str] = []
    monkeypatch.setattr("geocontracts.turns._MOST_WAITED", 0.0)  # as where a disk knows no turns
    monkeypatch.setattr("geocontracts.together.put", crossed)
    with pytest.raises(OutputError) as caught:
        _write(tmp_path)
    said = caught.value.text("fr")
    assert "De celui-ci\u00a0: b.csv. De l’autre\u00a0: a.csv." in said
    assert [(each.new, each.old) for each in mixed_in([tmp_path])] == [(("b.csv",), ("a.csv",))]
    assert not list(tmp_path.glob(f".*{PART}"))
    monkeypatch.undo()
    _write(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_run_that_another_one_has_written_over_whole_is_no_mixture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []

    def over(folder: Path) -> None:
        settled.append(folder)
        if len(settled) == 1:
            _write(tmp_path, b"other")

    monkeypatch.setattr("geocontracts.turns._MOST_WAITED", 0.0)
    monkeypatch.setattr("geocontracts.together.settle", over)
    _write(tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "a.csv": b"othera.csv",
        "b.csv": b"otherb.csv",
    }


def test_another_run_over_a_file_that_this_one_left_as_it_was_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    write_whole(tmp_path / "b.csv", b"newb.csv")
    monkeypatch.setattr("geocontracts.together.settle", lambda _: (tmp_path / "b.csv").write_bytes(b"OTHER"))
    with pytest.raises(OutputError, match="another run") as caught:
        _write(tmp_path)
    assert "Of this run: a.csv. Of the other: b.csv." in str(caught.value)


def test_another_run_over_all_that_this_one_changed_is_no_mixture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    write_whole(tmp_path / "a.csv", b"newa.csv")  # which this run leaves as it is
    monkeypatch.setattr("geocontracts.together.settle", lambda _: (tmp_path / "b.csv").write_bytes(b"OTHER"))
    _write(tmp_path)
    assert (tmp_path / "b.csv").read_bytes() == b"OTHER"


def test_who_interrupts_the_second_note_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def interrupted(path: Path, content: bytes) -> None:
        if written:
            raise KeyboardInterrupt
        files.write_whole(path, content)
        written.append(path)

    def write_both() -> None:
        with together():
            for name in ("a.csv", "sous/b.csv"):
                write_whole(tmp_path / name, b"new")

    monkeypatch.setattr("geocontracts.together.write_whole", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_both()
    assert written
    assert [each.name for each in tmp_path.rglob("*")] == ["sous"]


def test_a_note_stays_until_all_of_its_files_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, b"old")
    _interrupted(tmp_path, monkeypatch)
    with together():
        for name in ("b.csv", "c.csv"):
            write_whole(tmp_path / name, b"later")
    assert [(each.new, each.old) for each in mixed_in([tmp_path])] == [(("a.csv",), ("b.csv",))]
    write_whole(tmp_path / "a.csv", b"later")
    assert [(each.new, each.old) for each in mixed_in([tmp_path])] == [], "none of that run is left"


def test_a_folder_that_takes_no_note_refuses_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, b"old")
    usual = files.write_whole

    def refused(path: Path, content: bytes) -> None:
        if path.parent.name == "sous":
            raise OutputError("output-refused", file=str(path), why="non")
        usual(path, content)

    monkeypatch.setattr("geocontracts.together.write_whole", refused)

    def write_both() -> None:
        with together():
            usual(tmp_path / "a.csv", b"new")
            usual(tmp_path / "sous" / "b.csv", b"new")

    with pytest.raises(OutputError):
        write_both()
    assert {each.name for each in tmp_path.rglob("*")} == {"a.csv", "b.csv", "sous"}
    assert (tmp_path / "a.csv").read_bytes() == b"olda.csv"


def test_a_mixture_is_told_once_and_wherever_its_folder_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ici"
    _write(folder, b"old")
    _interrupted(folder, monkeypatch)
    folder.rename(tmp_path / "là")
    (tmp_path / "lien").symlink_to(tmp_path / "là")
    told = mixed_in([tmp_path / "lien", tmp_path / "là"])
    assert [(each.folder.name, each.new, each.old) for each in told] == [("là", ("a.csv",), ("b.csv",))]


def test_a_file_that_is_written_twice_in_a_run_comes_with_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, put = files.put, []

    def told(scratch: Path, path: Path) -> None:
        put.append(path.name)
        usual(scratch, path)

    monkeypatch.setattr("geocontracts.together.put", told)
    with together():
        for name, content in (("a.csv", b"first"), ("b.csv", b"b"), ("a.csv", b"second")):
            write_whole(tmp_path / name, content)
        assert files.mark_of(tmp_path / "a.csv").bytes == len(b"second"), "of what is to come"
    assert put == ["b.csv", "a.csv"]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "a.csv": b"second",
        "b.csv": b"b",
    }


def test_a_file_alone_needs_no_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geocontracts.together.write_whole", lambda *_: pytest.fail("a note"))
    with together():
        write_whole(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"


def test_of_many_files_a_sentence_names_three() -> None:
    said = Mixed(Path("/ici"), ("a", "b", "c", "d"), ("e", "f", "g")).message().text("en")
    assert "Its own are: a, b, c… (4). Not its own: e, f, g." in said


def test_a_note_opens_no_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    os.mkfifo(tmp_path / "tube")
    told = {"a.csv": [files.mark_of(tmp_path / "a.csv").sha256, ""], "tube": ["1", "2"]}
    (tmp_path / f".abc{NOTE}").write_text(json.dumps(told), encoding="utf-8")
    read = _read_of(monkeypatch)
    assert [each.old for each in mixed_in([tmp_path])] == [("tube",)]
    assert [name for name, _ in read] == ["a.csv"]


def _read_of(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return what will be read of files that notes name: their names, and how many bytes at most."""
    read: list[tuple[str, int]] = []

    def told(path: Path, size: int) -> str:
        read.append((path.name, size))
        assert path.is_file()
        return files.sha256_of(path, size)

    monkeypatch.setattr("geocontracts.together.sha256_of", told)
    return read


def _noted(folder: Path, told: dict[str, list[str]]) -> Path:
    note = folder / f".abc{NOTE}"
    note.write_text(json.dumps(told), encoding="utf-8")
    return note


@posix
def test_a_pipe_or_a_long_file_that_is_named_as_a_note_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f".tube{NOTE}")
    with (tmp_path / f".long{NOTE}").open("wb") as long:
        long.truncate(1 << 31)
    (tmp_path / f".folder{NOTE}").mkdir()
    (tmp_path / f".none{NOTE}").symlink_to(f".none{NOTE}")
    before = sorted(each.name for each in tmp_path.iterdir())
    _write(tmp_path)
    assert mixed_in([tmp_path]) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*before, "a.csv", "b.csv"])


def test_of_the_files_that_notes_name_each_is_read_once_and_so_much_in_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path)
    with (tmp_path / "long").open("wb") as long:
        long.truncate((1 << 31) + 1)
    told = {"a.csv": [files.mark_of(tmp_path / "a.csv").sha256, ""], "b.csv": ["1", "2"], "long": ["1", "2"]}
    _noted(tmp_path, told | {f"{'./' * count}b.csv": ["1", "2"] for count in range(1, 9)})
    read = _read_of(monkeypatch)
    (found,) = mixed_in([tmp_path])
    assert read == [("a.csv", 8), ("b.csv", 8)]
    assert (found.new, len(found.old), "long" in found.old) == (("a.csv",), 9, False)


def test_two_long_files_that_notes_name_are_not_both_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(bytes(600))
    _noted(tmp_path, {"a": ["1", "2"], "b": ["1", "2"]})
    monkeypatch.setattr("geocontracts.together._MOST_READ", 1000)
    read = _read_of(monkeypatch)
    assert mixed_in([tmp_path]) == []
    assert read == [("a", 600)]


@posix
@pytest.mark.parametrize("size", [0, 5, 1 << 20, (1 << 20) + 1])
def test_no_more_of_a_file_is_read_than_is_asked_for(size: int) -> None:
    assert files.sha256_of(Path("/dev/zero"), size) == hashlib.sha256(bytes(size)).hexdigest()


@pytest.mark.parametrize("name", ["//ailleurs/a.csv", "\\\\ailleurs\\a.csv", "\ud800", "/etc/hosts"])
def test_a_note_leads_to_no_other_machine_and_nowhere_but_from_its_folder_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = _noted(tmp_path, {name: ["1", "2"], "a.csv": ["1", "2"]})
    monkeypatch.setattr("geocontracts.together._Known._read", lambda *_: pytest.fail("asked"))
    assert mixed_in([tmp_path]) == []
    assert note.exists()


def test_a_note_whose_files_are_all_others_goes_a_day_later(tmp_path: Path) -> None:
    """On the day itself a run may be about to put them in place; a mixture is told as long as it is one."""
    _write(tmp_path)
    note = _noted(tmp_path, {"a.csv": ["1", "2"], "b.csv": ["1", "2"]})
    assert mixed_in([tmp_path]) == []
    assert note.exists()
    os.utime(note, (0, 0))
    assert mixed_in([tmp_path]) == []
    assert not note.exists()
    note = _noted(tmp_path, {"a.csv": [files.mark_of(tmp_path / "a.csv").sha256, "2"], "b.csv": ["1", "2"]})
    os.utime(note, (0, 0))
    assert len(mixed_in([tmp_path])) == 1
    assert note.exists()


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{}",
        b"[]",
        b"{",
        b'{"a.csv": null}',
        b'{"": ["a", "b"]}',
        b'{"a\\u0000": ["a", "b"]}',
        b"[" * 10_000,
    ],
)
def test_a_note_that_is_no_note_is_nothing(told: bytes, tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / f".abc{NOTE}").write_bytes(told)
    assert mixed_in([tmp_path]) == []
    assert mixed_in([tmp_path / "nowhere"]) == []
    _write(tmp_path)
    assert (tmp_path / "b.csv").read_bytes() == b"newb.csv"
    assert (tmp_path / f".abc{NOTE}").read_bytes() == told, "it is not ours to remove"
