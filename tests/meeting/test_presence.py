"""
Rule 19 in the room: whoever comes or goes begins another part, at that moment.

A sink in the place of `minutes` writes down what it is told, and how things stood.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.errors import SinkUnavailable
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import GrantAdded, PartBegan, decode
from gatekeeper.evidence.history import OpeningRecord, history
from gatekeeper.gating.leases import Lent
from gatekeeper.gating.sink import Opened
from gatekeeper.meeting.room import Room
from gatekeeper.meeting.sink import Recipients, SinkOpener
from tests.meeting.conftest import World, start
from tests.meeting.person import PATIENCE, Person
from tests.meeting.test_two_paths import slow_ledger

MINUTES = FeatureId("minutes")
ALLOW = ("minutes",)


class Told(Lent):
    """A sink that knows who is present."""

    def __init__(self, opened: Opened, watch: "Watch") -> None:
        super().__init__(
            opened, seconds=2, at_once=True, unused=lambda: None, over=lambda _: None
        )
        self.watch = watch
        self.cuts: list[tuple[int, frozenset[str]]] = []
        self.dropped: list[str] = []

    def drop(self, participant: ParticipantId) -> None:
        self.dropped.append(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        assert self.permit.alive
        self.cuts.append((part, frozenset(people)))
        self.watch.at_cut(people)


@dataclass
class Watch:
    """All sinks of a server, and who was admitted when they were told."""

    world: World
    sinks: list[Told] = field(default_factory=list)
    admitted: list[frozenset[str]] = field(default_factory=list)

    def open_sink(self, opened: Opened, _: Recipients) -> Told:
        sink = Told(opened, self)
        self.sinks.append(sink)
        return sink

    def at_cut(self, people: Collection[str]) -> None:
        (room,) = self.world.registry.rooms
        seats = frozenset(seat.id for seat in room._roster if seat.admitted)
        self.admitted.append(seats & frozenset(people))


@pytest.fixture
async def watch(config: Config) -> AsyncIterator[Watch]:
    async with start(config) as world:
        watch = Watch(world)
        sinks = cast(dict[FeatureId, SinkOpener], world.context.sinks)
        sinks[MINUTES] = watch.open_sink
        yield watch


async def opened(watch: Watch, *names: str) -> tuple[Person, ...]:
    people = await watch.world.meeting(*names, allow=ALLOW)
    await people[0].say(type="request", feature="minutes")
    await people[0].hears("sign")
    return people


async def stretches(watch: Watch, room: RoomId) -> tuple[OpeningRecord, ...]:
    """What the chain tells, which holds."""
    rows = await watch.world.context.ledger.read(room)
    verify(room, rows, sealed=False)
    return history(rows).stretches


async def left(who: Person, *others: Person) -> None:
    marks = [len(other.heard) for other in others]
    await who.say(type="leave")
    for other, mark in zip(others, marks, strict=True):
        await other.hears("left", since=mark)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - who is not admitted is told nothing
            await asyncio.sleep(0.01)


def _seated(room: Room, who: str) -> bool:
    return room._roster.find(who) is not None


def of(*people: Person) -> frozenset[str]:
    return frozenset(person.id for person in people)


async def test_R19_present_who_goes_and_comes_back_is_in_two_parts(
    watch: Watch,
) -> None:
    ann, ben, cleo = await opened(watch, "Ann", "Ben", "Cleo")
    await left(ben, ann, cleo)
    await ben.join(allow=ALLOW)
    await ann.settle()

    (sink,) = watch.sinks
    both, rest = of(ann, ben, cleo), of(ann, cleo)
    assert sink.cuts == [(0, both), (1, rest), (2, both)]
    assert sink.dropped == [ben.id]
    (stretch,) = await stretches(watch, ann.room)
    assert [frozenset(part.people) for part in stretch.parts] == [both, rest, both]
    assert stretch.parts[0].began < stretch.parts[1].began < stretch.parts[2].began


async def test_R19_present_who_comes_is_let_in_after_the_cut_and_their_grant(
    watch: Watch,
) -> None:
    ann, _ben = await opened(watch, "Ann", "Ben")
    cleo = await watch.world.person(ann.room, "Cleo")
    await cleo.join(allow=ALLOW)
    await ann.settle()

    (sink,) = watch.sinks
    assert [part for part, _ in sink.cuts] == [0, 1]
    assert cleo.id in sink.cuts[1][1]
    assert cleo.id not in watch.admitted[1]
    rows = await watch.world.context.ledger.read(ann.room)
    told = [type(decode(row.body).body) for row in rows]
    assert told.index(GrantAdded) < told.index(PartBegan)


async def test_R19_present_who_never_got_in_was_in_no_part(
    watch: Watch, config: Config
) -> None:
    """Their grant waits for the ledger, and they go again meanwhile."""
    ann, ben, dora = await opened(watch, "Ann", "Ben", "Dora")
    cleo = await watch.world.person(ann.room, "Cleo")
    with slow_ledger(config):
        hello = await cleo.connect()
        await cleo.say(**cleo.joining(hello, allow=ALLOW))
        (room,) = watch.world.registry.rooms
        await until(lambda: room._roster.find(cleo.id) is not None)
        await cleo.drop()
        await until(lambda: room._roster.find(cleo.id) is None)
    await left(ben, ann)

    (sink,) = watch.sinks
    assert sink.cuts == [(0, of(ann, ben, dora)), (1, of(ann, dora))]
    (stretch,) = await stretches(watch, ann.room)
    assert cleo.id in stretch.people
    assert all(cleo.id not in part.people for part in stretch.parts)


async def test_R19_present_who_goes_before_it_begins_is_in_nothing_that_is_kept(
    watch: Watch, config: Config
) -> None:
    """The opening waits for the ledger; its grants are those of all three."""
    ann, ben, cleo = await watch.world.meeting("Ann", "Ben", "Cleo", allow=ALLOW)
    with slow_ledger(config):
        await ann.say(type="request", feature="minutes")
        await ann.settle()
        await left(ben, ann, cleo)
        assert watch.sinks == []
    await ann.hears("sign")

    (sink,) = watch.sinks
    assert sink.cuts == [(1, of(ann, cleo))]
    (stretch,) = await stretches(watch, ann.room)
    assert [frozenset(part.people) for part in stretch.parts] == [
        of(ann, ben, cleo),
        of(ann, cleo),
    ]
    assert stretch.parts[0].began <= stretch.parts[1].began


async def test_R19_present_a_slow_ledger_does_not_hold_up_a_cut(
    watch: Watch, config: Config
) -> None:
    ann, ben, cleo = await opened(watch, "Ann", "Ben", "Cleo")
    with slow_ledger(config):
        await left(ben, ann, cleo)
        (sink,) = watch.sinks
        assert sink.cuts[-1] == (1, of(ann, cleo))
    await left(cleo, ann)
    await ann.refuse("minutes")
    await ann.hears("sign", where=lambda frame: not frame["on"])

    (stretch,) = await stretches(watch, ann.room)
    assert [len(part.people) for part in stretch.parts][:2] == [3, 2]


@pytest.mark.parametrize("seed", range(6))
async def test_R19_present_the_chain_and_the_sinks_tell_the_same_of_any_meeting(
    watch: Watch, seed: int
) -> None:
    """Comings and goings, losses, no and yes, in any order."""
    chance = random.Random(seed)  # noqa: S311 - a test's order
    ann, *others = await opened(watch, "Ann", "Ben", "Cleo")
    here = dict.fromkeys(others, True)
    for _ in range(14):
        who = chance.choice(others)
        if not here[who]:
            await who.join(allow=ALLOW if chance.random() < 0.8 else ())
            here[who] = True
        elif chance.random() < 0.5:
            await left(who, ann)
            here[who] = False
        elif chance.random() < 0.5:
            mark = len(ann.heard)
            await who.drop()
            await ann.hears("changed", since=mark)
            await who.resume()
        else:
            await (who.allow if chance.random() < 0.7 else who.refuse)("minutes")
            await who.settle()
        await ann.say(type="request", feature="minutes")
        await ann.settle()
    await ann.say(type="cancel", feature="minutes")
    await ann.settle()

    told = await stretches(watch, ann.room)
    by_opening = {s.opening: s for s in told}
    assert watch.sinks
    for sink in watch.sinks:
        stretch = by_opening[sink.permit.opening]
        parts = {part.number: frozenset(part.people) for part in stretch.parts}
        assert dict(sink.cuts).items() <= parts.items()
        assert max(parts) == sink.cuts[-1][0]
        numbers = [number for number, _ in sink.cuts]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        for stay, following in zip(sink.cuts, sink.cuts[1:], strict=False):
            assert len(stay[1] ^ following[1]) == 1
    assert SinkUnavailable.code not in str(ann.heard)


async def test_a_joiners_grant_is_written_for_the_opening_that_they_came_into(
    watch: Watch, config: Config
) -> None:
    """It waits behind another one's; meanwhile the gate closes and opens anew."""
    ann, ben = await opened(watch, "Ann", "Ben")
    (room,) = watch.world.registry.rooms
    with slow_ledger(config):
        for name in ("Cleo", "Dan"):
            late = await watch.world.person(ann.room, name)
            hello = await late.connect()
            await late.say(**late.joining(hello, allow=ALLOW))
            await until(partial(_seated, room, late.id))
        await ben.refuse("minutes")
        await ben.allow("minutes")
        await ben.settle()
    await ann.hears("joined", where=lambda frame: frame["person"]["name"] == "Dan")
    await until(lambda: len(watch.sinks) == 2)

    first, second = await stretches(watch, ann.room)
    assert len(first.people) >= 2
    assert len(second.people) == 4
