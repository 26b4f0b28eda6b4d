"""
Keeping: what was recorded, from the file to the ledger, and until it is deleted.

Rule 1: a finished file is reported once its hash is durable in the meeting's chain.
Rule 2: after a crash, gates are closed in the ledger before files are reported, a file
that no opening covers is deleted, and a meeting that is over is sealed.
Rule 3: what is older than the notice says is deleted.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from gatekeeper.archive import orphans
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.filming import Filming
from gatekeeper.assistant.summary.store import SUMMARY, Summaries
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.clock import Clock
from gatekeeper.consent.types import FeatureId, OpeningId, RoomId
from gatekeeper.errors import GatekeeperError
from gatekeeper.evidence.entries import CaptureFinished, MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.media.recording.context import Capture
from gatekeeper.media.recording.store import RecordingStore
from gatekeeper.storage import paths
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomRecord, RoomStore

log = structlog.get_logger(__name__)

SWEEP = 600.0
"""Seconds between two sweeps."""
AGAIN = 15.0
"""Seconds after which a deletion that failed is tried again."""


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
            part=capture.part,
        )
        await self._ledger.append(room, [body])


class Keeping:
    """Takes up after a crash, has films made, and deletes in time."""

    def __init__(
        self,
        data: Path,
        archive: RecordingStore,
        book: TranscriptStore,
        *,
        endings: Endings,
        eraser: Eraser,
        filming: Filming,
        summaries: Summaries,
        ledger: Ledger,
        register: RoomStore,
        names: NameStore,
        keep: Mapping[FeatureId, timedelta],
        clock: Clock,
    ) -> None:
        """`keep`: how long what a feature keeps here stays, for those that do."""
        self._data = data
        self._archive = archive
        self._book = book
        self._summaries = summaries
        self._endings = endings
        self._eraser = eraser
        self._filming = filming
        self._ledger = ledger
        self._register = register
        self._names = names
        self._keep = keep
        self._clock = clock
        self._early: dict[RoomId, datetime] = {}
        """Rooms whose end on record is still to come, and since when they are known."""

    async def recover(self) -> None:
        """Close what a crash left open, and deal with its files. Called once."""
        kept = {room for room, _ in await self._kept()}
        openings = await self._ledger.openings(kept)
        rooms = await self._register.sealed()
        found = await asyncio.to_thread(orphans.find, self._data, rooms, openings)
        orphans.check(self._data, found)
        await self._start_clock()
        for record in await self._register.returning():
            await self._endings.note(record.id)
        unsealed = await self._register.unsealed()
        for record in unsealed:
            await self._endings.note(record.id)
        known: dict[OpeningId, int] = {}
        for room, _ in await self._kept():
            known |= (await self._ledger.standing(room)).parts
        await self._archive.recover(known)
        await self._book.recover(known)
        for record in unsealed:
            await self._ledger.append(record.id, [MeetingSealed()])

    async def _start_clock(self) -> None:
        latest = await self._register.latest()
        if latest is not None:
            self._clock.doubt(latest)

    async def run(self) -> None:
        """Take up films and deletions; then sweep, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._eraser.run(AGAIN), name="eraser")
            await self._attempt(self._take_up())
            while True:
                await self._attempt(self.sweep())
                await asyncio.sleep(SWEEP)

    async def over(self, room: RoomId) -> None:
        """The meeting is over and sealed: have its films and summary made."""
        for feature in self._keep:
            await self._attempt(self._filming.make(room, feature))
        await self._attempt(self._summarise(room))

    async def _summarise(self, room: RoomId) -> None:
        if await self._names.read(room, SUMMARY):
            self._summaries.want(room)

    async def sweep(self) -> None:
        """Have all deleted whose time is over."""
        now = self._clock.settled()
        longest = max(self._keep.values(), default=timedelta(0))
        await self._register.forget_titles(now - longest)
        for room, feature in await self._kept():
            record = await self._register.find(room)
            if record is not None and self._is_over(record, feature, now):
                await self._eraser.expire(room, feature)

    def _is_over(self, record: RoomRecord, feature: FeatureId, now: datetime) -> bool:
        # A feature that is no longer configured: as long as the others.
        keep = self._keep.get(feature, max(self._keep.values(), default=timedelta(0)))
        if record.ended_at is None:
            return False
        ended = record.ended_at
        if ended > now:  # the clock was set since, so it is counted from here
            ended = self._early.setdefault(record.id, now)
        return now - ended > keep

    async def _take_up(self) -> None:
        """After a restart: make what was never begun."""
        for room, feature in await self._kept():
            record = await self._register.find(room)
            if record is None or record.ended_at is None:
                continue
            if feature == SUMMARY:
                await self._summaries.take_up(room)
            else:
                await self._filming.take_up(room, feature)

    async def _attempt(self, work: Coroutine[None, None, None]) -> None:
        """Let no fault of a disk or a database end what goes on by itself."""
        try:
            await work
        except (GatekeeperError, OSError) as exc:
            log.error("keeping.failed", cause=type(exc).__name__)

    async def _kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which rooms and features there is anything."""
        found = await asyncio.to_thread(_folders, self._data / paths.ROOT)
        words = await asyncio.to_thread(self._book.kept)
        return found | words | await self._names.kept()


def _folders(below: Path) -> set[tuple[RoomId, FeatureId]]:
    return {
        (RoomId(folder.parent.name), FeatureId(folder.name))
        for folder in below.glob("*/*")
        if folder.is_dir()
    }
