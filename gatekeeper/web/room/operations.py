"""What is told of the routes of rooms in the document of the HTTP API."""

from collections.abc import Mapping

from gatekeeper.web.operation import JSON, Operation, Told
from gatekeeper.web.room import api


class Opened(Told):
    """A new room. Its host capability is told once, here."""

    room: str
    host: str
    waits_until: str
    """When it is forgotten, should nobody have come to it by then (RFC 3339)."""


class HostCapability(Told):
    """The host capability from now on."""

    host: str


ROOMS: Mapping[str, Operation] = {
    "GET /api/features": Operation("What rooms here can offer.", {200: JSON}),
    "POST /api/rooms": Operation("Open a room.", {201: Opened}, api.NewRoom),
    "GET /api/rooms/{room}": Operation("What a lobby has to know.", {200: JSON}),
    "GET /api/rooms/{room}/qr.svg": Operation(
        "The invitation as a QR code.", {200: "image/svg+xml"}
    ),
    "POST /api/rooms/{room}/host-link": Operation(
        "Have the host capability taken back, for another one.",
        {201: HostCapability},
        api.HostShown,
    ),
    "GET /api/rooms/{room}/socket": Operation(
        "The WebSocket of one participant (docs/protocol.md).", {101: None}
    ),
}
