"""
From http to https: a plain port that does nothing but send browsers on.

Rule 1: it leads to this server and nowhere else: names that it goes by, and the address
that the connection came to.
Rule 2: nothing is read beyond the head of a request, and what would change anything is
refused: it has been said for all to hear already.
"""

import asyncio
from collections.abc import Collection

from aiohttp import hdrs, web

from gatekeeper.web.faults import OtherHost
from gatekeeper.web.fields import short_fields
from gatekeeper.web.listen import url
from gatekeeper.web.own_site import name_of
from gatekeeper.web.problems import problems

CONNECTIONS = 64
"""At once; each lasts for one answer."""


def to_tls(names: Collection[str], port: int) -> web.Application:
    """An application for the plain port; `port`: that of TLS."""

    async def lead(request: web.Request) -> web.Response:
        host = _known(request, names)
        here = url(host, port, "https").removesuffix(":443")
        path = request.rel_url.raw_path_qs
        return web.Response(status=308, headers={"Location": here + path})

    async def end(request: web.Request, response: web.StreamResponse) -> None:
        response.force_close()
        response.headers.pop(hdrs.SERVER, None)

    app = web.Application(middlewares=[problems, short_fields], client_max_size=0)
    app.router.add_get("/{path:.*}", lead)
    app.on_response_prepare.append(end)
    return app


def _known(request: web.Request, names: Collection[str]) -> str:
    """What it was asked for by. Raises `OtherHost` if that is somebody else's."""
    name = name_of(request.host)
    own = _address(request.transport)
    if name is None or (name not in names and name != own):
        raise OtherHost
    return name


def _address(transport: asyncio.Transport | None) -> str | None:
    """The address of ours that a connection came to; None once it is gone."""
    here = None if transport is None else transport.get_extra_info("sockname")
    return None if here is None else str(here[0]).removeprefix("::ffff:")
