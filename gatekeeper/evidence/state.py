"""
How a meeting stands, as its chain says: what a restart needs to take it up.

Rule 1: this reads and trusts; `chain.verify` is what checks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    SourceKind,
)
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    Erasure,
    FeatureAllowed,
    FeatureForbidden,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    KeyRotated,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    NoticeReworded,
    PartBegan,
    RetentionEnded,
    decode,
)
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import Recorded, SignedStatement


@dataclass(frozen=True, slots=True)
class ChainState:
    """The sum of a chain."""

    entries: int
    at: datetime | None
    """When the last of them was; None if there is none."""
    sealed: bool
    openings: Mapping[OpeningId, FeatureId]
    """Every opening there was; a file of any other proves nothing."""
    open: Mapping[OpeningId, FeatureId]
    """Those that were never closed: after a crash, close them first."""
    known: Mapping[OpeningId, datetime]
    """The last moment of each opening that the chain tells of."""
    parts: Mapping[OpeningId, int]
    """How many parts each opening has."""
    captured: frozenset[tuple[OpeningId, ParticipantId, SourceKind, int]]
    """Files whose hash is on record; the number is that of the part."""
    granted: Mapping[str, Recorded]
    """The grants on record by nonce, withdrawn ones among them."""
    withdrawn: frozenset[str]
    """Nonces of grants that may never be used again."""
    published: Mapping[NoticeDigest, Notice]


@dataclass(slots=True)
class _Sum:
    sealed: bool = False
    openings: dict[OpeningId, FeatureId] = field(default_factory=dict)
    closed: set[OpeningId] = field(default_factory=set)
    known: dict[OpeningId, datetime] = field(default_factory=dict)
    parts: Counter[OpeningId] = field(default_factory=Counter)
    captured: set[tuple[OpeningId, ParticipantId, SourceKind, int]] = field(
        default_factory=set
    )
    granted: dict[str, Recorded] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    published: dict[NoticeDigest, Notice] = field(default_factory=dict)

    def add(self, body: Body, at: datetime) -> None:
        match body:
            case GateOpened():
                self.openings[body.opening] = body.feature
                self.known[body.opening] = at
                self.parts[body.opening] = 1
                for grant in body.grants:
                    self._grant(grant)
            case GrantAdded():
                self._grant(body.grant)
                self._know(body.opening, at)
            case PartBegan():
                self.parts[body.opening] += 1
                self._know(body.opening, at)
            case GateClosed():
                self.closed.add(body.opening)
            case CaptureFinished():
                self.captured.add((body.opening, body.subject, body.source, body.part))
                self._know(body.opening, body.last)
            case GrantWithdrawn():
                self.withdrawn.add(body.nonce)
            case NoticePublished():
                self.published[body.digest] = body.wording
            case MeetingSealed():
                self.sealed = True
            case MeetingOpened() | Erasure() | RetentionEnded():
                pass
            case (
                FeatureForbidden() | FeatureAllowed() | NoticeReworded() | KeyRotated()
            ):
                pass  # of no meeting
            case _:
                assert_never(body)

    def _know(self, opening: OpeningId, at: datetime | None) -> None:
        if at is not None:
            self.known[opening] = max(self.known[opening], at)

    def _grant(self, proof: SignedStatement) -> None:
        recorded = Recorded.of(proof)
        self.granted.setdefault(recorded.nonce, recorded)


def standing(written: Iterable[LedgerRow]) -> ChainState:
    """Add up a chain. Raises `EvidenceError` if a body cannot be read."""
    entries, at, total = 0, None, _Sum()
    for row in written:
        entry = decode(row.body)
        entries, at = entries + 1, entry.envelope.at
        total.add(entry.body, at)
    return ChainState(
        entries=entries,
        at=at,
        sealed=total.sealed,
        openings=total.openings,
        open={
            opening: feature
            for opening, feature in total.openings.items()
            if opening not in total.closed
        },
        known=total.known,
        parts=total.parts,
        captured=frozenset(total.captured),
        granted=total.granted,
        withdrawn=frozenset(total.withdrawn),
        published=total.published,
    )
