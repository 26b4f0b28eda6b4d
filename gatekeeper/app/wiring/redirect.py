"""The plain port beside TLS, if there is to be one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gatekeeper.app.wiring.address import OwnAddress
from gatekeeper.app.wiring.serving import serve_http
from gatekeeper.app.wiring.sign_in import site_of
from gatekeeper.config import Config
from gatekeeper.web.to_tls import CONNECTIONS, to_tls


@asynccontextmanager
async def redirecting(config: Config, address: OwnAddress) -> AsyncIterator[None]:
    """Send browsers on to TLS until the context is over; `address` is taken by then."""
    if not address.plain:
        yield
        return
    app = to_tls(site_of(config).names, address.port)
    async with serve_http(config, app, address.plain, CONNECTIONS, None):
        yield
