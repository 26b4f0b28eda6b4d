"""
The eraser: deletes a person's part, or all of what has had its time.

Rule 1: it is on the list of deletions before the first file goes, and struck off when
nothing is left and nothing more is owed; until then it is tried again.
Rule 2: first the film, which shows everybody, then the files, then the names, then the
entry in the ledger, then the film that is made of the others. Before that it is noted
which files must be used no longer (`archive.recall`).
Rule 3: what others agreed to is kept: their film is made again without the one who
left it.
Rule 4: features that hold the same words lose them together (`together`).
Rule 5: what cannot be deleted just now waits for itself, and for nobody else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import structlog

from gatekeeper.archive.locks import RoomLocks
from gatekeeper.archive.recall import Recall
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import GatekeeperError, LedgerUnavailable
from gatekeeper.evidence.entries import Erasure, RetentionEnded
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Film
from gatekeeper.storage.deletions import Deletion, DeletionList, Key

log = structlog.get_logger(__name__)

AGAIN = 15.0
"""Seconds after which a deletion that failed is tried again."""
SLOWEST = 300.0
"""Seconds between two tries of what has failed again and again."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """When a deletion is tried again, and after how long it was this time."""

    due: float
    waited: float


class Eraser:
    """Deletes, confirms, and says so in the ledger: an `Erasable`."""

    def __init__(
        self,
        stores: FeatureStores,
        films: Films,
        *,
        together: Mapping[FeatureId, Collection[FeatureId]],
        listed: DeletionList,
        ledger: Ledger,
        exclusive: RoomLocks,
        remake: Callable[[RoomId, FeatureId], Awaitable[None]],
        recall: Recall,
        monotonic: Callable[[], float],
    ) -> None:
        """
        Erase what is in `stores`.

        `together`: of which features one's part goes as well. `remake` has the film
        made again of what is left, `exclusive`, if there is to be one by now. `recall`
        tells everybody which files must be used no longer.
        """
        self._recall = recall
        self._stores = stores
        self._together = together
        self._films = films
        self._listed = listed
        self._ledger = ledger
        self._remake = remake
        self._exclusive = exclusive
        self._monotonic = monotonic
        self._asked = asyncio.Event()
        self._failed: dict[Key, _Failed] = {}

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """
        Erase what there is of a person now; return how many files it was.

        Raises `OSError`, `LedgerUnavailable` if that is not confirmed; it is then tried
        again until it is.
        """
        asked = await self._part(room, feature, participant)
        try:
            await self._listed.add(asked)
        except LedgerUnavailable:
            # It cannot be promised for later, so what can go goes now.
            for each in asked:
                await self._delete(each)
            raise
        try:
            return await self._carry_out(asked[0])
        finally:
            self._asked.set()  # for what goes together with it, or for another try

    async def enqueue(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> None:
        """List what there is of a person now; `run` erases. Raises as `erase` does."""
        await self._listed.add(await self._part(room, feature, participant))
        self._asked.set()

    async def list_all(
        self,
        room: RoomId,
        features: Collection[FeatureId],
        participant: ParticipantId,
    ) -> list[Deletion]:
        """
        List what there is of a person now in all of these, all or none.

        For who carries it out at once (`carry_out`), or calls `wake`. Returns what was
        listed. Raises `LedgerUnavailable`.
        """
        covered = tuple(
            dict.fromkeys(
                each for one in features for each in (one, *self._together.get(one, ()))
            )
        )
        openings = await self._openings(room, covered)
        asked = [Deletion(room, each, participant, openings) for each in covered]
        await self._listed.add(asked)
        return asked

    def wake(self) -> None:
        """Have `run` look at the list."""
        self._asked.set()

    async def carry_out(self, deletion: Deletion) -> int:
        """
        Do one that is listed now; return how many files it was.

        Raises as `erase` does; it is then tried again.
        """
        return await self._carry_out(deletion)

    async def expire(self, room: RoomId, feature: FeatureId) -> None:
        """List all of a feature, whose time is over. Raises `LedgerUnavailable`."""
        deletion = Deletion(room, feature, None, None)
        if deletion not in self._listed.pending():
            await self._listed.add([deletion])
        self._asked.set()

    async def run(self) -> None:
        """
        Carry out what is on the list, until cancelled.

        What has failed is tried again, after twice as long each time.
        """
        while True:
            self._asked.clear()
            for deletion in self.due():
                await self.attempt(deletion)
            await self._wait()

    def due(self) -> list[Deletion]:
        """What is listed, save what has failed and is to wait."""
        return [each for each in self._listed.pending() if self._is_due(each)]

    async def attempt(self, deletion: Deletion) -> None:
        """Carry one out; if that fails, it is due again after a while."""
        try:
            await self._carry_out(deletion)
        except (OSError, GatekeeperError) as exc:
            before = self._failed.get(deletion.key)
            wait = AGAIN if before is None else min(2 * before.waited, SLOWEST)
            self._failed[deletion.key] = _Failed(self._monotonic() + wait, wait)
            log.error(
                "deletion.failed",
                room=deletion.room,
                feature=deletion.feature,
                cause=type(exc).__name__,
            )
        else:
            self._failed.pop(deletion.key, None)

    # ---- What is meant --------------------------------------------------------------

    async def _part(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> list[Deletion]:
        """A person's part as it is now: of `feature`, then of what goes with it."""
        features = (feature, *self._together.get(feature, ()))
        openings = await self._openings(room, features)
        return [Deletion(room, each, participant, openings) for each in features]

    async def _openings(
        self, room: RoomId, features: Iterable[FeatureId]
    ) -> frozenset[OpeningId]:
        """Those on record, and those on the disk if nobody can read the record."""
        try:
            told = history(await self._ledger.read(room))
        except LedgerUnavailable:
            found = [await self._stores.of(f).openings(room, f) for f in features]
            return frozenset[OpeningId]().union(*found)
        return frozenset(s.opening for f in features for s in told.stretches_of(f))

    # ---- Carrying out ---------------------------------------------------------------

    def _is_due(self, deletion: Deletion) -> bool:
        failed = self._failed.get(deletion.key)
        return failed is None or failed.due <= self._monotonic()

    async def _wait(self) -> None:
        """Until something is asked for, or something that has failed is due."""
        listed = {deletion.key for deletion in self._listed.pending()}
        self._failed = {k: f for k, f in self._failed.items() if k in listed}
        due = min((f.due for f in self._failed.values()), default=None)
        try:
            async with asyncio.timeout(
                None if due is None else max(0.0, due - self._monotonic())
            ):
                await self._asked.wait()
        except TimeoutError:
            pass

    async def _carry_out(self, deletion: Deletion) -> int:
        room, feature = deletion.room, deletion.feature
        async with self._exclusive(room):
            filmed = self._films.state(room, feature).state != "none"
            files = await self._delete(deletion)
            told = history(await self._ledger.read(room))
            await self._recall.note(_tracks(told, deletion))
            if not _has_more(told, deletion):
                await self._listed.forget(deletion)
            else:
                await self._listed.scrub()
            if files or self._untold(told, deletion):
                await self._ledger.append(room, [_entry(told, deletion, files)])
        if deletion.subject is not None and (filmed or told.sealed):
            await self._remake(room, feature)
        await self._listed.strike(deletion)
        log.info("deletion.confirmed", room=room, feature=feature, files=files)
        return files

    async def _delete(self, deletion: Deletion) -> int:
        """Delete the film, which shows everybody, then the files; return how many."""
        room, feature, subject = deletion.key
        ever = await self._films.ever(room, feature)
        good = [film for film in ever if not _shows(film, deletion)]
        gone = {film.sha256 for film in ever} - {film.sha256 for film in good}
        await self._recall.note(gone)
        await self._films.drop(room, feature, good)
        store = self._stores.of(feature)
        if subject is None:
            return await store.expire(room, feature)
        return await store.erase(room, feature, subject, deletion.openings)

    def _untold(self, told: History, deletion: Deletion) -> bool:
        """Whether the ledger speaks of something whose end it does not tell yet."""
        feature, subject = deletion.feature, deletion.subject
        if feature in told.over:
            return False
        parts = {
            (item.participant, item.opening)
            for item in told.captured
            if item.feature == feature and subject in (None, item.participant)
        }
        if subject is not None and feature in self._together:
            stretches = told.stretches_of(feature)
            parts |= {(subject, s.opening) for s in stretches if subject in s.people}
        return any(
            deletion.covers(opening) and not told.is_erased(feature, who, opening)
            for who, opening in parts
        )


def _has_more(told: History, deletion: Deletion) -> bool:
    """Whether somebody was captured beyond what is deleted: they keep their name."""
    feature, subject = deletion.feature, deletion.subject
    return subject is not None and any(
        subject in stretch.people
        and not deletion.covers(stretch.opening)
        and not told.is_erased(feature, subject, stretch.opening)
        for stretch in told.stretches_of(feature)
    )


def _tracks(told: History, deletion: Deletion) -> Collection[str]:
    """The digests of the files that go by it, of which nothing was said yet."""
    if deletion.feature in told.over:
        return ()
    return [
        item.sha256
        for item in told.captured
        if item.feature == deletion.feature
        and deletion.subject in (None, item.participant)
        and deletion.covers(item.opening)
        and not told.is_erased(item.feature, item.participant, item.opening)
    ]


def _shows(film: Film, deletion: Deletion) -> bool:
    """Whether something is in it that is deleted."""
    return deletion.subject is None or film.shows(
        deletion.subject, lambda opening: deletion.covers(OpeningId(opening))
    )


def _entry(told: History, deletion: Deletion, files: int) -> Erasure | RetentionEnded:
    if deletion.subject is None:
        return RetentionEnded(feature=deletion.feature, files=files)
    known = told.stretches_of(deletion.feature)
    covered = sorted(s.opening for s in known if deletion.covers(s.opening))
    return Erasure(
        feature=deletion.feature,
        subject=deletion.subject,
        files=files,
        openings=tuple(covered),
    )
