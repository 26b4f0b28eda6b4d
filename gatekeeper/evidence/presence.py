"""
Presence: who may see, hear, read or fetch afterwards what was kept of a moment.

Rule 1: who was present in it, by what the ledger tells (design.md, rule 19); where the
opening was for everybody of the meeting, who was present in any part of the feature.
Rule 2: what the ledger does not tell of is for nobody.
Rule 3: people are known to those with whom they shared a part, and to nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, SharedWith
from gatekeeper.evidence.history import Captured, History, OpeningRecord, Part


@dataclass(frozen=True, slots=True)
class Span:
    """Parts of one opening, one after the other, in which something was said."""

    opening: OpeningId
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"no span of parts: {self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Presence:
    """What one person may have of one meeting."""

    told: History
    viewer: ParticipantId

    def parts(self, feature: FeatureId) -> tuple[Part, ...]:
        """Those that they may have, in the order in which they were."""
        return tuple(
            part
            for stretch in self.told.stretches_of(feature)
            for part in self._parts(stretch)
        )

    def attended(self, feature: FeatureId) -> tuple[Part, ...]:
        """Those that they were present in."""
        return tuple(
            part
            for stretch in self.told.stretches_of(feature)
            for part in stretch.parts
            if self.viewer in part.people
        )

    def whole(self, feature: FeatureId) -> bool:
        """Whether there is a part, and none that they may not have."""
        stretches = self.told.stretches_of(feature)
        return bool(stretches) and all(
            len(tuple(self._parts(stretch))) == len(stretch.parts)
            for stretch in stretches
        )

    def shared_with(self, feature: FeatureId) -> SharedWith:
        """How a feature was shared; as narrowly as any opening of it that is theirs."""
        openings = {part.opening for part in self.parts(feature)}
        ways = {s.shared_with for s in self.told.stretches if s.opening in openings}
        wide = ways == {SharedWith.MEETING}
        return SharedWith.MEETING if wide else SharedWith.PRESENT

    def people(self, feature: FeatureId) -> tuple[ParticipantId, ...]:
        """Who is in what they may have, each once."""
        found = (who for part in self.parts(feature) for who in part.people)
        return tuple(dict.fromkeys(found))

    def may_have(self, item: Captured) -> bool:
        """Whether a file is theirs to have."""
        return any(
            (part.opening, part.number) == (item.opening, item.part)
            for part in self.parts(item.feature)
        )

    def may_read(
        self, feature: FeatureId, span: Span | None, began: datetime, ended: datetime
    ) -> bool:
        """
        Whether words that a feature keeps are theirs to read.

        `span`: where they were said, in an opening of this or of another feature that
        heard the same. None: only the time is known, from `began` to `ended`.
        """
        if not self.attended(feature):
            return False
        around = [
            stretch
            for stretch in self.told.stretches_of(feature)
            if _touches(stretch, began, ended)
        ]
        if around and all(s.shared_with is SharedWith.MEETING for s in around):
            return True
        if span is not None:
            return self._was_there(span)
        touched = [p for s in around for p in s.parts if _touches(p, began, ended)]
        return bool(touched) and all(self.viewer in part.people for part in touched)

    def _was_there(self, span: Span) -> bool:
        parts = {
            part.number: part.people
            for stretch in self.told.stretches
            if stretch.opening == span.opening
            for part in stretch.parts
        }
        return all(
            self.viewer in parts.get(number, ())
            for number in range(span.first, span.last + 1)
        )

    def _parts(self, stretch: OpeningRecord) -> Iterator[Part]:
        shared = stretch.shared_with is SharedWith.MEETING
        everything = shared and bool(self.attended(stretch.feature))
        for part in stretch.parts:
            if everything or self.viewer in part.people:
                yield part


def _touches(of: OpeningRecord | Part, began: datetime, ended: datetime) -> bool:
    return of.began <= ended and (of.ended is None or began < of.ended)
