"""
The end of a chain, and how it goes on: on the writer's thread, in one transaction.

Rule: a seal, and whatever is said of the whole server, is a leaf of the log of seals.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import RoomEnded
from gatekeeper.evidence.entries import (
    AFTERMATH,
    SERVER,
    VERSION,
    Act,
    Body,
    Envelope,
    MeetingSealed,
    decode,
    encode,
)
from gatekeeper.evidence.row import GENESIS, LedgerRow
from gatekeeper.evidence.seal import Seal
from gatekeeper.evidence.sealing import seal_body, seal_of
from gatekeeper.evidence.tlog import log
from gatekeeper.storage import tables
from gatekeeper.storage.damage import readable

_INSERT = insert(tables.ledger)
Before = Callable[[], Sequence[LedgerRow]]
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain goes on."""

    seq: int
    prev: bytes
    at: datetime = _EVER
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Stamped:
    """A body with what is fixed when it is handed over."""

    body: Body
    id: str
    at: datetime


def load(connection: Connection, meeting: RoomId) -> Head:
    """As it is on record."""
    table = tables.ledger
    asked = (
        select(table.c.seq, table.c.hash, table.c.body)
        .where(table.c.meeting == meeting)
        .order_by(table.c.seq.desc())
        .limit(1)
    )
    with readable():
        last = connection.execute(asked).first()
    if last is None:
        return Head(0, GENESIS)
    entry = decode(last.body)
    sealed = isinstance(entry.body, MeetingSealed)
    return Head(last.seq + 1, last.hash, entry.envelope.at, sealed)


def extend(
    meeting: RoomId, head: Head, stamped: Sequence[Stamped], before: Before
) -> tuple[tuple[LedgerRow, ...], Head]:
    """
    What bodies become, one after the other. Raises `RoomEnded`, `EvidenceError`.

    `before`: reads the entries before these, which a seal gives account of.
    """
    written: list[LedgerRow] = []
    for item in stamped:
        if head.sealed and not isinstance(item.body, AFTERMATH):
            raise RoomEnded
        said = item.body
        if isinstance(said, MeetingSealed):
            said = seal_body(lambda: [*before(), *written])
        at = max(head.at, item.at)
        envelope = Envelope(
            v=VERSION,
            id=item.id,
            at=at,
            meeting=meeting,
            seq=head.seq,
            prev=head.prev.hex(),
        )
        body = encode(envelope, said)
        digest = hashlib.sha256(body).digest()
        written.append(LedgerRow(meeting, head.seq, head.prev, digest, body))
        head = Head(head.seq + 1, digest, at, isinstance(item.body, MeetingSealed))
    return tuple(written), head


def chain(connection: Connection, meeting: RoomId) -> tuple[LedgerRow, ...]:
    """All entries of a meeting, in order."""
    table = tables.ledger
    asked = select(table).where(table.c.meeting == meeting).order_by(table.c.seq)
    with readable():
        rows = connection.execute(asked)
        return tuple(
            LedgerRow.read(RoomId(row.meeting), row.seq, row.prev, row.hash, row.body)
            for row in rows
        )


def hashes(until: LedgerRow, connection: Connection) -> list[bytes]:
    """Of the entries of a chain, up to one of them."""
    table = tables.ledger
    wanted = select(table.c.hash).where(
        table.c.meeting == until.meeting, table.c.seq <= until.seq
    )
    with readable():
        return [bytes(h) for h in connection.scalars(wanted.order_by(table.c.seq))]


def put(
    written: Sequence[LedgerRow], stamped: Sequence[Stamped], connection: Connection
) -> None:
    """On record, and in the log. Raises `IntegrityError` if the places are taken."""
    if written:
        connection.execute(_INSERT, [entry.columns() for entry in written])
    for row, item in zip(written, stamped, strict=True):
        if row.meeting == SERVER:
            log.add(row.body, row.meeting, row.seq, item.at, connection)
        elif isinstance(item.body, MeetingSealed):
            sealed = _tree(row, connection)
            log.add(sealed.root, row.meeting, row.seq, item.at, connection)


def _tree(seal: LedgerRow, connection: Connection) -> Seal:
    body = decode(seal.body).body
    if isinstance(body, MeetingSealed) and body.account is None:
        # No other body is read: of those from before, there are many at once.
        return Seal(hashes(seal, connection), seal.body)
    return seal_of(chain(connection, seal.meeting)[: seal.seq + 1])


def put_acts(acts: Sequence[Act], at: datetime, connection: Connection) -> None:
    """Acts on the whole server, where no server runs that has the ledger."""
    stamped = [Stamped(act, secrets.token_urlsafe(16), at) for act in acts]
    written, _ = extend(SERVER, load(connection, SERVER), stamped, tuple)
    put(written, stamped, connection)


def begin_log(at: datetime, connection: Connection) -> None:
    """
    The first leaves of a server from before there was a log: what is sealed by then.

    Nothing, if there is one.
    """
    if log.has_begun(connection):
        return
    ledger, rooms = tables.ledger, tables.rooms
    own = select(ledger).where(ledger.c.meeting == SERVER).order_by(ledger.c.seq)
    for row in connection.execute(own).all():
        log.add(bytes(row.body), SERVER, row.seq, at, connection)
    each = ledger.alias()
    last = select(func.max(each.c.seq)).where(each.c.meeting == rooms.c.id)
    seals = (
        select(ledger)
        .join(rooms, ledger.c.meeting == rooms.c.id)
        .where(rooms.c.sealed, ledger.c.seq == last.scalar_subquery())
        .order_by(rooms.c.ended_at, rooms.c.id)
    )
    for row in connection.execute(seals).all():
        seal = LedgerRow.read(row.meeting, row.seq, row.prev, row.hash, row.body)
        sealed = _tree(seal, connection)
        log.add(sealed.root, seal.meeting, seal.seq, at, connection)
