"""
Permits: what a sink must hold to touch content.

Rule 1: only `Mint` makes one, and only a room's `GateShell` has a mint.
Rule 2: a dead permit passes nothing and never lives again; a later opening has
another permit.
Rule 3: `Mint.revoke` is synchronous, idempotent and cannot fail; whoever has to cut
something off at that very moment is called in it.
"""

import asyncio
from collections.abc import Callable
from typing import final

from gatekeeper.consent.types import FeatureId, OpeningId, RoomId

_MINT = object()


@final
class Permit:
    """Leave to touch one feature's content in one room, for one opening."""

    __slots__ = ("_ended", "_hears", "alive", "feature", "opening", "room")

    def __init__(
        self, mark: object, feature: FeatureId, room: RoomId, opening: OpeningId
    ) -> None:
        if mark is not _MINT:
            raise TypeError("a permit is minted by an opening, never constructed")
        self.feature = feature
        self.room = room
        self.opening = opening
        self.alive = True
        """Read per packet, so a plain attribute. Only the mint writes it."""
        self._ended = asyncio.Event()
        self._hears: list[Callable[[], None]] = []

    async def ended(self) -> None:
        """Return once the permit is dead."""
        await self._ended.wait()

    def when_it_ends(self, hear: Callable[[], None]) -> None:
        """
        Have `hear` called within the very call that ends it.

        It stands between a no and what closes next: it notes, or has somebody woken,
        and cannot fail. Of a dead permit it is called at once.
        """
        if self.alive:
            self._hears.append(hear)
        else:
            hear()


class Mint:
    """Makes permits and ends them. One per room; nobody else holds it."""

    def issue(self, feature: FeatureId, room: RoomId, opening: OpeningId) -> Permit:
        """A live permit for one opening."""
        return Permit(_MINT, feature, room, opening)

    def revoke(self, permit: Permit) -> None:
        """Let nothing further pass. Idempotent."""
        if not permit.alive:
            return
        permit.alive = False
        # The mint is the permit's other half.
        permit._ended.set()  # noqa: SLF001
        hears, permit._hears = permit._hears, []  # noqa: SLF001
        for hear in hears:
            hear()
