"""Rooms of services: each has its own, and sees of them what everybody in them does."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, RoomId
from tests.meeting.conftest import World, start
from tests.meeting.person import Person
from tests.services.conftest import (
    WANTED,
    Service,
    a_service,
    open_to_services,
)

MINUTES = "minutes"


async def test_a_room_is_opened_looked_at_and_ended(
    service: Service, world: World
) -> None:
    opened = await service.opens(mode="meeting", features=["minutes", "recording"])
    assert opened.keys() == {
        "room", "host", "invitation", "opened_at", "waits_until",
    }  # fmt: skip
    assert opened["invitation"] == f"{world.url}/m/{opened['room']}"
    _, before = await service.asks("GET", f"/rooms/{opened['room']}")
    assert before["waits_until"] == opened["waits_until"]
    person = await world.person(RoomId(opened["room"]), "Ann")
    await person.join(host=opened["host"])
    await person.settle()

    status, now = await service.asks("GET", f"/rooms/{opened['room']}")
    assert status == 200
    assert now == {
        "room": opened["room"],
        "title": "Choosing an offer",
        "mode": "meeting",
        "opened_at": opened["opened_at"],
        "ended": False,
        "waits_until": None,
        "language": "en",
        "knock": False,
        "presence": False,
        "people": 1,
        "features": [
            {"id": name, "offered": True, "sign": "off", "since": None}
            for name in ("minutes", "recording")
        ],
    }

    for _ in range(2):
        assert await service.asks("DELETE", f"/rooms/{opened['room']}") == (204, None)
    await person.ended()
    status, now = await service.asks("GET", f"/rooms/{opened['room']}")
    assert (status, now["ended"], now["people"]) == (200, True, 0)
    assert now["waits_until"] is None


async def test_a_room_that_nobody_has_come_to_is_ended_for_good(
    tmp_path: Path,
) -> None:
    config = open_to_services(tmp_path / "data")
    async with start(config) as world, a_service(world, config) as service:
        opened = await service.opens()
        assert (await service.asks("DELETE", f"/rooms/{opened['room']}"))[0] == 204
    async with start(config) as world:
        service.url = world.url
        async with a_service(world, config) as again:
            service.http = again.http
            _, now = await service.asks("GET", f"/rooms/{opened['room']}")
            async with again.http.get(
                f"{world.url}/api/rooms/{opened['room']}"
            ) as answer:
                assert answer.status == 410

    assert now["ended"]


async def on(ann: Person, ben: Person) -> None:
    await ann.say(type="request", feature=MINUTES)
    for person in (ann, ben):
        await person.allow(MINUTES)
    await ann.hears("sign", where=lambda sign: sign["on"])


async def test_it_tells_what_the_sign_says(service: Service, world: World) -> None:
    opened = await service.opens(mode="meeting")
    ann, ben = [await world.person(RoomId(opened["room"]), n) for n in ("Ann", "Ben")]
    await ann.join(host=opened["host"])
    await ben.join()
    for person in (ann, ben):
        await person.settle()
    await on(ann, ben)

    _, now = await service.asks("GET", f"/rooms/{opened['room']}")
    ((feature),) = now["features"]
    assert (feature["sign"], now["people"]) == ("on", 2)
    assert feature["since"] is not None

    await world.offers.switches.forbid(FeatureId(MINUTES))
    await ann.hears("sign", where=lambda sign: not sign["on"])
    _, now = await service.asks("GET", f"/rooms/{opened['room']}")
    assert now["features"] == [
        {"id": MINUTES, "offered": False, "sign": "off", "since": None}
    ]


Way = Callable[[Person], Awaitable[None]]


async def declines(ben: Person) -> None:
    await ben.refuse(MINUTES)
    await ben.hears("decided")


async def says_nothing(ben: Person) -> None:
    await ben.settle()


async def test_R8_a_no_is_told_like_no_answer(service: Service, world: World) -> None:
    told = []
    for way in (declines, says_nothing):
        opened = await service.opens(mode="meeting")
        room = RoomId(opened["room"])
        ann, ben = [await world.person(room, n) for n in ("Ann", "Ben")]
        await ann.join(host=opened["host"])
        await ben.join()
        await ben.settle()
        await ann.say(type="request", feature=MINUTES)
        await ann.allow(MINUTES)
        await way(ben)
        _, now = await service.asks("GET", f"/rooms/{room}")
        told.append({k: v for k, v in now.items() if k not in ("room", "opened_at")})

    assert told[0] == told[1]
    assert told[0]["features"][0]["sign"] == "off"


# ---- Of others nothing --------------------------------------------------------------


async def test_no_service_finds_a_room_that_it_has_not_opened(
    world: World, config: Config, service: Service
) -> None:
    """Neither one of another service's, nor a person's, living, ended, or never."""
    mine = await service.opens()
    persons, _ = await world.room()
    living = await service.opens(mode="meeting")
    person = await world.person(RoomId(living["room"]), "Ann")
    await person.join()
    ended = await service.opens()
    await service.asks("DELETE", f"/rooms/{ended['room']}")
    async with a_service(world, config) as other:
        told = set()
        for room in (mine["room"], living["room"], ended["room"], persons, "x" * 22):
            for method in ("GET", "DELETE"):
                status, said = await other.asks(method, f"/rooms/{room}")
                told.add((status, str(said)))
        _, listed = await other.asks("GET", "/rooms")

    assert len(told) == 1
    assert told.pop()[0] == 404
    assert listed == {"rooms": [], "next": None}
    status, now = await service.asks("GET", f"/rooms/{living['room']}")
    assert (status, now["ended"]) == (200, False)


async def test_its_own_are_listed_page_by_page(
    world: World, config: Config, service: Service
) -> None:
    opened = [(await service.opens(title=f"Room {n}"))["room"] for n in range(5)]
    await world.room()
    found: list[str] = []
    path = "/rooms?limit=2"
    while True:
        status, said = await service.asks("GET", path)
        assert status == 200
        assert len(said["rooms"]) <= 2
        found += [each["room"] for each in said["rooms"]]
        if said["next"] is None:
            break
        path = f"/rooms?limit=2&after={said['next']}"

    assert found == opened[::-1]
    for query in ("limit=0", "limit=101", "limit=", "limit=x", "after=", "after=1"):
        assert (await service.asks("GET", f"/rooms?{query}"))[0] == 400, query


# ---- What is refused ----------------------------------------------------------------


async def test_a_room_elsewhere_offers_nothing_that_is_run_here(
    service: Service,
) -> None:
    """A notice that tells of this server's recorder would be untrue there."""
    status, said = await service.asks(
        "POST", "/rooms", {**WANTED, "features": ["minutes", "recording"]}
    )

    assert (status, said["code"]) == (422, "feature-run-here")
    assert said["detail"].startswith("recording: ")
    assert (await service.asks("GET", "/rooms"))[1]["rooms"] == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"mode": "else"}, "malformed"),
        ({"mode": None}, "malformed"),
        ({"features": ["nothing"]}, "unknown-feature"),
        ({"features": ["minutes"] * 17}, "malformed"),
        ({"language": "tlh"}, "malformed"),
        ({"title": "\u200b"}, "name-unusable"),
        ({"presence": True, "mode": "meeting"}, "malformed"),
        ({"consent": "granted"}, "malformed"),
        ({"grants": {"minutes": True}}, "malformed"),
    ],
)
async def test_what_makes_no_room_is_refused_and_opens_none(
    service: Service, wanted: dict[str, Any], code: str
) -> None:
    status, said = await service.asks("POST", "/rooms", {**WANTED, **wanted})

    assert (status, said["code"]) == (400, code)
    assert (await service.asks("GET", "/rooms"))[1]["rooms"] == []


async def test_bodies_are_bounded(service: Service) -> None:
    status, said = await service.asks("POST", "/rooms", {"title": "x" * 70_000})
    assert (status, said["code"]) == (413, "too-large")


async def test_a_key_has_so_many_rooms_open(tmp_path: Path) -> None:
    config = open_to_services(tmp_path / "data", api={"rooms_per_key": 2})
    async with (
        start(config) as world,
        a_service(world, config) as service,
        a_service(world, config) as other,
    ):
        asked = [service.asks("POST", "/rooms", dict(WANTED)) for _ in range(5)]
        told = sorted([status for status, _ in await asyncio.gather(*asked)])
        assert told == [201, 201, 429, 429, 429]
        await other.opens()
        (room, _) = (await service.asks("GET", "/rooms"))[1]["rooms"]
        await service.asks("DELETE", f"/rooms/{room['room']}")
        assert (await service.asks("POST", "/rooms", dict(WANTED)))[0] == 201
