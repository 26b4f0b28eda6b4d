"""
Archive: what recordings have kept, to be erased, expired, or recovered after a crash.

Rule 1: deletion is confirmed: a method returns when the files are gone, or raises.
Rule 2: erasing comes after closing; nothing is written to a file that is deleted.
Rule 3: a file of an opening that is not on record is deleted, never reported.
"""

import asyncio
from collections.abc import Container
from pathlib import Path

import structlog

from gatekeeper.consent.words import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.media import layout
from gatekeeper.media.layout import Place
from gatekeeper.media.studio import Studio, examine
from gatekeeper.media.webm import span

log = structlog.get_logger()


class RecordingArchive:
    """The files below `<data>/recordings`."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """Delete this participant's files. Raises `OSError` if one is still there."""
        layout.check(participant)
        for recording in list(self._studio.live):
            if (recording.permit.room, recording.permit.feature) == (room, feature):
                await recording.forget(participant)
        return await self._studio.submit(self._erase, room, feature, participant)

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all that a feature kept of a room that has ended; return how many."""
        return await self._studio.submit(self._expire, room, feature)

    async def recover(self, known: Container[OpeningId]) -> int:
        """
        Deal with what a crash left. Called once, before any recording.

        `known` holds every opening on record, of all meetings whose files are kept: a
        file of any other opening is deleted. Unreported files are hashed and reported.
        Returns how many were reported.
        """
        left = await asyncio.to_thread(self._sweep, known)
        reported = [await self._recover(place) for place in left]
        await asyncio.to_thread(
            layout.prune, self._studio.data, self._studio.data / layout.ROOT
        )
        return sum(reported)

    def _erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        below = layout.folder(self._studio.data, room, feature)
        return self._remove(below, f"*/{participant}-*.webm")

    def _expire(self, room: RoomId, feature: FeatureId) -> int:
        return self._remove(layout.folder(self._studio.data, room, feature), "*/*.webm")

    def _remove(self, below: Path, pattern: str) -> int:
        count = sum(layout.remove(file) for file in list(below.glob(pattern)))
        layout.prune(self._studio.data, below)
        return count

    def _sweep(self, known: Container[OpeningId]) -> list[Place]:
        """Delete what no permit covers; return what a crash left unreported."""
        data, left = self._studio.data, []
        for mark in list((data / layout.ROOT).rglob("*.open")):
            if not mark.with_suffix(".webm").exists():
                mark.unlink()
        for file in list((data / layout.ROOT).rglob("*.webm")):
            place = Place.of(data, file)
            if place is None:
                log.warning("file.unknown", path=str(file.relative_to(data)))
            elif place.opening not in known:
                layout.remove(file)
                log.warning("orphan.deleted", path=str(file.relative_to(data)))
            elif layout.marker(file).exists():
                left.append(place)
        return left

    async def _recover(self, place: Place) -> bool:
        data = self._studio.data
        file = data / place.path
        held = await asyncio.to_thread(span, file)
        if held is None:
            await asyncio.to_thread(layout.remove, file)
            log.warning("capture.unreadable", path=place.path)
            return False
        capture = await asyncio.to_thread(examine, data, place, held, recovered=True)
        await self._studio.captures.finished(
            place.room, place.opening, place.feature, capture
        )
        await asyncio.to_thread(layout.marker(file).unlink, missing_ok=True)
        log.info("capture.recovered", path=place.path)
        return True
