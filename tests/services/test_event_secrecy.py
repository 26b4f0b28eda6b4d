"""
Rule 8: meetings that differ only in why something is off are told of alike.

The bytes of the stream and of webhooks, up to ids and times.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.storage.tables import rooms
from tests.after.conftest import recorded, small_films
from tests.after.conftest import until as eventually
from tests.meeting.conftest import World, start
from tests.meeting.person import Person
from tests.services.conftest import Service, a_service, open_to_services
from tests.services.receiver import Receiver, receiving
from tests.services.stream import listening
from tests.services.test_permits import Call

__all__ = ["small_films"]

Cause = Callable[[Person, Person, Person], Awaitable[None]]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return open_to_services(
        tmp_path / "data", api={"webhooks_to": ["127.0.0.1"], "lease": 1}
    )


@pytest.fixture
async def receiver(service: Service) -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        await service.asks("POST", "/webhooks", {"url": receiver.url})
        yield receiver


def anonymous(text: bytes, *ids: str) -> bytes:
    for id_ in ids:
        text = text.replace(id_.encode(), b"<room>")
    text = re.sub(rb"id: \d+-[0-9a-f]{24}\n", b"id: <id>\n", text)
    return re.sub(rb'"\d{4}-\d\d-\d\dT[\d:.]+Z"', b'"<time>"', text)


async def trace(
    cause: Cause,
    world: World,
    service: Service,
    receiver: Receiver,
    *,
    gate: bool,
    allow: bool,
) -> tuple[bytes, list[bytes]]:
    """What is told of a meeting in which something was asked for, and then this."""
    opened = await service.opens(mode="gate" if gate else "meeting")
    room, before = RoomId(opened["room"]), len(receiver.got)
    people = []
    async with listening(service, f"/rooms/{room}/events") as stream:
        for number, name in enumerate(("Ann", "Ben", "Cat")):
            people.append(await comes(world, service, opened, name, host=not number))
        ann, ben, cat = people
        await ann.say(type="request", feature="minutes")
        await ann.hears("asked")
        for person in people if allow else (ann, cat):
            await person.allow("minutes")
        if allow:
            if gate:
                await Call(world, service, room).lent()
            await stream.hears("feature.on")
        await cause(ann, ben, cat)
        if allow:
            await stream.hears("feature.off")
        else:
            await cat.settle()
        status, _ = await service.asks("DELETE", f"/rooms/{room}")
        assert status == 204
        if allow:
            await stream.hears("meeting.sealed")
            await receiver.until(before + 3)
        else:
            await eventually(lambda: world.registry.living(room) is None)
    told = [each.body for each in receiver.got[before:]]
    return anonymous(stream.raw, room), [anonymous(each, room) for each in told]


async def comes(
    world: World, service: Service, opened: dict[str, str], name: str, *, host: bool
) -> Person:
    person = await world.person(RoomId(opened["room"]), name)
    wanted = {"ref": name, "host": host}
    _, given = await service.asks("POST", f"/rooms/{opened['room']}/entries", wanted)
    await person.join(entry=given["entry"])
    return person


async def declines(ann: Person, ben: Person, cat: Person) -> None:
    await ben.refuse("minutes")


async def says_nothing(ann: Person, ben: Person, cat: Person) -> None:
    await ben.settle()


async def takes_it_back(ann: Person, ben: Person, cat: Person) -> None:
    await cat.refuse("minutes")


async def host_cancels(ann: Person, ben: Person, cat: Person) -> None:
    await ann.say(type="cancel", feature="minutes")


async def is_lost(ann: Person, ben: Person, cat: Person) -> None:
    await ben.drop()


async def all_but_one_leave(ann: Person, ben: Person, cat: Person) -> None:
    await ben.say(type="leave")
    await cat.say(type="leave")


async def the_host_leaves(ann: Person, ben: Person, cat: Person) -> None:
    await ann.say(type="leave")


BEFORE: list[Cause] = [declines, says_nothing, takes_it_back, host_cancels, is_lost]
AFTER: list[Cause] = [declines, takes_it_back, host_cancels, is_lost, all_but_one_leave]


@pytest.mark.parametrize("gate", [True, False])
async def test_R8_every_cause_of_nothing_is_told_alike(
    gate: bool, world: World, service: Service, receiver: Receiver
) -> None:
    traces = [
        await trace(each, world, service, receiver, gate=gate, allow=False)
        for each in (*BEFORE, the_host_leaves)
    ]

    assert traces[0] == (b"retry: 2000\n\n", [])
    assert all(each == traces[0] for each in traces)


@pytest.mark.parametrize("gate", [True, False])
async def test_R8_every_cause_of_off_is_told_alike(
    gate: bool, world: World, service: Service, receiver: Receiver
) -> None:
    causes = AFTER if gate else [*AFTER, the_host_leaves]
    traces = [
        await trace(each, world, service, receiver, gate=gate, allow=True)
        for each in causes
    ]

    assert traces[0][0].count(b"event: ") == 3
    assert len(traces[0][1]) == 3
    assert all(each == traces[0] for each in traces)


async def test_R8_a_joiner_who_says_no_is_told_like_one_who_does_not_answer(
    world: World, service: Service, receiver: Receiver
) -> None:
    traces = []
    for answer in ("declined", None):
        opened = await service.opens(mode="meeting")
        room = RoomId(opened["room"])
        async with listening(service, f"/rooms/{room}/events") as stream:
            ann = await comes(world, service, opened, "Ann", host=True)
            ben = await comes(world, service, opened, "Ben", host=False)
            for person in (ann, ben):
                await person.allow("minutes")
            await ann.say(type="request", feature="minutes")
            await stream.hears("feature.on")
            cat = await world.person(room, "Cat")
            await cat.join(answers=[cat.answer("minutes", answer)] if answer else [])
            await stream.hears("feature.off")
            await service.asks("DELETE", f"/rooms/{room}")
            await stream.hears("meeting.sealed")
        traces.append(anonymous(stream.raw, room))

    assert traces[0] == traces[1]


async def test_an_erasure_in_the_meeting_is_told_like_none_and_one_after_it_is_told(
    config: Config, small_films: None
) -> None:
    """What was erased when something went off would say why it did."""
    traces = []
    async with start(config) as world, a_service(world, config) as service:
        for erases in (True, False):
            past = await recorded(world, "Mara", "Tomas", end=False)
            await belongs_to(world, past.room, service)
            mara, tomas = past.people.values()
            async with listening(service) as stream:
                if erases:
                    await tomas.say(type="erase", feature="recording")
                    await tomas.hears("erased")
                await mara.say(type="end")
                await stream.hears("meeting.sealed")
                await stream.hears("film.ready")
                since = len(stream.heard)
                traces.append(anonymous(stream.raw, past.room))
                async with past.visit(world.url, "Mara") as visit:
                    assert await visit.post("recording/erase") == 202
                    await stream.hears("erasure.done", since=since)
            assert [e["data"]["feature"] for e in stream.heard[since:]] == ["recording"]

    assert traces[0] == traces[1]


async def belongs_to(world: World, room: RoomId, service: Service) -> None:
    """As if that service had opened it."""
    writer = world.context.ledger._writer
    await writer.run(
        lambda c: c.execute(
            update(rooms).where(rooms.c.id == room).values(service=service.id)
        )
    )
