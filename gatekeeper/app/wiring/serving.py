"""Serving: an application on sockets of this process, and to how many."""

import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web, web_response

from gatekeeper.config import Config
from gatekeeper.web.listen import CountedSite, SecureSite
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.reception import Reception

LINGER = 2.0
"""Seconds for what is still coming of a request that has its answer."""


@asynccontextmanager
async def serve_http(
    config: Config,
    app: web.Application,
    sockets: Sequence[socket.socket],
    connections: int,
    tls: ssl.SSLContext | None,
) -> AsyncIterator[None]:
    """
    Start the application, and let people in until the context is over.

    `sockets` may be filled by that start. `tls`: None to speak plainly.
    """
    # What is no request at all is answered past every hook of an application. The
    # library and its version are of use to nobody but who looks for a hole.
    vars(web_response)["SERVER_SOFTWARE"] = "Gatekeeper"
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=5,
        keepalive_timeout=config.limits.idle,
        lingering_time=LINGER,
    )
    await runner.setup()
    try:
        await _receive(config, runner, sockets, connections, tls)
        yield
    finally:
        await runner.cleanup()


async def _receive(
    config: Config,
    runner: web.AppRunner,
    sockets: Sequence[socket.socket],
    connections: int,
    tls: ssl.SSLContext | None,
) -> None:
    """Let people in, counted over all of `sockets`."""
    assert runner.server is not None  # noqa: S101 - it has been set up
    reception = Reception(
        runner.server,
        most=connections,
        per_address=config.limits.connections_per_address,
        speaks_for_many=TrustedProxies(config.server.trusted_proxies).trusts,
    )
    for bound in sockets:
        if tls is None:
            await CountedSite(runner, bound, reception).start()
        else:
            await SecureSite(runner, bound, reception, tls).start()
