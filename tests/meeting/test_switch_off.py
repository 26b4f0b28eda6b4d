"""An admin switches a feature off everywhere at once, and on again."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, LanguageTag, RoomId
from gatekeeper.errors import LedgerUnavailable, UnknownFeature
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import (
    SERVER,
    FeatureAllowed,
    FeatureForbidden,
    decode,
)
from tests.meeting.conftest import MINUTES as FILE
from tests.meeting.conftest import World, start
from tests.meeting.person import Frame, Person
from tests.meeting.test_secrecy import anonymous, host_stops
from tests.meeting.test_secrecy import off as heard_of_off

MINUTES = FeatureId("minutes")


async def on_air(world: World, *names: str) -> tuple[Person, ...]:
    people = await world.meeting(*names, allow=("minutes",))
    await people[0].say(type="request", feature="minutes")
    for person in people:
        await person.hears("sign", where=lambda s: s["on"])
        await person.hears("receipt")
        await person.settle()
    return people


def is_open(world: World, room: RoomId) -> bool:
    return world.registry._rooms[room]._gates.state.is_open(MINUTES)


def offered(person: Person, since: int = 0) -> list[bool]:
    return [
        f["offered"]
        for f in person.heard[since:]
        if f["type"] == "offering" and f["feature"] == "minutes"
    ]


async def acts(world: World) -> list[object]:
    return [decode(row.body).body for row in await world.context.ledger.read(SERVER)]


async def test_off_is_off_in_every_room_before_anything_is_awaited(
    world: World,
) -> None:
    running = [await on_air(world, "Ann", "Ben") for _ in range(3)]
    rooms = [people[0].room for people in running]
    permits = [
        world.registry._rooms[room]._gates.openings.of(MINUTES) for room in rooms
    ]

    proof = world.offers.switches.forbid(MINUTES)

    assert not any(permit.alive for permit in permits)
    assert not any(is_open(world, room) for room in rooms)
    await proof
    for people in running:
        for person in people:
            await person.hears("sign", where=lambda s: not s["on"])


async def test_it_cannot_be_asked_for_until_it_is_allowed_and_that_starts_nothing(
    world: World,
) -> None:
    ann, ben = await on_air(world, "Ann", "Ben")
    await world.offers.switches.forbid(MINUTES)
    since = await ann.settle()
    await ann.say(type="request", feature="minutes")
    assert await ann.fault(since) == "unknown-feature"

    await world.offers.switches.allow(MINUTES)
    await ann.settle()
    since = await ben.settle()
    assert not is_open(world, ann.room)
    assert offered(ann) == offered(ben) == [False, True]
    await ann.say(type="request", feature="minutes")

    assert (await ben.hears("sign", since=since))["on"]


async def test_rooms_hear_of_it_alike_whether_it_ran_there_or_was_never_asked_for(
    world: World,
) -> None:
    ran = await on_air(world, "Ann", "Ben")
    never = await world.meeting("Cat", "Dan")
    everybody = (*ran, *never)
    marks = [await person.settle() for person in everybody]

    await world.offers.switches.forbid(MINUTES)

    told = []
    for person, mark in zip(everybody, marks, strict=True):
        told.append(await person.hears("offering", since=mark))
        await person.settle()
        assert person.kinds(mark).count("offering") == 1
    assert all(each == told[0] for each in told)
    assert never[0].kinds(marks[2]) == never[1].kinds(marks[3]) == ["offering"]


async def test_P2_switched_off_sounds_like_every_other_off_but_for_the_offering(
    world: World,
) -> None:
    async def switched_off(host: Person, one: Person) -> None:
        await world.offers.switches.forbid(MINUTES)

    usual = await heard_of_off(world, host_stops)
    trace = await heard_of_off(world, switched_off)

    rest = [frame for frame in trace if frame["type"] != "offering"]
    (told,) = [frame for frame in trace if frame["type"] == "offering"]
    assert rest == usual
    assert told.keys() == {"type", "feature", "offered", "notices"}


Before = Callable[[Person, Person], Awaitable[None]]


async def ben_refuses(ann: Person, ben: Person) -> None:
    await ben.refuse("minutes")
    await ben.hears("decided", where=lambda d: d["decision"] == "declined")


async def ben_allows(ann: Person, ben: Person) -> None:
    await ben.allow("minutes")
    await ben.hears("decided")


async def ben_says_nothing(ann: Person, ben: Person) -> None:
    await ben.settle()


async def test_P1_what_is_heard_of_it_tells_of_nobodys_answer(world: World) -> None:
    async def heard(before: Before) -> list[Frame]:
        ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
        await ann.say(type="request", feature="minutes")
        await cat.hears("asked")
        await before(ann, ben)
        since = await cat.settle()
        await world.offers.switches.forbid(MINUTES)
        await world.offers.wordings.put(MINUTES, {LanguageTag("en"): other})
        await world.offers.switches.allow(MINUTES)
        await world.offers.wordings.use_file(MINUTES)
        await ann.settle()
        await cat.settle()
        return anonymous(cat.heard[since:], (ann, ben, cat))

    other = FILE | {"purpose": "Proof"}

    traces = [await heard(each) for each in (ben_refuses, ben_says_nothing, ben_allows)]

    assert len(traces[0]) == 4
    assert traces[0] == traces[1] == traces[2]


async def test_it_holds_in_rooms_of_later_and_after_a_restart(config: Config) -> None:
    async with start(config) as world:
        (ann, _) = await on_air(world, "Ann", "Ben")
        await world.offers.switches.forbid(MINUTES)
        room = ann.room
    async with start(config) as world:
        assert world.offers.switches.off == {MINUTES}
        again = await world.person(room, "Eve")
        assert [f["offered"] for f in again.facts["features"]] == [True, False]
        welcome = await again.join()
        assert [o["offered"] for o in welcome["offerings"]] == [True, False]
        later = await world.meeting("Cat", "Dan", allow=("minutes",))
        await later[0].say(type="request", feature="minutes")
        assert await later[0].fault() == "unknown-feature"
        async with world.http.get(f"{world.url}/api/features") as answer:
            assert [f["id"] for f in (await answer.json())["features"]] == ["recording"]
        await world.offers.switches.allow(MINUTES)
        assert [type(act) for act in await acts(world)] == [
            FeatureForbidden,
            FeatureAllowed,
        ]

    audit = verify_ledger(config.data.directory)
    assert audit.good
    assert SERVER in {chain.meeting for chain in audit.chains}


async def test_no_meetings_chain_tells_of_it(world: World) -> None:
    async def chain(closing: Before) -> list[str]:
        ann, ben = await on_air(world, "Ann", "Ben")
        await closing(ann, ben)
        await ann.hears("sign", where=lambda s: not s["on"])
        await ann.say(type="end")
        await ann.ended()
        await world.registry._living[ann.room]
        rows = await world.context.ledger.read(ann.room)
        return [decode(row.body).body.type for row in rows]

    async def switched_off(ann: Person, ben: Person) -> None:
        await world.offers.switches.forbid(MINUTES)

    stopped = await chain(host_stops)
    assert await chain(switched_off) == stopped
    assert stopped[-1] == "meeting.sealed"


async def test_pressed_twice_it_is_one_act(world: World) -> None:
    switches = world.offers.switches
    await switches.allow(MINUTES)
    for act in (switches.forbid, switches.forbid, switches.allow, switches.allow):
        await act(MINUTES)

    assert await acts(world) == [
        FeatureForbidden(feature=MINUTES, by="console"),
        FeatureAllowed(feature=MINUTES, by="console"),
    ]


async def test_what_the_server_does_not_offer_cannot_be_switched(world: World) -> None:
    for act in (world.offers.switches.forbid, world.offers.switches.allow):
        with pytest.raises(UnknownFeature):
            await act(FeatureId("poems"))


async def test_off_while_nothing_can_be_written_is_off_and_written_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    switches, database = world.offers.switches, world.context.ledger._writer._database
    connect = database.connect

    def gone() -> object:
        raise OSError("the disk is gone")

    ann, _ = await on_air(world, "Ann", "Ben")
    monkeypatch.setattr(database, "connect", gone)
    with pytest.raises(LedgerUnavailable):
        await switches.forbid(MINUTES)
    assert not is_open(world, ann.room)
    assert switches.off == {MINUTES}
    with pytest.raises(LedgerUnavailable):
        await switches.allow(MINUTES)
    assert switches.off == {MINUTES}

    monkeypatch.setattr(database, "connect", connect)
    assert await world.context.ledger.probe()
    assert [type(act) for act in await acts(world)] == [FeatureForbidden]
    await switches.forbid(MINUTES)
    assert len(await acts(world)) == 1


async def test_an_off_that_overtakes_an_on_is_what_holds(world: World) -> None:
    switches = world.offers.switches
    await switches.forbid(MINUTES)
    ann, _ = await world.meeting("Ann", "Ben")
    async with asyncio.TaskGroup() as tasks:
        allowing = tasks.create_task(switches.allow(MINUTES))
        await asyncio.sleep(0)  # it waits for the disk now
        proof = switches.forbid(MINUTES)
        await allowing
        await proof

    await ann.settle()
    assert switches.off == {MINUTES}
    assert offered(ann) == []
    assert [type(act) for act in await acts(world)] == [
        FeatureForbidden,
        FeatureAllowed,
        FeatureForbidden,
    ]


async def test_whatever_goes_wrong_in_one_room_the_others_close(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = [await on_air(world, "Ann", "Ben") for _ in range(3)]
    rooms = [people[0].room for people in running]
    for room in rooms[::2]:

        def fails(_: FeatureId) -> None:
            raise RuntimeError("nobody has thought of this")

        monkeypatch.setattr(world.registry._rooms[room], "forbid", fails)
    with pytest.raises(RuntimeError):
        await world.offers.switches.forbid(MINUTES)

    assert not is_open(world, rooms[1])
    assert world.offers.switches.off == {MINUTES}
    assert await world.context.ledger.probe()
    assert [type(act) for act in await acts(world)] == [FeatureForbidden]
