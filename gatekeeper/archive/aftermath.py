"""The aftermath: what is made of a meeting that is over, its films and its summary."""

from collections.abc import Collection

from gatekeeper.archive.faults import survived
from gatekeeper.archive.filming import Filming
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.consent.features import SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.rooms import RoomStore


class Aftermath:
    """Has it made, now or after a restart."""

    def __init__(
        self,
        filming: Filming,
        summaries: Summaries,
        *,
        filmed: Collection[FeatureId],
        names: NameStore,
    ) -> None:
        """`filmed`: the features that a film is made of."""
        self._filming = filming
        self._summaries = summaries
        self._filmed = filmed
        self._names = names

    async def make(self, room: RoomId) -> None:
        """The meeting is over and sealed: have all of it made."""
        for feature in self._filmed:
            with survived("film.unasked"):
                await self._filming.make(room, feature)
        with survived("summary.unasked"):
            if await self._names.read(room, SUMMARY):
                self._summaries.enqueue(room)

    async def take_up(self, stores: FeatureStores, rooms: RoomStore) -> None:
        """After a restart: make what was never begun, of what there is in `stores`."""
        with survived("aftermath.failed"):
            for room, feature in await stores.kept():
                with survived("aftermath.failed"):  # one, and not the others
                    await self._take_up(room, feature, rooms)

    async def _take_up(
        self, room: RoomId, feature: FeatureId, rooms: RoomStore
    ) -> None:
        record = await rooms.find(room)
        if record is None or record.ended_at is None:
            return
        if feature == SUMMARY:
            await self._summaries.take_up(room)
        elif feature != TRANSCRIPT:  # of which nothing is made
            await self._filming.take_up(room, feature)
