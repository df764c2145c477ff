"""Build the documentation site: a folder and a ZIP, which open without server and without network.

    python scripts/build_site.py            # build/site/ and build/geocontracts-docs.zip
    python scripts/build_site.py --check    # build it elsewhere, keep nothing; fails at the first warning

Needs the extra `docs`. Every warning is an error: a broken link or anchor, a page that no menu names, a list
that would be read as text, anything that a reader's browser would fetch from another host. The same
documents give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build" / "site"
ARCHIVE = ROOT / "build" / "geocontracts-docs.zip"
_EPOCH = "315532800"  # 1980-01-01: the first day that a ZIP can tell, and no day of ours
_OUT_OF_PLACE = ("sitemap.xml", "sitemap.xml.gz")  # they need an address, which a folder does not have


def build(folder: Path) -> int:
    """Build the site into `folder`; return 0, or the exit status of MkDocs."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": _EPOCH,
        "NO_MKDOCS_2_WARNING": "1",  # says when the theme ends, not what is wrong here: see pyproject.toml
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir"]
    done = subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    for name in _OUT_OF_PLACE:
        (folder / name).unlink(missing_ok=True)
    return done.returncode


def pack(folder: Path, archive: Path) -> None:
    """Write a site as a ZIP with one folder in it, in the same order and with the same date each time."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(f"geocontracts-docs/{path.relative_to(folder).as_posix()}")
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes())


def main() -> int:
    """Build the site, or with `--check` see that it can be built."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="build it in a scratch folder, keep nothing")
    options = parser.parse_args()
    if options.check:
        with tempfile.TemporaryDirectory() as folder:
            return build(Path(folder) / "site")
    status = build(TARGET)
    if status == 0:
        pack(TARGET, ARCHIVE)
        print(f"{TARGET / 'index.html'}\n{ARCHIVE}: {ARCHIVE.stat().st_size / 1e6:.1f} MB")
    return status


if __name__ == "__main__":
    sys.exit(main())
