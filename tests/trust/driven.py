"""Run a command again and again in processes that end badly, and print as JSON what each left behind.

`python driven.py killed FOLDER KIND...` kills it before and after the steps of its writing; `full` gives it
a disk without room. All happens in forks of one process that has read the places already.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAVY = ("geopandas", "odfdo", "openpyxl", "duckdb", "pyarrow.parquet", "geocontracts.webmap.payload")
_MOST = 12  # points of one kind: a command that writes several files has many that are alike
_ROOM = 3000  # bytes of a file on a disk without room

LIST = "titre;programme;territoires;montant total\nŒuvre;PVD;Arras;12 000\nÀ Creil;ACV;Creil (60);\n"
MORE = LIST + "De plus;PVD;Lens;7\n"


def commands(folder: Path) -> dict[str, list[str]]:
    """Return each kind of writing; the last argument is what is written, a file or a folder."""
    out, listed = folder / "out", str(folder / "liste.csv")
    exports = {
        f"export{suffix}": ["export", listed, "-o", str(out / f"e{suffix}")]
        for suffix in (".gpkg", ".xlsx", ".csv", ".geojson", ".parquet", ".fgb")
    }
    completed = {
        f"completed{suffix}": [
            "check",
            str(folder / f"liste{suffix}"),
            "--corrected",
            str(out / f"c{suffix}"),
        ]
        for suffix in (".csv", ".xlsx", ".ods", ".gpkg", ".parquet", ".geojson")
    }
    return {
        "map": ["map", listed, "-o", str(out / "carte.html")],
        **exports,
        **completed,
        "report": ["check", listed, "--report", str(out / "r.html")],
        "mapping": ["check", listed, "--save-mapping", str(out / "m.json")],
        "figure": ["figure", listed, "-o", str(out / "f.svg")],
        "sheet": ["territory", "Arras", listed, "-o", str(out / "t.html")],
        "pdf": ["territory", "Arras", listed, "-o", str(out / "t.pdf")],
        "grants": ["grants", listed, "--parquet", "-o", str(out / "g")],
        "beside": [
            *("map", listed, "-o", str(out / "carte.html"), "--accessibility", str(out / "a" / "d.html")),
            *(
                "--snippet",
                str(out / "s.txt"),
                "--report",
                str(out / "r.html"),
                "--report",
                str(out / "r.csv"),
            ),
        ],
        "batch": ["territory", "62", listed, "--each", "arrondissement", "--format", "md", "-o", str(out)],
        "compare": [
            *("compare", str(folder / "avant.csv"), listed),
            *(each for suffix in ("md", "csv", "json", "html") for each in ("-o", str(out / f"c.{suffix}"))),
        ],
    }


def write_lists(folder: Path, text: str) -> None:
    """Write the list as each kind of file."""
    import geopandas as gpd
    import odfdo
    import openpyxl
    import shapely

    (folder / "liste.csv").write_text(text, encoding="utf-8")
    (folder / "avant.csv").write_text(LIST.replace("12 000", "11 000"), encoding="utf-8")
    rows = [line.split(";") for line in text.splitlines()]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "liste.xlsx")
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Feuille")
    table.set_values(rows)
    document.body.append(table)
    document.save(folder / "liste.ods")
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    frame = gpd.GeoDataFrame(records, geometry=[shapely.Point(0, 0)] * len(records), crs=4326)
    for suffix in (".gpkg", ".geojson"):
        (folder / f"liste{suffix}").unlink(missing_ok=True)
        frame.to_file(folder / f"liste{suffix}")
    frame.drop(columns="geometry").to_parquet(folder / "liste.parquet")


def forked(act: Callable[[], int]) -> tuple[int, str]:
    """Return how a process ended (its status, or minus the signal) and what it said."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        status = 70
        with contextlib.suppress(BaseException):
            os.dup2(writer, 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            try:
                status = act()
            except BaseException:  # noqa: BLE001 - what a user would see
                import traceback

                traceback.print_exc()
            sys.stderr.flush()
        os._exit(status)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as heard:
        said = heard.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def steps(at: int | None) -> list[int]:
    """Count the steps of writing from now on, and be killed at that one."""
    count = [0]

    def step() -> None:
        count[0] += 1
        if count[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **named: Any) -> Any:
            step()
            found = call(*arguments, **named)
            step()
            return found

        return stepped

    class Slow(io.BufferedWriter):
        def write(self, content: Any) -> int:
            with memoryview(content).cast("B") as view:
                half = len(view) // 2
                super().write(view[:half])
                self.flush()
                step()
                super().write(view[half:])
            return len(content)

    usual = os.fdopen
    os.fdopen = lambda handle, mode="r", *more, **named: (  # type: ignore[assignment]
        Slow(io.FileIO(handle, "wb")) if mode == "wb" else usual(handle, mode, *more, **named)
    )
    for module, name in (
        (tempfile, "mkstemp"),
        (os, "fsync"),
        (os, "replace"),
        (os, "chmod"),
        (os, "unlink"),
    ):
        setattr(module, name, around(getattr(module, name)))
    return count


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def restore(folder: Path, kept: dict[str, bytes]) -> None:
    """Put a folder back as it was."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, content in kept.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


class Driven:
    """A command with an older result in its place, and the newer one that it is about to write."""

    def __init__(self, kind: str, folder: Path) -> None:
        """Write the older result and the newer one, and put the older one in place."""
        from geocontracts.cli import main
        from geocontracts.places.gazetteer import load_gazetteer

        for name in _HEAVY:
            import_module(name)
        load_gazetteer()
        self.main, self.command, self.out = main, commands(folder)[kind], folder / "out"
        self.out.mkdir(parents=True)
        self.old, self.new = ({}, {})
        for text in (LIST, MORE):
            write_lists(folder, text)
            if text == MORE:
                self.old = contents(self.out)
            status, said = forked(lambda: main(self.command))
            assert status in (0, 1), said
        self.new = contents(self.out)
        restore(self.out, self.old)

    def left(self) -> dict[str, Any]:
        """Return which files are the old ones, the new ones, neither, and what else is left and is told."""
        from geocontracts.together import mixed_in

        found = contents(self.out)
        parts = [name for name in found if name.endswith(".geocontracts.part")]
        kinds = {"old": [], "new": [], "broken": [], "parts": parts}
        for name in self.old:
            content = found.get(name)
            kind = "old" if content == self.old[name] else "new" if content == self.new[name] else "broken"
            kinds[kind].append(name)
        notes = [name for name in found if name.endswith(".geocontracts.together")]
        mixed = mixed_in({self.out, *((self.out / name).parent for name in self.old)})
        strangers = [name for name in found if name not in (*parts, *notes, *self.old)]
        told = [[sorted(each.new), sorted(each.old)] for each in mixed]
        same = [name for name in self.old if self.old[name] == self.new[name]]
        return {**kinds, "notes": notes, "told": told, "strangers": strangers, "same": same}


def killed(driven: Driven) -> list[dict[str, Any]]:
    """Kill the command at each of its steps, then let one pass a day later."""

    def counted() -> int:
        count = steps(None)
        driven.main(driven.command)
        os.write(2, f"steps {count[0]}\n".encode())
        return 0

    total = int(forked(counted)[1].rpartition("steps ")[2])
    points = sorted({1 + round(rank * (total - 1) / (_MOST - 1)) for rank in range(_MOST)})
    told = []
    for point in points:
        restore(driven.out, driven.old)

        def run(point: int = point) -> int:
            steps(point)
            return driven.main(driven.command)

        status, _ = forked(run)
        told.append({"point": point, "status": status, **driven.left()})
    for path in driven.out.rglob("*.part"):
        os.utime(path, (0, 0))
    status, _ = forked(lambda: driven.main(driven.command))
    return [*told, {"point": 0, "status": status, **driven.left()}]


def full(driven: Driven) -> list[dict[str, Any]]:
    """Run the command on a disk without room, and with no place for what it keeps for the time."""

    def small() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, _ROOM))
        return driven.main(driven.command)

    def nowhere() -> int:
        tempfile.tempdir = "/nonexistent/place"
        return driven.main(driven.command)

    told = []
    for name, act in (("small", small), ("nowhere", nowhere)):
        restore(driven.out, driven.old)
        status, said = forked(act)
        told.append({"case": name, "status": status, "said": said, **driven.left()})
    return told


if __name__ == "__main__":
    what, where, *chosen = sys.argv[1:]
    fate = {"killed": killed, "full": full}[what]
    print(json.dumps({kind: fate(Driven(kind, Path(where) / kind)) for kind in chosen}))  # noqa: T201
