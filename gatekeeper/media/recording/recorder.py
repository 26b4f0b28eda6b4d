"""
The recorder: the sink that keeps what participants send, one file per source.

Rule 1: the permit comes first; each tap holds it and asks it for every packet.
Rule 2: the event loop gathers frames and hands them over a few times a second; it
never touches a file and never waits for one.
Rule 3: once `stopped()` has returned, no file of this opening grows.
Rule 4: memory is bounded. A disk that cannot keep up ends the recording.
Rule 5: whoever comes or goes ends every file: each holds one part, which begins with a
keyframe, and nothing of anybody who is not in it (design.md, rule 19).
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from functools import partial

import structlog

from gatekeeper.consent.types import (
    ParticipantId,
    SourceKind,
)
from gatekeeper.errors import (
    DiskLow,
    LedgerUnavailable,
    SinkUnavailable,
)
from gatekeeper.gating.guard import guarded
from gatekeeper.gating.permit import Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.media.recording.context import RecordingContext, examine
from gatekeeper.media.recording.files import Closed, Entry, Files, Sheet
from gatekeeper.media.recording.webm import TimedFrame
from gatekeeper.media.tap.parts import Part, Parts
from gatekeeper.media.tap.stream import Frame
from gatekeeper.media.tap.taps import Taps
from gatekeeper.meeting.sink import Recipients
from gatekeeper.storage import paths
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.paths import Place

log = structlog.get_logger()

_PERIOD = 0.2
"""Seconds between two batches, and between two looks at what is missing."""
_BACKLOG = 32 * 1024 * 1024
"""Bytes that may wait for the disk: two minutes of one camera."""
_LATE = 0.5
"""Seconds after its end in which frames of a part may still come."""


class Recorder:
    """One opening's recording. Lives in `tasks`."""

    def __init__(
        self,
        opened: Opened,
        context: RecordingContext,
        *,
        sources: Sequence[SourceKind],
        recipients: Recipients,
    ) -> None:
        permit, tasks = opened.permit, opened.tasks
        paths.check(permit.room, permit.feature, permit.opening)
        self._permit = permit
        self._context = context
        self._tasks = tasks
        self._running: Callable[[], None] | None = opened.running
        self._failed: Callable[[SinkUnavailable], None] | None = opened.failed
        loop = asyncio.get_running_loop()
        self._now = loop.time
        self._ahead = context.clock() - timedelta(seconds=loop.time())
        """What to add to the loop's clock to get the time of day."""
        self._parts = Parts()
        self._files = Files(context.data, partial(context.has_space, permit.room))
        self._taps = Taps(
            permit,
            sources=sources,
            ice_servers=context.ice_servers,
            recipients=recipients,
            quotas=context.quotas,
            kept=True,
            tasks=tasks,
            connected=self._connected,
        )
        self._batch: list[Entry] = []
        self._waiting = 0
        """Bytes in `_batch`."""
        self._writing: asyncio.Future[None] | None = None
        self._forgotten: set[ParticipantId] = set()
        self._closing: asyncio.Future[list[Closed]]
        self._stopped = asyncio.Event()
        context.live.add(self)
        guarded(opened, self._close, self._report_all, name="recording")
        tasks.create_task(self._pace(), name="recording pace")

    @property
    def sources(self) -> Sequence[SourceKind]:
        return self._taps.sources

    @property
    def permit(self) -> Permit:
        """What this recording runs under."""
        return self._permit

    async def offer(
        self, participant: ParticipantId, sdp: str, sources: Mapping[str, SourceKind]
    ) -> str:
        paths.check(participant)
        keep = self._keeper(participant)
        return await self._taps.connect(participant, sdp, sources, keep)

    def drop(self, participant: ParticipantId) -> None:
        self._taps.drop(participant)

    def cut(self, part: int, people: Collection[ParticipantId]) -> None:
        again = self._parts.current is not None
        self._parts.cut(part, people, at=self._now())
        if again:
            self._taps.begin_anew()

    async def stopped(self) -> None:
        await self._stopped.wait()

    async def forget(self, participant: ParticipantId) -> None:
        """Return once this participant's files are closed; report them no more."""
        if not self._permit.alive:
            self._forgotten.add(participant)
            await self.stopped()
            return
        self.drop(participant)
        self._batch = [e for e in self._batch if e[0].place.participant != participant]
        await self._context.thread.submit(self._files.forget, participant)

    def _keeper(
        self, participant: ParticipantId
    ) -> Callable[[SourceKind, Frame], None]:
        room, context = self._permit.room, self._context
        sheets: dict[tuple[int, SourceKind], Sheet] = {}

        def keep(source: SourceKind, frame: Frame) -> None:
            if self._waiting > _BACKLOG:
                self._fail("the disk is too slow")
            part = self._parts.of(frame.at)
            if self._failed is None or part is None or participant not in part.people:
                return
            if part is not self._parts.current and source.media == "video":
                # A keyframe of before is none to begin with.
                self._taps.begin_anew(participant)
                return
            key = part.number, source
            sheet = sheets.get(key)
            if sheet is None:
                sheet = sheets[key] = self._sheet(part, participant, source)
            self._waiting += len(frame.data)
            context.count(room, len(frame.data))
            at = max(0, round((frame.at - part.at) * 1000))
            self._batch.append((sheet, TimedFrame(frame.data, at, frame.picture)))

        return keep

    def _sheet(
        self, part: Part, participant: ParticipantId, source: SourceKind
    ) -> Sheet:
        permit = self._permit
        place = Place(
            permit.room,
            permit.feature,
            permit.opening,
            participant,
            source,
            part.number,
        )
        began = self._ahead + timedelta(seconds=part.at)
        return Sheet(place, began, tuple(sorted(part.people)))

    def _connected(self) -> None:
        if self._running is not None and self._permit.alive:
            running, self._running = self._running, None
            running()

    def _fail(self, cause: str, why: SinkUnavailable | None = None) -> None:
        if self._failed is not None:
            failed, self._failed = self._failed, None
            log.error("recording.failed", cause=cause, **self._names)
            failed(why or SinkUnavailable())

    @property
    def _names(self) -> dict[str, str]:
        return {"room": self._permit.room, "opening": self._permit.opening}

    async def _pace(self) -> None:
        while self._permit.alive:
            await asyncio.sleep(_PERIOD)
            self._taps.tick()
            self._hand_over()
            self._end_parts()

    def _hand_over(self) -> None:
        """Give the writer what has come in, unless it is still busy."""
        if self._writing is not None:
            if not self._writing.done():
                return
            if error := self._writing.exception():
                why = error if isinstance(error, DiskLow) else None
                self._fail(why.code if why else str(error), why)
                self._drain()
            self._writing = None
        if self._batch:
            self._writing = self._context.thread.submit(
                self._files.write, self._drain()
            )

    def _end_parts(self) -> None:
        """Finish the files of which nothing can come any more."""
        if self._batch:
            return  # something of theirs may be there, and the writer is busy
        if over := self._parts.forget(self._now() - _LATE):
            parts = [part.number for part in over]
            ending = self._context.thread.submit(self._files.end, parts)
            ending.add_done_callback(lambda done: done.result())

    def _drain(self) -> list[Entry]:
        batch, self._batch, self._waiting = self._batch, [], 0
        return batch

    def _close(self) -> None:
        self._taps.drop_all()
        if self._writing is not None:
            self._writing.add_done_callback(lambda done: done.exception())
        self._closing = self._context.thread.submit(self._files.close, self._drain())
        self._closing.add_done_callback(lambda _: self._stopped.set())

    async def _report_all(self) -> None:
        try:
            for closed in await self._closing:
                await self._report(closed)
        finally:
            self._context.live.discard(self)

    async def _report(self, closed: Closed) -> None:
        context, permit = self._context, self._permit
        try:
            captured = await in_thread(
                examine,
                context.data,
                closed.place,
                closed.span,
                recovered=not closed.whole,
            )
            if closed.place.participant in self._forgotten:
                return
            await context.captures.finished(permit.room, captured)
            await context.thread.submit(
                paths.marker(context.data / closed.place.path).unlink, missing_ok=True
            )
        except FileNotFoundError:
            log.info("capture.erased", **self._names)
        except (OSError, LedgerUnavailable) as exc:
            # Its marker stays, so the next start reports it.
            log.warning("capture.unreported", cause=str(exc), **self._names)
