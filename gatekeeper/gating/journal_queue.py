"""
The journal's queue: what one room writes in turn, and the receipts that come of it.

Rule 1: what begins is awaited, what ends is owed: in its turn, after the steps put
before it, so that an opening stands on record before its end does.
Rule 2: whatever ends the room, what is owed then is owed at once.
Rule 3: nobody waits for a receipt but who gets it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Generic

from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import LedgerUnavailable, OpenedTooOften, PeerError
from gatekeeper.gating.events import Audience, ReceiptMade
from gatekeeper.gating.journal import Journal, ReceiptDue, S
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.turns import Turns

HAND_WITHIN = 1.0
"""Seconds that receipts of withdrawals, which wait for the ledger, get at the end."""


class JournalQueue(Generic[S]):
    """Entries whose turn has not come, and receipts that are not handed out yet."""

    def __init__(
        self,
        journal: Journal[S],
        turns: Turns,
        audience: Audience,
        clock: Callable[[], datetime],
        may_write: Callable[[], bool],
        failed: Callable[[PeerError, FeatureId], None],
    ) -> None:
        """
        Write to `journal`, in the order of `turns`.

        `may_write` is asked before what begins is written down; `failed` hears of what
        could not be.
        """
        self._journal = journal
        self._turns = turns
        self._audience = audience
        self._clock = clock
        self._may_write = may_write
        self._failed = failed
        self._unwritten: deque[Callable[[], None]] = deque()
        self._waiting: set[asyncio.Task[None]] = set()
        """Who waits for the ledger to be back, with a receipt to hand out."""

    async def opened(self, opening: Opening, grants: Sequence[S]) -> None:
        """Write it, unless it has closed. Return once it is durable, or has failed."""
        if opening.alive and await self._writes(
            opening, partial(self._journal.opened, opening.feature, opening.id, grants)
        ):
            opening.recorded = True

    async def granted(self, opening: Opening, grant: S) -> None:
        """Write a joiner's grant, if the opening is on record. Return as `opened`."""
        if opening.alive and opening.recorded:
            write = partial(self._journal.granted, opening.id, grant)
            await self._writes(opening, write)

    def owe_part(self, opening: Opening) -> None:
        """Have the beginning of its part written, as of now, if the opening is."""
        self._owe(
            opening,
            partial(
                self._journal.began_part,
                opening.feature,
                opening.id,
                opening.part,
                opening.people,
                self._clock(),
            ),
        )

    def owe_closing(self, opening: Opening) -> None:
        """Have its closing written, as of now, if the opening is."""
        closed = self._journal.closed
        self._owe(opening, partial(closed, opening.feature, opening.id, self._clock()))

    def owe_withdrawal(
        self, participant: ParticipantId, feature: FeatureId, withdrawal: S | None
    ) -> None:
        """Have what is on record of theirs by then taken back."""
        self._put(partial(self._withdraw, participant, feature, withdrawal))

    def settle(self) -> None:
        """Owe all that is left: it gets no turn any more."""
        while self._unwritten:
            self._unwritten.popleft()()

    async def stop_waiting(self) -> None:
        """Hand out no receipt any more that only a ledger which is gone could give."""
        if self._waiting:
            await asyncio.wait(self._waiting, timeout=HAND_WITHIN)
        for task in self._waiting:
            task.cancel()

    def _check(self) -> None:
        if not self._may_write():
            raise OpenedTooOften

    async def _writes(
        self, opening: Opening, write: Callable[[], Awaitable[Sequence[ReceiptDue]]]
    ) -> bool:
        try:
            self._check()
            receipts = await write()
        except (LedgerUnavailable, OpenedTooOften) as exc:
            self._failed(exc, opening.feature)
            return False
        self._hand_out(receipts)
        return True

    def _owe(self, opening: Opening, owe: Callable[[], None]) -> None:
        def owe_recorded() -> None:
            if opening.recorded:
                owe()

        self._put(owe_recorded)

    def _put(self, owe: Callable[[], None]) -> None:
        self._unwritten.append(owe)
        if self._turns.over:
            self.settle()
        else:
            self._turns.put(self._owe_next)

    async def _owe_next(self) -> None:
        self._unwritten.popleft()()

    def _withdraw(
        self, participant: ParticipantId, feature: FeatureId, withdrawal: S | None
    ) -> None:
        for due in self._journal.withdrawn(participant, feature, withdrawal):
            if self._turns.over:
                continue  # nobody is there to get it
            name = "receipt of a withdrawal"
            task = self._turns.spawn(self._hand_if_written(due), name)
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    def _hand_out(self, receipts: Sequence[ReceiptDue]) -> None:
        _ = self._turns.spawn(self._hand_all(receipts), "receipts")

    async def _hand_all(self, receipts: Sequence[ReceiptDue]) -> None:
        for due in receipts:
            await self._hand(due)

    async def _hand_if_written(self, due: ReceiptDue) -> None:
        try:
            await self._hand(due)
        except LedgerUnavailable:
            return  # the server stops, and the ledger never came back

    async def _hand(self, due: ReceiptDue) -> None:
        text = await due.make()
        self._audience.tell(ReceiptMade(due.participant, due.feature, due.event, text))
