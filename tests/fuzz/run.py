"""Fuzz one part of the package, guided by the code that an input reaches, until it breaks or time is up.

Needs `atheris` (`pip install atheris`, Linux). The inputs that are worth keeping go to a folder, from which
a next run goes on; an input that breaks something is written beside them, and belongs into
`tests/trust/test_found.py` under a name that says what it was.

Usage: python tests/fuzz/run.py TARGET [--minutes N] [--corpus FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Fuzz the target that the command line names."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"))
    asked = parser.parse_args()
    import atheris

    atheris.enabled_hooks.add("str")  # what a comparison asks for is tried; the hook of patterns breaks them
    with atheris.instrument_imports(include=["geocontracts"]):
        from tests.fuzz.targets import TARGETS
    if asked.target not in TARGETS:
        parser.error(f"one of {', '.join(TARGETS)}")
    target = TARGETS[asked.target]
    folder = asked.corpus / asked.target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)
    limits = [
        f"-max_total_time={round(asked.minutes * 60)}",
        "-timeout=20",
        "-rss_limit_mb=3000",
        "-max_len=4096",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/broken-", str(folder)], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
