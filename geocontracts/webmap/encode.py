"""Columns of integers as bytes: differences, zigzag, varints, deflate, base64.

The client reads them back in `client/src/geometry/decode.ts`.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BITS_A_BYTE = 7
_LONGEST = 5  # bytes, enough for 35 bits


def varints(values: NDArray[np.int64]) -> bytes:
    """Return unsigned LEB128 varints of numbers from 0 to 2**35 - 1."""
    import numpy as np

    unsigned = values.astype(np.uint64)
    lengths = np.ones(len(unsigned), np.int64)
    for size in range(1, _LONGEST):
        lengths += unsigned >> np.uint64(_BITS_A_BYTE * size) > 0
    ends = np.cumsum(lengths)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - lengths
    for size in range(_LONGEST):
        here = lengths > size
        part = (unsigned[here] >> np.uint64(_BITS_A_BYTE * size)) & np.uint64(0x7F)
        more = (lengths[here] > size + 1).astype(np.uint64) << np.uint64(_BITS_A_BYTE)
        out[starts[here] + size] = (part | more).astype(np.uint8)
    return out.tobytes()


def differences(values: NDArray[np.int64]) -> bytes:
    """Return the zigzag varints of the differences between successive numbers, from 0."""
    import numpy as np

    return signed(np.diff(values, prepend=0))


def signed(values: NDArray[np.int64]) -> bytes:
    """Return the zigzag varints of numbers from -2**34 to 2**34 - 1."""
    return varints((values << 1) ^ (values >> 63))


def packed(content: bytes, *, level: int = 9, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> str:
    """Return bytes deflated, with zlib's checksum, and in base64, as they stand in the page.

    The checksum keeps a browser from showing what was changed on the way: a letter that
    was damaged in a message would be another amount.

    `strategy` is one of zlib's: varints hardly come again in the same order, so that
    looking for such places costs time and, with the codes that it takes, bytes.
    """
    squeezer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, strategy=strategy)
    return base64.b64encode(squeezer.compress(content) + squeezer.flush()).decode("ascii")
