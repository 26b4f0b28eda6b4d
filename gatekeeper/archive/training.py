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

from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import lines_of
from gatekeeper.clock import moment
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.evidence.audit import chain_of, verify_all
from gatekeeper.evidence.history import OpeningRecord, history
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import pending
from gatekeeper.storage.stops import stopped as stopped_of

TRAINING = FeatureId("training")
TRANSCRIPT = FeatureId("transcript")


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
        rows = chain_of(database, room)
        stretches = [
            stretch
            for stretch in history(rows).stretches_of(TRAINING)
            if stretch.ended is not None
        ]
        if stretches:
            said = _said(database, data, room)
            yield _write(to / room, room, rows, stretches, said)


def _said(database: Database, data: Path, room: RoomId) -> list[TranscriptLine]:
    """The transcript, without what is to be deleted and who has stopped their part."""
    with database.connect() as connection, connection.begin():
        going = [d for d in pending(connection) if d.room == room]
        stopped = frozenset().union(
            *(
                stopped_of(room, feature, connection)
                for feature in (TRANSCRIPT, TRAINING)
            )
        )

    def hidden(who: ParticipantId, opening: OpeningId) -> bool:
        return any(
            d.feature == TRANSCRIPT and d.subject in (None, who) and d.covers(opening)
            for d in going
        )

    lines = lines_of(data, room, TRANSCRIPT, hidden)
    return [line for line in lines if line.participant not in stopped]


def _write(
    folder: Path,
    room: RoomId,
    rows: Sequence[LedgerRow],
    stretches: Sequence[OpeningRecord],
    said: Sequence[TranscriptLine],
) -> Exported:
    count = 0
    found = {s: [li for li in said if _covers(s, li)] for s in stretches}
    for stretch, lines in found.items():
        if lines:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(_document(room, stretch, lines), ensure_ascii=False)
            (folder / f"{stretch.opening}.json").write_text(text + "\n", "utf-8")
            count += len(lines)
    if count:
        chain = b"".join(row.body + b"\n" for row in rows)
        (folder / "chain.jsonl").write_bytes(chain)
    return Exported(room, sum(map(bool, found.values())), count)


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
