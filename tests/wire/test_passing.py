"""What is read of a signal without a model is what the model reads, or nothing."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gatekeeper import wire
from gatekeeper.errors import MalformedMessage
from gatekeeper.wire.base import LONGEST_SIGNAL

PLAIN = b'{"type":"signal","to":"b","payload":"v=0"}'
VALUES: st.SearchStrategy[object] = st.one_of(
    st.text(), st.none(), st.booleans(), st.integers(), st.lists(st.text(), max_size=2)
)
KEYS = st.sampled_from(("type", "to", "payload", "sender", "x"))


def read(frame: bytes) -> tuple[str, str] | None:
    """What the model reads."""
    try:
        message = wire.parse(frame)
    except MalformedMessage:
        return None
    assert isinstance(message, wire.Signal)
    return message.to, message.payload


@st.composite
def signals(draw: st.DrawFn) -> bytes:
    """Frames that begin as signals of our client do; keys come again, or too many."""
    members = draw(st.lists(st.tuples(KEYS, st.text() | VALUES), max_size=4))
    ascii_ = draw(st.booleans())
    said = [f"{json.dumps(k)}:{json.dumps(v, ensure_ascii=ascii_)}" for k, v in members]
    text = ",".join(['{"type":"signal"', *said]) + "}"
    return text.encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A signal with a few bytes that are others, more or fewer."""
    frame = bytearray(PLAIN)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(frame)))
        frame[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=3))
    return bytes(frame)


@given(signals() | damaged())
@example(PLAIN)
@example(b'{"type":"signal","to":"b","payload":"a","type":"ping"}')
@example(b'{"type":"signal","to":"b","payload":"a","payload":"b"}')
@example(b'{"type":"signal","to":"b","payload":""}')
@example(b'{"type":"signal","to":"b","payload":"\\ud800"}')
@example(b'{"type":"signal","to":"b","payload":"\xff"}')
@example(b'{"type":"signal","to":"b","payload":"v=0"} ')
@example(b'{"type":"signal","to":"b","payload":"v=0"}{}')
def test_a_signal_that_is_read_the_short_way_is_the_models(frame: bytes) -> None:
    signal = wire.read_signal(frame)

    if signal is not None and wire_token(signal[0]):
        assert signal == read(frame)


def wire_token(to: str) -> bool:
    """Whether any participant can be called that; the room knows, and asks."""
    return to.isascii() and to.replace("-", "").replace("_", "").isalnum()


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_every_signal_of_our_client_is_read_the_short_way(payload: str) -> None:
    said = {"type": "signal", "to": "b", "payload": payload}
    frame = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()

    assert wire.read_signal(frame) == ("b", payload)


@pytest.mark.parametrize("length", [LONGEST_SIGNAL, LONGEST_SIGNAL + 1])
def test_the_longest_payload_is_the_models(length: int) -> None:
    said = {"type": "signal", "to": "b", "payload": "v" * length}
    frame = json.dumps(said, separators=(",", ":")).encode()

    assert wire.read_signal(frame) == read(frame)


def test_a_signal_that_holds_too_much_is_not_read() -> None:
    frame = b'{"type":"signal","to":"b","payload":[' + b"0," * 30_000 + b"0]}"

    with pytest.raises(MalformedMessage):
        wire.parse(frame)
    assert wire.read_signal(frame) is None
