"""
The audit: every chain on record, computed again.

Rule 1: one fault does not hide another; each meeting has its own report.
Rule 2: the register of rooms says which chains must end in a seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, union
from sqlalchemy.exc import DBAPIError

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.retention import ended_evidence
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.storage import tables
from gatekeeper.storage.damage import readable, told
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What became of one meeting's chain."""

    meeting: RoomId
    entries: int
    openings: int
    sealed: bool
    fault: str | None
    """What does not hold, and where; None if everything does."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of a whole ledger."""

    chains: tuple[ChainReport, ...]
    """Of every meeting, and the server's own, if there is any."""
    damage: tuple[str, ...]
    """What is wrong with the file itself, as SQLite says it."""
    ended: Mapping[RoomId, datetime] = field(default_factory=dict)
    """Meetings whose chain is gone, since its time was over, and when it went."""

    @property
    def good(self) -> bool:
        """Whether there is nothing to find fault with."""
        return not self.damage and not any(chain.fault for chain in self.chains)


def verify_ledger(directory: Path) -> Audit:
    """
    Check every chain in a data directory, and the file that holds them.

    Blocks, and writes nothing; a server may be running. Raises
    `DataDirectoryUnusable` if there is no ledger, or none that can be read.
    """
    file = directory / LEDGER
    database = Database.open(file, migrate=False)
    try:
        with told(file), readable():
            return Audit(
                tuple(verify_all(database)),
                tuple(database.faults()),
                _ended(database),
            )
    finally:
        database.close()


def verify_all(database: Database) -> list[ChainReport]:
    """Check every chain. Blocks, and writes nothing; a server may be running."""
    with database.connect() as connection:
        with connection.begin():
            meetings = _meetings(connection)
        # One transaction per meeting: none is so long that the server's log grows.
        return [report(connection, meeting) for meeting in meetings]


def _ended(database: Database) -> Mapping[RoomId, datetime]:
    with database.connect() as connection, connection.begin():
        return ended_evidence(connection)


def _meetings(connection: Connection) -> list[RoomId]:
    every = union(select(tables.ledger.c.meeting), select(tables.rooms.c.id))
    with readable():
        return sorted(RoomId(str(meeting)) for (meeting,) in connection.execute(every))


def report(connection: Connection, meeting: RoomId) -> ChainReport:
    """Check one chain. Blocks, in a transaction of its own."""
    register = select(tables.rooms.c.sealed).where(tables.rooms.c.id == meeting)
    rows: tuple[LedgerRow, ...] = ()
    sealed = False
    try:
        with connection.begin(), readable():
            rows = read_chain(connection, meeting=meeting)
            sealed = bool(connection.scalar(register))
        found = verify(meeting, rows, sealed=sealed)
    except EvidenceError as exc:
        return ChainReport(meeting, len(rows), 0, sealed, str(exc))
    except DBAPIError as exc:
        return ChainReport(meeting, len(rows), 0, sealed, f"cannot be read: {exc.orig}")
    return ChainReport(meeting, found.entries, found.openings, found.sealed, None)
