"""
Meetings to test with: our own text, with what a careful reader finds in each.

The rules of the highlights were written against A, B and C. D was written before the
rules were, and they were not changed for what it showed.
"""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from gatekeeper.consent.types import ParticipantId

BEGAN = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
NAMES = ("A", "B", "C", "D")
_LINE = re.compile(r"\[(\d\d):(\d\d)\] (\w+): (.+)")
_HERE = Path(__file__).parent
_WORDS_PER_SECOND = 3


class Action(NamedTuple):
    owner: ParticipantId
    text: str
    due: str | None
    line: LineId


class Gold(NamedTuple):
    """What is in a meeting; each thing by the line that says it."""

    decisions: frozenset[LineId]
    actions: tuple[Action, ...]
    questions: frozenset[LineId]


def participant(name: str) -> ParticipantId:
    """An id as the client makes them: 43 characters that tell nothing of the name."""
    return ParticipantId(hashlib.sha256(name.encode()).hexdigest()[:43])


def line_id(meeting: str, clock: str) -> LineId:
    """The line that begins at `clock`, such as `01:48`."""
    return LineId(f"{meeting}-{clock.replace(':', '')}-000000000"[:16])


@cache
def lines(meeting: str) -> tuple[TranscriptLine, ...]:
    """Every line of meeting `A`, `B`, `C` or `D`."""
    (file,) = _HERE.glob(f"{meeting}_*.txt")
    found = (_LINE.fullmatch(row) for row in file.read_text("utf-8").splitlines())
    return tuple(
        line(f"{m[1]}:{m[2]}", m[3], m[4], meeting=meeting) for m in found if m
    )


@cache
def names(meeting: str) -> dict[ParticipantId, str]:
    """Who is in it."""
    (file,) = _HERE.glob(f"{meeting}_*.txt")
    found = (_LINE.fullmatch(row) for row in file.read_text("utf-8").splitlines())
    return {participant(m[3]): m[3] for m in found if m}


@cache
def gold(meeting: str) -> Gold:
    """What a careful reader finds in it."""
    told = json.loads((_HERE / f"{meeting}_gold.json").read_text("utf-8"))
    return Gold(
        frozenset(line_id(meeting, it["line"]) for it in told["decisions"]),
        tuple(
            Action(
                participant(it["owner"]),
                it["text"],
                it["due"],
                line_id(meeting, it["line"]),
            )
            for it in told["actions"]
        ),
        frozenset(line_id(meeting, it["line"]) for it in told["questions"]),
    )


def line(clock: str, who: str, text: str, *, meeting: str = "X") -> TranscriptLine:
    """One line, as long as saying it takes."""
    minutes, seconds = clock.split(":")
    began = BEGAN + timedelta(minutes=int(minutes), seconds=int(seconds))
    ended = began + timedelta(seconds=len(text.split()) / _WORDS_PER_SECOND)
    return TranscriptLine(line_id(meeting, clock), participant(who), began, ended, text)


def talk(*said: str) -> tuple[TranscriptLine, ...]:
    """Lines from `"Anna: words"`, five seconds apart."""
    told = (words.split(": ", 1) for words in said)
    return tuple(
        line(f"{at // 12:02}:{at % 12 * 5:02}", who, text)
        for at, (who, text) in enumerate(told)
    )


def recognised(spoken: tuple[TranscriptLine, ...]) -> tuple[TranscriptLine, ...]:
    """The same as a recogniser may give it: no capitals, no punctuation."""
    return tuple(
        TranscriptLine(
            it.id,
            it.participant,
            it.began,
            it.ended,
            " ".join(re.sub(r"[^\w' -]", " ", it.text.lower()).split()),
        )
        for it in spoken
    )


def run_on(
    spoken: tuple[TranscriptLine, ...],
) -> tuple[tuple[TranscriptLine, ...], dict[LineId, LineId]]:
    """
    The same where people speak without a pause: lines of 20 to 50 words, no full stop.

    What somebody goes on with after others' few words is one line with what they said
    before. Also tells in which line each one is now.
    """
    groups: list[list[TranscriptLine]] = []
    for it in spoken:
        last = next(
            (
                n
                for n in reversed(range(len(groups)))
                if _speaker(groups[n]) == it.participant
            ),
            None,
        )
        if last is not None and _goes_on(groups, last, it):
            groups[last].append(it)
        else:
            groups.append([it])
    whole = [
        joined
        for group in groups
        for joined in ([_joined(group)] if _words(group) >= 20 else group)
    ]
    where = {
        it.id: group[0].id if _words(group) >= 20 else it.id
        for group in groups
        for it in group
    }
    return tuple(sorted(whole, key=lambda it: it.began)), where


def _goes_on(groups: list[list[TranscriptLine]], last: int, it: TranscriptLine) -> bool:
    between = groups[last + 1 :]
    return all(_words(group) <= 3 for group in between) and (
        _words([*groups[last], it]) <= 50
    )


def _speaker(group: list[TranscriptLine]) -> ParticipantId | None:
    return group[0].participant


def _words(group: list[TranscriptLine]) -> int:
    return sum(len(it.text.split()) for it in group)


def _joined(group: list[TranscriptLine]) -> TranscriptLine:
    parts = [
        part.rstrip(".?!, ")
        for it in group
        for part in re.split(r"(?<=[.?!])\s+", it.text)
    ]
    rest = (p if re.match(r"I\b", p) else p[:1].lower() + p[1:] for p in parts[1:])
    return replace(group[0], text=", ".join([parts[0], *rest]), ended=group[-1].ended)
