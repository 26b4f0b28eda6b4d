"""
History: when which gate was open, for whom, and what was captured: a chain, told.

Rule 1: this reads and trusts; `chain.verify` is what checks.
Rule 2: nothing on refusals is here, since nothing of them is in a chain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import assert_never

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.entries import (
    CaptureFinished,
    Entry,
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
from gatekeeper.evidence.statement import unverified_subject
from gatekeeper.storage.paths import Place


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one opening in which the same people were present. Times are UTC."""

    opening: OpeningId
    number: int
    """Counted from 0 in each opening."""
    began: datetime
    ended: datetime | None
    """None while it goes on. Where nobody saw it end: the last moment known of it."""
    people: tuple[ParticipantId, ...]
    """Who was present throughout."""
    latest: datetime | None = None
    """Where nobody saw it end: when it was over at the latest."""


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """One opening of a gate. Times are UTC."""

    opening: OpeningId
    feature: FeatureId
    began: datetime
    ended: datetime | None
    """None while it is open. Where nobody saw it end: the last moment known of it."""
    people: tuple[ParticipantId, ...]
    """Who had agreed: at its beginning, sorted; then whoever came in."""
    parts: tuple[Part, ...]
    """One after the other, without a gap; in a chain from before there were parts, one
    of all who had agreed."""
    shared_with: SharedWith = SharedWith.PRESENT
    latest: datetime | None = None
    """Where nobody saw it end: when it was over at the latest."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One finished file; once it is on record, it may have been deleted since."""

    opening: OpeningId
    feature: FeatureId
    participant: ParticipantId
    source: SourceKind
    sha256: str
    """Hexadecimal, over the whole file."""
    size: int
    """Bytes."""
    first: datetime | None
    """When its first frame was taken, UTC; None where that is not known."""
    last: datetime | None
    recovered: bool
    """A crash cut it short; it has no index, and may lack its last half second."""
    part: int = 0
    leaves: str | None = None
    """Hexadecimal: the root over its seconds (`evidence.leaves`)."""

    @classmethod
    def of(cls, body: CaptureFinished) -> "Captured":
        """What an entry tells of."""
        return cls(
            opening=body.opening,
            feature=body.feature,
            participant=body.subject,
            source=body.source,
            sha256=body.sha256,
            size=body.bytes,
            first=body.first,
            last=body.last,
            recovered=body.recovered,
            part=body.part,
            leaves=body.leaves,
        )

    def entry(self) -> CaptureFinished:
        """How it is noted."""
        return CaptureFinished(
            feature=self.feature,
            opening=self.opening,
            subject=self.participant,
            source=self.source,
            sha256=self.sha256,
            bytes=self.size,
            first=self.first,
            last=self.last,
            recovered=self.recovered,
            part=self.part,
            leaves=self.leaves,
        )

    def place(self, room: RoomId) -> Place:
        """Where it lies. Raises `ValueError` for what is no id."""
        return Place(
            room, self.feature, self.opening, self.participant, self.source, self.part
        )


@dataclass(frozen=True, slots=True)
class History:
    """What a chain tells, in order."""

    stretches: tuple[OpeningRecord, ...]
    captured: tuple[Captured, ...]
    erasures: Mapping[tuple[FeatureId, ParticipantId, OpeningId], datetime]
    """Parts that were erased, and when."""
    over: Mapping[FeatureId, datetime]
    """Features of which all is deleted, since their time was over, and when."""
    sealed: bool
    """Whether the meeting is over."""

    def stretches_of(self, feature: FeatureId) -> tuple[OpeningRecord, ...]:
        """The openings of one gate."""
        return tuple(s for s in self.stretches if s.feature == feature)

    def is_erased(
        self, feature: FeatureId, participant: ParticipantId, opening: OpeningId
    ) -> bool:
        """Whether somebody's part of one opening is gone."""
        return (feature, participant, opening) in self.erasures

    def erased_at(
        self, feature: FeatureId, participant: ParticipantId
    ) -> datetime | None:
        """When the last of somebody's part went; None while any of it may be there."""
        theirs = [
            self.erasures.get((feature, participant, stretch.opening))
            for stretch in self.stretches_of(feature)
            if participant in stretch.people
        ]
        found = [at for at in theirs if at is not None]
        return max(found) if found and len(found) == len(theirs) else None

    def people(self, feature: FeatureId) -> tuple[ParticipantId, ...]:
        """Everybody whom a gate was open for, each once."""
        found = (p for s in self.stretches_of(feature) for p in s.people)
        return tuple(dict.fromkeys(found))


@dataclass(slots=True)
class _Opened:
    """An opening, as far as it is told."""

    feature: FeatureId
    began: datetime
    people: list[ParticipantId]
    shared_with: SharedWith | None
    """None: it knows no parts."""
    ended: datetime | None = None
    latest: datetime | None = None
    parts: list[tuple[datetime, tuple[ParticipantId, ...]]] = field(
        default_factory=list
    )

    def told(self, opening: OpeningId) -> OpeningRecord:
        agreed = tuple(dict.fromkeys(self.people))
        return OpeningRecord(
            opening=opening,
            feature=self.feature,
            began=self.began,
            ended=self.ended,
            people=agreed,
            parts=tuple(self._parts(opening, agreed)),
            shared_with=self.shared_with or SharedWith.PRESENT,
            latest=self.latest,
        )

    def _parts(
        self, opening: OpeningId, agreed: tuple[ParticipantId, ...]
    ) -> Iterable[Part]:
        parts = [(self.began, agreed)] if self.shared_with is None else self.parts
        # A part may be noted before the opening's own entry was, and a clock may be
        # set back: none begins before the one that it follows.
        begun = list(accumulate((began for began, _ in parts), max))
        ended = None if self.ended is None else max(self.ended, begun[-1])
        ends = [*begun[1:], ended]
        for number, (_, people) in enumerate(parts):
            latest = self.latest if number + 1 == len(parts) else None
            yield Part(opening, number, begun[number], ends[number], people, latest)


@dataclass(slots=True)
class _Reader:
    openings: dict[OpeningId, _Opened] = field(default_factory=dict)
    captured: list[Captured] = field(default_factory=list)
    erasures: dict[tuple[FeatureId, ParticipantId, OpeningId], datetime] = field(
        default_factory=dict
    )
    over: dict[FeatureId, datetime] = field(default_factory=dict)
    sealed: bool = False

    def hear(self, entry: Entry) -> None:
        at, body = entry.envelope.at, entry.body
        match body:
            case GateOpened():
                people = [unverified_subject(g.statement) for g in body.grants]
                opened = _Opened(body.feature, at, people, body.shared_with)
                opened.parts.append((at, tuple(people)))
                self.openings[body.opening] = opened
            case GrantAdded():
                subject = unverified_subject(body.grant.statement)
                self.openings[body.opening].people.append(subject)
            case PartBegan():
                self.openings[body.opening].parts.append((at, body.people))
            case GateClosed():
                opened = self.openings[body.opening]
                opened.ended = at if body.last is None else body.last
                opened.latest = None if body.last is None else at
            case CaptureFinished():
                self.captured.append(Captured.of(body))
                self.erasures.pop((body.feature, body.subject, body.opening), None)
            case Erasure():
                for opening in self._covered(body):
                    self.erasures[body.feature, body.subject, opening] = at
            case RetentionEnded():
                self.over[body.feature] = at
            case MeetingSealed():
                self.sealed = True
            case MeetingOpened() | NoticePublished() | GrantWithdrawn():
                pass
            case (
                FeatureForbidden() | FeatureAllowed() | NoticeReworded() | KeyRotated()
            ):
                pass  # of no meeting
            case _:
                assert_never(body)

    def _covered(self, body: Erasure) -> Iterable[OpeningId]:
        if body.openings is not None:
            return body.openings
        return [
            o for o, opened in self.openings.items() if opened.feature == body.feature
        ]


def history(written: Iterable[LedgerRow]) -> History:
    """Tell a chain. Raises `EvidenceError` if a body cannot be read."""
    return history_of(decode(row.body) for row in written)


def history_of(entries: Iterable[Entry]) -> History:
    """The same of entries that are read already."""
    telling = _Reader()
    for entry in entries:
        telling.hear(entry)
    return History(
        stretches=tuple(o.told(name) for name, o in telling.openings.items()),
        captured=tuple(telling.captured),
        erasures=telling.erasures,
        over=telling.over,
        sealed=telling.sealed,
    )
