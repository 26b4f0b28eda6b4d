"""Events as they are kept (`storage.outbox`)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.news import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Told:
    """One event."""

    n: int
    id: str
    kind: Kind
    room: RoomId
    feature: FeatureId | None
    at: datetime


def told(row: Row[tuple[object, ...]]) -> Told:
    """An event, of a row of its table."""
    assert row.kind in KINDS  # noqa: S101 - written here alone
    feature = None if row.feature is None else FeatureId(row.feature)
    return Told(row.n, row.id, row.kind, RoomId(row.meeting), feature, row.at)
