"""A room, as the process sees it in which its gate runs."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import MalformedMessage, RoomEnded
from gatekeeper.gating.leases import Lent
from gatekeeper.gating.lending import Loan
from gatekeeper.local.at_hand import AtHand, wanted
from gatekeeper.local.permit import LocalPermit, PermitContext
from gatekeeper.local.refusals import as_told
from gatekeeper.storage.entries import Entry
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.v1.permits import LONGEST_WAIT, require_lendable
from gatekeeper.web.v1.shapes import EntryWanted, PresenceReport


class LocalRoom:
    """One room. Each call raises `Refused`, and `GateUnreachable` while none runs."""

    def __init__(
        self, here: Callable[[], AtHand], room: str, opened: dict[str, Any]
    ) -> None:
        """`opened`: what was said when it was opened, if that is known."""
        self._here = here
        self.id = room
        self.opened = opened

    async def entry(self, ref: str, *, host: bool = False) -> str:
        """A token by which the one whom you call `ref` may come in, within minutes."""
        here = self._here()
        with as_told():
            somebody = wanted(EntryWanted, ref=ref, host=host)
            record = await self._record()
            if here.registry.is_over(record):
                raise RoomEnded
            entry = Entry(somebody.ref, somebody.host)
            token, _ = await here.registry.entries.give(record.id, entry)
        return token

    async def report(self, people: Collection[str]) -> None:
        """Your engine has exactly `people`; what had to close has closed."""
        with as_told():
            report = wanted(PresenceReport, people=sorted(people))
            await self._here().own.report(await self._record(), report.people)

    async def state(self) -> dict[str, Any]:
        """The room as everybody in it sees it."""
        with as_told():
            now = self._here().now.of(await self._record())
        return now.model_dump(mode="json")

    async def end(self) -> None:
        """It is over for everybody. Idempotent."""
        with as_told():
            await self._here().own.end(await self._record())

    def permit(
        self, feature: str, *, wait: float = 0, cancel: bool = True
    ) -> AbstractAsyncContextManager[LocalPermit]:
        """
        Leave to capture, for as long as everybody agrees.

        With `wait`, everybody is asked, and has so many seconds, at most 60. With
        `cancel`, the body is cancelled when it is over, and `PermitEnded` raised.
        Entering it raises `ConsentRequired` unless everybody agrees.
        """
        hold = partial(self._hold, FeatureId(feature), wait)
        return PermitContext(hold, cancel=cancel)

    async def _hold(
        self, feature: FeatureId, wait: float, ended: Callable[[], None]
    ) -> Loan:
        with as_told():
            if not 0 <= wait <= LONGEST_WAIT:
                raise MalformedMessage(f"wait: seconds, up to {LONGEST_WAIT}.")
            room = self._here().own.living(await self._record())
            require_lendable(room, feature)
            take = partial(Lent.hold, ended=ended)
            return await room.lending.lend(feature, wait, take=take)

    async def _record(self) -> RoomRecord:
        return await self._here().own.find(self.id, None)
