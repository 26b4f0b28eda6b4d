"""
The recording store: what is kept, to be erased, expired, or recovered after a crash.

Rule 1: deletion is confirmed: a method returns when the files are gone, or raises.
Rule 2: erasing comes after closing; nothing is written to a file that is deleted.
Rule 3: a file of an opening, or of a part, that is not on record is deleted, never
reported: nobody knows who may have it.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import structlog

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import MeetingDamaged
from gatekeeper.media.recording.context import RecordingContext, examine
from gatekeeper.media.recording.webm import span
from gatekeeper.storage import paths
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.paths import Place

log = structlog.get_logger()


class LostPart(NamedTuple):
    """A part that is not on record."""

    began: datetime
    """When the first frame of it was taken."""
    people: tuple[ParticipantId, ...]


class RecordingStore:
    """The files below `<data>/recordings`."""

    def __init__(self, context: RecordingContext) -> None:
        self._context = context

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is anything."""
        root = self._context.data / paths.ROOT
        return await in_thread(paths.kept, root)

    async def openings(self, room: RoomId, feature: FeatureId) -> set[OpeningId]:
        """Of which openings there is anything."""
        below = paths.folder(self._context.data, room, feature)
        found = await self._context.thread.submit(lambda: list(below.glob("*/*.webm")))
        return {OpeningId(file.parent.name) for file in found}

    async def erase(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        openings: Collection[OpeningId] | None,
    ) -> int:
        """
        Delete this participant's files of these openings, or of all.

        Raises `OSError` if one is still there.
        """
        paths.check(participant, *(openings or ()))
        for recording in list(self._context.live):
            permit = recording.permit
            if (permit.room, permit.feature) == (room, feature) and (
                openings is None or permit.opening in openings
            ):
                await recording.forget(participant)
        return await self._context.thread.submit(
            self._erase, room, feature, participant, openings
        )

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all that a feature kept of a room that has ended; return how many."""
        return await self._context.thread.submit(self._expire, room, feature)

    async def lost_parts(
        self, room: RoomId, feature: FeatureId, opening: OpeningId, known: int
    ) -> list[LostPart]:
        """
        The parts that a crash kept from being written down, by the markers of files.

        `known`: how many parts of the opening are on record. A part without a file has
        the people of the next one: there is nothing of it that anybody could be shown.
        """
        return await in_thread(self._lost, room, feature, opening, known)

    async def last(
        self, room: RoomId, feature: FeatureId, opening: OpeningId
    ) -> datetime | None:
        """When the last frame was taken, of files that are not reported; or None."""
        return await in_thread(self._last, room, feature, opening)

    async def recover(self, known: Mapping[OpeningId, int]) -> int:
        """
        Deal with what a crash left. Called once, before any recording.

        `known` holds every opening on record, of all meetings whose files are kept, and
        how many parts it has: a file of any other is deleted. Unreported files are
        hashed and reported. Returns how many were reported.
        """
        left = await in_thread(self._sweep, known)
        reported = [await self._recover(place) for place in left]
        data = self._context.data
        await in_thread(paths.prune, data, data / paths.ROOT)
        return sum(reported)

    def _erase(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        openings: Collection[OpeningId] | None,
    ) -> int:
        below = paths.folder(self._context.data, room, feature)
        return sum(
            self._remove(below, f"{opening}/{participant}-*.webm")
            for opening in (("*",) if openings is None else openings)
        )

    def _expire(self, room: RoomId, feature: FeatureId) -> int:
        return self._remove(paths.folder(self._context.data, room, feature), "*/*.webm")

    def _remove(self, below: Path, pattern: str) -> int:
        count = sum(paths.remove(file) for file in list(below.glob(pattern)))
        paths.prune(self._context.data, below)
        return count

    def _lost(
        self, room: RoomId, feature: FeatureId, opening: OpeningId, known: int
    ) -> list[LostPart]:
        data, found = self._context.data, dict[int, LostPart]()
        below = paths.folder(data, room, feature)
        for file in sorted(below.glob(f"{opening}/*.webm")):
            place, people = Place.of(data, file), paths.marked(file)
            if place is None or place.part < known or place.participant not in people:
                continue
            if held := span(file):
                found.setdefault(place.part, LostPart(held[0], people))
        lost = [found[part] for part in sorted(found)]
        numbers = sorted(found)
        return [
            lost[bisect_left(numbers, part)]
            for part in range(known, numbers[-1] + 1 if numbers else known)
        ]

    def _last(
        self, room: RoomId, feature: FeatureId, opening: OpeningId
    ) -> datetime | None:
        below = paths.folder(self._context.data, room, feature)
        files = below.glob(f"{opening}/*.webm")
        spans = [span(file) for file in files if paths.marker(file).exists()]
        return max((held[1] for held in spans if held), default=None)

    def _sweep(self, known: Mapping[OpeningId, int]) -> list[Place]:
        """Delete what no permit covers; return what a crash left unreported."""
        data, left = self._context.data, []
        for mark in list((data / paths.ROOT).rglob("*.open")):
            if not mark.with_suffix(".webm").exists():
                mark.unlink()
        for file in list((data / paths.ROOT).rglob("*.webm")):
            place = Place.of(data, file)
            if place is None:
                log.warning("file.unknown", path=str(file.relative_to(data)))
            elif place.part >= known.get(place.opening, 0):
                paths.remove(file)
                log.warning("orphan.deleted", path=str(file.relative_to(data)))
            elif paths.marker(file).exists():
                left.append(place)
        return left

    async def _recover(self, place: Place) -> bool:
        data = self._context.data
        file = data / place.path
        held = await in_thread(span, file)
        if held is None:
            await in_thread(paths.remove, file)
            log.warning("capture.unreadable", path=place.path)
            return False
        captured = await in_thread(examine, data, place, held, recovered=True)
        try:
            await self._context.captures.finished(place.room, captured)
        except MeetingDamaged:
            return False  # as it was, for whoever mends the ledger
        await in_thread(paths.marker(file).unlink, missing_ok=True)
        log.info("capture.recovered", path=place.path)
        return True
