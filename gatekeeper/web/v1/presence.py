"""Presence: whom the engine of a service has in the room, as the service tells."""

from aiohttp import web

from gatekeeper.errors import RoomEnded, UnknownRoom
from gatekeeper.meeting.faults import RoomFull
from gatekeeper.web.operation import Operation
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import PresenceNotAgreed
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.route import Route
from gatekeeper.web.v1.shapes import PresenceReport


class ServicePresence:
    """Handlers over the rooms that each service has opened."""

    def __init__(self, own: OwnRooms) -> None:
        self._own = own

    async def report(self, call: Call) -> web.Response:
        """What has to close has closed when this is answered."""
        report = call.said(PresenceReport)
        await self._own.report(await self._own.record(call), report.people)
        return web.Response(status=204)


ROUTES = (
    Route(
        "PUT",
        "/rooms/{room}/presence",
        "presence",
        lambda api, call: api.presence.report(call),
        Operation(
            "Who is there, by the service's engine.", {204: None}, PresenceReport
        ),
        (UnknownRoom, RoomEnded, RoomFull, PresenceNotAgreed),
    ),
)
