"""
Shots: what is seen when; the film's edit decision list.

Rule 1: pure; who is there, whose screen is shared and who speaks in, shots out.
Rule 2: a screen is large while there is one, otherwise whoever speaks; everybody
else is beside.
Rule 3: somebody who is there is seen, camera or not, up to `MOST` people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gatekeeper.consent.types import SourceKind

MOST = 12
"""People in one picture."""

Span = tuple[int, int]
"""Milliseconds, from and to."""


class Seen(NamedTuple):
    """What one cell of the picture shows: a person by their camera, or a screen."""

    who: str
    source: SourceKind


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody is there and what they show."""

    who: str
    there: Span
    screens: tuple[Span, ...] = ()


class Speech(NamedTuple):
    """From `at` (milliseconds) on, `who` speaks."""

    at: int
    who: str


@dataclass(frozen=True, slots=True)
class Shot:
    """One unchanging arrangement of the picture."""

    start: int
    """Milliseconds."""
    end: int
    large: Seen | None
    """None: everybody is equally large."""
    beside: tuple[Seen, ...]


def shots(
    people: Sequence[Presence], speech: Sequence[Speech], start: int, end: int
) -> list[Shot]:
    """The shots from `start` to `end`, without a gap; `people` in their order."""
    cuts = {start, end}
    for person in people:
        cuts.update(edge for span in (person.there, *person.screens) for edge in span)
    cuts.update(turn.at for turn in speech)
    found: list[Shot] = []
    for a, b in pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        large, beside = _arranged(people, _speaker(speech, a), a)
        if found and (found[-1].large, found[-1].beside) == (large, beside):
            found[-1] = Shot(found[-1].start, b, large, beside)
        else:
            found.append(Shot(a, b, large, beside))
    return found


def _arranged(
    people: Sequence[Presence], speaker: str | None, at: int
) -> tuple[Seen | None, tuple[Seen, ...]]:
    there = [person for person in people if _within(person.there, at)]
    # Of several screens the one that was shared last is meant to be looked at.
    shared = sorted(
        (span[0], person.who)
        for person in there
        for span in person.screens
        if _within(span, at)
    )
    screens = [Seen(who, SourceKind.SCREEN) for _, who in reversed(shared)][:MOST]
    faces = [Seen(person.who, SourceKind.CAMERA) for person in there]
    speaking = next((seen for seen in faces if seen.who == speaker), None)
    faces = _fitting(faces, speaking, MOST - max(0, len(screens) - 1))
    if screens:
        return screens[0], (*screens[1:], *faces)
    if speaking is None or len(faces) == 1:
        return None, tuple(faces)
    return speaking, tuple(seen for seen in faces if seen != speaking)


def _fitting(faces: list[Seen], speaking: Seen | None, most: int) -> list[Seen]:
    """As many as fit, whoever speaks among them."""
    most = max(1, most)
    if speaking is None or speaking in faces[:most]:
        return faces[:most]
    return [*faces[: most - 1], speaking]


def _speaker(speech: Sequence[Speech], at: int) -> str | None:
    who = None
    for turn in speech:
        if turn.at > at:
            break
        who = turn.who
    return who


def _within(span: Span, at: int) -> bool:
    return span[0] <= at < span[1]
