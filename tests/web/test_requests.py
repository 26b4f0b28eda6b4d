"""
Whatever a stranger sends, at the level of bytes: no crash, no leak, a stable answer.

`MARK` is planted in everything that is sent; it may be in no line of any log.
"""

import asyncio
import logging
import random
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import structlog

from gatekeeper.web.logs import FixedWords
from tests.meeting.conftest import World, configured, start

MARK = "cApAbIlItY"
ROUTES = [
    ("GET", "/"),
    ("GET", "/m/{room}"),
    ("GET", "/m/{room}/after"),
    ("GET", "/promise"),
    ("GET", "/allow"),
    ("GET", "/check"),
    ("GET", "/verify"),
    ("GET", "/verify.py"),
    ("GET", "/.well-known/gatekeeper-keys.json"),
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/.well-known/meeting-consent/{room}"),
    ("GET", "/static/{x}"),
    ("GET", "/api/features"),
    ("POST", "/api/rooms"),
    ("GET", "/api/rooms/{room}"),
    ("GET", "/api/rooms/{room}/socket"),
    ("GET", "/api/rooms/{room}/after"),
    ("POST", "/api/rooms/{room}/after/session"),
    ("DELETE", "/api/rooms/{room}/after/session"),
    ("POST", "/api/rooms/{room}/after/{x}/erase"),
    ("POST", "/api/rooms/{room}/after/erase"),
    ("GET", "/api/rooms/{room}/after/mine?language={x}"),
    ("POST", "/api/rooms/{room}/after/{x}/film"),
    ("DELETE", "/api/rooms/{room}/after/{x}/film/work"),
    ("GET", "/api/rooms/{room}/after/{x}/film"),
    ("GET", "/api/rooms/{room}/after/{x}/tracks/{x}/{x}.webm"),
    ("GET", "/api/rooms/{room}/after/transcript/lines"),
    ("GET", "/api/rooms/{room}/after/transcript/transcript.vtt"),
    ("GET", "/api/rooms/{room}/after/summary/summary.md?language={x}"),
    ("POST", "/api/rooms/{room}/after/summary/items/{x}/wrong"),
    ("POST", "/api/rooms/{room}/after/summary/write"),
]
HOSTILE = [
    "%0d%0aSet-Cookie:%20a=b", "%3B%20path=/", "..%2f..%2fetc%2fpasswd", "%00",
    "a" * 4000, "%e2%80%ae", ";", "'", "%22%3E", "*", "-", "%C3%28", "{}", "[",
    "%ff%fe",
]  # fmt: skip
HEADERS = [
    b"Cookie: after=\xff\xfe", b"Cookie: a b=" + MARK.encode(), b'Cookie: after="\\',
    b"Cookie: after=x.y; after-host=\xe2\x82\xac", b"Cookie: " + b"a=b; " * 900,
    b"Origin: http://[", b"Origin: null", b"Origin: \xff", b"Origin: http://x:99999",
    b"Range: bytes=9-1", b"Range: bytes=-", b"Range: items=\xff",
    b"Range: bytes=0-0,1-1",
    b"If-Range: \xff", b"If-None-Match: " + b'"' * 500, b"If-Modified-Since: \xff",
    b"Content-Type: \xff/\xff; charset=nonsense", b"Content-Encoding: br",
    b"Accept-Language: \xff", b"Upgrade: websocket", b"Expect: 100-continue",
    b"Expect: nonsense", b"X-Forwarded-For: \xff", b"X-Forwarded-Proto: gopher",
    b"Sec-WebSocket-Version: 1", b"Transfer-Encoding: chunked", b"Host: ",
    b"Host: [::1", b"Host: a b", b"Content-Length: -1", b"Content-Length: 99999999",
]  # fmt: skip
BODIES = [
    b"", b"{}", b"[" * 60_000,
    b'{"title": "\\ud800", "language": "en", "features": []}',
    b"\xff" * 100, b'{"capability": "\xc3\xa9"}',
    b'{"capability": "a.b", "host": "\\u00e9"}',
    b'{"title": 1e999}', b"x" * 70_000, b'{"a": ' * 10_000,
]  # fmt: skip


@pytest.fixture
async def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    monkeypatch.setattr("gatekeeper.web.bodies.WITHIN", 0.3)
    monkeypatch.setattr("gatekeeper.app.wiring.serving.LINGER", 0.3)
    limits = {"idle": 1.0, "rooms_per_address": 10_000}
    async with start(configured(tmp_path / "data", limits=limits)) as world:
        yield world


@contextmanager
def every_log() -> Iterator[StringIO]:
    """What is logged, by us and by libraries, as it would stand in the log."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(FixedWords())
    before = structlog.get_config()
    root = logging.getLogger()
    root.addHandler(handler)
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(text),
        cache_logger_on_first_use=False,
    )
    try:
        yield text
    finally:
        root.removeHandler(handler)
        structlog.configure(**before)


async def exchange(url: str, sent: bytes) -> bytes:
    """What the server says to these bytes, until it closes or 20 s are over."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    answer = b""
    try:
        writer.write(sent)
        async with asyncio.timeout(20):
            while part := await reader.read(65_536):
                answer += part
    except ConnectionError:
        pass
    finally:
        writer.close()
    return answer


def request(
    method: str, path: str, host: str, *headers: bytes, body: bytes = b""
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1".encode(), *headers]
    named = {line.partition(b":")[0].lower() for line in headers}
    if b"host" not in named:
        lines.append(f"Host: {host}".encode())
    if body and b"content-length" not in named:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


async def test_no_route_crashes_on_hostile_ids_headers_cookies_ranges_or_bodies(
    world: World,
) -> None:
    room, _ = await world.room()
    host = urlsplit(world.url).netloc
    dice = random.Random(8)  # noqa: S311 - a test that can be repeated
    sent: list[bytes] = []
    for method, route in ROUTES:
        for bad in HOSTILE:
            path = route.replace("{x}", bad)
            sent.append(request(method, path.replace("{room}", bad), host))
            sent.append(request(method, path.replace("{room}", room), host))
        path = route.replace("{x}", MARK).replace("{room}", room)
        for header in HEADERS:
            body = dice.choice(BODIES) if method != "GET" else b""
            sent.append(request(method, path, host, header, body=body))
        if method != "GET":
            sent += [request(method, path, host, body=body) for body in BODIES]

    with every_log() as text:
        answers = await in_groups(world.url, sent)

    assert len(sent) > 1000
    for asked, answer in zip(sent, answers, strict=True):
        status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
        assert status is None or status[1] < b"500", (asked[:300], answer[:300])
        head = answer.partition(b"\r\n\r\n")[0]
        assert b"aiohttp" not in head, head
        assert b"Set-Cookie: a=b" not in head
        cookies = re.findall(rb"(?im)^set-cookie:(.*)$", head)
        assert all(b"%0d" not in c and c.count(b"Path=") == 1 for c in cookies), head
    told = text.getvalue()
    assert "Traceback" not in told
    assert "crashed" not in told
    assert MARK not in told
    assert "127.0.0.1" not in told


async def in_groups(url: str, sent: list[bytes]) -> list[bytes]:
    answers: list[bytes] = []
    for first in range(0, len(sent), 40):
        group = sent[first : first + 40]
        answers += await asyncio.gather(*(exchange(url, each) for each in group))
    return answers


async def test_bytes_that_are_no_request_are_answered_once_and_logged_without_them(
    world: World,
) -> None:
    dice = random.Random(88)  # noqa: S311
    good = request(
        "GET", f"/api/rooms/{MARK}", "localhost", f"Cookie: a={MARK}".encode()
    )
    sent = []
    for _ in range(300):
        raw = bytearray(good)
        for _ in range(dice.randint(1, 6)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        sent.append(bytes(raw) + b"\r\n\r\n")

    with every_log() as text:
        answers = await in_groups(world.url, sent)

    assert all(not a or a.startswith(b"HTTP/1.") for a in answers)
    assert not [a for a in answers if re.match(rb"HTTP/1\.[01] 5", a)]
    assert MARK not in text.getvalue()
    assert "127.0.0.1" not in text.getvalue()


# ---- Slow and silent ----------------------------------------------------------------


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nA: "]
)
async def test_a_connection_that_says_nothing_whole_is_closed(
    world: World, begun: bytes
) -> None:
    assert await exchange(world.url, begun) == b""


async def test_a_head_that_trickles_is_closed_all_the_same(world: World) -> None:
    parts = urlsplit(world.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)

    async def trickle() -> None:
        writer.write(b"GET / HTTP/1.1\r\nX: ")
        while not writer.is_closing():
            writer.write(b"a")
            await asyncio.sleep(0.1)

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        slow = tasks.create_task(trickle())
        with suppress(ConnectionError):  # the end comes as an end or as a reset
            await reader.read()
        slow.cancel()
    writer.close()


async def test_a_body_that_does_not_come_is_told_and_closed(world: World) -> None:
    host = urlsplit(world.url).netloc
    sent = request("POST", "/api/rooms", host, b"Content-Length: 50", body=b"{")

    answer = await exchange(world.url, sent)

    assert b"too-slow" in answer
