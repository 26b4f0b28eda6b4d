"""However many rooms there were: a start reads those that have something to take up."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.meeting import registry
from gatekeeper.storage import tables
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import begins, noon
from tests.meeting.conftest import configured, start
from tests.storage.test_rooms import TEA

NOW = datetime.now(UTC)  # noqa: TID251 - the server's own clock is used
AGO = timedelta(days=8)
"""Longer than a room waits for its first participant."""


def filled(data: Path, count: int, opened_at: datetime, *, ended: bool = False) -> None:
    """So many rooms that nothing was ever captured in."""
    database = Database.open(data / "ledger.sqlite3")
    rows = [
        {
            "id": f"{opened_at.timestamp()}-{ended}-{number}",
            "title": "a title that names somebody",
            "language": "en",
            "features": ["recording"],
            "host_hash": bytes(32),
            "opened_at": opened_at,
            "ended_at": opened_at if ended else None,
        }
        for number in range(count)
    ]
    with database.connect() as connection, connection.begin():
        connection.execute(tables.rooms.insert(), rows)
    database.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database."""
    said: list[str] = []

    def hear(*args: object) -> None:
        said.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


async def asked_at_a_start(config: Config) -> int:
    with statements() as said:
        async with start(config):
            return len(said)


async def test_a_start_asks_as_much_with_many_unused_rooms_as_with_none(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data")
    data = config.data.directory
    async with start(config):
        pass
    few = await asked_at_a_start(config)
    filled(data, 3000, NOW)
    filled(data, 3000, NOW, ended=True)

    # Sweeps and audits of a start that takes longer ask, too: for none of the 6,000.
    assert await asked_at_a_start(config) <= few + 50


async def test_unused_rooms_are_forgotten_and_others_are_not(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data")
    data = config.data.directory
    async with start(config):
        pass
    filled(data, 1200, NOW - AGO)
    filled(data, 20, NOW - AGO, ended=True)
    filled(data, 3, NOW)
    begun = replace(TEA, id=RoomId("begun"), opened_at=NOW - AGO, ended_at=NOW)
    database = Database.open(data / "ledger.sqlite3")
    async with Transactions(database) as writer:
        await RoomStore(writer).add(begun)
        await Ledger(writer, clock=noon).append(begun.id, begins())
    async with start(config):
        async with asyncio.timeout(60):
            while left(database) > 4:  # noqa: ASYNC110 - another process's in fact
                await asyncio.sleep(0.02)
    assert left(database) == 4
    database.close()


def left(database: Database) -> int:
    with database.connect() as connection, connection.begin():
        count = connection.scalar(select(func.count()).select_from(tables.rooms))
    assert count is not None
    return count


async def test_a_room_that_people_are_in_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "SWEEP", 0.01)
    config = configured(tmp_path / "data")
    async with start(config) as world:
        (ann,) = await world.meeting("Ann")
        unused, _ = await world.room()
        world.registry._unused = timedelta(seconds=-60)
        register = world.registry._register
        async with asyncio.timeout(30):
            while await register.find(unused) is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert await register.find(ann.room) is not None
        await ann.say(type="chat", text="still here")
        await ann.hears("chat-line")
