"""The console, by the configuration: who may use it, and what it looks at."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from functools import partial

import structlog

from gatekeeper.app.engines import Keys
from gatekeeper.app.examined import look_at_this_server
from gatekeeper.app.reload import Reloaded
from gatekeeper.app.wiring.archive import Archive
from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.sign_in import site_of
from gatekeeper.app.wiring.sinks import Features
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.consent.features import KEEPERS
from gatekeeper.web.admin.console import PAGE, Console
from gatekeeper.web.admin.door import COOKIE, Door
from gatekeeper.web.admin.evidence import AdminEvidence
from gatekeeper.web.admin.features import AdminFeatures
from gatekeeper.web.admin.health import AdminHealth, ReloadState
from gatekeeper.web.admin.hours import Hours
from gatekeeper.web.admin.overview import AdminOverview
from gatekeeper.web.admin.rooms import AdminRooms
from gatekeeper.web.admin.services import AdminServices
from gatekeeper.web.admin.sign_ins import AdminSignIns
from gatekeeper.web.admin.storage import AdminStorage
from gatekeeper.web.admin.subjects import AdminSubjects
from gatekeeper.web.admin.token import AdminToken
from gatekeeper.web.admin.webhooks import AdminWebhooks
from gatekeeper.web.health import Health
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.sign_in.by_provider import ByProvider, Where
from gatekeeper.web.sign_in.by_token import ByToken
from gatekeeper.web.sign_in.oidc.client import OidcClient
from gatekeeper.web.sign_in.oidc.fetch import Fetcher
from gatekeeper.web.sign_in.place import Place
from gatekeeper.web.sign_in.sessions import Sessions
from gatekeeper.web.sign_in.way import Way
from gatekeeper.web.webhooks.registration import Registration

log = structlog.get_logger(__name__)

WHERE = Where(
    start=PAGE.lstrip("/"), back="admin/sign-in/back", cookie=f"{COOKIE}-away"
)


@asynccontextmanager
async def open_console(
    config: Config,
    features: Features,
    keys: Keys,
    storage: Storage,
    evidence: Evidence,
    archive: Archive,
    rooms: Rooms,
    health: Health,
    offers: Offers,
    registration: Registration,
    reloaded: Callable[[], Reloaded | None],
) -> AsyncIterator[Console | None]:
    """The console, until the context is over; None where there is to be none."""
    if config.admin.open_to == "nobody":
        yield None
        return
    clock = storage.clock
    offered = AdminFeatures(
        features, offers.switches, offers.wordings, config.languages
    )
    hours = Hours(lambda: len(rooms.registry.rooms), clock.now)
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        sampling = tasks.create_task(hours.run(), name="hours")
        way = await _way(config, storage, stack)
        examine = partial(look_at_this_server, config, keys, clock, site_of(config))
        examined = AdminHealth(
            health, examine, tasks, clock.now, lambda: _told(reloaded())
        )
        yield Console(
            door=Door(way, config.controller.name),
            overview=AdminOverview(
                rooms.registry, hours, storage.data, clock.now, offered.offered
            ),
            features=offered,
            rooms=AdminRooms(rooms.registry),
            storage=AdminStorage(
                storage.data,
                archive.stores,
                storage.rooms,
                keep={
                    one.id: one.keep_for
                    for one in features.values()
                    if one.sink in KEEPERS
                },
                monotonic=clock.monotonic,
            ),
            evidence=AdminEvidence(
                storage.data,
                storage.rooms,
                storage.key,
                clock.now,
                archive.exports,
            ),
            health=examined,
            services=AdminServices(storage.service_keys, config.api.open),
            webhooks=AdminWebhooks(registration, storage.webhooks),
            subjects=AdminSubjects(
                storage.data,
                storage.key,
                storage.rooms,
                evidence.ledger,
                storage.writer,
                evidence.receipts,
                archive.subjects,
                clock.now,
                storage.fetches,
            ),
        )
        sampling.cancel()
        examined.end()


def _told(reloaded: Reloaded | None) -> ReloadState | None:
    return None if reloaded is None else ReloadState(**asdict(reloaded))


async def _way(config: Config, storage: Storage, stack: AsyncExitStack) -> Way:
    admin, clock, site = config.admin, storage.clock, site_of(config)
    place = Place(site, config.server.base_path)
    sessions = Sessions(AdminSignIns(), place, clock.now, admin.session, name=COOKIE)
    attempts = Attempts(clock.monotonic)
    if admin.open_to == "token":
        token = AdminToken(storage.data)
        return ByToken(token, sessions, site.proxies, attempts, bearer=False)
    fetcher = await stack.enter_async_context(Fetcher.open())
    client = OidcClient(
        admin.oidc,
        fetcher,
        clock.now,
        clock.monotonic,
    )
    return ByProvider(
        admin.oidc, client, sessions, place, site.proxies, attempts, clock.now, WHERE
    )


def first_token(config: Config) -> str | None:
    """
    A token for the console, if there has never been one and somebody sees it.

    Blocks. It is for a terminal alone: what logs keep would be known to their readers.
    """
    token = AdminToken(config.data.directory)
    if config.admin.open_to != "token" or token.there:
        return None
    if not sys.stderr.isatty():
        log.info("console.locked", fix="gatekeeper admin-token")
        return None
    return token.make()
