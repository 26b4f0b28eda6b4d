"""Rooms of services: opened, listed, looked at and ended by who has opened them."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from gatekeeper.config import OfferedFeature
from gatekeeper.config.features import EXTERNAL
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import (
    MalformedMessage,
    UnknownFeature,
    UnknownRoom,
)
from gatekeeper.meeting.faults import NameUnusable, RoomFull
from gatekeeper.meeting.nickname import nickname
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.switches import Switches
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.cursor import Cursor, limit
from gatekeeper.web.operation import Operation
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.room.api import LONGEST_TITLE, require_spoken
from gatekeeper.web.shape import said
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import RoomsTaken, RunHere
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.route import PAGE, Route
from gatekeeper.web.v1.shapes import (
    FeatureNow,
    ListedRoom,
    ListedRooms,
    RoomNow,
    RoomOpened,
    RoomWanted,
)


class ServiceRooms:
    """Handlers over the rooms that each service has opened."""

    def __init__(
        self,
        own: OwnRooms,
        registry: RoomRegistry,
        register: RoomStore,
        features: Mapping[FeatureId, OfferedFeature],
        switches: Switches,
        languages: tuple[LanguageTag, ...],
        site: OwnSite,
        *,
        base: str,
        most: int,
    ) -> None:
        """
        `base`: the path below which the server's addresses are.

        `most`: rooms of a key that are open at once.
        """
        self._own = own
        self._registry = registry
        self._register = register
        self._features = features
        self._switches = switches
        self._languages = languages
        self._site = site
        self._base = base
        self._most = most
        self._opening = asyncio.Lock()
        """So that they are counted before one more is opened."""

    async def open(self, call: Call) -> web.Response:
        """A new room; its host capability is told once, here."""
        wanted = call.said(RoomWanted)
        require_spoken(wanted.language, self._languages)
        features = tuple(dict.fromkeys(FeatureId(f) for f in wanted.features))
        if wanted.mode == "gate":
            self._require_elsewhere(features)
        elif wanted.presence:
            raise MalformedMessage('/presence: of a room of mode "gate" only.')
        title = nickname(wanted.title, LONGEST_TITLE)
        async with self._opening:
            if await self._register.count_unended(call.key.id) >= self._most:
                raise RoomsTaken
            record, secret = await self._registry.open(
                title,
                wanted.language,
                features,
                knock=wanted.knock,
                mode=wanted.mode,
                service=call.key.id,
                presence=wanted.presence,
            )
        opened = RoomOpened(
            room=record.id,
            host=secret,
            invitation=self._address(call.request, record),
            opened_at=record.opened_at,
            waits_until=self._registry.waits_until(record),
        )
        return said(opened, 201)

    async def list(self, call: Call) -> web.Response:
        """A page of them, the latest first."""
        query = call.request.query
        after, most = Cursor.of(query), limit(query)
        found = await self._register.page(
            most + 1,
            after=None if after is None else (after.at, after.id),
            service=call.key.id,
        )
        shown = found[:most]
        end = Cursor(shown[-1].opened_at, shown[-1].id) if len(found) > most else None
        return said(
            ListedRooms(
                rooms=tuple(map(self._listed, shown)),
                next=None if end is None else str(end),
            )
        )

    async def state(self, call: Call) -> web.Response:
        """One of them, as everybody in it sees it."""
        record = await self._own.record(call)
        living = self._registry.living(record.id)
        since = {} if living is None else {s.feature: s.since for s in living.signs}
        off = self._switches.off
        return said(
            RoomNow(
                **self._listed(record).model_dump(),
                language=record.language,
                knock=record.knock,
                presence=record.presence,
                people=0 if living is None else living.people,
                features=tuple(
                    FeatureNow(
                        id=feature,
                        offered=feature in self._features and feature not in off,
                        sign="on" if since.get(feature) else "off",
                        since=since.get(feature),
                    )
                    for feature in record.features
                ),
            )
        )

    async def end(self, call: Call) -> web.Response:
        """The meeting in it is over, for everybody. Idempotent."""
        await self._own.end(call)
        return web.Response(status=204)

    def _require_elsewhere(self, features: tuple[FeatureId, ...]) -> None:
        """Raise `RunHere` for what this server runs: its notice would be untrue."""
        offered = self._features
        here = [f for f in features if f in offered and offered[f].sink != EXTERNAL]
        if here:
            raise RunHere(f"{', '.join(here)}: {RunHere.detail}")

    def _address(self, request: web.Request, record: RoomRecord) -> str:
        site = self._site
        where = f"{site.scheme(request)}://{site.host(request)}{self._base}"
        return f"{where}m/{record.id}"

    def _listed(self, record: RoomRecord) -> ListedRoom:
        return ListedRoom(
            room=record.id,
            title=record.title,
            mode=record.mode,
            opened_at=record.opened_at,
            ended=self._registry.is_over(record),
        )


ROUTES = (
    Route(
        "POST",
        "/rooms",
        "rooms",
        lambda api, call: api.rooms.open(call),
        Operation("Open a room.", {201: RoomOpened}, RoomWanted),
        (UnknownFeature, RunHere, NameUnusable, RoomsTaken, RoomFull),
    ),
    Route(
        "GET",
        "/rooms",
        "rooms",
        lambda api, call: api.rooms.list(call),
        Operation("The rooms of this key.", {200: ListedRooms}, typed=PAGE),
        (MalformedMessage,),
    ),
    Route(
        "GET",
        "/rooms/{room}",
        "rooms",
        lambda api, call: api.rooms.state(call),
        Operation("A room, as everybody in it sees it.", {200: RoomNow}),
        (UnknownRoom,),
    ),
    Route(
        "DELETE",
        "/rooms/{room}",
        "rooms",
        lambda api, call: api.rooms.end(call),
        Operation("End a room, for everybody.", {204: None}),
        (UnknownRoom, RoomFull),
    ),
)
