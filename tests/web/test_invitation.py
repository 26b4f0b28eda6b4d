"""The invitation as a QR code, and how long a room waits for who is invited."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.web.room import qr_code
from tests import qr
from tests.meeting.conftest import World, configured, start

NEW = {"title": "A room", "language": "en", "features": []}


@pytest.fixture(params=["/", "/meet/"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    server = {
        "port": 0,
        "host": "127.0.0.1",
        "base_path": request.param,
        "names": ["meet.example.org"],
        "trusted_proxies": ["127.0.0.0/8"],
    }
    meeting = {"unused": 3600}
    config = configured(tmp_path / "data", server=server, meeting=meeting)
    async with start(config) as world:
        world.url += request.param.rstrip("/")
        yield world


async def drawing(world: World, room: str, **headers: str) -> bytes:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"{world.url}/api/rooms/{room}/qr.svg"
    async with world.http.get(url, headers=said) as answer:
        assert answer.status == 200
        return await answer.read()


async def test_it_holds_the_address_that_the_server_is_reached_by_and_nothing_else(
    world: World,
) -> None:
    room, secret = await world.room("recording")
    path = world.url.split("/", 3)[3:]
    below = f"{path[0]}/" if path else ""

    own = await drawing(world, room)
    proxied = await drawing(
        world, room, X_Forwarded_Proto="https", X_Forwarded_Host="meet.example.org"
    )

    assert qr.read(qr.pictured(own)) == [f"{world.url}/m/{room}"]
    assert qr.read(qr.pictured(proxied)) == [
        f"https://meet.example.org/{below}m/{room}"
    ]
    assert secret.encode() not in own + proxied
    assert room.encode() not in own + proxied


async def test_it_runs_and_loads_nothing_and_is_kept_by_nobody_else(
    world: World,
) -> None:
    room, _ = await world.room("recording")
    async with world.http.get(f"{world.url}/api/rooms/{room}/qr.svg") as answer:
        assert answer.content_type == "image/svg+xml"
        headers = answer.headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, max-age=3600"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_whoever_asks_for_many_has_them_drawn_one_by_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, most, drawn = 0, 0, qr_code.drawing

    def counted(text: str) -> bytes:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        try:
            return drawn(text)
        finally:
            at_work -= 1

    monkeypatch.setattr(qr_code, "drawing", counted)
    rooms = [(await world.room("recording"))[0] for _ in range(4)]

    drawings = await asyncio.gather(*(drawing(world, room) for room in rooms))

    assert len({*drawings}) == len(rooms)
    assert most == 1


@pytest.mark.parametrize("host", ["meet.example.org", "evil.example"])
async def test_under_a_name_of_somebody_elses_there_is_none(
    world: World, host: str
) -> None:
    room, _ = await world.room("recording")
    url = f"{world.url}/api/rooms/{room}/qr.svg"
    async with world.http.get(url, headers={"Host": host}) as answer:
        assert (answer.status == 200) is (host == "meet.example.org")


@pytest.mark.parametrize("room", ["x" * 22, "x" * 256, "x" * 257, "a%0d%0ab", "<svg>"])
async def test_of_no_room_there_is_none(world: World, room: str) -> None:
    url = f"{world.url}/api/rooms/{room}/qr.svg"
    async with world.http.get(url) as answer:
        assert answer.status == 404
        assert (await answer.json())["code"] in ("unknown-room", "nothing-there")


async def test_whoever_opens_a_room_is_told_how_long_it_waits(world: World) -> None:
    async with world.http.post(f"{world.url}/api/rooms", json=NEW) as answer:
        made = await answer.json()
    async with world.http.get(f"{world.url}/api/rooms/{made['room']}") as answer:
        opened = datetime.fromisoformat((await answer.json())["opened_at"])
    until = datetime.fromisoformat(made["waits_until"])

    assert until - opened == timedelta(seconds=3600)
    registry = world.registry
    record = await registry.find(made["room"])
    assert registry.waits_until(record) - until < timedelta(milliseconds=1)
    assert not registry.is_over(record)


async def test_that_is_when_it_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, _ = await world.room("recording")
    registry = world.registry
    until = registry.waits_until(await registry.find(room))
    for early, status in ((timedelta(0), 200), (-timedelta(microseconds=1), 410)):
        moment = until - early
        monkeypatch.setattr(registry._clock, "settled", lambda at=moment: at)
        for there in ("", "/qr.svg"):
            async with world.http.get(f"{world.url}/api/rooms/{room}{there}") as answer:
                assert answer.status == status
