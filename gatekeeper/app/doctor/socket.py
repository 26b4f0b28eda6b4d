"""The WebSocket: through the proxy, for our own page and for no other."""

from dataclasses import dataclass

import aiohttp

from gatekeeper.app.doctor.examination import Examination
from gatekeeper.app.doctor.finding import (
    Finding,
    Grade,
    fault,
    ok,
    skipped,
    warning,
)
from gatekeeper.app.doctor.site import Site
from gatekeeper.app.doctor.visit import (
    Connection,
    Opened,
    Refused,
    Unexpected,
    connected,
    open_room,
)
from gatekeeper.wire.server import Fault, Hello, Ice

FOREIGN = "https://elsewhere.invalid"
"""A site that nobody has (RFC 6761, 6.4)."""
NOBODYS = "doctor"
"""A room that is not there: enough for a WebSocket, that ends with a fault."""

_UPGRADE = (
    "Have the proxy pass Upgrade and Connection on, with HTTP/1.1 (nginx: "
    "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header "
    "Connection ...), as docs/admin.md has it."
)
_ORIGIN = (
    "Have the proxy pass Host on as it came (nginx: $http_host) and set "
    "X-Forwarded-Proto, and name it in server.trusted_proxies."
)


@dataclass(slots=True)
class Relays:
    """What a seat was told, if one was taken."""

    ice: Ice | None = None


async def look_at_socket(
    site: Site, examination: Examination, token: str | None, relays: Relays
) -> list[Finding]:
    """
    Connect; then open a room if that may be, take its seat, and end it.

    A room that no WebSocket leads to could not be ended: none is opened then.
    """
    came = await _comes_through(site)
    if came.grade is not Grade.OK:
        return [came]
    try:
        opened = await open_room(site, token)
    except Refused as exc:
        return [_not_opened(exc.status), came]
    except Unexpected:
        return [_STRANGE]
    examination.keep(opened.host, opened.room)
    try:
        async with connected(site, opened.room, site.address.origin) as line:
            return [await _sit(line, opened, relays, examination)]
    except aiohttp.WSServerHandshakeError as exc:
        return [_refused(exc.status)]
    except Unexpected:
        return [_STRANGE]


async def _sit(
    line: Connection, opened: Opened, relays: Relays, examination: Examination
) -> Finding:
    hello = await line.receive()
    if not isinstance(hello, Hello):
        return _STRANGE
    relays.ice = await line.sit_down(opened, hello)
    for server in relays.ice.servers:
        examination.keep(server.credential, server.username)
    await line.end()
    return ok(
        "A WebSocket of the server's own page comes through, and a seat is given. "
        "Whether it lives through long silences was not tried: clients speak every "
        "few seconds."
    )


async def look_at_foreign(site: Site) -> list[Finding]:
    """Whether a page of another site may open one."""
    try:
        async with connected(site, NOBODYS, FOREIGN):
            return [
                fault(
                    "A page of any other site can open a WebSocket here.",
                    "Have the proxy leave the Origin header as it is.",
                )
            ]
    except aiohttp.WSServerHandshakeError as exc:
        if exc.status == 403:
            return [ok("A page of another site is refused a WebSocket.")]
        return [skipped(f"No WebSocket comes through at all ({exc.status}).")]


async def _comes_through(site: Site) -> Finding:
    """Whether a WebSocket does, with a room that is not there."""
    try:
        async with connected(site, NOBODYS, site.address.origin) as line:
            said = await line.receive()
    except aiohttp.WSServerHandshakeError as exc:
        return _refused(exc.status)
    except Unexpected:
        return _STRANGE
    if not isinstance(said, Fault):
        return _STRANGE
    return ok("A WebSocket of the server's own page comes through.")


_STRANGE = fault(
    "What answers does not speak Gatekeeper's protocol, or another version of it.",
    "Run the doctor of the version that the server has, and look where the proxy "
    "passes requests to.",
)


def _not_opened(status: int) -> Finding:
    if status == 401:
        return skipped(
            "Rooms are opened by people who sign in: without one nobody is told of "
            "relays. Name a file with an access token with --token-file."
        )
    if status == 403:
        return fault("The server's own page may not open a room (403).", _ORIGIN)
    if status == 429:
        return skipped(
            "This address has opened as many rooms as it may within an hour."
        )
    return warning(
        f"No room could be opened (the answer is {status}).",
        "Look at the server's log, and at the proxy's.",
    )


def _refused(status: int) -> Finding:
    if status == 403:
        return fault("The server's own page is refused a WebSocket (403).", _ORIGIN)
    return fault(f"No WebSocket comes through (the answer is {status}).", _UPGRADE)
