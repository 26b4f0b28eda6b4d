"""
Timeline: what there is of each part, and the parts one after the other in a film.

Rule 1: a part lasts from its first frame to its last, of those whose tracks are in the
film; where nothing at all is left of one, it is in no film.
Rule 2: how long it lasts is told by its files, whose time never jumps; the ledger's
clock says when in the day it was, and where a file is damaged, what to believe of it.
Rule 3: everything is counted in whole pictures.
Rule 4: the plan follows from the recipe and the files alone, so that a worker that
takes up another's work finds the same plan.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.recipe import Chapter, Edit, Opening, Recipe, Track
from gatekeeper.media.film.shots import Presence
from gatekeeper.media.film.track import Held, Unreadable, examine, probe

FPS = 25
FRAME_MS = 1000 // FPS
PAUSE_MS = 2000
SEGMENT_MS = 30_000
SETTLE_MS = 2000
"""Taps open and close one after the other; within this it is at the same time."""
_LATE_MS = 5000
"""By how much the ledger's clock and a file's may differ without either being wrong."""
_ROUNDED_MS = 200
"""By how much the last frame, which lasts a moment, may reach past a gate's closing."""

_NEAR = {"audio": (0, 0), "video": (200, 200)}
"""
Milliseconds from a part's beginning and to its end within which a picture fills it: no
card flashes up where one file ends and the next waits for its first keyframe.
"""

Gap = Literal["paused", "later"]
"""What lies between two parts: a gate that was closed, or the same opening's time."""


@dataclass(frozen=True, slots=True)
class Source:
    """One track that can be read."""

    who: str
    source: SourceKind
    path: Path
    sha256: str
    """Of its file, as it is on record."""
    first: int
    """Milliseconds from the part's beginning to its first packet."""
    held: Held


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of an opening as it is in a film."""

    opening: Opening
    start: int
    """Milliseconds from the part's beginning to what is shown first."""
    end: int
    sources: tuple[Source, ...]

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def frames(self) -> int:
        return self.length // FRAME_MS

    def chapter(self, at: int) -> Chapter:
        """The chapter that begins `at` milliseconds into a film."""
        began = self.opening.began
        return Chapter(
            at=at / 1000,
            from_=began + timedelta(milliseconds=self.start),
            to=began + timedelta(milliseconds=self.end),
            opening=self.opening.opening,
            part=self.opening.part,
            people=self.opening.people,
        )

    def edits(self, at: int) -> Iterator[Edit]:
        """What is seen and heard of it `at` milliseconds into a film."""
        for source in self.sources:
            for begins, ends in source.held.stretches:
                # A picture that is held before its first packet is none of the track.
                first = max(begins, self.start, source.first)
                last = min(ends, self.end)
                if first < last:
                    yield Edit(
                        participant=source.who,
                        source=source.source,
                        opening=self.opening.opening,
                        part=self.opening.part,
                        track=source.sha256,
                        at=at + first - self.start,
                        start=first - source.first,
                        length=last - first,
                    )

    def segments(self) -> "list[Segment]":
        """What is encoded apart."""
        starts = range(self.start, self.end, SEGMENT_MS)
        return [
            Segment(number, start, min(SEGMENT_MS, self.end - start))
            for number, start in enumerate(starts)
        ]

    @property
    def sounds(self) -> list[Source]:
        """What is heard in it: microphones, and what was played on shared screens."""
        return [track for track in self.sources if track.source.media == "audio"]

    def people(self) -> list[Presence]:
        """Who is there when; in order of arrival, those who come together by id."""
        there: dict[str, list[tuple[int, int]]] = {}
        screens: dict[str, tuple[tuple[int, int], ...]] = {}
        for track in self.sources:
            there.setdefault(track.who, []).extend(track.held.stretches)
            if track.source is SourceKind.SCREEN:
                screens[track.who] = track.held.stretches
        found = [
            Presence(who, self._settled(spans), screens.get(who, ()))
            for who, spans in there.items()
            if who not in self.opening.people
        ]
        # Nobody comes or goes within a part: they are there, captured or not.
        found += [
            Presence(who, (self.start, self.end), screens.get(who, ()))
            for who in self.opening.people
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
    """What is encoded apart of a part."""

    number: int
    start: int
    """Milliseconds from the part's beginning."""
    length: int

    @property
    def frames(self) -> int:
        return self.length // FRAME_MS


@dataclass(frozen=True, slots=True)
class Piece:
    """A part, or a card between two, where it is in one film."""

    at: int
    """Milliseconds from the film's beginning."""
    what: "Stretch | Gap"

    @property
    def length(self) -> int:
        return self.what.length if isinstance(self.what, Stretch) else PAUSE_MS

    @property
    def end(self) -> int:
        return self.at + self.length


def arranged(stretches: Sequence[Stretch]) -> list[Piece]:
    """These parts in a row, with a card wherever time is left out."""
    pieces: list[Piece] = []
    at = 0
    before: list[Stretch | None] = [None, *stretches]
    for last, stretch in pairwise(before):
        if last is not None and stretch is not None:
            gap = _gap(last.opening, stretch.opening)
            if gap is not None:
                pieces.append(Piece(at, gap))
                at += PAUSE_MS
        if stretch is not None:
            pieces.append(Piece(at, stretch))
            at += stretch.length
    return pieces


def _gap(last: Opening, then: Opening) -> Gap | None:
    if last.opening != then.opening:
        return "paused"
    return None if then.part == last.part + 1 else "later"


LeftOut = Callable[[Track, str], None]
"""Hears of a track that cannot be read, and why."""


def plan(recipe: Recipe, data: Path, left_out: LeftOut) -> list[Stretch | None]:
    """Look at every track: what there is of each part, None where that is nothing."""
    return [_stretch(opening, data, left_out) for opening in recipe.openings]


def _stretch(opening: Opening, data: Path, left_out: LeftOut) -> Stretch | None:
    sources = tuple(_sources(opening, data, left_out))
    if not sources:
        return None
    start = min(source.held.first for source in sources) // FRAME_MS * FRAME_MS
    end = -(-max(source.held.last for source in sources) // FRAME_MS) * FRAME_MS
    closed = _lasted(opening) // FRAME_MS * FRAME_MS
    if start < closed < end <= closed + _ROUNDED_MS:
        end = closed
    held = (
        source.held.reaching(start, end, _NEAR[source.source.media])
        for source in sources
    )
    return Stretch(
        opening,
        start,
        end,
        tuple(replace(source, held=h) for source, h in zip(sources, held, strict=True)),
    )


def _sources(opening: Opening, data: Path, left_out: LeftOut) -> Iterator[Source]:
    """The tracks of a part, in its time; of damaged ones what can be believed."""
    read: list[tuple[Track, Held, bool]] = []
    for track in opening.tracks:
        path = data / track.path
        try:
            held = examine(path, track.source)
            probe(path, track.source)
        except Unreadable as exc:
            left_out(track, str(exc))
        else:
            read.append((track, _dated(held, opening), _is_whole(path, track)))
    whole = [held for _, held, is_whole in read if is_whole]
    by = _correction(opening, whole or [held for _, held, _ in read])
    believed = max([held.last + by for held in whole] + [_lasted(opening)]) + _LATE_MS
    for track, held, _ in read:
        first, kept = held.first + by, held.moved(by).until(believed)
        if kept is None:
            left_out(track, "outside of its opening")
        else:
            yield Source(
                track.participant,
                track.source,
                data / track.path,
                track.sha256,
                first,
                kept,
            )


def _lasted(opening: Opening) -> int:
    """Milliseconds, by the ledger's clock."""
    return round((opening.ended - opening.began).total_seconds() * 1000)


def _dated(held: Held, opening: Opening) -> Held:
    """In the part's time, by the date in the file."""
    if held.zero is None:
        return held
    return held.moved(round((held.zero - opening.began).total_seconds() * 1000))


def _correction(opening: Opening, read: Sequence[Held]) -> int:
    """
    What to add to the times of all files of a part.

    Where the clock has jumped between the ledger's note and a file's date, the dates
    say nothing; the files agree with each other all the same.
    """
    first = min((held.first for held in read), default=0)
    if 0 <= first <= max(0, _lasted(opening)) + _LATE_MS:
        return 0
    return -first


def _is_whole(path: Path, track: Track) -> bool:
    """Whether it is as it was when it was written down."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == track.sha256
    except OSError:
        return False
