"""Rooms whose people meet somewhere else: who comes, who is there, what is lent."""

import random
from datetime import timedelta

import pytest

from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId, RoomId
from gatekeeper.errors import RateLimited
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.meeting import strangers
from gatekeeper.meeting.room import Room
from gatekeeper.storage import entries
from gatekeeper.storage.entries import Entry
from tests.meeting.conftest import World, start
from tests.meeting.person import Person
from tests.meeting.test_presence import until

MINUTES = FeatureId("minutes")
ALLOW = ("minutes",)
ANN = ParticipantId("ann")


class Elsewhere:
    """A server with one room of mode `gate`, and its engine."""

    def __init__(self, world: World, room: RoomId) -> None:
        self.world = world
        self.id = room

    @property
    def room(self) -> Room:
        living = self.world.registry.living(self.id)
        assert living is not None
        return living

    async def token(self, ref: str, *, host: bool = False) -> str:
        token, _ = await self.world.registry.entries.give(self.id, Entry(ref, host))
        return token

    async def person(self, name: str) -> Person:
        """Somebody whom the engine calls by that name, in the room."""
        person = await self.world.person(self.id, name)
        await person.join(allow=ALLOW, entry=await self.token(name))
        return person

    async def report(self, *people: str) -> None:
        (await self.world.registry.enter(self.id)).strangers.report(people)

    @property
    def on(self) -> bool:
        return self.room._gates.state.is_open(MINUTES)


async def elsewhere(world: World, *, presence: bool = False) -> Elsewhere:
    record, _ = await world.registry.open(
        "Consultation",
        LanguageTag("en"),
        (MINUTES,),
        mode="gate",
        service="k",
        presence=presence,
    )
    return Elsewhere(world, record.id)


@pytest.fixture
async def there(world: World) -> Elsewhere:
    return await elsewhere(world)


@pytest.fixture
async def told(world: World) -> Elsewhere:
    return await elsewhere(world, presence=True)


# ---- Who comes ----------------------------------------------------------------------


async def test_without_a_token_nobody_comes_in(there: Elsewhere) -> None:
    person = await there.world.person(there.id, "Ann")
    for entry in ({}, {"entry": "not-a-token"}):
        hello = await person.connect()
        await person.say(**person.joining(hello) | entry)
        fault = await person.hears("fault", since=len(person.heard) - 1)

        assert fault["code"] == "entry-needed"


async def test_a_token_is_one_persons_who_may_try_again(there: Elsewhere) -> None:
    token = await there.token("ann")
    ann, ben = [await there.world.person(there.id, name) for name in ("Ann", "Ben")]
    await ann.join(entry=token)
    await ann.join(entry=token)
    hello = await ben.connect()
    await ben.say(**ben.joining(hello), entry=token)

    assert (await ben.hears("fault"))["code"] == "entry-needed"


async def test_a_token_is_of_one_room(there: Elsewhere) -> None:
    other = await elsewhere(there.world)
    ann = await there.world.person(there.id, "Ann")
    hello = await ann.connect()
    await ann.say(**ann.joining(hello), entry=await other.token("ann"))

    assert (await ann.hears("fault"))["code"] == "entry-needed"


async def test_a_token_is_good_for_a_short_time(config: Config) -> None:
    later = timedelta(minutes=3)
    clock = Clock()
    async with start(config, clock=clock) as world:
        there = await elsewhere(world)
        token = await there.token("ann")
        store, now = world.context.entries, clock.now()

        assert await store.redeem(there.id, token, ANN, now + later) is None


async def test_who_was_here_needs_no_other_token(there: Elsewhere) -> None:
    ann = await there.person("ann")
    after = next(m["after"] for m in ann.heard if m["type"] == "welcome")
    await ann.say(type="leave")
    await until(lambda: there.room.people == 0)
    await ann.join(after=after)


async def test_a_token_may_make_a_host_and_no_grant(there: Elsewhere) -> None:
    ann = await there.world.person(there.id, "Ann")
    welcome = await ann.join(entry=await there.token("ann", host=True))

    assert welcome["host"]
    assert welcome["answers"] == []


async def test_tokens_that_wait_are_counted(
    there: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "WAITING", 3)
    for number in range(3):
        await there.token(f"guest {number}")
    with pytest.raises(RateLimited):
        await there.token("one more")


@pytest.mark.parametrize(
    "said",
    [
        {"type": "chat", "text": "Hello"},
        {"type": "hand", "raised": True},
        {"type": "react", "reaction": "agree"},
        {
            "type": "media",
            "microphone": True,
            "camera": True,
            "screen": False,
            "screen_audio": False,
        },
        {"type": "signal", "to": "ben", "payload": "sdp"},
    ],
    ids=lambda said: str(said["type"]),
)
async def test_nothing_of_a_meeting_is_passed_on(
    there: Elsewhere, said: dict[str, object]
) -> None:
    ann, ben = [await there.person(name) for name in ("ann", "ben")]
    if "to" in said:
        said = said | {"to": ben.id}
    since = len(ben.heard)
    await ann.say(**said)
    fault = await ann.hears("fault")
    await ben.settle()

    assert fault["code"] == "media-elsewhere"
    assert [m["type"] for m in ben.heard[since:]] == ["pong"]


async def test_nor_is_a_signal_however_it_is_spelled(there: Elsewhere) -> None:
    ann, ben = [await there.person(name) for name in ("ann", "ben")]
    since = len(ben.heard)
    assert ann._socket is not None
    await ann._socket.send_str(f'{{"type":"signal","to":"{ben.id}","payload":"sdp"}}')
    assert (await ann.hears("fault"))["code"] == "media-elsewhere"
    await ben.settle()

    assert [m["type"] for m in ben.heard[since:]] == ["pong"]


# ---- What is lent -------------------------------------------------------------------


async def test_a_service_is_lent_what_everybody_allows(there: Elsewhere) -> None:
    ann, ben = [await there.person(name) for name in ("ann", "ben")]
    loan = await there.room.lending.lend(MINUTES)
    sign = await ben.hears("sign")
    assert sign["on"]
    assert loan.of.people == {ann.id, ben.id}
    since = len(ann.heard)
    await ben.say(type="decide", **ben.answer("minutes", "declined"))
    await ben.hears("decided")
    assert not loan.of.permit.alive
    there.room.lending.release(loan.lease.id)
    off = await ann.hears("sign", since=since)

    assert not off["on"]
    with pytest.raises(ConsentRequired):
        await there.room.lending.lend(MINUTES)


async def test_without_a_host_it_runs_where_a_service_asks(there: Elsewhere) -> None:
    host = await there.world.person(there.id, "Host")
    await host.join(allow=ALLOW, entry=await there.token("host", host=True))
    await there.person("ann")
    await there.person("ben")
    loan = await there.room.lending.lend(MINUTES)
    await host.say(type="leave")
    await until(lambda: there.room.people == 2)

    assert loan.of.permit.alive


async def test_in_a_meeting_what_a_host_asks_for_is_lent_too(world: World) -> None:
    ann, _ = await world.meeting("Ann", "Ben", allow=ALLOW)
    room = world.registry.living(ann.room)
    assert room is not None
    loan = await room.lending.lend(MINUTES)
    await ann.say(type="request", feature="minutes")
    await ann.hears("requested")
    room.lending.release(loan.lease.id)

    assert room._gates.state.is_open(MINUTES)


# ---- Who is there -------------------------------------------------------------------


async def test_whom_the_gate_has_not_keeps_it_closed(told: Elsewhere) -> None:
    ann = await told.person("ann")
    await told.person("ben")
    await told.report("ann", "ben")
    loan = await told.room.lending.lend(MINUTES)
    await told.report("ann", "ben", "an unknown client")
    assert not loan.of.permit.alive
    told.room.lending.release(loan.lease.id)
    with pytest.raises(ConsentRequired):
        await told.room.lending.lend(MINUTES)
    await ann.settle()

    assert not told.on


async def test_who_makes_themselves_known_takes_their_own_place(
    told: Elsewhere,
) -> None:
    ann = await told.person("ann")
    await told.report("ann", "ben")
    with pytest.raises(ConsentRequired):
        await told.room.lending.lend(MINUTES)
    since = len(ann.heard)
    await told.person("ben")
    await ann.settle()
    assert "lapsed" not in [m["type"] for m in ann.heard[since:]]
    loan = await told.room.lending.lend(MINUTES)

    assert loan.of.permit.alive


async def test_who_leaves_the_gate_and_not_the_call_is_a_stranger(
    told: Elsewhere,
) -> None:
    _, _, cat = [await told.person(name) for name in ("ann", "ben", "cat")]
    await told.report("ann", "ben", "cat")
    loan = await told.room.lending.lend(MINUTES)
    await cat.say(type="leave")
    await until(lambda: told.room.people == 2)
    assert not loan.of.permit.alive
    told.room.lending.release(loan.lease.id)
    await told.report("ann", "ben")
    with pytest.raises(ConsentRequired):  # nothing starts by leaving
        await told.room.lending.lend(MINUTES)


async def test_before_the_first_report_and_in_silence_nothing_runs(
    told: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told.person("ann")
    await told.person("ben")
    with pytest.raises(ConsentRequired):
        await told.room.lending.lend(MINUTES)
    await told.report("ann", "ben")
    loan = await told.room.lending.lend(MINUTES)
    with monkeypatch.context() as patched:
        patched.setattr(strangers, "GOOD_FOR", 0.05)
        await told.report("ann", "ben")
    await loan.of.permit.ended()
    told.room.lending.release(loan.lease.id)
    with pytest.raises(ConsentRequired):
        await told.room.lending.lend(MINUTES)
    await told.report("ann", "ben")
    await told.room.lending.lend(MINUTES)


async def test_whoever_comes_and_goes_there_and_here_all_that_are_there_agree(
    told: Elsewhere,
) -> None:
    dice = random.Random(7)  # noqa: S311
    names = ("ann", "ben", "cat", "dan")
    here: dict[str, Person] = {}
    there: set[str] = set()
    await told.report()
    for _ in range(120):
        name = dice.choice(names)
        match dice.choice(("come", "leave", "call", "hang up", "lend")):
            case "come" if name not in here:
                here[name] = await told.person(name)
            case "leave" if name in here:
                await here.pop(name).say(type="leave")
                await until(lambda: told.room.people == len(here))
            case "call":
                there.add(name)
                await told.report(*there)
            case "hang up":
                there.discard(name)
                await told.report(*there)
            case "lend":
                try:
                    loan = await told.room.lending.lend(MINUTES)
                except ConsentRequired:
                    continue
                assert there <= here.keys()
                assert here
                told.room.lending.release(loan.lease.id)
            case _:
                pass
        if told.on:
            assert there <= here.keys()
        strangers_there = told.room.strangers._counted.keys()
        assert strangers_there == there - here.keys()
