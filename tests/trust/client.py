"""The client's own code in one Node process, asked a question on each line."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geocontracts.webmap.encode import packed
from geocontracts.webmap.wire import wired

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Payload

CLIENT = Path(__file__).parents[2] / "client"
ESBUILD = CLIENT / "node_modules" / ".bin" / "esbuild"


class ClientError(Exception):
    """What the client refuses."""


class Client:
    """A running client; it answers in the order of the questions."""

    def __init__(self, folder: Path) -> None:
        """Bundle the script into a folder, and start it."""
        node = shutil.which("node")
        assert node, "Node is not installed"
        assert ESBUILD.exists(), "run `npm install` in client/ first"
        script = folder / "asked.mjs"
        bundle = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", f"--outfile={script}"]
        subprocess.run([ESBUILD, CLIENT / "test" / "asked.ts", *bundle], check=True)
        self._process = subprocess.Popen(
            [node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it end: there is no further question."""
        self._process.communicate(timeout=30)

    def ask(self, act: str, **facts: Any) -> Any:
        """Return the answer to a question.

        Raises:
            ClientError: the client refuses, as a page does that says that it is incomplete.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"act": act, **facts}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        if "error" in told:
            raise ClientError(told["error"])
        return told["answer"]


def blocks_of(payload: Payload, arcs: bytes) -> dict[str, str]:
    """Return the three blocks of data that a page holds."""
    told, numbers = wired(payload)
    text = json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    return {"payload": packed(text), "numbers": packed(numbers), "arcs": packed(arcs)}


def as_base64(content: bytes) -> str:
    """Return bytes as a line can hold them."""
    return base64.b64encode(content).decode("ascii")
