"""Sessions of who may open rooms, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.storage import sign_ins
from gatekeeper.storage.database import Database
from gatekeeper.storage.sign_ins import SignIns
from gatekeeper.storage.transactions import Transactions

THEN = datetime(2026, 11, 28, 9, tzinfo=UTC)


async def test_what_is_ended_or_older_than_it_may_be_is_gone(
    database: Database,
) -> None:
    async with Transactions(database) as writer:
        kept = SignIns(writer)
        for hour in range(4):
            await kept.begin(f"id-{hour}", THEN + timedelta(hours=hour), b"sealed")
        assert await kept.find("id-0") == (THEN, b"sealed")
        assert await kept.find("id") is None

        await kept.end("id-3")
        await kept.end("id-3")
        await kept.forget(THEN + timedelta(hours=1))

        here = [number for number in range(4) if await kept.find(f"id-{number}")]
        assert here == [1, 2]


async def test_there_are_so_many_and_one_more_ends_the_oldest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_ins, "MOST", 3)
    async with Transactions(database) as writer:
        kept = SignIns(writer)
        for hour in (2, 1, 3, 4, 5):
            await kept.begin(f"id-{hour}", THEN + timedelta(hours=hour), b"")

        here = [hour for hour in range(6) if await kept.find(f"id-{hour}")]
        assert here == [3, 4, 5]
