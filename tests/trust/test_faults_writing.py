"""An output is the old file or the new one, whatever refuses; one place of the code alone writes outputs."""

from __future__ import annotations

import ast
import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import geocontracts
from geocontracts.cli import main
from geocontracts.errors import MissingDataError, OutputError
from geocontracts.files import PART, sweep, whole_file, write_whole
from geocontracts.scratch import scratch_folder
from geocontracts.together import NOTE, together

PACKAGE = Path(geocontracts.__file__).parent

# What opens, makes or moves a file, by the name that is called.
WRITERS = {
    *("open", "fdopen", "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "TemporaryDirectory"),
    *("mkdtemp", "to_file", "write_dataframe", "to_parquet", "to_csv", "to_excel", "savefig", "write_table"),
    *("save", "rename", "renames", "copyfile", "copy2", "move", "ZipFile", "StillZip", "connect", "touch"),
    *("symlink_to", "hardlink_to"),
}
# Where such a call is no writing to where people look: each with the reason.
ALLOWED = {
    "files.py": "the one place that writes",
    "scratch.py": "makes the folders for the time of a run",
    "bundled.py": "reads",
    "places/fresh/refresh.py": "builds a set beside its place, and moves the folder there",
    "places/fresh/download.py": "receives under a hidden name, and moves what is whole",
    "places/building/files.py": "writes into the folder of a set that is being built",
    "outputs/still_zip.py": "into memory",
    "outputs/corrected/xlsx.py": "into memory",
    "outputs/corrected/geopackage.py": "in a scratch folder",
    "outputs/exports/geopackage/write.py": "in a scratch folder",
    "outputs/exports/flatgeobuf.py": "in a scratch folder",
    "records/large/load.py": "in the folder of the store",
    "records/formats/at_rest.py": "a copy of what is read, in a scratch folder",
    "records/large/store.py": "in a scratch folder",
}
CALLS_THAT_ONLY_NAME = {
    ("outputs/corrected/ods.py", "save"): "into memory",
    ("cli/figures.py", "save"): "Plate.save, which writes by write_whole",
    ("outputs/figures/write.py", "savefig"): "into memory",
    ("outputs/exports/write.py", "to_csv"): "returns bytes",
    ("outputs/exports/write.py", "to_parquet"): "returns bytes",
    ("outputs/exports/parquet.py", "write_table"): "into memory",
    ("outputs/corrected/parquet.py", "write_table"): "into memory",
    ("records/formats/archive.py", "ZipFile"): "reads, and copies into memory",
    ("outputs/frames/labelled.py", "rename"): "columns of a table",
    ("cli/registers.py", "open"): "shows the page in the browser",
    ("turns.py", "open"): "a folder is opened to be locked",
    ("cli/__init__.py", "open"): "the null device, in the place of a broken stdout",
    ("records/formats/database.py", "connect"): "a database is read",
    ("records/formats/foreign.py", "connect"): "a GeoPackage is opened to be read alone",
}


def calls(path: Path) -> set[str]:
    """Return the names of WRITERS that a module calls, without those that open to read."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in WRITERS and not (name in ("open", "ZipFile") and reads(node)):
                found.add(name)
    return found


def reads(call: ast.Call) -> bool:
    """Tell whether a call of `open` or `ZipFile` has a mode that only reads, or none."""
    modes = [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    modes += [
        each.value.value
        for each in call.keywords
        if each.arg == "mode" and isinstance(each.value, ast.Constant)
    ]
    is_os = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in (
        "os",
        "webbrowser",
    )
    return not is_os and not any(set(mode) & set("wax+") for mode in modes if len(mode) <= 3)


def test_one_place_alone_writes_outputs() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in ALLOWED
        for name in calls(path)
    }
    assert found - CALLS_THAT_ONLY_NAME.keys() == set(), "write by files.whole_file or files.write_whole"
    assert CALLS_THAT_ONLY_NAME.keys() - found == set(), "no longer there: take it out of the list"


def test_no_module_of_the_list_is_gone() -> None:
    assert [name for name in ALLOWED if not (PACKAGE / name).is_file()] == []


def refusal(path: Path) -> str:
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new")
    assert str(path.name) in caught.value.text("fr")
    return caught.value.text("fr")


def test_each_refusal_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"old")
    (tmp_path / "dossier").mkdir()
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "rond").symlink_to(tmp_path / "autre")
    (tmp_path / "autre").symlink_to(tmp_path / "rond")
    assert "c’est un dossier" in refusal(tmp_path / "dossier")
    assert "le nom est trop long" in refusal(tmp_path / ("é" * 200 + ".html"))
    assert "n’est pas un dossier" in refusal(tmp_path / "fichier" / "carte.html")
    assert "n’est pas un dossier" in refusal(tmp_path / "fichier" / "sous" / "carte.html")
    assert "en rond" in refusal(tmp_path / "rond")
    assert "pas un fichier ordinaire" in refusal(tmp_path / "tube")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["autre", "dossier", "fichier", "rond", "tube"]
    assert (tmp_path / "fichier").read_bytes() == b"old"


def test_a_device_is_not_replaced_by_a_file() -> None:
    assert "pas un fichier ordinaire" in refusal(Path(os.devnull))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("name", ["con", "NUL.html", "aux.tar.gz", "Com1.csv", "LPT9", "con .html"])
def test_a_name_that_windows_takes_for_a_device_is_refused(name: str, tmp_path: Path) -> None:
    assert "Windows réserve ce nom" in refusal(tmp_path / name)


@pytest.mark.parametrize("name", ["contrats.html", "nuland.csv", "auxerre.html", "com10.csv", "lpt.csv"])
def test_other_names_pass(name: str, tmp_path: Path) -> None:
    write_whole(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"


def test_a_link_that_leads_nowhere_yet_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "lien.html").symlink_to(tmp_path / "loin" / "carte.html")
    write_whole(tmp_path / "lien.html", b"new")
    assert (tmp_path / "lien.html").is_symlink()
    assert (tmp_path / "loin" / "carte.html").read_bytes() == b"new"


def as_nobody(code: str, *arguments: str) -> str:
    """Run code as a user whom permissions bind, and return what it prints."""
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom geocontracts.files import write_whole\n"
        "from geocontracts.errors import OutputError, why\n"
        # the words are read while they can be: nobody may have no way to where this lies
        "OutputError('output-refused', file='', why=why(OSError(13, ''))).text('fr')\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    )
    script += code
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_protected_stays(tmp_path: Path) -> None:
    folder, closed = tmp_path / "ouvert", tmp_path / "clos"
    for each in (folder, closed):
        each.mkdir()
        (each / "carte.html").write_bytes(b"old")
    (folder / "carte.html").chmod(0o444)
    folder.chmod(0o777)
    closed.chmod(0o555)
    for parent in (tmp_path, *tmp_path.parents[:2]) if os.geteuid() == 0 else ():
        parent.chmod(parent.stat().st_mode | 0o055)
    said = as_nobody(
        "for each in sys.argv[1:]:\n"
        "    try: write_whole(Path(each), b'new')\n"
        "    except OutputError as error: print(error.text('fr'))",
        *(str(each / "carte.html") for each in (folder, closed)),
        str(closed / "neuf.html"),
    )
    assert said.count("vos droits ne le permettent pas") == 3, said
    assert said.count("\n") == 3
    for each in (folder, closed):
        assert (each / "carte.html").read_bytes() == b"old"
        assert [path.name for path in each.iterdir()] == ["carte.html"]


def held(monkeypatch: pytest.MonkeyPatch, times: int) -> list[float]:
    """Let a file be open in Excel on Windows for some tries."""
    left, waited, replace = [times], [], os.replace

    def refused(source: str, target: str) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr("geocontracts.files.time.sleep", waited.append)
    return waited


def test_a_file_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "liste.xlsx").write_bytes(b"old")
    waited = held(monkeypatch, 99)
    assert "un autre logiciel le tient ouvert, ou il est protégé" in refusal(tmp_path / "liste.xlsx")
    assert len(waited) == 2
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"liste.xlsx": b"old"}


def test_a_file_that_is_held_for_a_moment_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(monkeypatch, 2)
    write_whole(tmp_path / "liste.xlsx", b"new")
    assert (tmp_path / "liste.xlsx").read_bytes() == b"new"


def test_a_medium_without_permissions_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    write_whole(tmp_path / "carte.html", b"new")
    assert (tmp_path / "carte.html").read_bytes() == b"new"


def write_half(path: Path, error: Exception) -> None:
    """Fail while the content is made."""
    with whole_file(path) as stream:
        stream.write(b"half")
        raise error


def test_what_ends_the_making_of_the_content_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "carte.html").write_bytes(b"old")
    for error in (
        OutputError("large-no-room", memory=1, folder="/la", said="non"),
        MissingDataError("data-missing", file="/ici"),
    ):
        with pytest.raises(type(error)) as caught:
            write_half(tmp_path / "carte.html", error)
        assert caught.value is error
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"carte.html": b"old"}


def aged(path: Path, age_s: float) -> None:
    """Let a file or a folder be as old as that."""
    when = time.time() - age_s
    os.utime(path, (when, when))


def test_parts_of_killed_runs_go_a_day_later_and_nothing_else(tmp_path: Path) -> None:
    ages = {
        f".carte.html.abcdefgh{PART}": 90_000,
        f".liste.csv.ijklmnop{PART}": 10**9,
        f".vivant.html.abcdefgh{PART}": 80_000,
        f".neuf.html.abcdefgh{PART}": 0,
        "carte.html": 10**9,
        ".part": 10**9,
        f"carte{PART}": 10**9,
    }
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"")
        aged(tmp_path / name, age)
    (tmp_path / "sous").mkdir()
    (tmp_path / f".lien{PART}").symlink_to(tmp_path / "sous")
    os.utime(tmp_path / f".lien{PART}", (0, 0), follow_symlinks=False)
    sweep.cache_clear()
    write_whole(tmp_path / "autre.html", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        f".neuf.html.abcdefgh{PART}",
        ".part",
        f".vivant.html.abcdefgh{PART}",
        "autre.html",
        f"carte{PART}",
        "carte.html",
        "sous",
    ]


def test_scratch_folders_of_killed_runs_go_too_and_no_folder_of_a_user(tmp_path: Path) -> None:
    ages = {  # of the folder, and of what lies in it
        f".abcdefgh{PART}": (10**9, 90_000),
        f".enceinte{PART}": (10**9, 80_000),  # a list that is read for a day: its folder is as old as the run
        f".quieting{PART}": (80_000, 10**9),
        "geocontracts-notebook": (10**9, 10**9),
    }
    for name, (of_folder, of_file) in ages.items():
        (tmp_path / name / "temp").mkdir(parents=True)
        (tmp_path / name / "temp" / "list.duckdb").write_bytes(b"")
        aged(tmp_path / name / "temp" / "list.duckdb", of_file)
        aged(tmp_path / name / "temp", 10**9)
        aged(tmp_path / name, of_folder)
    sweep.cache_clear()
    with scratch_folder(tmp_path) as folder:
        left = {each.name for each in tmp_path.iterdir()} - {folder.name}
    assert left == ages.keys() - {f".abcdefgh{PART}"}
    assert not folder.exists()


def test_a_scratch_folder_of_a_killed_run_is_known_by_the_next_one(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "list.duckdb").write_bytes(b"")
        for path in (folder / "list.duckdb", folder):
            aged(path, 90_000)
        sweep.cache_clear()
        write_whole(tmp_path / "carte.html", b"new")
        assert [each.name for each in tmp_path.iterdir()] == ["carte.html"]


def test_the_new_bytes_are_on_the_disk_before_their_name_and_their_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut after the end of a run leaves an empty file, or the older one."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        found = os.fstat(handle)
        done.append("folder" if stat.S_ISDIR(found.st_mode) else "bytes" if found.st_size else "nothing")
        fsync(handle)

    def renamed(source: str, target: str) -> None:
        replace(source, target)
        done.append("note" if str(target).endswith(NOTE) else Path(target).name)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_whole(tmp_path / "carte.html", b"new")
    assert done == ["bytes", "carte.html", "folder"]
    done.clear()
    with together():
        write_whole(tmp_path / "a.csv", b"a")
        write_whole(tmp_path / "sous" / "b.csv", b"b")
    assert done == ["bytes", "bytes", *["bytes", "note", "folder"] * 2, "a.csv", "b.csv", "folder", "folder"]


def test_a_new_file_has_the_permissions_that_new_files_get(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "carte.html", b"new")
        assert os.umask(0o027) == 0o027, "the mask is left as it was"
    finally:
        os.umask(mask)
    assert (tmp_path / "carte.html").stat().st_mode & 0o777 == 0o640


def test_a_system_that_refuses_is_told_with_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", "/ici/liste")

    monkeypatch.setattr("geocontracts.cli.places.resolve_names", refused)
    monkeypatch.setattr("geocontracts.cli.options.places.resolve_names", refused)
    assert main(["resolve", "Arras"]) == 2
    said = capsys.readouterr().err
    assert "/ici/liste" in said
    assert "vos droits ne le permettent pas" in said
    assert "réponse n’a pas pu être écrite" not in said
