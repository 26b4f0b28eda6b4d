"""Whoever tries: a host who nags, a sink that lies about itself, a room under load."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from gatekeeper.consent.types import FeatureId, ParticipantId, SourceKind
from gatekeeper.errors import UnknownOpening
from gatekeeper.gating import opening
from gatekeeper.gating.permit import Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.meeting.sink import Recipients
from tests.meeting.conftest import World
from tests.meeting.person import Frame, Person
from tests.meeting.straits import Strait, loop_that_stands_still, no_descriptors
from tests.meeting.test_secrecy import (
    after_a_departure,
    anonymous,
    asked_in_vain,
    declines,
    host_stops,
    off,
    says_nothing,
)


async def test_R12_a_host_who_stops_asks_and_comes_back_cannot_nag(
    world: World,
) -> None:
    room, secret = await world.room()
    ann, ben = await world.person(room, "Ann"), await world.person(room, "Ben")
    await ann.join(host=secret)
    await ben.join()
    for _ in range(4):
        await ann.say(type="request", feature="minutes")
        await ann.say(type="cancel", feature="minutes")
        await ann.say(type="request", feature="minutes")
        helper = await world.person(room, "Helper")
        await helper.join(host=secret)
        await helper.say(type="request", feature="minutes")
        await helper.say(type="leave")
        await ben.hears("left", where=lambda f, h=helper: f["participant"] == h.id)  # type: ignore[misc]
        await ann.join(host=secret)  # the page, loaded again
        await ann.settle()
    await ben.settle()

    assert ben.kinds().count("asked") <= 2


class Lie:
    """A sink that says what it likes of itself."""

    sources: tuple[SourceKind, ...] = ()

    def __init__(self, permit: Permit, running: Callable[[], None], way: str) -> None:
        self.permit = permit
        self.running = running
        self.may_stop = asyncio.Event()
        if way == "on at once":
            running()
        if way != "never stops":
            self.may_stop.set()

    async def offer(self, participant: ParticipantId, sdp: str, sources: object) -> str:
        raise UnknownOpening

    def drop(self, participant: ParticipantId) -> None:
        """Nothing to drop."""

    def cut(self, part: int, people: object) -> None:
        """Nothing to cut."""

    async def stopped(self) -> None:
        await self.permit.ended()
        await self.may_stop.wait()


class Liars:
    """Opens such sinks, and keeps them at hand."""

    def __init__(self, world: World, way: str) -> None:
        self.way = way
        self.made: list[Lie] = []
        minutes = FeatureId("minutes")
        world.change(sinks={**world.context.sinks, minutes: self})

    def __call__(self, opened: Opened, recipients: Recipients) -> Lie:
        self.made.append(Lie(opened.permit, opened.running, self.way))
        return self.made[-1]


def signs(person: Person) -> list[bool]:
    return [f["on"] for f in person.heard if f["type"] == "sign"]


async def asked(world: World) -> tuple[Person, Person]:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("receipt")
    await ben.settle()
    return ann, ben


async def test_R14_the_sign_waits_for_the_sink(world: World) -> None:
    liars = Liars(world, "later")
    _, ben = await asked(world)
    assert signs(ben) == []

    liars.made[0].running()
    liars.made[0].running()
    await ben.hears("sign")
    await ben.settle()

    assert signs(ben) == [True]


async def test_R14_a_sink_that_says_it_runs_after_the_end_is_not_believed(
    world: World,
) -> None:
    liars = Liars(world, "later")
    ann, ben = await asked(world)
    await ben.refuse("minutes")
    await ben.hears("decided", where=lambda d: d["decision"] == "declined")

    assert not liars.made[0].permit.alive
    liars.made[0].running()
    await ann.settle()

    assert signs(ann) == []


async def test_R14_a_sink_that_never_stops_is_on_until_it_is_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "STOP_WITHIN", 0.5)
    liars = Liars(world, "on at once")
    ann, _ = await asked(world)
    liars.made[0].may_stop.clear()
    newcomer = await world.person(ann.room, "Cat")
    hello: Frame = await newcomer.connect()

    await newcomer.say(**newcomer.joining(hello))
    await ann.hears("joined", where=lambda j: j["person"]["name"] == "Cat")

    kinds = [f["type"] for f in ann.heard if f["type"] in {"sign", "joined"}]
    assert kinds[-2:] == ["sign", "joined"]
    assert signs(ann) == [True, False]
    assert not liars.made[0].permit.alive


async def test_R4_a_no_among_much_else_closes_before_what_comes_after_it(
    world: World,
) -> None:
    liars = Liars(world, "on at once")
    ann, ben = await asked(world)
    for number in range(60):
        await ann.say(type="chat", text=str(number))
    for _ in range(20):
        await ben.say(type="hand", raised=True)
    await ben.refuse("minutes")
    since = await ben.settle()  # its answer was sent after the no was heard

    assert not liars.made[0].permit.alive
    assert "decided" in ben.kinds()[:since]


async def test_R15_a_loop_that_stood_still_opens_nothing(world: World) -> None:
    liars = Liars(world, "later")
    ann, ben = await asked(world)
    await ben.refuse("minutes")
    time.sleep(0.3)  # noqa: ASYNC251 - this is what is tested
    await ben.hears("decided", where=lambda d: d["decision"] == "declined")
    liars.made[0].running()
    await ann.settle()

    assert signs(ann) == []


async def what_an_active_host_hears(
    world: World, cause: Callable[[Person, Person], Awaitable[None]], *, leaves: bool
) -> list[Frame]:
    """Ann asks, stops, asks again, loads the page again and tries all she has."""
    room, secret = await world.room()
    people = [await world.person(room, name) for name in ("Ann", "Ben", "Cat")]
    ann, ben, cat = people
    await ann.join(host=secret)
    for person in (ben, cat):
        await person.join()
    await ann.settle()
    since = len(ann.heard)
    await ann.say(type="request", feature="minutes")
    for person in (ann, cat):
        await person.allow("minutes")
        await person.hears("decided")
    await cause(ann, ben)
    for kind in ("request", "cancel", "request", "erase"):
        await ann.say(type=kind, feature="minutes")
    await ann.join(host=secret, allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ann.settle()
    if leaves:
        for number in range(3):  # in the breath before, and the one after
            await ann.say(type="request", feature="minutes")
            if number == 1:
                await ann.settle()
                await ben.say(type="leave")
                await ann.hears("left", since=since)
        await ann.settle()
    heard = anonymous(ann.heard[since:], tuple(people))
    for frame in heard:
        frame.pop("resume", None)
        frame.pop("after", None)
        frame.pop("challenge", None)
        if "ask_again_in" in frame:
            frame["ask_again_in"] = frame["ask_again_in"] > 0
    return heard


@pytest.mark.parametrize("leaves", [False, True])
async def test_R8_R13_a_host_who_tries_everything_learns_nothing_of_a_no(
    world: World, leaves: bool
) -> None:
    traces = [
        await what_an_active_host_hears(world, cause, leaves=leaves)
        for cause in (declines, says_nothing)
    ]
    for trace in traces:
        for frame in trace:
            if "life" in frame:
                frame["life"] = "life"  # of two rooms

    assert traces[0] == traces[1]
    assert not any(frame["type"] == "sign" and frame["on"] for frame in traces[0])


async def test_R8_R13_under_load_a_departure_tells_nothing_either(
    world: World,
) -> None:
    """Frames of everybody around the departure; who refused stays, or leaves."""
    opened = []
    for refuses in (1, 2):
        people = await world.meeting("Ann", "Ben", "Cat", "Dan")
        ann, _, cat, dan = people
        await ann.say(type="request", feature="minutes")
        for number, person in enumerate(people):
            await (person.refuse if number == refuses else person.allow)("minutes")
            await person.hears("decided")
        since = await dan.settle()
        for number in range(12):
            await ann.say(type="request", feature="minutes")
            await dan.say(type="chat", text=str(number))
            if number == 6:
                await cat.say(type="leave")
        await ann.hears("left")
        await ann.say(type="request", feature="minutes")
        await ann.settle()
        await dan.settle()
        opened.append(
            [kind for kind in dan.kinds(since) if kind not in {"chat-line", "left"}]
        )

    assert opened[0] == opened[1]
    assert opened[0] == ["lapsed", "asked"]


STRAITS = [loop_that_stands_still, no_descriptors]


@pytest.mark.parametrize("strait", STRAITS)
async def test_R8_in_any_strait_a_no_sounds_like_no_answer(
    world: World, strait: Strait
) -> None:
    traces = [
        await asked_in_vain(world, cause, strait) for cause in (declines, says_nothing)
    ]
    for frame in (frame for heard in traces for trace in heard for frame in trace):
        frame.pop("ask_again_in", None)

    assert traces[0][0]
    assert traces[0] == traces[1]


@pytest.mark.parametrize("strait", STRAITS)
async def test_R8_in_any_strait_every_cause_of_off_looks_the_same(
    world: World, strait: Strait
) -> None:
    traces = [await off(world, cause, strait) for cause in (declines, host_stops)]

    assert traces[0]
    assert traces[0] == traces[1]


@pytest.mark.parametrize("strait", STRAITS)
async def test_R13_in_any_strait_a_departure_opens_nothing_and_tells_nothing(
    world: World, strait: Strait
) -> None:
    left, stayed = [
        await after_a_departure(world, who, False, strait) for who in (2, 1)
    ]

    assert left == stayed
    assert any(frame["type"] == "lapsed" for frame in left[1])
    assert not any(frame["type"] == "sign" for frame in left[1])
