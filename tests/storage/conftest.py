"""A database of one's own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gatekeeper.storage.database import Database
from gatekeeper.storage.transactions import Transactions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture
async def writer(database: Database) -> AsyncIterator[Transactions]:
    async with Transactions(database) as writer:
        yield writer
