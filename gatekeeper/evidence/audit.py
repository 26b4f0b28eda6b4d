"""
The audit: every chain on record, computed again.

Rule 1: one fault does not hide another; each meeting has its own report.
Rule 2: register, chain, log of seals and list of deletions must tell the same: each
says which of the others there must be.
Rule 3: what was taken away from all of them together is found by whoever holds an
earlier checkpoint, proof or receipt, and by nothing that is here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, union
from sqlalchemy.exc import DBAPIError

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import register
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import SERVER, MeetingSealed, decode
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.retention import ended_evidence, unaccounted
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.sealing import seal_of
from gatekeeper.evidence.tlog import log, seal_log
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.tree import leaf_hash
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


def verify_ledger(directory: Path, file: Path | None = None) -> Audit:
    """
    Check every chain in a data directory, and the file that holds them.

    `file`: the database, where it is a copy under another name. Blocks, and writes
    nothing; a server may be running. Raises `DataDirectoryUnusable` if there is no
    ledger, or none that can be read.
    """
    file = file or directory / LEDGER
    database = Database.open(file, migrate=False)
    try:
        with told(file), readable():
            return Audit(
                tuple(verify_all(database)),
                tuple(faults_of(database, directory)),
                _ended(database),
            )
    finally:
        database.close()


def require_later(file: Path, checkpoint: Checkpoint) -> None:
    """
    Check that a ledger's log goes on from a state that somebody has kept.

    Blocks. Raises `EvidenceError`, `DataDirectoryUnusable`.
    """
    database = Database.open(file, migrate=False)
    try:
        with database.connect() as connection, connection.begin():
            seal_log.require_later(checkpoint, log.size(connection), connection)
    finally:
        database.close()


def verify_all(database: Database) -> list[ChainReport]:
    """Check every chain. Blocks, and writes nothing; a server may be running."""
    meetings = meetings_of(database)
    with database.connect() as connection:
        # One transaction per meeting: none is so long that the server's log grows.
        return [report(connection, meeting) for meeting in meetings]


def faults_of(database: Database, directory: Path) -> list[str]:
    """What does not hold of the file and of the log of seals. Blocks."""
    with database.connect() as connection, connection.begin():
        found = [*database.faults(), *log.faults(connection)]
        found += unaccounted(connection)
        try:
            seal_log.require_signed(directory, connection)
        except EvidenceError as exc:
            found.append(str(exc))
        return found


def _ended(database: Database) -> Mapping[RoomId, datetime]:
    with database.connect() as connection, connection.begin():
        return ended_evidence(connection)


def meetings_of(database: Database) -> list[RoomId]:
    """Whatever there is a chain of, or should be. Blocks."""
    every = union(
        select(tables.ledger.c.meeting),
        select(tables.rooms.c.id),
        select(tables.log_places.c.meeting),
    )
    with database.connect() as connection, connection.begin(), readable():
        found = {RoomId(str(meeting)) for (meeting,) in connection.execute(every)}
        return sorted(found - {log.BLANK})


def check_leaves(
    meeting: RoomId, rows: Sequence[LedgerRow], leaves: Mapping[int, bytes]
) -> None:
    """
    Check a good chain against its leaves in the log. Raises `EvidenceError`.

    What was in the log once cannot be cut off, and what is sealed is in it.
    """
    for seq in sorted(leaves):
        if seq >= len(rows):
            raise EvidenceError(
                f"{meeting}, entry {seq}: it is in the log, and missing"
            )
        try:
            leaf = leaf_of(rows, seq)
        except EvidenceError as exc:
            raise EvidenceError(f"{meeting}, entry {seq}: {exc}") from exc
        if leaf != leaves[seq]:
            raise EvidenceError(f"{meeting}, entry {seq}: the log has another one")
    for seq in required(meeting, rows):
        if seq not in leaves:
            raise EvidenceError(f"{meeting}, entry {seq}: it is not in the log")


def leaf_of(rows: Sequence[LedgerRow], seq: int) -> bytes:
    """The hash of the leaf that an entry makes. Raises `EvidenceError`."""
    body = rows[seq].body
    if rows[seq].meeting == SERVER:
        return leaf_hash(body)
    return leaf_hash(seal_of(rows[: seq + 1]).root)


def required(meeting: RoomId, rows: Sequence[LedgerRow]) -> Iterable[int]:
    """Which entries must be in the log: acts on the server, and the last seal."""
    if meeting == SERVER:
        return range(len(rows))
    sealed = rows and isinstance(decode(rows[-1].body).body, MeetingSealed)
    return [len(rows) - 1] if sealed else []


def report(connection: Connection, meeting: RoomId) -> ChainReport:
    """Check one chain. Blocks, in a transaction of its own."""
    rows: tuple[LedgerRow, ...] = ()
    sealed = False
    try:
        with connection.begin(), readable():
            rows = read_chain(connection, meeting=meeting)
            registered = register.read(meeting, connection)
            leaves = log.leaves(meeting, connection)
        sealed = registered is not None and registered.sealed
        found = verify(meeting, rows, sealed=sealed)
        register.check(meeting, rows, registered)
        check_leaves(meeting, rows, leaves)
    except EvidenceError as exc:
        return ChainReport(meeting, len(rows), 0, sealed, str(exc))
    except DBAPIError as exc:
        return ChainReport(meeting, len(rows), 0, sealed, f"cannot be read: {exc.orig}")
    return ChainReport(meeting, found.entries, found.openings, found.sealed, None)
