"""
Timeline: the openings one after the other, as the film has them.

Rule 1: an opening lasts from its first frame to its last, of those whose tracks are in
the film; where nothing at all is left of one, it is not in the film.
Rule 2: everything is counted in units of 200 ms: whole pictures, whole blocks of sound.
Rule 3: the plan follows from the recipe and the files alone, so that a worker that
takes up another's work finds the same plan.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from gatekeeper.consent.words import SourceKind
from gatekeeper.media.film.recipe import Chapter, Opening, Recipe, Track
from gatekeeper.media.film.shots import Presence
from gatekeeper.media.film.track import Held, Unreadable, examine

FPS = 25
FRAME_MS = 1000 // FPS
UNIT_MS = 200
PAUSE_MS = 2000
SEGMENT_MS = 30_000
SETTLE_MS = 2000
"""Taps open and close one after the other; within this it is at the same time."""
_LATE_MS = 5000
"""How long after an opening's end on record its files may still have frames."""


@dataclass(frozen=True, slots=True)
class Source:
    """One track that can be read."""

    who: str
    source: SourceKind
    path: Path
    held: Held


@dataclass(frozen=True, slots=True)
class Stretch:
    """One opening as it is in the film."""

    began: datetime
    start: int
    """Milliseconds from `began` to what is shown first."""
    end: int
    at: int
    """Milliseconds from the film's beginning."""
    sources: tuple[Source, ...]

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def chapter(self) -> Chapter:
        return Chapter(
            at=self.at / 1000,
            from_=self.began + timedelta(milliseconds=self.start),
            to=self.began + timedelta(milliseconds=self.end),
        )

    def of(self, source: SourceKind) -> list[Source]:
        return [track for track in self.sources if track.source is source]

    def people(self) -> list[Presence]:
        """Who is there when; in order of arrival."""
        there: dict[str, list[tuple[int, int]]] = {}
        screens: dict[str, tuple[tuple[int, int], ...]] = {}
        for track in self.sources:
            there.setdefault(track.who, []).extend(track.held.stretches)
            if track.source is SourceKind.SCREEN:
                screens[track.who] = track.held.stretches
        found = [
            Presence(who, self._settled(spans), screens.get(who, ()))
            for who, spans in there.items()
        ]
        return sorted(found, key=lambda person: (person.there[0], person.who))

    def _settled(self, spans: list[tuple[int, int]]) -> tuple[int, int]:
        """From the first to the last, without a shot for every tap of the beginning."""
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        return (
            self.start if first - self.start < SETTLE_MS else first,
            self.end if self.end - last < SETTLE_MS else last,
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """What is encoded apart: a part of a stretch, or a pause."""

    number: int
    stretch: Stretch | None
    start: int
    """Milliseconds from the opening's start; 0 in a pause."""
    length: int

    @property
    def frames(self) -> int:
        return self.length // FRAME_MS


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole film."""

    stretches: tuple[Stretch, ...]
    segments: tuple[Segment, ...] = field(repr=False)

    @property
    def length(self) -> int:
        """Milliseconds."""
        return sum(segment.length for segment in self.segments)


LeftOut = Callable[[Track, str], None]
"""Hears of a track that cannot be read, and why."""


def plan(recipe: Recipe, data: Path, left_out: LeftOut) -> Timeline:
    """Look at every track and lay the film out. Empty if nothing can be read."""
    stretches: list[Stretch] = []
    at = 0
    for opening in recipe.openings:
        sources = tuple(_sources(opening, data, left_out))
        if not sources:
            continue
        spans = [span for source in sources for span in source.held.stretches]
        start = min(a for a, _ in spans) // UNIT_MS * UNIT_MS
        end = -(-max(b for _, b in spans) // UNIT_MS) * UNIT_MS
        at += PAUSE_MS if stretches else 0
        stretches.append(Stretch(opening.began, start, end, at, sources))
        at += end - start
    return Timeline(tuple(stretches), tuple(_segments(stretches)))


def _sources(opening: Opening, data: Path, left_out: LeftOut) -> Iterator[Source]:
    longest = round((opening.ended - opening.began).total_seconds() * 1000)
    for track in opening.tracks:
        path = data / track.path
        try:
            held = examine(path, track.source, opening.began, longest + _LATE_MS)
        except Unreadable as exc:
            left_out(track, str(exc))
        else:
            yield Source(track.participant, track.source, path, held)


def _segments(stretches: list[Stretch]) -> Iterator[Segment]:
    number = 0
    for stretch in stretches:
        if number:
            yield Segment(number, None, 0, PAUSE_MS)
            number += 1
        for start in range(stretch.start, stretch.end, SEGMENT_MS):
            length = min(SEGMENT_MS, stretch.end - start)
            yield Segment(number, stretch, start, length)
            number += 1
