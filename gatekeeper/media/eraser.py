"""
The eraser: deletes a person's part, or all of what has had its time.

Rule 1: it is on the list of deletions before the first file goes, and struck off when
nothing is left; until then it is tried again.
Rule 2: first the film, which shows everybody, then the files, then the names, then the
entry in the ledger.
Rule 3: what others agreed to is kept: their film is made again without the one who
left it.
Rule 4: features that hold the same words lose them together (`together`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from typing import Protocol

import structlog

from gatekeeper.consent.words import FeatureId, ParticipantId, RoomId
from gatekeeper.errors import GatekeeperError, LedgerUnavailable
from gatekeeper.evidence.deletions import Deletion, DeletionList
from gatekeeper.evidence.entries import Erasure, RetentionEnded
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.media.films import Films

log = structlog.get_logger(__name__)


class Shelves(Protocol):
    """What one feature keeps. Each call raises `OSError`, `LedgerUnavailable`."""

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """Delete a person's part; return how many files it was."""

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all of it; return how many files there were."""


class Eraser:
    """Deletes, confirms, and says so in the ledger; an `Archive`."""

    def __init__(
        self,
        shelves: Callable[[FeatureId], Shelves],
        films: Films,
        *,
        together: Mapping[FeatureId, Collection[FeatureId]],
        listed: DeletionList,
        ledger: Ledger,
        undisturbed: asyncio.Lock,
        remake: Callable[[RoomId, FeatureId], Awaitable[None]],
    ) -> None:
        """
        `shelves` tells where a feature keeps things.

        `together`: of which features one's part goes as well. `remake` has the film
        made again of what is left, `undisturbed`.
        """
        self._shelves = shelves
        self._together = together
        self._films = films
        self._listed = listed
        self._ledger = ledger
        self._remake = remake
        self._undisturbed = undisturbed
        self._asked = asyncio.Event()

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """
        Erase a person's part now; return how many files it was.

        Raises `OSError`, `LedgerUnavailable` if that is not confirmed; it is then tried
        again until it is.
        """
        deletion = Deletion(room, feature, participant)
        try:
            await self._list(deletion)
        except LedgerUnavailable:
            # It cannot be promised for later, so what can go goes now.
            await self._shelves(feature).erase(room, feature, participant)
            raise
        try:
            return await self._carry_out(deletion)
        finally:
            self._asked.set()  # for what goes together with it, or for another try

    async def ask(self, deletion: Deletion) -> None:
        """Put it on the list; `run` carries it out. Raises `LedgerUnavailable`."""
        await self._list(deletion)
        self._asked.set()

    async def _list(self, deletion: Deletion) -> None:
        await self._listed.add(deletion)
        if deletion.subject is not None:
            for other in self._together.get(deletion.feature, ()):
                await self._listed.add(replace(deletion, feature=other))

    async def run(self, again: float) -> None:
        """Carry out what is on the list, until cancelled; retry after `again` s."""
        while True:
            self._asked.clear()
            if await self._carry_out_all():
                await self._asked.wait()
            else:
                await asyncio.sleep(again)

    async def _carry_out_all(self) -> bool:
        """Whether nothing is left to do."""
        try:
            pending = await self._listed.pending()
        except LedgerUnavailable:
            return False
        done = True
        for deletion in pending:
            try:
                await self._carry_out(deletion)
            except (OSError, GatekeeperError) as exc:
                done = False
                log.error(
                    "deletion.failed",
                    room=deletion.room,
                    feature=deletion.feature,
                    cause=type(exc).__name__,
                )
        return done

    async def _carry_out(self, deletion: Deletion) -> int:
        async with self._undisturbed:
            room, feature = deletion.room, deletion.feature
            shelves = self._shelves(feature)
            filmed = self._films.state(room, feature).state != "none"
            await self._films.drop(room, feature)
            if deletion.subject is None:
                files = await shelves.expire(room, feature)
            else:
                files = await shelves.erase(room, feature, deletion.subject)
            await self._listed.forget(deletion)
            told = history(await self._ledger.read(room))
            if files or _was_captured(told, deletion) or self._shared(told, deletion):
                await self._ledger.append(room, [_entry(deletion, files)])
            await self._listed.strike(deletion)
        log.info("deletion.confirmed", room=room, feature=feature, files=files)
        if filmed and deletion.subject is not None:
            await self._remake(room, feature)
        return files

    def _shared(self, told: History, deletion: Deletion) -> bool:
        """Whether a part that went together with another one's is not told of yet."""
        feature, subject = deletion.feature, deletion.subject
        return (
            subject is not None
            and feature in self._together
            and subject in told.people(feature)
            and (feature, subject) not in told.erased
        )


def _was_captured(told: History, deletion: Deletion) -> bool:
    """Whether the ledger speaks of files whose end it does not tell yet."""
    if deletion.feature in told.over:
        return False
    return any(
        item.feature == deletion.feature
        and deletion.subject in (None, item.participant)
        and (item.feature, item.participant) not in told.erased
        for item in told.captured
    )


def _entry(deletion: Deletion, files: int) -> Erasure | RetentionEnded:
    if deletion.subject is None:
        return RetentionEnded(feature=deletion.feature, files=files)
    return Erasure(feature=deletion.feature, subject=deletion.subject, files=files)
