"""
Filming: has the film of a meeting made, and made again when what is kept has changed.

Rule: no recipe is written while something is being deleted, so that a film is never
made of what is about to go.
"""

from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.locks import RoomLocks
from gatekeeper.archive.recipes import recipe
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.errors import UnknownRoom
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Format
from gatekeeper.storage.rooms import RoomStore


class Filming:
    """From what is in the catalogue to the queue of films."""

    def __init__(
        self,
        catalogue: Catalogue,
        films: Films,
        rooms: RoomStore,
        exclusive: RoomLocks,
        form: Format,
    ) -> None:
        """`exclusive` is held by whoever deletes."""
        self._catalogue = catalogue
        self._films = films
        self._rooms = rooms
        self._exclusive = exclusive
        self._form: Format = form

    async def take_up(self, room: RoomId, feature: FeatureId) -> None:
        """After a restart: make what was never begun. Raises what `make` raises."""
        if self._films.state(room, feature).state == "none":
            await self.make(room, feature)

    async def make(self, room: RoomId, feature: FeatureId) -> None:
        """
        Have the film of what is kept now made, unless there is that very film.

        Raises `UnknownRoom`, `LedgerUnavailable`, `OSError`.
        """
        record = await self._rooms.find(room)
        if record is None:
            raise UnknownRoom
        async with self._exclusive(room):
            kept = await self._catalogue.kept(record, [feature])
            wanted = recipe(record, kept, feature, self._form)
            if wanted is not None:
                await self._films.enqueue(wanted)
