"""
Summaries: written when a meeting is over, kept, corrected, and written anew.

`<data>/words/<room>/summary/summary.json`, beside the words it is made of for as long
as it needs them.

Rule 1: while words are erased nothing is written of them (`exclusive`): what was
begun before is dropped, be it under way or just finished, and what is wanted waits.
Rule 2: the words of the summary go once it is written. Written anew it is made of what
a transcript still holds of them.
Rule 3: a model that fails loses nothing: its words wait for the next try, and quotes
picked by rules stand in.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import structlog

from gatekeeper.assistant.faults import NothingSaid
from gatekeeper.assistant.highlights import highlights
from gatekeeper.assistant.model.faults import ModelFault
from gatekeeper.assistant.summary import stored as files
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.erasure import prune
from gatekeeper.assistant.summary.stored import Stored
from gatekeeper.assistant.summary.writer import SummaryWriter
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.config.locales import REFERENCE
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.errors import EvidenceError, GatekeeperError, NothingThere
from gatekeeper.evidence.presence import Presence
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.stops import Stops

log = structlog.get_logger(__name__)


def may_read(feature: FeatureId, line: TranscriptLine, mine: Presence) -> bool:
    """Whether a line that a feature heard is somebody's to read."""
    return mine.may_read(feature, line.span, line.began, line.ended)


@dataclass(frozen=True, slots=True)
class Work:
    """How far the writing of a summary is."""

    state: Literal["waiting", "writing"]
    done: float = 0.0


class Summaries:
    """The summaries of all meetings."""

    def __init__(
        self,
        transcripts: TranscriptStore,
        writer: SummaryWriter,
        *,
        names: NameStore,
        rooms: RoomStore,
        listed: DeletionList,
        stops: Stops,
        clock: Callable[[], datetime],
    ) -> None:
        self._transcripts = transcripts
        self._listed = listed
        self._stops = stops
        self._writer = writer
        self._names = names
        self._rooms = rooms
        self._clock = clock
        self._epochs: Counter[RoomId] = Counter()
        """Rise when words are erased: what is of an older one is dropped."""
        self._hands: defaultdict[RoomId, asyncio.Lock] = defaultdict(asyncio.Lock)
        """Held by who reads a room's words to write of them, or erases some."""
        self._scopes: defaultdict[RoomId, set[asyncio.Timeout]] = defaultdict(set)
        """Of summaries so far that are being written."""
        self._queue: asyncio.Queue[RoomId] = asyncio.Queue()
        self._work: dict[RoomId, Work] = {}
        self._current: tuple[RoomId, asyncio.Task[None]] | None = None

    async def run(self) -> None:
        """Write what is wanted, one after the other, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                room = await self._queue.get()
                if room not in self._work:
                    continue
                task = tasks.create_task(self._attempt(room), name="summary")
                self._current = room, task
                await asyncio.wait([task])
                self._current = None

    def enqueue(self, room: RoomId) -> None:
        """Have it written, or written anew. Idempotent while it waits."""
        work = self._work.get(room)
        if work is None or work.state == "writing":
            self._work[room] = Work("waiting")
            self._queue.put_nowait(room)

    async def take_up(self, room: RoomId) -> None:
        """After a restart: have written what never was."""
        if await self._load(room) is None:
            self.enqueue(room)

    def work(self, room: RoomId) -> Work | None:
        """How far it is; None when nothing is to be written."""
        return self._work.get(room)

    @asynccontextmanager
    async def exclusive(self, room: RoomId) -> AsyncIterator[None]:
        """Drop what is being written of a room, and let nothing begin meanwhile."""
        self._epochs[room] += 1
        if self._current is not None and self._current[0] == room:
            self._current[1].cancel()
        for scope in self._scopes[room]:
            scope.reschedule(0)
        async with self._hands[room]:
            yield

    async def stored(
        self, room: RoomId, names: Mapping[ParticipantId, str]
    ) -> Stored | None:
        """
        What there is, without those whose erasure is under way; None if there is none.

        `names`: who is called what, so that those are masked. Raises `OSError`.
        """
        stored = await self._load(room)
        going = self._listed.subjects(room, SUMMARY)
        if stored is None or stored.summary is None or not going:
            return stored
        shown = stored.summary
        for who in going:
            shown = prune(shown, who, names.get(who, ""))
        return stored.model_copy(update={"summary": shown})

    async def _load(self, room: RoomId) -> Stored | None:
        try:
            return await self._transcripts.thread.submit(files.load, self._folder(room))
        except EvidenceError:
            log.error("summary.unreadable", room=room)
            return None

    async def so_far(
        self, room: RoomId, mine: Presence, progress: Callable[[float], None]
    ) -> tuple[Summary, Mapping[ParticipantId, str]]:
        """
        A summary of what somebody was there for, and who is called what in it.

        Kept nowhere, and made of nothing else that was heard. Begun anew without a word
        when somebody takes their part back: that is theirs to tell. Raises
        `NothingSaid`, `ModelFault`, `LedgerUnavailable`, and `OSError`.
        """
        while True:
            scope = asyncio.timeout(None)
            try:
                async with scope:
                    self._scopes[room].add(scope)
                    async with self._hands[room]:
                        heard = await self._transcripts.read(room, SUMMARY)
                    lines = [line for line in heard if may_read(SUMMARY, line, mine)]
                    known = await self._names.read(room, SUMMARY)
                    names = {w: known[w] for w in mine.people(SUMMARY) if w in known}
                    return await self._write(room, lines, names, progress), names
            except TimeoutError:
                if not scope.expired():
                    raise
            finally:
                self._scopes[room].discard(scope)

    async def strike(self, room: RoomId, item: str) -> None:
        """Remove a wrong item for everybody. Raises `NothingThere`, `OSError`."""
        before = await self._load(room)
        after = before.without(item) if before else None
        if after is None:
            raise NothingThere
        await self._save(room, after)

    async def erase(self, room: RoomId, participant: ParticipantId, name: str) -> int:
        """
        Take somebody out of the summary; return 1 if there was one that changed.

        Their lines must be gone from the store by now, and the room `exclusive`. What
        can be written anew is. Raises `OSError`.
        """
        before = await self._load(room)
        changed = False
        if before is not None and before.summary is not None:
            after = prune(before.summary, participant, name)
            changed = after != before.summary
            await self._save(room, before.model_copy(update={"summary": after}))
        if before is not None and any(
            not line.erased for line in await self._lines(room, before)
        ):
            self.enqueue(room)
        return int(changed)

    async def expire(self, room: RoomId) -> int:
        """Delete it; return how many files there were. Raises `OSError`."""
        self._work.pop(room, None)
        return int(
            await self._transcripts.thread.submit(files.remove, self._folder(room))
        )

    async def _attempt(self, room: RoomId) -> None:
        """Let no fault of a disk, a database or a model end what goes on by itself."""
        self._work[room] = Work("writing")
        epoch, again = self._epochs[room], False
        try:
            async with self._hands[room]:
                epoch = self._epochs[room]
                again = not await self._compose(room, epoch)
        except (GatekeeperError, OSError) as exc:
            log.error("summary.failed", room=room, cause=type(exc).__name__)
        finally:
            again = again or self._epochs[room] != epoch
            waits = self._work.get(room) == Work("waiting")
            if not waits and self._work.pop(room, None) is not None and again:
                self.enqueue(room)

    async def _compose(self, room: RoomId, epoch: int) -> bool:
        """Write and keep it; False if somebody took their part back meanwhile."""
        before = await self._load(room) or Stored()
        lines = await self._lines(room, before)
        fault: str | None = None
        written: Summary | None
        try:
            names = await self._names.read(room, SUMMARY)
            written = await self._write(
                room, lines, names, lambda x: self._progress(room, x)
            )
        except NothingSaid:
            written = None
        except ModelFault as exc:
            fault = exc.code
            written = await self._stand_in(room, lines)
        if self._epochs[room] != epoch:
            return False
        heard = frozenset(line.id for line in lines)
        kept = before.corrected(written) if written else None
        after = Stored(summary=kept, heard=heard, wrong=before.wrong, fault=fault)
        await self._save(room, after)
        if fault is None:
            await self._transcripts.drop_lines(room, SUMMARY)
        log.info("summary.written", room=room, fault=fault)
        return True

    async def _write(
        self,
        room: RoomId,
        lines: Sequence[TranscriptLine],
        names: Mapping[ParticipantId, str],
        progress: Callable[[float], None],
    ) -> Summary:
        language = await self._language(room)
        return await self._writer.write(
            lines, names, language=language, progress=progress
        )

    async def _stand_in(
        self, room: RoomId, lines: Sequence[TranscriptLine]
    ) -> Summary | None:
        language = await self._language(room)
        return await asyncio.to_thread(
            highlights, lines, language=language, made_at=self._clock()
        )

    async def _lines(self, room: RoomId, before: Stored) -> list[TranscriptLine]:
        """What was heard for the summary, wherever its words still are."""
        stopped = await self._stops.read(room, SUMMARY)
        own = await self._transcripts.read(room, SUMMARY)
        if any(not line.erased for line in own) or not before.heard:
            return [line for line in own if line.participant not in stopped]
        told = await self._transcripts.read(room, TRANSCRIPT)
        stopped |= await self._stops.read(room, TRANSCRIPT)
        return [
            line
            for line in told
            if line.id in before.heard and line.participant not in stopped
        ]

    def _progress(self, room: RoomId, done: float) -> None:
        if room in self._work and self._work[room].state == "writing":
            self._work[room] = Work("writing", done)

    async def _language(self, room: RoomId) -> str:
        record = await self._rooms.find(room)
        return REFERENCE if record is None else record.language

    async def _save(self, room: RoomId, stored: Stored) -> None:
        await self._transcripts.thread.submit(files.save, self._folder(room), stored)

    def _folder(self, room: RoomId) -> Path:
        return self._transcripts.folder(room, SUMMARY)
