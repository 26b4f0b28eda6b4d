"""New rooms, as services want them, or the rest of the process."""

import asyncio
from collections.abc import Mapping, Sequence

from gatekeeper.config import OfferedFeature
from gatekeeper.config.features import EXTERNAL
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import MalformedMessage
from gatekeeper.meeting.nickname import nickname
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.room.api import LONGEST_TITLE, require_spoken
from gatekeeper.web.v1.faults import RoomsTaken, RunHere
from gatekeeper.web.v1.shapes import RoomWanted


class NewRooms:
    """Opens them."""

    def __init__(
        self,
        registry: RoomRegistry,
        register: RoomStore,
        features: Mapping[FeatureId, OfferedFeature],
        languages: Sequence[LanguageTag],
        *,
        most: int,
    ) -> None:
        """`most`: rooms of a key that are open at once."""
        self._registry = registry
        self._register = register
        self._features = features
        self._languages = languages
        self._most = most
        self._opening = asyncio.Lock()
        """So that they are counted before one more is opened."""

    async def open(
        self, wanted: RoomWanted, service: str | None
    ) -> tuple[RoomRecord, str]:
        """
        A new room, and its host capability.

        `service`: whose key it is counted for; None: of whoever runs the server.
        Raises `MalformedMessage`, `NameUnusable`, `RunHere`, `RoomsTaken`, and what
        `RoomRegistry.open` raises.
        """
        require_spoken(wanted.language, self._languages)
        features = tuple(dict.fromkeys(FeatureId(f) for f in wanted.features))
        if wanted.mode == "gate":
            self._require_elsewhere(features)
        elif wanted.presence:
            raise MalformedMessage('/presence: of a room of mode "gate" only.')
        title = nickname(wanted.title, LONGEST_TITLE)
        async with self._opening:
            if service is not None:
                await self._require_free(service)
            return await self._registry.open(
                title,
                wanted.language,
                features,
                knock=wanted.knock,
                mode=wanted.mode,
                service=service,
                presence=wanted.presence,
            )

    async def _require_free(self, service: str) -> None:
        if await self._register.count_unended(service) >= self._most:
            raise RoomsTaken

    def _require_elsewhere(self, features: tuple[FeatureId, ...]) -> None:
        """Raise `RunHere` for what this server runs: its notice would be untrue."""
        offered = self._features
        here = [f for f in features if f in offered and offered[f].sink != EXTERNAL]
        if here:
            raise RunHere(f"{', '.join(here)}: {RunHere.detail}")
