"""What a chain tells, made up: openings with their parts, minute by minute."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.history import Captured, History, OpeningRecord, Part
from tests.evidence.people import NOON

RECORDING = FeatureId("recording")


def opened(
    *present: Iterable[str],
    feature: FeatureId = RECORDING,
    opening: str = "opening",
    began: datetime = NOON,
    lasting: timedelta = timedelta(minutes=1),
    shared_with: SharedWith = SharedWith.PRESENT,
) -> OpeningRecord:
    """An opening of one part for each of `present`, one after the other."""
    times = [began + number * lasting for number in range(len(present) + 1)]
    people = [tuple(ParticipantId(who) for who in each) for each in present]
    name = OpeningId(opening)
    return OpeningRecord(
        opening=name,
        feature=feature,
        began=began,
        ended=times[-1],
        people=tuple(dict.fromkeys(who for each in people for who in each)),
        parts=tuple(
            Part(name, number, times[number], times[number + 1], each)
            for number, each in enumerate(people)
        ),
        shared_with=shared_with,
    )


def told(*stretches: OpeningRecord, captured: Sequence[Captured] = ()) -> History:
    return History(stretches, tuple(captured), {}, {}, sealed=True)


def file(who: str, part: int, opening: str = "opening") -> Captured:
    return Captured(
        opening=OpeningId(opening),
        feature=RECORDING,
        participant=ParticipantId(who),
        source=SourceKind.CAMERA,
        sha256="0" * 64,
        size=1,
        first=None,
        last=None,
        recovered=False,
        part=part,
    )
