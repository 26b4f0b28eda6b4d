"""
What the register of rooms and a meeting's chain say of each other.

Rule: a title, a door or the hash of a capability prove nothing, and are not looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.entries import SERVER, MeetingOpened, MeetingSealed, decode
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.storage.tables import rooms


@dataclass(frozen=True, slots=True)
class Registered:
    """A room, as far as its chain tells the same."""

    language: str
    features: tuple[str, ...]
    ended: bool
    sealed: bool


def read(meeting: RoomId, connection: Connection) -> Registered | None:
    """What the register says; None if there is no such room."""
    # All of it: what cannot be read is damage, too.
    row = connection.execute(select(rooms).where(rooms.c.id == meeting)).one_or_none()
    if row is None:
        return None
    return Registered(
        row.language, tuple(row.features), row.ended_at is not None, row.sealed
    )


def check(
    meeting: RoomId, rows: Sequence[LedgerRow], registered: Registered | None
) -> None:
    """Check a good chain against the register. Raises `EvidenceError`."""
    if meeting == SERVER or not rows:
        return
    if registered is None:
        raise EvidenceError(f"{meeting}: the register of rooms has no such room")
    opened, last = (decode(row.body).body for row in (rows[0], rows[-1]))
    if isinstance(opened, MeetingOpened) and not (
        opened.language == registered.language
        and set(opened.features) <= set(registered.features)
    ):
        raise EvidenceError(f"{meeting}: the register of rooms has another room of it")
    over = isinstance(last, MeetingSealed)
    if (over, over) != (registered.sealed, over and registered.ended):
        raise EvidenceError(
            f"{meeting}, entry {len(rows) - 1}: the register does not know of the seal"
        )
