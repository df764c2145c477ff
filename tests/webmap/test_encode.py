"""What is written as varints is read back the same."""

import base64
import zlib

import numpy as np
import pytest

from geocontracts.webmap.encode import differences, packed, varints


def read_varints(content: bytes) -> list[int]:
    """Read LEB128 the plain way, as another program would."""
    found, value, shift = [], 0, 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(value)
            value, shift = 0, 0
    return found


@pytest.mark.parametrize(
    "numbers",
    [[], [0], [127, 128], [16383, 16384, 0, 1], [2**28 - 1, 2**28, 2**35 - 1], list(range(300))],
)
def test_varints(numbers: list[int]) -> None:
    assert read_varints(varints(np.array(numbers, np.int64))) == numbers


@pytest.mark.parametrize("numbers", [[], [-1], [0, -1, 5, -70000, 3_348_168], [7, 7, 7]])
def test_differences(numbers: list[int]) -> None:
    steps = [(value >> 1) ^ -(value & 1) for value in read_varints(differences(np.array(numbers, np.int64)))]
    assert np.cumsum(steps).tolist() == numbers


def test_packed_is_deflate_with_its_checksum_in_base64() -> None:
    text = "Sambre-Avesnois-Thiérache".encode() * 40
    assert zlib.decompress(base64.b64decode(packed(text))) == text
    assert len(packed(text)) < len(text) / 8
