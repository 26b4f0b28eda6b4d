"""The client for programs without an event loop."""

import asyncio
import threading

import pytest

from gatekeeper.client import (
    BlockingGateClient,
    ConsentRequired,
    GateRoom,
    PermitEnded,
)
from gatekeeper.consent.types import RoomId
from tests.client.conftest import comes, refuses
from tests.meeting.conftest import World
from tests.meeting.test_presence import until
from tests.services.conftest import Service


async def test_a_permit_ends_in_a_thread_too(
    world: World, room: GateRoom, service: Service
) -> None:
    await comes(world, room, "ann")
    ben = await comes(world, room, "ben")
    begun, over = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def records() -> list[bool]:
        with BlockingGateClient(world.url, service.key) as gate:
            with gate.room(room.id).permit("minutes") as permit:
                permit.when_it_ends(over.set)
                seen = [permit.alive]
                loop.call_soon_threadsafe(begun.set)
                over.wait(20)
                seen.append(permit.alive)
                with pytest.raises(PermitEnded):
                    permit.check()
            with pytest.raises(ConsentRequired), gate.room(room.id).permit("minutes"):
                pass
        return seen

    recording = loop.run_in_executor(None, records)
    await begun.wait()
    await refuses(ben)

    assert await recording == [True, False]


async def test_it_is_renewed_while_its_holder_is_at_work(
    world: World, room: GateRoom, service: Service
) -> None:
    await comes(world, room, "ann")
    living = world.registry.living(RoomId(room.id))
    assert living is not None
    go_on = threading.Event()

    def records() -> bool:
        with (
            BlockingGateClient(world.url, service.key) as gate,
            gate.room(room.id).permit("minutes") as permit,
        ):
            before = permit._until
            while permit._until <= before + 1 and not go_on.wait(0.01):
                pass
            return permit.alive

    assert await asyncio.to_thread(records)
    await until(lambda: not living.capturing)


async def test_all_of_a_room_is_there(world: World, service: Service) -> None:
    def opens() -> None:
        with BlockingGateClient(world.url, service.key) as gate:
            made = gate.open_room(
                "Call", language="en", features=["minutes"], presence=True
            )
            assert made.entry("ann")
            made.report(["ann"])
            assert made.state()["people"] == 0
            made.end()
            assert made.state()["ended"]
        gate.close()

    await asyncio.to_thread(opens)
