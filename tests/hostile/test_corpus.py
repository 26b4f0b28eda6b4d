"""
No input of a stranger makes the event loop work for long.

Work is counted in lines of Python; what native code does is bounded by what it is
given, and `worst_input_ms` of `make bench` has the times.
"""

import json
from contextlib import suppress
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gatekeeper import wire
from gatekeeper.errors import MalformedMessage, PeerError
from gatekeeper.media.tap import rtcp, rtp
from gatekeeper.media.tap.offer import Offer
from gatekeeper.web.fields import cookie
from gatekeeper.wire.members import MOST, SMALL, require_few_members
from tests.hostile.corpus import corpus
from tests.hostile.input import Input
from tests.hostile.texts import jsons
from tests.hostile.work import TooMuch, lines
from tests.media.test_offer import ALL, CHROMIUM, SOURCES


@pytest.mark.parametrize("worst", list(corpus()), ids=lambda worst: worst.name)
async def test_the_worst_inputs_cost_little(worst: Input) -> None:
    lines(await worst.act())


def test_the_count_finds_what_is_quadratic() -> None:
    with pytest.raises(TooMuch):
        lines(lambda: [None for _ in range(300) for _ in range(300)])


@pytest.mark.parametrize("name", list(jsons()))
def test_a_model_finds_few_mistakes_in_one_message(name: str) -> None:
    try:
        wire.parse(jsons()[name])
    except MalformedMessage as exc:
        wrong = exc.__cause__
        assert wrong is None or isinstance(wrong, ValidationError)
        assert wrong is None or wrong.error_count() <= MOST


def test_what_a_lobby_says_at_most_is_understood() -> None:
    statement = ".".join(["a" * 600] * 3)
    answer = {"feature": "f" * 128, "decision": "granted", "statement": statement}
    key = {"kty": "EC", "crv": "P-256", "x": "a" * 43, "y": "a" * 43}
    media = {
        "type": "media",
        "microphone": True,
        "camera": True,
        "screen": True,
        "screen_audio": True,
    }
    join = {
        "type": "join",
        "name": "n" * 64,
        "language": "de-CH",
        "key": key,
        "proof": statement,
        "host": "h" * 128,
        "answers": [answer] * 16,
        "media": media,
    }

    assert isinstance(wire.parse(json.dumps(join).encode()), wire.Join)
    chat = json.dumps({"type": "chat", "text": '",[{' * 1000}).encode()
    assert isinstance(wire.parse(chat), wire.Chat)


# ---- Fuzz, each with the budget ---------------------------------------------------

_ATTRIBUTES = [
    "candidate:1 1 udp 1 192.0.2.2 42000 typ host",
    "extmap:1 urn:a",
    "fingerprint:sha-256 0F",
    "fmtp:96 a=1",
    "group:BUNDLE 0 1",
    "ice-ufrag:EsAw",
    "mid:0",
    "rtcp-fb:* nack",
    "rtpmap:96 VP8/90000",
    "rtpmap:1 a/1",
    "sctpmap:1 a",
    "sendonly",
    "setup:actpass",
    "ssrc:1 cname:a",
    "ssrc-group:FID 1 2",
]
_LINES = st.lists(
    st.tuples(
        st.sampled_from(
            [f"a={a}" for a in _ATTRIBUTES]
            + ["m=audio 9 UDP/TLS/RTP/SAVPF 96 1", "m=video 9 RTP 96", "c=IN IP4 a"]
        ),
        st.integers(1, 2000),
    ),
    min_size=1,
    max_size=4,
)
_COUNTED = settings(max_examples=40, deadline=None)


@given(_LINES, st.integers(0, CHROMIUM.count("\r\n")))
@_COUNTED
def test_offers_with_anything_many_times_cost_little(
    repeated: list[tuple[str, int]], at: int
) -> None:
    browsers = CHROMIUM.split("\r\n")
    more = [line for line, count in repeated for _ in range(count)]
    sdp = "\r\n".join([*browsers[:at], *more, *browsers[at:]])[:60_000]

    def act() -> None:
        with suppress(PeerError):
            Offer.parse(sdp, SOURCES, ALL)

    lines(act)


@given(st.lists(st.tuples(st.text(max_size=6), st.integers(1, 4000)), max_size=4))
@_COUNTED
def test_cookies_of_any_kind_cost_little(parts: list[tuple[str, int]]) -> None:
    field = "".join(text * count for text, count in parts)[:8000]
    field = field.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    request = make_mocked_request("GET", "/", headers={"Cookie": field})

    lines(lambda: cookie(request, "after"))


@given(
    st.recursive(
        st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=9)
            | st.dictionaries(st.text(max_size=5), inner, max_size=9)
        ),
        max_leaves=60,
    )
)
@_COUNTED
def test_frames_of_any_kind_cost_little(value: Any) -> None:
    def act() -> None:
        with suppress(PeerError):
            wire.parse(json.dumps(value).encode())

    lines(act)


@given(st.binary(max_size=1500))
@_COUNTED
def test_packets_of_any_kind_cost_little(data: bytes) -> None:
    def act() -> None:
        rtp.parse(data)
        rtp.parse(b"\x90" + data)
        list(rtcp.sender_reports(data))
        list(rtcp.sender_reports(b"\x80\xc8\x00\x06" + data))

    lines(act)


@given(
    st.lists(
        st.sampled_from(['"', "\\", "\\\\", '\\"', ",", "[", "{", "a", "é", "\n"]),
        max_size=30,
    ),
    st.integers(0, 450),
)
@_COUNTED
def test_what_stands_in_a_string_is_not_counted(parts: list[str], more: int) -> None:
    said = "".join(parts) * 20 + " " * SMALL
    text = json.dumps({"a": said, "b": [1] * more}, ensure_ascii=False).encode()
    marks = 3 + 2 + 1 + max(0, more - 1) + 1  # strings, commas, brackets

    if marks > MOST:
        with pytest.raises(MalformedMessage):
            require_few_members(text)
    else:
        require_few_members(text)
