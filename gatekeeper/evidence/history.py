"""
History: when which gate was open, for whom, and what was captured: a chain, told.

Rule 1: this reads and trusts; `chain.verify` is what checks.
Rule 2: nothing on refusals is here, since nothing of them is in a chain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gatekeeper.consent.words import FeatureId, OpeningId, ParticipantId, SourceKind
from gatekeeper.evidence.entries import (
    CaptureFinished,
    Entry,
    Erasure,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    RetentionEnded,
    decode,
)
from gatekeeper.evidence.statement import unverified_subject
from gatekeeper.evidence.written import Written


@dataclass(frozen=True, slots=True)
class Stretch:
    """One opening of a gate. Times are UTC."""

    opening: OpeningId
    feature: FeatureId
    began: datetime
    ended: datetime | None
    """None while it is open."""
    people: tuple[ParticipantId, ...]
    """Who had agreed, in the order in which it was written down."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One file whose hash is on record; it may have been deleted since."""

    opening: OpeningId
    feature: FeatureId
    participant: ParticipantId
    source: SourceKind
    sha256: str
    size: int
    """Bytes."""
    first: datetime | None
    last: datetime | None
    recovered: bool


@dataclass(frozen=True, slots=True)
class History:
    """What a chain tells, in order."""

    stretches: tuple[Stretch, ...]
    captured: tuple[Captured, ...]
    erased: frozenset[tuple[FeatureId, ParticipantId]]
    """Parts that were erased, and of which nothing was captured since."""
    over: frozenset[FeatureId]
    """Features of which all is deleted, since their time was over."""

    def stretches_of(self, feature: FeatureId) -> tuple[Stretch, ...]:
        """The openings of one gate."""
        return tuple(s for s in self.stretches if s.feature == feature)

    def people(self, feature: FeatureId) -> tuple[ParticipantId, ...]:
        """Everybody whom a gate was open for, each once."""
        found = (p for s in self.stretches_of(feature) for p in s.people)
        return tuple(dict.fromkeys(found))


@dataclass(slots=True)
class _Telling:
    began: dict[OpeningId, tuple[FeatureId, datetime]] = field(default_factory=dict)
    ended: dict[OpeningId, datetime] = field(default_factory=dict)
    people: dict[OpeningId, list[ParticipantId]] = field(default_factory=dict)
    captured: list[Captured] = field(default_factory=list)
    erased: set[tuple[FeatureId, ParticipantId]] = field(default_factory=set)
    over: set[FeatureId] = field(default_factory=set)

    def hear(self, entry: Entry) -> None:
        at, body = entry.envelope.at, entry.body
        match body:
            case GateOpened():
                self.began[body.opening] = body.feature, at
                self.people[body.opening] = [
                    unverified_subject(grant.statement) for grant in body.grants
                ]
            case GrantAdded():
                subject = unverified_subject(body.grant.statement)
                self.people[body.opening].append(subject)
            case GateClosed():
                self.ended[body.opening] = at
            case CaptureFinished():
                self.captured.append(_captured(body))
                self.erased.discard((body.feature, body.subject))
            case Erasure():
                self.erased.add((body.feature, body.subject))
            case RetentionEnded():
                self.over.add(body.feature)
            case (
                MeetingOpened() | NoticePublished() | GrantWithdrawn() | MeetingSealed()
            ):
                pass


def history(written: Iterable[Written]) -> History:
    """Tell a chain. Raises `EvidenceError` if a body cannot be read."""
    telling = _Telling()
    for row in written:
        telling.hear(decode(row.body))
    return History(
        stretches=tuple(_stretches(telling.began, telling.ended, telling.people)),
        captured=tuple(telling.captured),
        erased=frozenset(telling.erased),
        over=frozenset(telling.over),
    )


def _stretches(
    began: Mapping[OpeningId, tuple[FeatureId, datetime]],
    ended: Mapping[OpeningId, datetime],
    people: Mapping[OpeningId, list[ParticipantId]],
) -> Iterable[Stretch]:
    for opening, (feature, at) in began.items():
        agreed = tuple(dict.fromkeys(people[opening]))
        yield Stretch(opening, feature, at, ended.get(opening), agreed)


def _captured(body: CaptureFinished) -> Captured:
    return Captured(
        opening=body.opening,
        feature=body.feature,
        participant=body.subject,
        source=body.source,
        sha256=body.sha256,
        size=body.bytes,
        first=body.first,
        last=body.last,
        recovered=body.recovered,
    )
