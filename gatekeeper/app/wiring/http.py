"""What is served over HTTP, and to how many."""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from gatekeeper.app.wiring.address import Address
from gatekeeper.app.wiring.archive import Archive
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.sinks import Offers, Sinks
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.web.bodies import MOST
from gatekeeper.web.fields import short_fields
from gatekeeper.web.kept.page import KeptPage
from gatekeeper.web.kept.summary import KeptSummary
from gatekeeper.web.kept.transcript import KeptTranscript
from gatekeeper.web.kept.visitors import Visitors
from gatekeeper.web.keys import add_keys
from gatekeeper.web.listen import CountedSite
from gatekeeper.web.own_site import OwnSite, own_site
from gatekeeper.web.pages import add_headers, add_pages
from gatekeeper.web.problems import problems
from gatekeeper.web.reception import Reception
from gatekeeper.web.room.api import Api

LINGER = 2.0
"""Seconds for what is still coming of a request that has its answer."""


@asynccontextmanager
async def serve_http(
    config: Config, app: web.Application, address: Address, connections: int
) -> AsyncIterator[None]:
    """Let people in, until the context is over."""
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=5,
        keepalive_timeout=config.limits.idle,
        lingering_time=LINGER,
    )
    await runner.setup()
    try:
        await _receive(config, runner, address.sockets, connections)
        yield
    finally:
        await runner.cleanup()


def make_app(
    config: Config,
    offers: Offers,
    storage: Storage,
    sinks: Sinks,
    archive: Archive,
    rooms: Rooms,
) -> web.Application:
    """Every route of a server."""
    server = config.server
    site = OwnSite.of(server.host, server.names, server.behind_proxy)
    app = web.Application(
        middlewares=[problems, own_site(site), short_fields],
        client_max_size=MOST,
    )
    api = Api(config, offers, rooms.registry, rooms.sockets, rooms.sockets.addresses)
    api.add_routes(app)
    _add_kept(app, config, site, offers, storage, sinks, archive)
    add_keys(app, storage.key)
    add_pages(app)
    add_headers(app, site)
    return app


def _add_kept(
    app: web.Application,
    config: Config,
    site: OwnSite,
    offers: Offers,
    storage: Storage,
    sinks: Sinks,
    archive: Archive,
) -> None:
    """The page afterwards."""
    here = {name: offer for name, offer in offers.items() if offer.sink != "external"}
    visitors = Visitors(storage.rooms, storage.access, site)
    catalogue = archive.catalogue
    page = KeptPage(
        config=config,
        offers=here,
        visitors=visitors,
        catalogue=catalogue,
        films=archive.films,
        filming=archive.filming,
        eraser=archive.eraser,
        stops=storage.stops,
    )
    transcript = KeptTranscript(visitors, here, catalogue)
    summary = KeptSummary(visitors, here, catalogue, sinks.summaries)
    for each in (visitors, transcript, summary, page):
        each.add_routes(app)


async def _receive(
    config: Config,
    runner: web.AppRunner,
    sockets: Sequence[socket.socket],
    connections: int,
) -> None:
    """Let people in, counted over all of `sockets`."""
    assert runner.server is not None  # noqa: S101 - it has been set up
    limit = config.limits.connections_per_address
    reception = Reception(
        runner.server,
        most=connections,
        per_address=None if config.server.behind_proxy else limit,
    )
    for bound in sockets:
        await CountedSite(runner, bound, reception).start()
