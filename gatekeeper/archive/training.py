"""
The export for training: words of stretches in which everybody allowed `training`.

Rule 1: training is not offered; an admin who wants it defines the feature, with a
notice of its own. Nothing else in this program reads for it.
Rule 2: a line leaves only whole, from a stretch of `training`, by somebody who had
agreed to it; with the chain that proves it, which is verified first.
Rule 3: there are ids and no names, and nothing of who took their part back.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gatekeeper.archive.catalogue import kept_on_record, with_transcript
from gatekeeper.archive.kept import Kept
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.clock import moment
from gatekeeper.consent.features import TRANSCRIPT
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.history import OpeningRecord
from gatekeeper.storage.database import Database

TRAINING = FeatureId("training")


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one meeting."""

    room: RoomId
    stretches: int
    lines: int
    fault: str | None = None
    """Why nothing of it was exported: its chain does not verify."""


def export(database: Database, data: Path, to: Path) -> Iterator[Exported]:
    """
    Write `to/<room>/<opening>.json`, and `chain.jsonl` beside them.

    `data` is the data directory. Blocks. Raises `OSError`.
    """
    for report in verify_all(database):
        room = report.meeting
        if report.fault is not None:
            yield Exported(room, 0, 0, report.fault)
            continue
        with database.connect() as connection, connection.begin():
            kept = kept_on_record(room, connection)
        stretches = [
            stretch
            for stretch in kept.history.stretches_of(TRAINING)
            if stretch.ended is not None
        ]
        if stretches:
            said = _said(with_transcript(kept, data))
            yield _write(to / room, kept, stretches, said)


def _said(kept: Kept) -> list[TranscriptLine]:
    """The transcript, without those who have stopped their part."""
    stopped = frozenset().union(
        *(kept.stopped.get(feature, ()) for feature in (TRANSCRIPT, TRAINING))
    )
    return [line for line in kept.transcript if line.participant not in stopped]


def _write(
    folder: Path,
    kept: Kept,
    stretches: Sequence[OpeningRecord],
    said: Sequence[TranscriptLine],
) -> Exported:
    count = 0
    found = {s: [li for li in said if _covers(s, li)] for s in stretches}
    for stretch, lines in found.items():
        if lines:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(_document(kept.room, stretch, lines), ensure_ascii=False)
            (folder / f"{stretch.opening}.json").write_text(text + "\n", "utf-8")
            count += len(lines)
    if count:
        chain = b"".join(row.body + b"\n" for row in kept.chain)
        (folder / "chain.jsonl").write_bytes(chain)
    return Exported(kept.room, sum(map(bool, found.values())), count)


def _covers(stretch: OpeningRecord, line: TranscriptLine) -> bool:
    assert stretch.ended is not None  # noqa: S101 - those that go on were left out
    return (
        line.participant in stretch.people
        and stretch.began <= line.began
        and line.ended <= stretch.ended
    )


def _document(
    room: RoomId, stretch: OpeningRecord, lines: Sequence[TranscriptLine]
) -> Mapping[str, Any]:
    assert stretch.ended is not None  # noqa: S101 - see `_covers`
    return {
        "meeting": room,
        "opening": stretch.opening,
        "from": moment(stretch.began),
        "to": moment(stretch.ended),
        "latest": moment(stretch.latest) if stretch.latest else None,
        "people": list(stretch.people),
        "parts": [
            {
                "part": part.number,
                "from": moment(part.began),
                "to": moment(part.ended or stretch.ended),
                "people": list(part.people),
            }
            for part in stretch.parts
        ],
        "lines": [
            asdict(line) | {"began": moment(line.began), "ended": moment(line.ended)}
            for line in lines
        ],
    }
