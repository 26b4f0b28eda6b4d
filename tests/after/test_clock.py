"""What is kept, when the server's clock is set: deleted neither early nor never."""

import asyncio
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.archive import sweep
from gatekeeper.archive.sweep import RetentionSweep
from gatekeeper.clock import TRUST, Clock
from gatekeeper.config import Config
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.history import history
from gatekeeper.meeting import watch
from tests.after.conftest import Past, is_taped, record, recorded, until
from tests.after.test_page import kept
from tests.meeting.conftest import start

DAY = 86_400.0


class Machine:
    """This machine, later by `up` seconds, with its wall clock set by `by`."""

    def __init__(self) -> None:
        self.by = self.up = 0.0
        self.sweeps = 0

    def clock(self) -> Clock:
        return Clock(
            wall=lambda: time.time() + self.up + self.by,
            monotonic=lambda: time.monotonic() + self.up,
        )

    async def swept(self) -> None:
        """Return once all has been looked through twice from here on."""
        since = self.sweeps
        async with asyncio.timeout(30):
            while self.sweeps < since + 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine, once = Machine(), RetentionSweep.sweep

    async def counted(of: RetentionSweep) -> None:
        await once(of)
        machine.sweeps += 1

    monkeypatch.setattr(sweep, "SWEEP", 0.02)
    monkeypatch.setattr(RetentionSweep, "sweep", counted)
    return machine


async def gone(config: Config) -> None:
    """Return once nothing is kept."""
    async with asyncio.timeout(30):
        while True:
            with suppress(FileNotFoundError):  # a folder that goes while it is read
                if not kept(config):
                    return
            await asyncio.sleep(0.02)


async def over(config: Config) -> Past:
    """A meeting that was recorded, and ended."""
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Mara") as visit:
            await visit.until("your_part", "kept")
    assert len(kept(config)) == 4
    return past


@pytest.mark.parametrize("by", [-600.0, 3600.0])
async def test_what_is_recorded_lies_within_its_opening_however_the_clock_is_set(
    config: Config, machine: Machine, monkeypatch: pytest.MonkeyPatch, by: float
) -> None:
    monkeypatch.setattr(watch, "PULSE", 0.05)
    async with start(config, clock=machine.clock()) as world:
        past = await recorded(world, "Mara", "Tomas", end=False)
        mara, tomas = past.people.values()
        await mara.say(type="request", feature="recording")
        await until(lambda: all(map(is_taped, (mara, tomas))))
        machine.by += by
        await tomas.hears("fault", where=lambda f: f["code"] == "clock-jumped")
        await record(mara, tomas)
        await mara.say(type="end")
        await until(
            lambda: past.room not in {r.record.id for r in world.registry.rooms}
        )
        rows = await world.context.ledger.read(past.room)

    told = history(rows)
    openings = {stretch.opening: stretch for stretch in told.stretches}
    assert len(openings) == 3
    assert len(told.captured) == 12
    for item in told.captured:
        opening = openings[item.opening]
        assert opening.ended is not None
        assert item.first is not None
        assert item.last is not None
        assert opening.began <= item.first <= item.last <= opening.ended
        assert opening.ended - opening.began < timedelta(seconds=60)
    assert verify(past.room, rows, sealed=True).openings == 3


async def test_a_clock_that_is_set_a_year_ahead_deletes_nothing_for_an_hour(
    config: Config, machine: Machine
) -> None:
    await over(config)
    async with start(config, clock=machine.clock()):
        await machine.swept()
        machine.by += 365 * DAY
        await machine.swept()
        assert len(kept(config)) == 4

        machine.up += TRUST / 2
        machine.by -= 365 * DAY
        machine.up += TRUST
        await machine.swept()
        assert len(kept(config)) == 4

        machine.up += 8 * DAY
        await gone(config)


async def test_a_start_with_a_clock_that_is_a_year_ahead_deletes_nothing_for_an_hour(
    config: Config, machine: Machine
) -> None:
    await over(config)
    machine.by += 365 * DAY
    async with start(config, clock=machine.clock()):
        await machine.swept()
        assert len(kept(config)) == 4
        machine.up += TRUST + 1
        await gone(config)


async def test_what_ended_while_the_clock_was_ahead_is_not_kept_for_ever(
    config: Config, machine: Machine
) -> None:
    await over(config)
    ended = datetime.now(UTC) + timedelta(days=400)  # noqa: TID251
    with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
        database.execute("UPDATE rooms SET ended_at = ?", [ended.isoformat()])
    database.close()
    async with start(config, clock=machine.clock()):
        await machine.swept()
        machine.up += 6 * DAY
        await machine.swept()
        assert len(kept(config)) == 4
        machine.up += 2 * DAY
        await gone(config)
