"""Real senders, really recorded: no frame after a switch-off, or after other words."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from gatekeeper.config import Config
from gatekeeper.consent.features import RECORDING
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import LanguageTag
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import (
    SERVER,
    CaptureFinished,
    Entry,
    GateClosed,
    decode,
)
from tests.media.people import BLUE, RED, Sender, both, until
from tests.meeting.conftest import World, start
from tests.meeting.person import Person

EN = LanguageTag("en")
Act = Callable[[World], Awaitable[None]]


async def switched_off(world: World) -> None:
    await world.offers.switches.forbid(RECORDING)


async def reworded(world: World) -> None:
    notice = asdict(world.offers.wordings.in_force(RECORDING)[EN].notice)
    own = {name: notice[name] for name in TEXTS} | {"retention": "For a year"}
    await world.offers.wordings.put(RECORDING, {EN: own})


def files(config: Config) -> dict[Path, int]:
    found = config.data.directory.glob("recordings/**/*.webm")
    return {file: file.stat().st_size for file in found}


@asynccontextmanager
async def sending(person: Person, since: int, tracks: Sender) -> AsyncIterator[None]:
    tap = await person.hears("tap", since=since)
    offer = {"type": "tap-offer", "opening": tap["opening"]}
    await person.say(sdp=await tracks.offer(), sources=tracks.sources, **offer)
    answer = await person.hears("tap-answer", since=since)
    await tracks.accept(answer["sdp"])
    try:
        yield
    finally:
        await tracks.pc.close()


async def recorded(
    stack: AsyncExitStack, config: Config, people: tuple[Person, ...]
) -> None:
    """Everybody sends, and all of it is being written."""
    before = files(config)
    for person, (colour, hertz) in zip(people, ((RED, 440), (BLUE, 880)), strict=True):
        own = Sender(both(colour, hertz))
        taps = [n for n, f in enumerate(person.heard) if f["type"] == "tap"]
        await stack.enter_async_context(sending(person, taps[-1], own))

    def written() -> bool:
        new = files(config).items() - before.items()
        return len([size for _, size in new if size > 1000]) == 4

    await until(written)


async def entries(world: World, person: Person) -> list[Entry]:
    return [decode(row.body) for row in await world.context.ledger.read(person.room)]


async def captures(world: World, person: Person) -> list[CaptureFinished]:
    """What the chain says of the files, once it says it of all four."""
    async with asyncio.timeout(20):
        while True:
            told = [entry.body for entry in await entries(world, person)]
            found = [body for body in told if isinstance(body, CaptureFinished)]
            if len(found) == 4:
                return found
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("act", [switched_off, reworded])
async def test_no_frame_comes_after_it_and_none_after_a_restart(
    config: Config, act: Act
) -> None:
    async with AsyncExitStack() as stack, start(config) as world:
        people = await world.meeting("Ann", "Ben", allow=("recording",))
        await people[0].say(type="request", feature="recording")
        for person in people:
            await person.hears("tap")
        await recorded(stack, config, people)

        await act(world)

        for person in people:
            await person.hears("sign", where=lambda s: not s["on"])
        after = files(config)
        room = people[0].room
        finished = await captures(world, people[0])
        told = await entries(world, people[0])
        (closed,) = [e for e in told if isinstance(e.body, GateClosed)]
        for capture in finished:
            assert capture.last is not None
            assert (capture.last - closed.envelope.at).total_seconds() <= 0.002
        assert await world.context.ledger.read(SERVER)
    async with start(config) as world:
        for old in people:
            again = await world.person(room, old.name)
            again.key = old.key
            await again.join(allow=("recording",))
        off = world.offers.switches.off
        assert off == ({RECORDING} if act is switched_off else frozenset())
        assert files(config) == after
    assert verify_ledger(config.data.directory).good
