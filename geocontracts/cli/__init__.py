"""The command line: parse, one public call, an exit status.

Status 0: done; 1: done, with problems that were reported; 2: not done.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from geocontracts.cli.options import build_parser
from geocontracts.cli.status import DONE, NOT_DONE
from geocontracts.errors import GeocontractsError, why
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except GeocontractsError as error:
        print(f"geocontracts: {error.text(options.lang)}", file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:  # who read the answer has had enough of it
        _drop_stdout()
        return DONE
    except OSError as error:
        if error.filename is None:  # only what is printed has no name
            _drop_stdout()
        key = "stdout-refused" if error.filename is None else "os-refused"
        said = say(key, options.lang, file=os.fsdecode(error.filename or ""), why=why(error))
        print(f"geocontracts: {said}", file=sys.stderr)
        return NOT_DONE
    except MemoryError:
        print(f"geocontracts: {say('memory-short', options.lang)}", file=sys.stderr)
        return NOT_DONE
    except KeyboardInterrupt:
        return NOT_DONE
    return status


def _speak_utf8() -> None:
    """Write UTF-8 wherever the output goes: a file on Windows would take cp1252, which lacks our signs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_stdout() -> None:
    """Let Python end without a second complaint about what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
