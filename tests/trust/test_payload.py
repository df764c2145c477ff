"""What Python writes into a page is what the page reads, whatever a register holds."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geocontracts.webmap.chains import block_of
from geocontracts.webmap.columns import Packer
from tests.budget import examples
from tests.trust.client import Client, ClientError, as_base64, blocks_of
from tests.trust.strategies import arcs, payloads, values

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.thorough  # they need Node, and the client's packages


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(tmp_path_factory.mktemp("client")) as running:
        yield running


def seen(value: object) -> Any:
    """Return a value as JSON tells it, where 1.0 is 1 and -0.0 is 0, as it is to a browser."""
    return json.loads(
        json.dumps(value),
        parse_float=lambda text: int(float(text)) if float(text).is_integer() else float(text),
    )


@examples(200)
@given(values=values)
def test_a_column_is_read_as_it_was_written(client: Client, values: list[Any]) -> None:
    packer = Packer()
    packer.column(["what stands before", "it", "it"])
    column = packer.column(values)
    answer = client.ask("column", column=column, rows=len(values), block=as_base64(packer.block))
    assert seen(answer) == seen(values)


@examples(30)
@given(drawn=st.data())
def test_a_payload_is_read_as_it_was_written(client: Client, drawn: st.DataObject) -> None:
    lines = drawn.draw(arcs())
    payload = drawn.draw(payloads(lines))
    answer = client.ask("page", **blocks_of(payload, block_of(lines)))
    assert seen(answer["payload"]) == seen(payload)
    told = answer["arcs"]
    assert told["start"] == [0, *lines.sizes.cumsum().tolist()]
    for name in ("left", "right", "x", "y"):
        assert told[name] == getattr(lines, name).tolist(), name


@examples(30)
@given(drawn=st.data())
def test_what_was_damaged_is_refused_and_never_another_map(client: Client, drawn: st.DataObject) -> None:
    """One sign of a block is another, or the block is cut: an amount would change without a word."""
    lines = drawn.draw(arcs())
    blocks = blocks_of(drawn.draw(payloads(lines)), block_of(lines))
    name = drawn.draw(st.sampled_from(sorted(blocks)))
    packed = bytearray(base64.b64decode(blocks[name]))
    place = drawn.draw(st.integers(0, len(packed) - 1))
    if drawn.draw(st.booleans()):
        packed[place] ^= 1 << drawn.draw(st.integers(0, 7))
    else:
        del packed[place:]
    damaged = {**blocks, name: as_base64(bytes(packed))}
    try:
        answer = client.ask("page", **damaged)
    except ClientError:
        return
    # The head of a block holds a note on how hard it was packed, which nothing depends on.
    assert place < 2, (name, place)
    assert answer == client.ask("page", **blocks)
