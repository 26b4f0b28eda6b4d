"""
Files of lines: one line a row, as JSON.

Rule: a row that a crash cut short, or that cannot be read, is left out and logged; a
line that stands twice is read once.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from gatekeeper.consent.types import OpeningId, ParticipantId
from gatekeeper.evidence.presence import Span

log = structlog.get_logger(__name__)


def row_of(line: TranscriptLine) -> str:
    """How a line is written, its line break included."""
    return (
        json.dumps(
            {
                "id": line.id,
                "participant": line.participant,
                "began": line.began.isoformat(),
                "ended": line.ended.isoformat(),
                "text": line.text,
                "parts": line.span and [line.span.first, line.span.last],
            },
            ensure_ascii=False,
        )
        + "\n"
    )


def lines_in(file: Path) -> Iterable[TranscriptLine]:
    """The whole rows of a file, each once; a crash may have cut the last one short."""
    seen: set[str] = set()
    for row in file.read_text("utf-8", errors="replace").split("\n")[:-1]:
        try:
            line = _line(json.loads(row), OpeningId(file.parent.name))
        except (ValueError, KeyError, TypeError):
            log.warning("line.unreadable", opening=file.parent.name)
            continue
        if line.id not in seen:
            seen.add(line.id)
            yield line


def _line(row: dict[str, Any], opening: OpeningId) -> TranscriptLine:
    who = row["participant"]
    return TranscriptLine(
        id=LineId(str(row["id"])),
        participant=None if who is None else ParticipantId(str(who)),
        began=datetime.fromisoformat(row["began"]),
        ended=datetime.fromisoformat(row["ended"]),
        text=str(row["text"]),
        span=_span(row.get("parts"), opening),
    )


def _span(said: Any, opening: OpeningId) -> Span | None:
    if said is None:
        return None
    first, last = said
    return Span(opening, int(first), int(last))


def replace_lines(file: Path, lines: Sequence[TranscriptLine]) -> None:
    """Put `lines` in the place of what a file says, whole or not at all."""
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(map(row_of, lines)), "utf-8")
    fresh.replace(file)
