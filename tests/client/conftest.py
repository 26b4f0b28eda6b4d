"""A gate that services may call, and the people of a call elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gatekeeper.client import GateClient, GateRoom
from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from tests.client.relay import Network, network
from tests.meeting.conftest import World
from tests.meeting.person import Person
from tests.services.conftest import Service, open_to_services, service, world

__all__ = ["service", "world"]

ALLOW = ("minutes",)


LASTS = 3.0
"""Seconds of a lease: on a busy machine it may be renewed two of them late."""
BRIEF = 2.0
"""Of one whose end is waited for."""


@pytest.fixture
def brief() -> float:
    """For who waits for the end of a lease: how long it lasts here."""
    return BRIEF


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    lease = BRIEF if "brief" in request.fixturenames else LASTS
    return open_to_services(tmp_path / "data", api={"lease": lease})


@pytest.fixture
async def between(world: World) -> AsyncIterator[Network]:
    async with network(world.url) as between:
        yield between


@pytest.fixture
async def gate(world: World, service: Service) -> AsyncIterator[GateClient]:
    async with GateClient(world.url, service.key) as gate:
        yield gate


@pytest.fixture
async def room(gate: GateClient) -> GateRoom:
    return await gate.open_room("Call", language="en", features=["minutes"])


async def comes(
    world: World, room: GateRoom, name: str, *, allow: tuple[str, ...] = ALLOW
) -> Person:
    """Somebody of that room."""
    person = await world.person(RoomId(room.id), name)
    await person.join(allow=allow, entry=await room.entry(name))
    return person


async def refuses(person: Person) -> None:
    await person.say(type="decide", **person.answer("minutes", "declined"))
    await person.hears("decided")
