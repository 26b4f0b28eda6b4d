"""
Live rooms, as numbers: no title, no name, and nothing of what anybody chose.

Rule: ending a room is all that an admin does to one. What everybody in it sees is that
it has ended, as when a host ends it.
"""

from aiohttp import web

from gatekeeper.errors import UnknownRoom
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.room import Room
from gatekeeper.web.cursor import PAGE, Cursor
from gatekeeper.web.shape import Instant, Shape, said


class LiveRoom(Shape):
    """A room, without its title and without anybody's name."""

    room: str
    opened_at: Instant
    people: int
    on: bool
    """Whether anything runs in it, as everybody in it sees."""


class LiveRooms(Shape):
    """`GET /api/admin/rooms`: the latest first."""

    rooms: tuple[LiveRoom, ...]
    next: str | None
    """`after` of the next page."""


class AdminRooms:
    """Handlers over the living rooms."""

    def __init__(self, registry: RoomRegistry) -> None:
        self._registry = registry

    async def list(self, request: web.Request) -> web.Response:
        """A page of them."""
        after = Cursor.of(request.query)
        rooms = [room for room in self._registry.rooms if not room.ended]
        rooms.sort(key=_cursor, reverse=True)
        wanted = [room for room in rooms if after is None or _cursor(room) < after]
        shown = wanted[:PAGE]
        more = len(wanted) > len(shown)
        return said(
            LiveRooms(
                rooms=tuple(map(_room, shown)),
                next=str(_cursor(shown[-1])) if more else None,
            )
        )

    async def end(self, request: web.Request) -> web.Response:
        """End one for everybody. Raises `UnknownRoom` if it does not live."""
        wanted = request.match_info["room"]
        for room in self._registry.rooms:
            if room.record.id == wanted:
                room.end()
                return web.Response(status=204)
        raise UnknownRoom


def _cursor(room: Room) -> Cursor:
    return Cursor(room.record.opened_at, room.record.id)


def _room(room: Room) -> LiveRoom:
    return LiveRoom(
        room=room.record.id,
        opened_at=room.record.opened_at,
        people=room.people,
        on=room.capturing,
    )
