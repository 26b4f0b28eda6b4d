"""
Captions and text of a transcript.

WebVTT: W3C, "WebVTT: The Web Video Text Tracks Format", sections 3 and 4.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.config.locales import nearest
from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.nickname import as_data, one_line

Name = Callable[[ParticipantId], str | None]

_LEAST = 1.0
"""Seconds that a caption stays at least."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the film: where it is there, and when it was."""

    at: float
    """Seconds from the film's beginning."""
    began: datetime
    ended: datetime


def webvtt(
    lines: Iterable[TranscriptLine], stretches: Sequence[Chapter], name: Name
) -> str:
    """The captions of what `stretches` show; erased lines have none."""
    parts = ["WEBVTT"]
    for line in lines:
        place = next((s for s in stretches if s.began <= line.began < s.ended), None)
        if place is None or line.participant is None:
            continue
        begin = place.at + (line.began - place.began).total_seconds()
        most = place.at + (place.ended - place.began).total_seconds()
        spoken = (line.ended - line.began).total_seconds()
        end = min(most, begin + max(_LEAST, spoken))
        if end > begin:
            who = _escaped(one_line(name(line.participant) or "?"))
            cue = f"{_time(begin)} --> {_time(end)}\n<v {who}>{_escaped(line.text)}"
            parts.append(cue)
    return "\n\n".join(parts) + "\n"


def plain(
    lines: Iterable[TranscriptLine], title: str, name: Name, *, language: str
) -> str:
    """The transcript as text, with the time of day in UTC."""
    words = nearest(language).transcript
    rows = [as_data(title), words.utc, ""]
    for line in lines:
        when = f"{line.began:%H:%M:%S}"
        if line.participant is None:
            rows.append(f"[{when}] {words.gone}")
        else:
            who = as_data(name(line.participant) or "?")
            rows.append(f"[{when}] {who}: {' '.join(line.text.split())}")
    return "\n".join(rows) + "\n"


def _time(seconds: float) -> str:
    whole = timedelta(milliseconds=round(seconds * 1000)) // timedelta(milliseconds=1)
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
