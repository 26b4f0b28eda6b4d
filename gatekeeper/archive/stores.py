"""Where each feature keeps what it keeps: one store may hold it for several."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.storage.names import NameStore

Openings = Collection[OpeningId]


class FeatureStore(Protocol):
    """
    What one kind of sink keeps.

    Each call but `recover` raises `OSError`; deleting raises `LedgerUnavailable`, too.
    """

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is anything."""

    async def openings(self, room: RoomId, feature: FeatureId) -> set[OpeningId]:
        """Of which openings there is anything."""

    async def last(
        self, room: RoomId, feature: FeatureId, opening: OpeningId
    ) -> datetime | None:
        """When the last of an opening was captured; None if that is not known."""

    async def recover(self, known: Mapping[OpeningId, int]) -> object:
        """
        Deal with what a crash left: finish and report it, or delete it.

        `known`: every opening on record of what is kept, and how many parts it has.
        Called once, before anything is captured. Raises `OSError`, `LedgerUnavailable`.
        """

    async def erase(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        openings: Openings | None,
    ) -> int:
        """
        Delete a person's part of these openings; return how many files it was.

        `openings`: None for all of them.
        """

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all of it; return how many files there were."""


class FeatureStores:
    """The store of each feature, be it configured still or not."""

    def __init__(
        self,
        named: Mapping[FeatureId, FeatureStore],
        others: FeatureStore,
        names: NameStore,
    ) -> None:
        """`others` keeps what features keep that are not `named`."""
        self._named = named
        self._others = others
        self._names = names

    def of(self, feature: FeatureId) -> FeatureStore:
        """Where a feature keeps things."""
        return self._named.get(feature, self._others)

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is anything, be it a name."""
        found = await self._names.kept()
        for store in self._each():
            found |= await store.kept()
        return found

    async def recover(self, known: Mapping[OpeningId, int]) -> None:
        """Have each deal with what a crash left. Raises what `FeatureStore` does."""
        for store in self._each():
            await store.recover(known)

    def _each(self) -> Collection[FeatureStore]:
        return dict.fromkeys((self._others, *self._named.values()))
