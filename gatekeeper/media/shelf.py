"""
The shelf: what is kept of a meeting, and the recipe of its film.

Rule 1: what is on the shelf is what the ledger tells of and the disk still has.
Rule 2: a film shows those who are on the shelf, and nobody else: whoever was erased is
in no recipe.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatekeeper.consent.words import FeatureId, ParticipantId
from gatekeeper.evidence.history import Captured, History, Part, Stretch, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.names import NameBook
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.rooms import RoomRecord
from gatekeeper.media.film.files import Folder
from gatekeeper.media.film.recipe import Format, Opening, Recipe, Track
from gatekeeper.media.layout import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is of one feature of one meeting."""

    history: History
    names: dict[ParticipantId, str]
    tracks: tuple[Captured, ...]
    """Those whose file is there, in the order in which they were reported."""


class Shelf:
    """Reads; nothing here changes anything."""

    def __init__(
        self, data: Path, *, ledger: Ledger, names: NameBook, film: Format
    ) -> None:
        self._data = data
        self._ledger = ledger
        self._names = names
        self._film: Format = film

    async def history(self, record: RoomRecord) -> History:
        """What the meeting's chain tells. Raises `LedgerUnavailable`."""
        return history(await self._ledger.read(record.id))

    async def kept(
        self, record: RoomRecord, feature: FeatureId, told: History | None = None
    ) -> Kept:
        """
        What there is just now, by what the chain has `told` or tells.

        Raises `LedgerUnavailable`.
        """
        told = told or await self.history(record)
        names = await self._names.read(record.id, feature)
        mine = [item for item in told.captured if item.feature == feature]
        there = await asyncio.to_thread(self._there, record, mine)
        return Kept(told, names, tuple(there))

    async def recipe(self, record: RoomRecord, feature: FeatureId) -> Recipe | None:
        """What a film of it is made of now; None if there is nothing to show."""
        kept = await self.kept(record, feature)
        openings = [
            _opening(record, kept, stretch, part, part.ended)
            for stretch in kept.history.stretches_of(feature)
            if stretch.ended is not None
            for part in stretch.parts
            if part.ended is not None
        ]
        openings = [opening for opening in openings if opening.tracks]
        if not openings:
            return None
        tracks = {t.participant for opening in openings for t in opening.tracks}
        shown = tracks.union(*(opening.people for opening in openings))
        return Recipe(
            room=record.id,
            feature=feature,
            language="de" if record.language == "de" else "en",
            format=self._film,
            names={who: name for who, name in kept.names.items() if who in shown},
            openings=tuple(openings),
        )

    def path(self, record: RoomRecord, track: Captured) -> Path:
        """Where a track lies. Raises `ValueError` for what is no id."""
        return self._data / _place(record, track).path

    def films(self, record: RoomRecord, feature: FeatureId) -> Path:
        """Where the films lie."""
        return Folder.of(self._data, record.id, feature).path

    def _there(self, record: RoomRecord, tracks: Sequence[Captured]) -> list[Captured]:
        return [track for track in tracks if self.path(record, track).is_file()]


def _opening(
    record: RoomRecord, kept: Kept, stretch: Stretch, part: Part, ended: datetime
) -> Opening:
    told = kept.history
    return Opening(
        opening=part.opening,
        part=part.number,
        people=tuple(p for p in part.people if (stretch.feature, p) not in told.erased),
        viewers=tuple(
            who
            for who in told.people(stretch.feature)
            if (part.opening, part.number) in visible(told, stretch.feature, who)
        ),
        began=part.began,
        ended=ended,
        tracks=tuple(
            _track(record, track)
            for track in kept.tracks
            if (track.opening, track.part) == (part.opening, part.number)
        ),
    )


def visible(
    told: History, feature: FeatureId, viewer: ParticipantId
) -> frozenset[tuple[str, int]]:
    """Opening and number of each part that somebody may see."""
    parts = Presence(told, viewer).parts(feature)
    return frozenset((part.opening, part.number) for part in parts)


def _track(record: RoomRecord, track: Captured) -> Track:
    return Track(
        participant=track.participant,
        source=track.source,
        path=_place(record, track).path,
        sha256=track.sha256,
    )


def _place(record: RoomRecord, track: Captured) -> Place:
    return Place(
        record.id,
        track.feature,
        track.opening,
        track.participant,
        track.source,
        track.part,
    )
