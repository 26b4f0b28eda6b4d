"""When the server's clock is set in mid-meeting: gates close, the meeting goes on."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import decode
from gatekeeper.evidence.history import history
from gatekeeper.meeting import watch
from tests.meeting.conftest import World, start
from tests.meeting.person import PATIENCE

JUMPS = (-600.0, 3600.0)


class Machine:
    """This machine, with its wall clock set by so many seconds."""

    def __init__(self) -> None:
        self.by = 0.0
        self.clock = Clock(wall=lambda: time.time() + self.by)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(watch, "PULSE", 0.05)
    return Machine()


@pytest.fixture
async def world(config: Config, machine: Machine) -> AsyncIterator[World]:
    async with start(config, clock=machine.clock) as world:
        yield world


async def chain_holds(world: World, room: RoomId, *, openings: int) -> None:
    rows = await world.context.ledger.read(room)
    told = history(rows)
    times = [decode(row.body).envelope.at for row in rows]

    assert verify(room, rows, sealed=False).openings == openings
    assert times == sorted(times)
    for stretch in told.stretches:
        assert stretch.ended is not None
        assert 0 <= (stretch.ended - stretch.began).total_seconds() < 60


@pytest.mark.parametrize("jump", JUMPS)
async def test_open_gates_close_and_it_is_said_why(
    world: World, machine: Machine, jump: float
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda s: s["on"])

    machine.by += jump

    for person in (ann, ben):
        await person.hears("sign", where=lambda s: not s["on"])
        assert await person.fault() == "clock-jumped"
    await ann.say(type="chat", text="we go on")
    await ben.hears("chat-line")

    since = await ben.settle()
    await ann.say(type="request", feature="minutes")
    assert (await ben.hears("sign", since=since))["on"]
    await ann.say(type="cancel", feature="minutes")
    await ben.hears("sign", since=since, where=lambda s: not s["on"])
    await ann.settle()
    await chain_holds(world, ann.room, openings=2)


async def test_nobody_hears_of_it_where_nothing_is_on(
    world: World, machine: Machine
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    await ann.say(type="request", feature="minutes")
    await ben.hears("asked")
    machine.by += 3600
    before = machine.clock.now()
    async with asyncio.timeout(PATIENCE):
        while (machine.clock.now() - before).total_seconds() < 3000:  # noqa: ASYNC110
            await asyncio.sleep(watch.PULSE)  # nobody is told, which is the point
    await ben.settle()

    assert "fault" not in ben.kinds()


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_meeting_goes_on_after_a_restart_at_another_time(
    config: Config, jump: float
) -> None:
    async with start(config) as world:
        ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
        await ann.say(type="request", feature="minutes")
        await ben.hears("sign", where=lambda s: s["on"])
        room, secret = ann.room, ann.key
    async with start(config, clock=Clock(wall=lambda: time.time() + jump)) as world:
        person = await world.person(room, "Ann")
        person.key = secret
        await person.join(allow=("minutes",))
        await person.settle()
        await chain_holds(world, room, openings=1)
