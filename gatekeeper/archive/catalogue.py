"""
The catalogue: what is kept of a meeting, read once, for whoever shows or exports it.

Rule 1: what is in the catalogue is what the ledger tells of and the disk still has.
Rule 2: the list of deletions is looked at last: what was asked for meanwhile counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from gatekeeper.archive.kept import Kept
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.assistant.transcript.store import TranscriptStore, lines_of
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.evidence.history import Captured, history
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.media.film.films import Films
from gatekeeper.storage.deletions import Deletion, DeletionList, pending
from gatekeeper.storage.fetches import Fetched, fetched_of
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.names import names_of
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.storage.stops import stops_of
from gatekeeper.storage.transactions import Transactions


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the database has of one meeting, as of one transaction."""

    rows: tuple[LedgerRow, ...]
    names: Mapping[FeatureId, Mapping[ParticipantId, str]]
    stopped: Mapping[FeatureId, frozenset[ParticipantId]]
    fetched: tuple[Fetched, ...]


class Catalogue:
    """Reads; nothing here changes anything."""

    def __init__(
        self,
        data: Path,
        writer: Transactions,
        listed: DeletionList,
        *,
        transcripts: TranscriptStore,
        summaries: Summaries,
        films: Films,
    ) -> None:
        self._data = data
        self._writer = writer
        self._listed = listed
        self._transcripts = transcripts
        self._summaries = summaries
        self._films = films

    async def kept(
        self, record: RoomRecord, features: Collection[FeatureId] | None = None
    ) -> Kept:
        """
        What there is just now of these features; of all, if none are named.

        Each store is read once at the most, and not at all for what is not asked for.
        Raises `LedgerUnavailable`, `OSError`.
        """
        room = record.id
        wanted = record.features if features is None else features
        known = await self._writer.run(partial(on_record, room))
        kept = _kept(room, known, ())
        captured = [item for item in kept.history.captured if item.feature in wanted]
        if captured:
            there = await in_thread(_there, self._data, room, captured)
            kept = replace(kept, tracks=there)
        if TRANSCRIPT in wanted:
            lines = await self._transcripts.read(room, TRANSCRIPT)
            kept = replace(kept, transcript=tuple(lines))
        if SUMMARY in wanted:
            names = kept.called(SUMMARY)
            summary = await self._summaries.stored(room, names)
            kept = replace(kept, summary=summary)
        if TRANSCRIPT in wanted or SUMMARY in wanted:
            kept = replace(kept, speakers=await self._transcripts.speakers(room))
        return replace(
            kept,
            summarising=self._summaries.work(room),
            films={each: self._films.state(room, each) for each in wanted},
            going=self._listed.of(room),
        )

    def path(self, room: RoomId, track: Captured) -> Path:
        """Where a track lies. Raises `ValueError` for what is no id."""
        return self._data / track.place(room).path


def kept_on_record(room: RoomId, connection: Connection) -> Kept:
    """
    What the database alone tells, for a command: a server may be running.

    Blocks, and reads nothing that was captured. Raises `EvidenceError`.
    """
    known = on_record(room, connection)
    going = tuple(each for each in pending(connection) if each.room == room)
    return _kept(room, known, going)


def with_transcript(kept: Kept, data: Path) -> Kept:
    """The same, and the lines that the disk has. Blocks. Raises `OSError`."""

    def hidden(who: ParticipantId, opening: OpeningId) -> bool:
        return kept.goes(TRANSCRIPT, who, opening)

    lines = lines_of(data, kept.room, TRANSCRIPT, hidden)
    return replace(kept, transcript=tuple(lines))


def on_record(room: RoomId, connection: Connection) -> OnRecord:
    """In one transaction, so that all of it is of one moment."""
    return OnRecord(
        read_chain(connection, meeting=room),
        names_of(room, connection),
        stops_of(room, connection),
        fetched_of(room, connection),
    )


def _kept(room: RoomId, known: OnRecord, going: tuple[Deletion, ...]) -> Kept:
    return Kept(
        room=room,
        chain=known.rows,
        history=history(known.rows),
        names=known.names,
        stopped=known.stopped,
        fetched=known.fetched,
        going=going,
    )


def _there(
    data: Path, room: RoomId, captured: Sequence[Captured]
) -> tuple[Captured, ...]:
    return tuple(
        track for track in captured if (data / track.place(room).path).is_file()
    )
