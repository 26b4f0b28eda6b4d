"""A meeting whose proof was damaged starts nothing; others do, and somebody is told."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from gatekeeper.app.wiring.rooms import distrust
from gatekeeper.archive import self_audit
from gatekeeper.archive.self_audit import SelfAudit
from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.errors import DataDirectoryUnusable
from tests.archive.past import Meeting
from tests.archive.test_own import config, no_films, past
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person
from tests.meeting.test_presence import until

__all__ = ["config", "no_films", "past"]


def damage(data: Path, room: str) -> None:
    """Somebody with the disk changes one entry."""
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as ledger, ledger:
        entry = (room, 1)
        [(body,)] = ledger.execute(
            "SELECT body FROM ledger WHERE meeting = ? AND seq = ?", entry
        )
        ledger.execute(
            "UPDATE ledger SET body = ? WHERE meeting = ? AND seq = ?",
            (body.replace(b'"en"', b'"de"'), *entry),
        )


async def health(world: World) -> tuple[int, dict[str, float]]:
    """Whether it is ready, and each part as a scrape has it."""
    async with world.http.get(f"{world.url}/readyz") as answer:
        status = answer.status
    async with world.http.get(f"{world.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    prefix = 'gatekeeper_ready{part="'
    return status, {
        line.removeprefix(prefix).partition('"')[0]: float(line.rpartition(" ")[2])
        for line in lines
        if line.startswith(prefix)
    }


async def running(world: World) -> Person:
    """A meeting in which minutes are on."""
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("receipt")
    return ann


def is_on(world: World, who: Person) -> bool:
    room = world.registry.living(who.room)
    assert room is not None
    return room._gates.state.is_open(FeatureId("minutes"))


async def test_a_damaged_meeting_closes_and_the_others_go_on(tmp_path: Path) -> None:
    config = configured(tmp_path / "data")
    async with start(config) as world:
        bad, good = await running(world), await running(world)
        audit = SelfAudit(config.data.directory, 3600)
        rooms = partial(distrust, world.context.ledger, world.registry)
        damage(config.data.directory, bad.room)
        since = len(bad.heard)

        async with asyncio.TaskGroup() as tasks:
            auditing = tasks.create_task(audit.run(rooms))
            while audit.good:  # noqa: ASYNC110 - another thread's work
                await asyncio.sleep(0.01)
            auditing.cancel()

        assert set(audit.faults) == {bad.room}
        assert await bad.fault(since) == "ledger-unavailable"
        assert is_on(world, good)
        assert not is_on(world, bad)
        again = len(bad.heard)
        await bad.say(type="request", feature="minutes")
        assert await bad.fault(again) == "ledger-unavailable"


async def test_whoever_runs_the_server_is_told_and_it_serves(
    past: Meeting, config: Config
) -> None:
    damage(config.data.directory, past.room)
    async with start(config) as world:
        async with asyncio.timeout(60):
            while (await health(world))[1]["evidence"] == 1:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

        assert (await health(world))[0] == 200, "meetings can be held"


async def test_where_all_is_well_nobody_is_told(past: Meeting, config: Config) -> None:
    async with start(config) as world:
        status, parts = await health(world)
        assert status == 200
        assert parts["evidence"] == 1


async def test_a_server_holds_its_directory_until_no_thread_of_it_is_in_there(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(*_: object) -> tuple[list[str], list[RoomId]]:
        begun.set()
        may_end.wait(20)
        return [], []

    monkeypatch.setattr(self_audit, "_whole", slow)
    over = asyncio.Event()

    async def serve() -> None:
        async with start(config):
            await asyncio.to_thread(begun.wait, 20)
        over.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve())
        await asyncio.to_thread(begun.wait, 20)
        await until(lambda: "sweep" not in {t.get_name() for t in asyncio.all_tasks()})
        assert not over.is_set(), "on its way out, and not at its end"
        with pytest.raises(DataDirectoryUnusable):
            async with start(config):
                pass
        may_end.set()
