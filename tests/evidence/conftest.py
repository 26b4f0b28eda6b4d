"""A ledger of one's own, and two who sign."""

import pytest

from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import Signer, noon
from tests.storage.conftest import database, path, writer

__all__ = ["database", "path", "writer"]


@pytest.fixture
def ledger(writer: Transactions) -> Ledger:
    return Ledger(writer, clock=noon)


@pytest.fixture
def alice() -> Signer:
    return Signer()


@pytest.fixture
def bob() -> Signer:
    return Signer("ES256")
