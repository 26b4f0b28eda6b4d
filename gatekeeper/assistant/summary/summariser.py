"""
The summariser: the sink of the summary. It listens, and sums up so far for who asks.

Rule 1: what it hears is kept apart from any transcript, until the summary is written.
Rule 2: a summary so far is for the one who asked, of what they were there for, and
is kept nowhere. A closing, and
somebody who takes their part back, end it.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from gatekeeper.assistant.faults import WordsUnreadable
from gatekeeper.assistant.summary.markdown import as_json
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.assistant.transcript.transcript import require_space
from gatekeeper.consent.features import SUMMARY
from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import PeerError, RateLimited, UnknownFeature, UnknownOpening
from gatekeeper.evidence.presence import Presence
from gatekeeper.gating.sink import Opened
from gatekeeper.meeting.sink import Asker, Recipients
from gatekeeper.wire.assistant import Summarise, SummaryProgress, SummarySoFar, Wish
from gatekeeper.wire.server import Fault

log = structlog.get_logger(__name__)


Presences = Callable[[RoomId, ParticipantId], Awaitable[Presence]]
"""Raises `LedgerUnavailable`."""


class Summariser(Transcriber):
    """One opening's minutes."""

    def __init__(
        self,
        opened: Opened,
        context: TranscriptionContext,
        summaries: Summaries,
        presence: Presences,
        *,
        recipients: Recipients,
    ) -> None:
        super().__init__(
            opened,
            context,
            recipients=recipients,
            said=lambda line, people: None,
        )
        self._summaries = summaries
        self._presence = presence
        self._tasks = opened.tasks
        self._asked: dict[ParticipantId, asyncio.Task[None]] = {}

    def ask(self, asker: Asker, wish: Wish) -> None:
        """
        Sum up so far.

        Raises `UnknownOpening`, and `RateLimited` while one is being written for them.
        """
        if not self.permit.alive:
            raise UnknownOpening
        if not isinstance(wish, Summarise):
            raise UnknownFeature
        if asker.id in self._asked:
            raise RateLimited("A summary is being written for you already.")
        task = self._tasks.create_task(self._sum_up(asker), name="summary so far")
        self._asked[asker.id] = task
        task.add_done_callback(lambda _: self._asked.pop(asker.id, None))

    def _close(self) -> None:
        super()._close()
        for task in list(self._asked.values()):
            task.cancel()

    async def _sum_up(self, asker: Asker) -> None:
        room = self.permit.room

        def progress(done: float) -> None:
            if self.permit.alive:
                asker.send(SummaryProgress(done=done))

        try:
            progress(0.0)
            mine = await self._presence(room, asker.id)
            summary, names = await self._summaries.so_far(room, mine, progress)
            if self.permit.alive:
                asker.send(SummarySoFar(summary=as_json(summary, names.get)))
        except (PeerError, OSError) as exc:
            why = exc if isinstance(exc, PeerError) else WordsUnreadable()
            log.info("summary.refused", room=room, code=why.code)
            asker.send(
                Fault(
                    code=why.code, detail=str(why), about="summarise", feature=SUMMARY
                )
            )


class MinutesOpener:
    """Makes the minutes of one opening: a `SinkOpener`."""

    def __init__(
        self, context: TranscriptionContext, summaries: Summaries, presence: Presences
    ) -> None:
        """`presence` tells what somebody may have of a meeting."""
        self._context = context
        self._summaries = summaries
        self._presence = presence

    def __call__(self, opened: Opened, recipients: Recipients) -> Summariser:
        """Listen. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        require_space(self._context)
        return Summariser(
            opened,
            self._context,
            self._summaries,
            self._presence,
            recipients=recipients,
        )
