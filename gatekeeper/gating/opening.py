"""
Openings: each from the grant that opens a gate to the last byte of its sink.

Rule 1: `Opening.close` is synchronous, idempotent and cannot fail: it ends the permit.
Rule 2: an opening that was closed never lives; opening again makes another one.
Rule 3: the sign follows the sink: on when it runs, off when it has stopped (rule 14).
Rule 4: a sink that crashes closes its own gate and nothing else (rule 15).
"""

import asyncio
import secrets
from collections.abc import Callable, Collection

import structlog

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import SinkUnavailable, UnknownOpening
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.sink import Opened, OpenSink, Sink

log = structlog.get_logger(__name__)

STOP_WITHIN = 5.0
"""Seconds after which a sink that does not say it has stopped is taken as stopped:
its permit is dead, so nothing passes, and the meeting goes on (rule 15)."""


class Opening:
    """One stretch of time in which a gate is open."""

    def __init__(
        self,
        room: RoomId,
        feature: FeatureId,
        mint: Mint,
        people: Collection[ParticipantId],
    ) -> None:
        """`people`: who is present, all of whom have granted."""
        self.id = OpeningId(secrets.token_urlsafe(16))
        self.room = room
        self.feature = feature
        self.part = 0
        self.people = frozenset(people)
        """Who is present in this part."""
        self.recorded = False
        """Whether the ledger holds it."""
        self.running = False
        """Whether its sink says that it captures."""
        self.alive = True
        self.stopped = asyncio.Event()
        """Set once nothing more will be written."""
        self.finished = asyncio.Event()
        """Set once what was written is hashed and reported."""
        self.announced = False
        """Whether clients were told to offer taps."""
        self.sink: Sink | None = None
        self._mint = mint
        self._permit: Permit | None = None

    def close(self) -> None:
        """Let nothing further through. Idempotent."""
        self.alive = False
        if self._permit is not None:
            self._mint.revoke(self._permit)
        else:
            self.stopped.set()
            self.finished.set()

    def drop(self, participant: ParticipantId) -> None:
        """Close one participant's tap: they have left."""
        if self.sink is not None:
            self.sink.drop(participant)

    def cut(self, people: Collection[ParticipantId]) -> None:
        """Somebody has come or gone: from now on exactly `people` are present."""
        self.part += 1
        self.people = frozenset(people)
        if self.sink is not None:
            self.sink.cut(self.part, self.people)

    def usable_sink(self) -> Sink:
        """The sink, while the gate is open. Raises `UnknownOpening`."""
        if not self.alive or self.sink is None:
            raise UnknownOpening
        return self.sink

    async def run(
        self,
        open_sink: OpenSink,
        *,
        turned: Callable[["Opening"], None],
        running: Callable[["Opening"], None],
        stopped: Callable[["Opening"], None],
        failed: Callable[["Opening", SinkUnavailable], None],
        finished: Callable[["Opening"], None],
    ) -> None:
        """
        Mint the permit and let the sink run until the gate closes.

        `turned` when it may want taps, or none any more, `running` when it captures,
        `stopped` when it has stopped, `finished` when all is reported; `failed` as
        well, when the sink could not go on.
        """
        if not self.alive:
            finished(self)
            return
        permit = self._permit = self._mint.issue(self.feature, self.room, self.id)
        try:
            async with asyncio.TaskGroup() as tasks:
                self.sink = open_sink(
                    Opened(
                        permit,
                        tasks,
                        running=lambda: self._runs(running),
                        failed=lambda why: failed(self, why),
                        turned=lambda: turned(self),
                    )
                )
                self.sink.cut(self.part, self.people)
                turned(self)
                await permit.ended()
                await self._wait_for(self.sink)
                self._has_stopped(stopped)
        except* SinkUnavailable as group:
            log.warning("sink.unavailable", room=self.room, feature=self.feature)
            failed(self, _first(group))
        except* Exception:
            log.exception("sink.crashed", room=self.room, feature=self.feature)
            failed(self, SinkUnavailable())
        finally:
            self.close()
            self._has_stopped(stopped)
            self.finished.set()
            finished(self)

    async def _wait_for(self, sink: Sink) -> None:
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await sink.stopped()
        except TimeoutError:
            log.error("sink.slow-to-stop", room=self.room, feature=self.feature)

    def _runs(self, running: Callable[["Opening"], None]) -> None:
        if self.alive and not self.running:
            self.running = True
            running(self)

    def _has_stopped(self, stopped: Callable[["Opening"], None]) -> None:
        if not self.stopped.is_set():
            self.running = False
            self.stopped.set()
            stopped(self)


def _first(group: ExceptionGroup[SinkUnavailable]) -> SinkUnavailable:
    first = group.exceptions[0]
    return first if isinstance(first, SinkUnavailable) else _first(first)
