"""Write `client/src/payload.d.ts` from `geocontracts.webmap.contract`.

Usage: python scripts/build_payload_types.py [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from geocontracts.webmap import contract

TARGET = Path(__file__).parents[1] / "client" / "src" / "payload.d.ts"
ALIASES = {value: name for name, value in vars(contract).items() if get_origin(value) is Literal}
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
HEAD = "// Written by scripts/build_payload_types.py from geocontracts/webmap/contract.py.\n"


def typescript_type(hint: Any) -> str:
    """Say a Python type of the contract in TypeScript."""
    if hint in PLAIN:
        return PLAIN[hint]
    if hint in ALIASES:
        return ALIASES[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    if get_origin(hint) is Literal:
        return _union(get_args(hint))
    inner = [typescript_type(argument) for argument in get_args(hint)]
    return _compound(get_origin(hint), inner, hint)


def _union(values: tuple[Any, ...]) -> str:
    return " | ".join(json.dumps(value) for value in values)


def _compound(origin: Any, inner: list[str], hint: Any) -> str:
    if origin in (Union, types.UnionType):
        return " | ".join(inner)
    if origin is list:
        return f"readonly {_wrapped(inner[0])}[]"
    if origin is tuple:
        return f"readonly [{', '.join(inner)}]"
    if origin is dict:
        return f"Readonly<Table<{', '.join(inner)}>>"
    msg = f"the contract uses {hint!r}, for which no TypeScript type is known: add it to _compound"
    raise TypeError(msg)


def _wrapped(text: str) -> str:
    return f"({text})" if " " in text else text


def declarations() -> str:
    """Return the whole text of the declaration file."""
    parts = [HEAD, "type Table<K extends string, V> = { [P in K]: V };\n"]
    for name, member in vars(contract).items():
        if get_origin(member) is Literal:
            parts.append(f"export type {name} = {_union(get_args(member))};\n")
        elif is_typeddict(member):
            fields = "".join(
                f"  readonly {field}: {typescript_type(hint)};\n"
                for field, hint in get_type_hints(member).items()
            )
            purpose = (member.__doc__ or "").split("\n")[0]
            parts.append(f"\n/** {purpose} */\nexport interface {name} {{\n{fields}}}\n")
    return "".join(parts)


def main() -> int:
    """Write the file, or say whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    wanted = declarations()
    if parser.parse_args().check:
        if TARGET.read_text(encoding="utf-8") == wanted:
            return 0
        print(f"{TARGET.name} differs from the contract: run this script without --check", file=sys.stderr)
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
