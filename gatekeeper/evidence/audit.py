"""
The audit: every chain on record, computed again.

Rule 1: one fault does not hide another; each meeting has its own report.
Rule 2: register, chain, log of seals and list of deletions must tell the same: each
says which of the others there must be.
Rule 3: what was taken away from all of them together is found by whoever holds an
earlier checkpoint, proof or receipt, and by nothing that is here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import register
from gatekeeper.evidence.chain import VerifiedChain, verify
from gatekeeper.evidence.entries import SERVER, MeetingSealed, decode
from gatekeeper.evidence.feed import record as feed
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
        return [
            *_each(database.faults),
            *_each(partial(log.faults, connection)),
            *_each(partial(unaccounted, connection)),
            *_each(partial(feed.faults, connection)),
            *_each(partial(_unsigned, directory, connection)),
        ]


def _each(look: Callable[[], Iterable[str]]) -> Iterator[str]:
    """What is found, and that no more can be, where it cannot be read."""
    try:
        with readable():
            yield from look()
    except EvidenceError as exc:
        yield str(exc)
    except DBAPIError as exc:
        yield f"cannot be read: {exc.orig}"


def _unsigned(directory: Path, connection: Connection) -> Iterable[str]:
    seal_log.require_signed(directory, connection)
    return ()


def _ended(database: Database) -> Mapping[RoomId, datetime]:
    with database.connect() as connection, connection.begin():
        return ended_evidence(connection)


def meetings_of(database: Database) -> list[RoomId]:
    """Whatever there is a chain of, or should be. Blocks."""
    found: set[RoomId] = set()
    for column in (
        tables.ledger.c.meeting,
        tables.rooms.c.id,
        tables.log_places.c.meeting,
    ):
        # Each apart: `faults_of` tells of a table that cannot be read.
        with (
            suppress(EvidenceError),
            readable(),
            database.connect() as connection,
            connection.begin(),
        ):
            ids = connection.scalars(select(column).distinct())
            found |= {RoomId(str(meeting)) for meeting in ids}
    return sorted(found - {log.BLANK, feed.FEED})


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
    examined = examine(connection, meeting)
    found = examined.found
    if found is None:
        return ChainReport(meeting, len(examined.rows), 0, False, examined.fault)
    return ChainReport(meeting, found.entries, found.openings, found.sealed, None)


@dataclass(frozen=True, slots=True)
class Examined:
    """One chain, held against register and log."""

    rows: tuple[LedgerRow, ...]
    """As far as they can be read."""
    found: VerifiedChain | None
    fault: str | None
    """What does not hold, and where: then nothing was `found`."""


def examine(connection: Connection, meeting: RoomId) -> Examined:
    """Check one chain, and have its rows. Blocks, in a transaction of its own."""
    rows: tuple[LedgerRow, ...] = ()
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
        return Examined(rows, None, str(exc))
    except DBAPIError as exc:
        return Examined(rows, None, f"cannot be read: {exc.orig}")
    return Examined(rows, found, None)
