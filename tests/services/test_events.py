"""Events as a stream: what is told, to whom, and for how long."""

import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.app import desk
from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.news import RoomEvent
from gatekeeper.web.v1 import events
from tests.meeting.conftest import World, start
from tests.meeting.person import PATIENCE, Person
from tests.services.conftest import API, Service, a_service, open_to_services
from tests.services.stream import listening


@pytest.fixture
def config(tmp_path: Path) -> Config:
    # One of them asks as fast as it can until something holds.
    return open_to_services(tmp_path / "data", api={"requests_per_second": 100_000})


async def meeting(
    world: World,
    service: Service,
    *names: str,
    features: tuple[str, ...] = ("minutes",),
) -> tuple[Person, ...]:
    """People who allow everything, in a room of the service; the first is host."""
    opened = await service.opens(mode="meeting", features=list(features))
    people = []
    for number, name in enumerate(names):
        person = await world.person(RoomId(opened["room"]), name)
        host = None if number else opened["host"]
        await person.join(host=host, allow=("minutes",))
        people.append(person)
    for person in people:
        await person.settle()
    return tuple(people)


async def runs(*people: Person) -> None:
    await people[0].say(type="request", feature="minutes")
    for person in people:
        await person.hears("sign", where=lambda s: s["on"])


async def test_on_and_off_are_told_as_the_sign_is(
    world: World, service: Service
) -> None:
    ann, ben = await meeting(world, service, "Ann", "Ben")
    async with listening(service) as stream:
        await runs(ann, ben)
        on = await stream.hears("feature.on")
        sign = await ann.hears("sign", where=lambda s: s["on"])
        await ben.refuse("minutes")
        off = await stream.hears("feature.off")

    assert on == {
        "type": "feature.on",
        "timestamp": sign["since"],
        "data": {"room": ann.room, "feature": "minutes"},
    }
    assert off["data"] == on["data"]
    assert [e["type"] for e in stream.heard] == ["feature.on", "feature.off"]
    assert stream.retry == events.AFTER


async def test_other_words_are_told_and_a_switch_is_not(
    world: World, service: Service
) -> None:
    ann, _ = await meeting(world, service, "Ann", "Ben")
    feature = FeatureId("minutes")
    async with listening(service) as stream:
        await world.offers.switches.forbid(feature)
        await world.offers.switches.allow(feature)
        world.registry.everywhere.reword(feature, {})
        _ = world.context.news.tell(RoomEvent("film.ready", ann.room, feature))
        await stream.hears("film.ready")

    changed, _ = stream.heard
    assert changed["type"] == "notice.changed"
    assert changed["data"] == {"room": ann.room, "feature": "minutes"}


async def test_the_seal_is_told_once(world: World, service: Service) -> None:
    ann, ben = await meeting(world, service, "Ann", "Ben")
    await runs(ann, ben)
    async with listening(service, f"/rooms/{ann.room}/events") as stream:
        await ann.say(type="end")
        sealed = await stream.hears("meeting.sealed")

    assert sealed["data"] == {"room": ann.room, "feature": None}
    assert [e["type"] for e in stream.heard] == ["feature.off", "meeting.sealed"]


async def test_only_rooms_of_services_are_told_of_and_only_to_their_own(
    world: World, service: Service, config: Config
) -> None:
    theirs = await world.meeting("Cat", "Dan", allow=("minutes",))
    ann, ben = await meeting(world, service, "Ann", "Ben")
    eve, fay = await meeting(world, service, "Eve", "Fay")
    async with (
        a_service(world, config) as other,
        listening(other) as foreign,
        listening(service) as all_of_them,
        listening(service, f"/rooms/{eve.room}/events") as one,
    ):
        mine = await meeting(world, other, "Gus", "Hal")
        status, _ = await other.asks("GET", f"/rooms/{ann.room}/events")
        assert status == 404
        for people in (theirs, (ann, ben), (eve, fay), mine):
            await runs(*people)
        await foreign.hears("feature.on")
        await one.hears("feature.on")
        await all_of_them.hears("feature.on")
        await all_of_them.hears("feature.on", since=1)

    assert [e["data"]["room"] for e in foreign.heard] == [mine[0].room]
    assert [e["data"]["room"] for e in one.heard] == [eve.room]
    assert [e["data"]["room"] for e in all_of_them.heard] == [ann.room, eve.room]


async def test_a_stream_goes_on_after_a_crash_and_what_was_on_is_off(
    tmp_path: Path,
) -> None:
    config = open_to_services(tmp_path / "data")
    async with start(config) as world, a_service(world, config) as service:
        ann, ben = await meeting(world, service, "Ann", "Ben")
        async with listening(service) as stream:
            await runs(ann, ben)
            await stream.hears("feature.on")
        key, last = service.key, stream.last
        # As a process leaves it that is killed: what comes after is not told.
        world.context.news._writer._closing = True  # type: ignore[attr-defined]
    async with start(config) as world, aiohttp.ClientSession() as http:
        service = Service(world.url, http, key)
        async with listening(service, last=last) as again:
            off = await again.hears("feature.off")
        async with listening(service, last="999-00") as unknown:
            await unknown.hears("feature.off")

    assert off["data"] == {"room": ann.room, "feature": "minutes"}
    assert [e["type"] for e in again.heard] == ["feature.off"]
    assert [e["type"] for e in unknown.heard] == ["feature.on", "feature.off"]


async def test_a_stream_ends_with_the_server_and_tells_the_last(
    tmp_path: Path,
) -> None:
    config = open_to_services(tmp_path / "data")
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(start(config))
        async with a_service(world, config) as service:
            ann, ben = await meeting(world, service, "Ann", "Ben")
            await runs(ann, ben)
            async with listening(service) as stream:
                await world.stack.aclose()
                stopping = asyncio.ensure_future(stack.aclose())  # noqa: TID251
                await stream.ends()
                await stopping

    assert [e["type"] for e in stream.heard] == ["feature.off"]


async def test_a_stream_ends_with_its_key(service: Service, config: Config) -> None:
    async with listening(service) as stream:
        revoke = desk.RevokeServiceKey(id=service.id)
        _ = await asyncio.to_thread(
            lambda: list(desk.ask(config.data.directory, revoke))
        )
        await stream.ends()

    assert not stream.heard


async def test_a_quiet_stream_has_comments(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BEAT", 0.05)
    async with listening(service) as stream:
        await stream.block()
        await stream.block()

    assert stream.comments == 2
    assert not stream.heard


async def test_a_stream_is_one_for_proxies_too(service: Service) -> None:
    async with listening(service) as stream:
        headers = stream.answer.headers

    assert headers["Content-Type"] == "text/event-stream"
    assert headers["X-Accel-Buffering"] == "no"
    assert "no-store" in headers["Cache-Control"]
    assert "Content-Encoding" not in headers


async def test_so_many_streams_of_a_key_and_no_more(service: Service) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(events.AT_ONCE):
            await stack.enter_async_context(listening(service))
        refused = await service.asks("GET", "/events")

    assert (refused[0], refused[1]["code"]) == (429, "streams-taken")


@pytest.mark.parametrize("said", ["x", "1", "-1", "1-", "1-xyz", "9" * 40 + "-00"])
async def test_a_place_that_is_none_is_refused(service: Service, said: str) -> None:
    status, problem = await service.asks("GET", "/events", **{"Last-Event-ID": said})

    assert (status, problem["code"]) == (400, "malformed")


async def test_who_does_not_read_is_cut_off_and_goes_on_later(
    world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SLOWEST", 0.2)
    monkeypatch.setattr(events, "AT_ONCE", 1)
    room = RoomId((await service.opens())["room"])
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.to_thread(begin, reader, service)
        for number in range(2000):
            feature = FeatureId(f"feature-{number}")
            _ = world.context.news.tell(RoomEvent("feature.off", room, feature))
        async with asyncio.timeout(PATIENCE):
            while await streams_taken(service):
                pass
        async with listening(service, last="0-00") as again:
            while len(again.heard) < 2000:
                assert await again.block()

    assert again.heard[-1]["data"]["feature"] == "feature-1999"


def begin(reader: socket.socket, service: Service) -> None:
    """Ask for a stream, and read no more than that it has begun."""
    host, port = service.url.removeprefix("http://").split(":")
    reader.connect((host, int(port)))
    asked = (
        f"GET {API}/events HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Authorization: Bearer {service.key}\r\n\r\n"
    )
    reader.sendall(asked.encode())
    assert reader.recv(16)


async def streams_taken(service: Service) -> bool:
    """Whether there is no room for another one; it asks for none."""
    said = await service.asks("GET", "/events", **{"Last-Event-ID": "x"})
    return bool(said[1]["code"] == "streams-taken")
