from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gatekeeper.evidence.database import Database
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.writer import Writer
from tests.evidence.people import Signer, noon


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture
async def writer(database: Database) -> AsyncIterator[Writer]:
    async with Writer(database) as writer:
        yield writer


@pytest.fixture
def ledger(writer: Writer) -> Ledger:
    return Ledger(writer, clock=noon)


@pytest.fixture
def alice() -> Signer:
    return Signer()


@pytest.fixture
def bob() -> Signer:
    return Signer("ES256")
