"""
The film: whoever is seen or heard in it had allowed it at that time, as everybody had.

Rule 1: a moment of the film is a moment of the meeting by the film's chapters; between
chapters nobody is seen or heard.
Rule 2: a film has many people in one picture and in one sound, so each is looked for by
their own colour and in their own band of tones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from tests.proof.allowed import PACKET, Interval
from tests.proof.content import PALETTE, QUIET, RATE, STEP, STEPS, rgb
from tests.proof.violation import Violation

HELD = 0.2
"""Seconds for which a film may hold a picture: it is cut in units of that."""
SMEARED = 0.06
"""Seconds by which sound may stray from its file's time: 20 ms until the film sets it
right, a frame of AAC, and half the window in which it is looked for."""
WINDOW = 0.04
HOP = 0.02
SHARE = 0.002
"""Of a picture: less of a colour than this is an edge, not a person."""
FAINT = 0.2
"""Of the loudest tone: less than this is a trace of another one."""
TONAL = 8
"""A tone stands out from the rest of its band at least so many times; a crack, as where
a file was cut short, is in all bands alike."""
_EVERY = 8
"""One pixel in so many, each way, is enough to find a cell of the picture."""
_APART = 0.1
"""Seconds of film between two faults that are told as one."""


class Chapter(NamedTuple):
    """A stretch of the film, and when in the meeting it was."""

    at: float
    """Seconds in the film."""
    begins: float
    """By the clock of all other times."""
    ends: float


@dataclass
class FilmVerdict:
    """What was found in a film."""

    pictures: int = 0
    sounds: int = 0
    seen: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    overhang: float = 0.0
    """The longest that anybody is seen or heard past an allowed time, in seconds."""

    def add(self, other: "FilmVerdict") -> None:
        """Take in what was found in another film of the same meeting."""
        self.pictures += other.pictures
        self.sounds += other.sounds
        self.seen |= other.seen
        self.heard |= other.heard
        self.overhang = max(self.overhang, other.overhang)


def prove_film(
    path: Path,
    chapters: Sequence[Chapter],
    allowed: Mapping[str, Sequence[Interval]],
    *,
    present: Sequence[Interval] | None = None,
    told: str = "",
) -> FilmVerdict:
    """
    Check every picture and all sound of a film. Raises `Violation`. Blocks.

    `allowed`: each person's times, by the clock of the chapters. `present`: the times
    of those who may see this film (design.md, rule 19); None where everybody may see
    everything. `told`: the meeting, for the reader of a violation.
    """
    watch = _Watch(path.name, chapters, allowed, present)
    for at, people in _seen(path):
        watch.found.pictures += 1
        watch.found.seen |= people
        for who in people:
            watch.check(at, who, "seen", HELD)
    for at, people in _heard(path):
        watch.found.sounds += 1
        watch.found.heard |= people
        for who in people:
            watch.check(at, who, "heard", SMEARED)
    if watch.faults:
        raise Violation("\n".join(map(str, watch.faults)) + f"\n\n{told}")
    return watch.found


@dataclass
class _Fault:
    """A stretch of the film in which somebody is that should not be."""

    what: str
    why: str
    begins: float
    ends: float

    def __str__(self) -> str:
        return f"{self.what} from {self.begins:.3f} s to {self.ends:.3f} s, {self.why}"


class _Watch:
    def __init__(
        self,
        name: str,
        chapters: Sequence[Chapter],
        allowed: Mapping[str, Sequence[Interval]],
        present: Sequence[Interval] | None,
    ) -> None:
        self._present = present
        self.found = FilmVerdict()
        self.faults: list[_Fault] = []
        self._name = name
        self._chapters = chapters
        self._allowed = allowed

    def check(self, at: float, who: str, verb: str, slack: float) -> None:
        """Somebody is there, at this time of the film."""
        wall = moment(self._chapters, at, slack)
        if self._present is not None and not _past(self._present, wall, slack):
            self._fault(
                at, f"{who} is {verb} in {self._name}", "and its viewer was out"
            )
            return
        intervals = self._allowed.get(who, ())
        past = _past(intervals, wall, slack)
        if past:
            self.found.overhang = max(self.found.overhang, min(past))
        else:
            self._fault(at, f"{who} is {verb} in {self._name}", _why(wall, intervals))

    def _fault(self, at: float, what: str, why: str) -> None:
        for fault in self.faults:
            if (fault.what, fault.why) == (what, why) and at - fault.ends < _APART:
                fault.ends = at
                return
        self.faults.append(_Fault(what, why, at, at))


def _past(
    intervals: Sequence[Interval], wall: float | None, slack: float
) -> list[float]:
    """How far past each time that may be meant a moment is."""
    return [
        i.overhang(wall)
        for i in intervals
        if wall is not None
        and i.begins - slack <= wall <= i.ends + i.late + PACKET + slack
    ]


def _why(wall: float | None, intervals: Sequence[Interval]) -> str:
    if wall is None:
        return "between two chapters"
    before = [i for i in intervals if i.ends <= wall]
    return f"after {before[-1].closed!r}" if before else "before anything was allowed"


def moment(chapters: Sequence[Chapter], at: float, slack: float) -> float | None:
    """When in the meeting a moment of the film was; None between chapters."""
    for chapter in reversed(chapters):
        since = at - chapter.at
        if since >= -slack:
            length = chapter.ends - chapter.begins
            return chapter.begins + since if since <= length + slack else None
    return None


def _seen(path: Path) -> Iterator[tuple[float, set[str]]]:
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            assert frame.time is not None
            yield frame.time, people_in_picture(rgb(frame))


def people_in_picture(image: NDArray[np.uint8]) -> set[str]:
    """Whose colour is in a picture."""
    pixels = image[::_EVERY, ::_EVERY].reshape(-1, 3).astype(np.float32) / 255
    most, least = pixels.max(axis=1), pixels.min(axis=1)
    span = most - least
    strong = (span > 0.45) & (most > 0.4)
    red, green, blue = (pixels[strong, part] for part in range(3))
    top, span = most[strong], span[strong]
    turn = np.where(
        top == red,
        (green - blue) / span,
        np.where(top == green, 2 + (blue - red) / span, 4 + (red - green) / span),
    )
    hue = turn * 60 % 360
    return {
        name
        for name, own in PALETTE.items()
        if np.sum(np.abs((hue - own.hue + 180) % 360 - 180) < 12) > SHARE * len(pixels)
    }


def _heard(path: Path) -> Iterator[tuple[float, set[str]]]:
    began, samples = _samples(path)
    length, hop = int(WINDOW * RATE), int(HOP * RATE)
    starts = range(0, len(samples) - length + 1, hop)
    found = [people_in_sound(samples[start : start + length]) for start in starts]
    # Every packet of a tone is in two windows that overlap; a crack is nobody's.
    for start, before, people, after in zip(
        starts, [set[str](), *found], found, [*found[1:], set[str]()], strict=False
    ):
        yield began + start / RATE + WINDOW / 2, people & (before | after)


def _samples(path: Path) -> tuple[float, NDArray[np.float32]]:
    """All sound of a film, and when it begins."""
    blocks: list[NDArray[np.float32]] = []
    began = 0.0
    with av.open(str(path)) as film:
        mono = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in film.decode(audio=0):
            if not blocks:
                began = frame.time or 0.0
            blocks += [block.to_ndarray()[0] for block in mono.resample(frame)]
    return began, np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


def people_in_sound(samples: NDArray[np.float32]) -> set[str]:
    """Whose tones are in a short piece of sound."""
    window = np.hanning(len(samples))
    loud = np.abs(np.fft.rfft(samples * window)) * 2 / window.sum()
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    peaks: dict[str, float] = {}
    for name, own in PALETTE.items():
        band = loud[(hertz > own.tone - STEP) & (hertz < own.tone + STEPS * STEP)]
        tonal = band.max() > TONAL * np.median(band)
        peaks[name] = float(band.max()) if tonal else 0.0
    least = max(QUIET, FAINT * max(peaks.values()))
    return {name for name, peak in peaks.items() if peak > least}
