"""
Keeping: what was recorded, from the file to the ledger, and until it is deleted.

Rule 1: a finished file is reported once its hash is durable in the meeting's chain.
Rule 2: after a crash, gates are closed in the ledger before files are reported, and a
file that no opening covers is deleted.
Rule 3: what is older than the notice says is deleted.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from gatekeeper.consent.words import FeatureId, OpeningId, RoomId
from gatekeeper.errors import GatekeeperError
from gatekeeper.evidence.entries import CaptureFinished, GateClosed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.rooms import RoomRegister
from gatekeeper.media.archive import RecordingArchive
from gatekeeper.media.studio import Capture

log = structlog.get_logger(__name__)

SWEEP = 3600.0
"""Seconds between two sweeps."""


class CaptureLedger:
    """Notes finished files in the chain of their meeting."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def finished(
        self, room: RoomId, opening: OpeningId, feature: FeatureId, capture: Capture
    ) -> None:
        """Return once the hash is durable. Raises `LedgerUnavailable`."""
        body = CaptureFinished(
            feature=feature,
            opening=opening,
            subject=capture.participant,
            source=capture.source,
            sha256=capture.sha256,
            bytes=capture.size,
            first=capture.first,
            last=capture.last,
            recovered=capture.recovered,
        )
        await self._ledger.append(room, [body])


class Keeping:
    """Takes up after a crash, and deletes in time."""

    def __init__(
        self,
        recordings: Path,
        archive: RecordingArchive,
        *,
        ledger: Ledger,
        register: RoomRegister,
        keep: Mapping[FeatureId, timedelta],
        clock: Callable[[], datetime],
    ) -> None:
        """`recordings`: the folder with one folder a room."""
        self._recordings = recordings
        self._archive = archive
        self._ledger = ledger
        self._register = register
        self._keep = keep
        self._clock = clock

    async def recover(self) -> None:
        """Close what a crash left open, and deal with its files. Called once."""
        known: set[OpeningId] = set()
        for room in await self._rooms():
            standing = await self._ledger.standing(room)
            known |= set(standing.openings)
        for record in await self._register.unended():
            await self._close_gates(record.id)
        for record in await self._register.unsealed():
            await self._close_gates(record.id)
        await self._archive.recover(known)

    async def _close_gates(self, room: RoomId) -> None:
        standing = await self._ledger.standing(room)
        bodies = [GateClosed(feature=f, opening=o) for o, f in standing.open.items()]
        if bodies:
            await self._ledger.append(room, bodies)
            log.warning("gates.closed-after-crash", room=room)

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except (GatekeeperError, OSError) as exc:
                log.error("sweep.failed", cause=type(exc).__name__)
            await asyncio.sleep(SWEEP)

    async def sweep(self) -> None:
        """Delete what is kept of rooms whose time is over."""
        now = self._clock()
        longest = max(self._keep.values(), default=timedelta(0))
        for room in await self._rooms():
            record = await self._register.find(room)
            if record is None or record.ended_at is None:
                continue
            if now - record.ended_at > longest:
                files = await self._archive.expire(room)
                log.info("recordings.expired", room=room, files=files)

    async def _rooms(self) -> list[RoomId]:
        """The rooms of which something is kept."""
        return await asyncio.to_thread(_folders, self._recordings)


def _folders(below: Path) -> list[RoomId]:
    if not below.is_dir():
        return []
    return [RoomId(folder.name) for folder in below.iterdir() if folder.is_dir()]
