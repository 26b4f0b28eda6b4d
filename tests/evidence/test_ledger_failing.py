"""What happens when the disk does not take it: nothing may start, all can stop."""

import asyncio
import os
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from structlog.testing import capture_logs

from gatekeeper.consent.types import OpeningId
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage import database as module
from gatekeeper.storage.database import Database
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import ROOM, Signer, begins, closes, noon, opens, withdraws


class Disk:
    """A database that can be made to fail in the ways that disks do."""

    def __init__(
        self, database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._database = database
        self._path = path
        self._patch = monkeypatch

    @contextmanager
    def full(self) -> Iterator[None]:
        """SQLite may not take another page, as if the disk had none."""
        with self._configured("PRAGMA max_page_count=1"):
            yield

    @contextmanager
    def read_only(self) -> Iterator[None]:
        with self._configured("PRAGMA query_only=ON"):
            yield

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else holds the write lock, for longer than we wait."""
        with (
            self._configured("PRAGMA busy_timeout=1"),
            closing(sqlite3.connect(self._path, isolation_level=None)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def gone(self) -> Iterator[None]:
        away = self._path.with_suffix(".away")
        os.replace(self._path, away)
        yield
        os.replace(away, self._path)

    @contextmanager
    def _configured(self, pragma: str) -> Iterator[None]:
        with self._patch.context() as patch:
            patch.setattr(module, "_PRAGMAS", (*module._PRAGMAS, pragma))
            self._database.close()
            yield
        self._database.close()


WAYS = ("full", "read_only", "locked", "gone")


@pytest.fixture
def disk(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(database, path, monkeypatch)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    way: str = request.param
    return way


async def fill(ledger: Ledger) -> None:
    """Append until the disk takes no more."""
    people = [Signer().decides() for _ in range(4)]
    for number in range(1000):
        await ledger.append(ROOM, [opens(*people, opening=OpeningId(str(number)))])


async def test_an_append_that_is_not_durable_is_not_acknowledged(
    ledger: Ledger, disk: Disk, way: str
) -> None:
    await ledger.append(ROOM, begins())
    with getattr(disk, way)(), pytest.raises(LedgerUnavailable) as raised:
        await fill(ledger)

    assert raised.value.__cause__ is not None
    assert not ledger.available


async def test_the_chain_goes_on_without_a_gap_when_the_disk_is_back(
    ledger: Ledger, disk: Disk, way: str
) -> None:
    await ledger.append(ROOM, begins())
    before = await ledger.read(ROOM)
    with getattr(disk, way)(), pytest.raises(LedgerUnavailable):
        await ledger.append(ROOM, [opens(*(Signer().decides() for _ in range(40)))])
    await ledger.append(ROOM, [MeetingSealed()])

    assert ledger.available
    assert (await ledger.read(ROOM))[: len(before)] == before
    assert verify(ROOM, await ledger.read(ROOM), sealed=True).entries == 3


async def test_what_is_owed_is_written_when_the_disk_is_back(
    ledger: Ledger, disk: Disk, way: str
) -> None:
    grant = Signer().decides()
    await ledger.append(ROOM, [*begins(), opens(grant)])
    with getattr(disk, way)():
        with pytest.raises(LedgerUnavailable):
            await fill(ledger)
        closing_ = ledger.owe(ROOM, [closes()] * 40)
        withdrawal = ledger.owe(ROOM, [withdraws(grant)])
        assert not closing_.done()
    assert await ledger.probe()
    await asyncio.gather(closing_, withdrawal)

    types = [entry.body for entry in await ledger.read(ROOM)]
    assert b"grant.withdrawn" in types[-1]
    assert b"gate.closed" in types[-2]


async def test_what_is_owed_comes_before_what_is_appended_later(
    ledger: Ledger, disk: Disk, way: str
) -> None:
    grant = Signer().decides()
    await ledger.append(ROOM, [*begins(), opens(grant)])
    with getattr(disk, way)():
        with pytest.raises(LedgerUnavailable):
            await fill(ledger)
        closing_ = ledger.owe(ROOM, [closes()])
        await ledger.probe()
    (sealed,) = await ledger.append(ROOM, [MeetingSealed()])
    (closed,) = await closing_

    assert sealed.prev == closed.hash


@pytest.mark.parametrize("way", ["read_only", "locked", "gone"])
async def test_a_probe_notices_while_nothing_else_is_written(
    ledger: Ledger, disk: Disk, way: str
) -> None:
    assert await ledger.probe()
    with getattr(disk, way)():
        assert not await ledger.probe()
        assert not ledger.available
    assert await ledger.probe()
    assert ledger.available


async def test_a_commit_whose_outcome_is_unknown_is_looked_up(
    ledger: Ledger, database: Database
) -> None:
    """The disk did it, and then said that it had not."""
    await ledger.append(ROOM, begins())

    def fail_afterwards(connection: Connection) -> None:
        connection.exec_driver_sql("COMMIT")
        raise OSError("no answer")

    event.listen(database.engine, "commit", fail_afterwards)
    with pytest.raises(LedgerUnavailable):
        await ledger.append(ROOM, [opens(Signer().decides())])
    event.remove(database.engine, "commit", fail_afterwards)
    await ledger.append(ROOM, [closes()])

    assert verify(ROOM, await ledger.read(ROOM), sealed=False).entries == 4


async def test_the_log_says_it_once_and_tells_no_contents(
    ledger: Ledger, disk: Disk
) -> None:
    grant = Signer().decides()
    await ledger.append(ROOM, begins())
    faults: list[LedgerUnavailable] = []
    with capture_logs() as lines:
        with disk.read_only():
            for _ in range(3):
                with pytest.raises(LedgerUnavailable) as caught:
                    await ledger.append(ROOM, [opens(grant)])
                faults.append(caught.value)
        await ledger.probe()

    assert [line["event"] for line in lines] == ["ledger.failed", "ledger.restored"]
    told = "".join([*map(str, lines), *traceback.format_exception(faults[-1])])
    assert grant.subject not in told
    assert grant.nonce not in told
    assert ROOM not in told


async def test_what_is_owed_at_the_end_and_cannot_be_written_fails(
    database: Database, disk: Disk
) -> None:
    with disk.read_only():
        async with Transactions(database) as writer:
            owed = Ledger(writer, clock=noon).owe(ROOM, begins())

    with pytest.raises(LedgerUnavailable):
        await owed
