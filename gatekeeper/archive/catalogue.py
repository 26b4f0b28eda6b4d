"""
The catalogue: what is kept of a meeting, and the recipe of its film.

Rule 1: what is in the catalogue is what the ledger tells of and the disk still has.
Rule 2: a film shows those who are in the catalogue, and nobody else: whoever was
erased is in no recipe.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.evidence.history import Captured, History, Part, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.presence import Presence
from gatekeeper.media.film.files import Folder
from gatekeeper.media.film.recipe import Format, Opening, Recipe, Track
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.paths import Place
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.storage.stops import Stops


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is of one feature of one meeting."""

    history: History
    names: dict[ParticipantId, str]
    tracks: tuple[Captured, ...]
    """Those whose file is there, in the order in which they were reported."""


class Catalogue:
    """Reads; nothing here changes anything."""

    def __init__(
        self,
        data: Path,
        *,
        ledger: Ledger,
        names: NameStore,
        listed: DeletionList,
        stops: Stops,
        film: Format,
    ) -> None:
        self._data = data
        self._listed = listed
        self._stops = stops
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
        mine = [
            item
            for item in told.captured
            if item.feature == feature and not self._goes(record, item)
        ]
        there = await asyncio.to_thread(self._there, record, mine)
        return Kept(told, names, tuple(there))

    async def recipe(self, record: RoomRecord, feature: FeatureId) -> Recipe | None:
        """What a film of it is made of now; None if there is nothing to show."""
        kept = await self.kept(record, feature)
        told = kept.history
        stopped = await self._stops.read(record.id, feature)
        tracks = [t for t in kept.tracks if t.participant not in stopped]

        def shown(part: Part, who: ParticipantId) -> bool:
            gone = self._listed.covers(record.id, feature, who, part.opening)
            erased = told.is_erased(feature, who, part.opening)
            return not (gone or erased or who in stopped)

        openings = [
            _opening(record, told, part, part.ended, tracks, shown)
            for stretch in told.stretches_of(feature)
            if stretch.ended is not None
            for part in stretch.parts
            if part.ended is not None
        ]
        openings = [opening for opening in openings if opening.tracks]
        if not openings:
            return None
        filmed = {t.participant for opening in openings for t in opening.tracks}
        named = filmed.union(*(opening.people for opening in openings))
        return Recipe(
            room=record.id,
            feature=feature,
            language="de" if record.language == "de" else "en",
            format=self._film,
            names={who: name for who, name in kept.names.items() if who in named},
            openings=tuple(openings),
        )

    def path(self, record: RoomRecord, track: Captured) -> Path:
        """Where a track lies. Raises `ValueError` for what is no id."""
        return self._data / _place(record, track).path

    def films(self, record: RoomRecord, feature: FeatureId) -> Path:
        """Where the films lie."""
        return Folder.of(self._data, record.id, feature).path

    def _goes(self, record: RoomRecord, item: Captured) -> bool:
        """Whether it is to be deleted: then nobody gets it any more."""
        return self._listed.covers(
            record.id, item.feature, item.participant, item.opening
        )

    def _there(self, record: RoomRecord, tracks: Sequence[Captured]) -> list[Captured]:
        return [track for track in tracks if self.path(record, track).is_file()]


def _opening(
    record: RoomRecord,
    told: History,
    part: Part,
    ended: datetime,
    tracks: Sequence[Captured],
    shown: Callable[[Part, ParticipantId], bool],
) -> Opening:
    feature = next(s.feature for s in told.stretches if s.opening == part.opening)
    return Opening(
        opening=part.opening,
        part=part.number,
        people=tuple(who for who in part.people if shown(part, who)),
        viewers=tuple(
            who
            for who in told.people(feature)
            if (part.opening, part.number) in visible(told, feature, who)
        ),
        began=part.began,
        ended=ended,
        tracks=tuple(
            _track(record, track)
            for track in tracks
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
