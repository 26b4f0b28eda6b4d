"""Entries: what a service has somebody come into its room by."""

from aiohttp import web

from gatekeeper.errors import RateLimited, RoomEnded, UnknownRoom
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.entries import Entry
from gatekeeper.web.operation import Operation
from gatekeeper.web.shape import said
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.route import Route
from gatekeeper.web.v1.shapes import EntryGiven, EntryWanted


class ServiceEntries:
    """Handlers over the rooms that each service has opened."""

    def __init__(self, own: OwnRooms, registry: RoomRegistry) -> None:
        self._own = own
        self._registry = registry

    async def give(self, call: Call) -> web.Response:
        """A token, told once, here."""
        wanted = call.said(EntryWanted)
        record = await self._own.record(call)
        if self._registry.is_over(record):
            raise RoomEnded
        entry = Entry(wanted.ref, wanted.host)
        token, until = await self._registry.entries.give(record.id, entry)
        return said(EntryGiven(entry=token, expires_at=until), 201)


ROUTES = (
    Route(
        "POST",
        "/rooms/{room}/entries",
        "entries",
        lambda api, call: api.entries.give(call),
        Operation(
            "A token by which one person may come in.", {201: EntryGiven}, EntryWanted
        ),
        (UnknownRoom, RoomEnded, RateLimited),
    ),
)
