"""Lists of values as columns for the page: what repeats is said once, integers are varints.

`Packer.column` turns a list into a column, a small object of JSON; its integers go to
one block of bytes beside it. The client reads them back in `client/src/geometry/columns.ts`.
A column does not hold its length: who reads it knows how many rows there are.

| column | its values |
| --- | --- |
| `{"same": value}` | this value in every row |
| `{"ints": at}` | signed varints from byte `at` of the block |
| `{"steps": at}` | the same, each the difference from the one before |
| `{"of": column, "kinds": n, "at": column}` | `n` different values, and which of them each row has |
| `{"has": column, "of": column}` | 1 where there is a value, and these values; null elsewhere |
| `{"texts": text}` | texts, parted by line feeds |
| `{"heads": column, "widths": column, "numbers": column}` | texts that end in a number |
| `{"sizes": column, "items": column}` | lists: how long each is, and all their items |
| `{"keys": {key: column}}` | objects that have the same keys |
| `{"list": values}` | anything else, as it is |
"""

from __future__ import annotations

import math
import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, cast

from geocontracts.webmap.encode import differences, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Column: TypeAlias = dict[str, object]

_LARGEST = 2**33  # a difference of two such numbers fits into the varints
_OFTEN = 2  # rows that a value has on average, from which it is said once
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


class Packer:
    """Makes columns, and keeps the integers of all of them in one block."""

    def __init__(self) -> None:
        """Begin with an empty block."""
        self._parts: list[bytes] = []
        self._length = 0

    @property
    def block(self) -> bytes:
        """Return the integers of the columns made so far."""
        return b"".join(self._parts)

    def column(self, values: Sequence[object]) -> Column:
        """Return a column of JSON values: texts, numbers, booleans, null, lists, objects."""
        kinds = set(map(type, values))
        if len(kinds) != 1:
            return self._mixed(values, kinds)
        make: dict[type, Callable[[Sequence[object]], Column]] = {
            int: self._integers,
            float: self._integers,
            str: self._texts,
            list: self._lists,
            dict: self._objects,
        }
        return make.get(kinds.pop(), self._repeated)(values)

    def columns(self, table: Mapping[str, object]) -> dict[str, Column]:
        """Return a table that is a list of values for each key already."""
        return {key: self.column(cast("list[object]", values)) for key, values in table.items()}

    def _mixed(self, values: Sequence[object], kinds: set[type]) -> Column:
        if not kinds:
            return {"same": None}
        if type(None) in kinds:
            held = [value is not None for value in values]
            present = [value for value in values if value is not None]
            return {"has": self._integers([int(one) for one in held]), "of": self.column(present)}
        return self._integers(values) if kinds == {int, float} else {"list": values}

    def _integers(self, values: Sequence[object]) -> Column:
        import numpy as np

        if _is_one_number(values):
            return {"same": values[0]}
        try:
            array = np.array(values, np.float64)
        except OverflowError:  # an integer beyond all of these
            return {"list": values}
        minus_zero = (array == 0) & np.signbit(array)  # an integer has no such sign
        if not ((abs(array) < _LARGEST) & (array == np.floor(array)) & ~minus_zero).all():
            return {"list": values}
        whole = array.astype(np.int64)
        written = {"ints": signed(whole), "steps": differences(whole)}
        best = min(written, key=lambda name: len(written[name]))
        at = self._length
        self._parts.append(written[best])
        self._length += len(written[best])
        return {best: at}

    def _texts(self, values: Sequence[object]) -> Column:
        texts = cast("Sequence[str]", values)
        if len(texts) == 1 or len(set(texts)) * _OFTEN <= len(texts):
            return self._repeated(texts)
        numbered = [_NUMBERED.fullmatch(text) for text in texts]
        heads = [match[1] for match in numbered if match]
        if len(heads) == len(texts) and len(set(heads)) * _OFTEN <= len(texts):
            digits = [match[2] for match in numbered if match]
            return {
                "heads": self.column(heads),
                "widths": self._integers([len(text) if text[0] == "0" else 0 for text in digits]),
                "numbers": self._integers([int(text) for text in digits]),
            }
        return {"list": texts} if any("\n" in text for text in texts) else {"texts": "\n".join(texts)}

    def _lists(self, values: Sequence[object]) -> Column:
        lists = cast("Sequence[list[object]]", values)
        if not any(lists):
            return {"same": []}
        told = list(map(repr, lists))
        if len(set(told)) * _OFTEN <= len(lists):
            return self._repeated(lists, told)
        sizes = self._integers([len(one) for one in lists])
        return {"sizes": sizes, "items": self.column(list(chain.from_iterable(lists)))}

    def _objects(self, values: Sequence[object]) -> Column:
        objects = cast("Sequence[dict[str, object]]", values)
        keys = objects[0].keys()
        if any(one.keys() != keys for one in objects):
            return {"list": values}
        return {"keys": {key: self.column(list(map(itemgetter(key), objects))) for key in keys}}

    def _repeated(self, values: Sequence[object], told: Sequence[object] | None = None) -> Column:
        """Return each value once, and which of them every row has; `told` tells them apart."""
        told = values if told is None else told
        first = dict(zip(reversed(told), reversed(values), strict=True))
        rank = {one: number for number, one in enumerate(dict.fromkeys(told))}
        if len(rank) == 1:
            return {"same": values[0]}
        distinct = [first[one] for one in rank]
        of: Column = {"list": distinct} if isinstance(distinct[0], bool) else self.column(distinct)
        return {"of": of, "kinds": len(rank), "at": self._integers([rank[one] for one in told])}


def _is_one_number(values: Sequence[object]) -> bool:
    """Whether all are the same number, exactly: 0.0 and -0.0 are two."""
    if values.count(values[0]) < len(values):
        return False
    return values[0] != 0 or len({math.copysign(1, cast("float", value)) for value in values}) == 1
