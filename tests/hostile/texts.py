"""Offers, frames, bodies, keys and statements."""

import json
import secrets
from collections.abc import Iterator
from functools import partial

from gatekeeper import wire
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import read_decision, verify_join
from gatekeeper.media.tap.offer import Offer
from gatekeeper.media.tap.receiver import Receiver
from gatekeeper.web.bodies import parsed
from gatekeeper.web.kept import visitors
from gatekeeper.web.room import api
from tests.hostile.input import Act
from tests.media.test_offer import ALL, CHROMIUM, SOURCES
from tests.meeting.person import Key, b64

FRAME = 65_536
"""Bytes; as `limits.message_bytes`."""


def texts() -> Iterator[tuple[str, Act]]:
    for name, sdp in sdps().items():
        yield f"sdp: {name}", partial(Offer.parse, sdp, SOURCES, ALL)
    yield "sdp: one that is taken, with its receiver", _accepted
    for name, text in jsons().items():
        yield f"json: {name}", partial(wire.parse, text)
        yield f"body: {name}, new room", partial(parsed, api.NewRoom, text)
        yield f"body: {name}, host link", partial(parsed, api.HostShown, text)
        yield f"body: {name}, sign in", partial(visitors._said, text)
    yield from _signatures()


def _accepted() -> None:
    Offer.parse(CHROMIUM, SOURCES, ALL)
    Receiver([], rtp=lambda _: None, rtcp=lambda _: None)


def sdps() -> dict[str, str]:
    """Offers, all within what the wire takes."""
    at = "a=rtpmap:63"

    def more(lines: str) -> str:
        return CHROMIUM.replace(at, lines + at)[:60_000]

    many = range(3000)
    return {
        "as a browser's": CHROMIUM,
        "codecs times feedback": more(
            "a=rtpmap:1 a/1\r\n" * 2000 + "a=rtcp-fb:* a\r\n" * 1700
        ),
        "our codecs times feedback": more(
            "a=rtpmap:1 vp8/90000\r\n" * 1200 + "a=rtcp-fb:* a\r\n" * 1700
        ),
        "sources": more("".join(f"a=ssrc:{n} cname:a\r\n" for n in many)),
        "empty lines": "\n" * 60_000,
        "other line ends": CHROMIUM + "\x0b" * 30_000,
        "sections": "m=audio 9 A 1\r\n" * 4000,
        "groups": "a=group:BUNDLE 0 1\r\n" * 3000 + CHROMIUM,
        "one long line": more("a=rtpmap:111 opus/48000" + "9" * 50_000 + "\r\n"),
        "formats": CHROMIUM.replace(" 9 0 8 13", " 9 0 8 13" * 3000),
        "candidates": more("a=candidate:1 1 udp 1 1.2.3.4 9 typ host\r\n" * 1300),
        "fingerprints": more("a=fingerprint:sha-256 AA\r\n" * 2000),
        "a long password": CHROMIUM.replace("P2uYro0U", "a" * 50_000),
        "as many lines as are taken": more("a=fmtp:1 a\r\n" * 900),
    }


def jsons() -> dict[str, bytes]:
    """Frames and bodies."""

    def text(value: object) -> bytes:
        return json.dumps(value).encode()[:FRAME]

    names = [f"{n:x}" for n in range(6000)]
    key = {"kty": "OKP", "crv": "Ed25519", "x": "a"}
    join = {"type": "join", "name": "a", "language": "en", "key": key, "proof": "a.b.c"}
    tap = {"type": "tap-offer", "opening": "a", "sdp": "x"}
    return {
        "unknown members": text({"type": "ping"} | dict.fromkeys(names, 1)),
        "no type": text(dict.fromkeys(names, 1)),
        "sources": text(tap | {"sources": dict.fromkeys(names[:5000], "q")}),
        "a key's members": text(join | {"key": dict.fromkeys(names, 1)}),
        "answers": text(join | {"answers": [{name: 1} for name in names[:5000]]}),
        "numbers": b'{"type":"join","answers":[' + b"1," * 32_000 + b"1]}",
        "strings": text({"type": "chat", "text": ["a"] * 13_000}),
        "nesting": b'{"type":' + b"[" * 65_000,
        "nested objects": b'{"a":' * 13_000,
        "nested and closed": b'{"type":"ping","a":' + b"[" * 120 + b"]" * 120 + b"}",
        "a long number": b'{"type":"resume","seen":' + b"9" * 65_000 + b"}",
        "escapes": b'{"type":"chat","text":"' + b"\\u0041" * 10_000 + b'"}',
        "quotes": b'{"type":"chat","text":"' + b'\\"' * 4000 + b'"}',
        "spaces": text({"type": "chat", "text": " " * 65_000}),
        "a statement": text({"type": "decide", "statement": "a" * 65_000}),
        "a language": text(join | {"language": "aa" + "-ab" * 15_000}),
        "the same member": b'{"type":"ping",' + b'"":1,' * 13_000 + b'"":1}',
        "strings and numbers": b'{"type":"join","answers":['
        + b'"a",1,' * 10_000
        + b"1]}",
        "an unended string": b'{"type":"' + b'\\"' * 32_000,
        "commas in a string": text({"type": "chat", "text": "," * 65_000}),
        "random bytes": secrets.token_bytes(FRAME),
    }


def _signatures() -> Iterator[tuple[str, Act]]:
    key, other = Key(), b64(secrets.token_bytes(32))
    owner = ParticipantKey.from_jwk(key.jwk)
    said = {"type": "gatekeeper/join/v1", "meeting": "a", "subject": key.id}
    join = key.sign(**said, challenge="x" * 32)

    def check(statement: str) -> Act:
        return lambda: verify_join(
            statement, key=owner, room=RoomId("a"), challenge="x" * 32
        )

    yield "jws: a good one", check(join)
    yield "jws: a key, a join and four decisions", _joining(key, join)
    yield "jws: forged", check(join[:-4] + "AAAA")
    yield "jws: as long as may be", check(join[:24] + "A" * 1900 + ".AA")
    yield "jws: no end", check("a" * 60_000)
    for kind in ("OKP", "EC"):
        curve = "Ed25519" if kind == "OKP" else "P-256"
        jwk = {"kty": kind, "crv": curve, "x": other} | (
            {"y": other} if kind == "EC" else {}
        )
        yield f"jwk: random, {kind}", partial(ParticipantKey.from_jwk, jwk)
    yield "jwk: a good one", lambda: ParticipantKey.from_jwk(key.jwk).thumbprint


def _joining(key: Key, join: str) -> Act:
    """What a `join` with an answer on each built-in feature costs."""
    said = {
        "type": "gatekeeper/decision/v3",
        "meeting": "a",
        "subject": key.id,
        "decision": "granted",
        "notice": "n" * 43,
        "language": "en",
        "life": "x" * 32,
    }
    decisions = [
        key.sign(**said, feature=f"feature-{n}", nonce=f"{n}" * 22) for n in range(4)
    ]

    def act() -> None:
        owner = ParticipantKey.from_jwk(key.jwk)
        verify_join(join, key=owner, room=RoomId("a"), challenge="x" * 32)
        for decision in decisions:
            read_decision(decision, key=owner)

    return act
