"""What is served over HTTP, and who answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.kept import Kept, KeptRoutes
from gatekeeper.app.wiring.mount import to_the_start
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.sign_in import site_of
from gatekeeper.app.wiring.sinks import MEGABYTE, Features
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.evidence import gate_key
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.meeting import capabilities
from gatekeeper.meeting.wordings import Wordings
from gatekeeper.storage.directory import KEYS
from gatekeeper.web.admin.console import Console
from gatekeeper.web.assets import Assets
from gatekeeper.web.bodies import MOST
from gatekeeper.web.element import add_element
from gatekeeper.web.fields import short_fields
from gatekeeper.web.framing import Framing
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.health import Health
from gatekeeper.web.keys import add_keys
from gatekeeper.web.meeting_consent import AskedThere
from gatekeeper.web.metrics import Metrics
from gatekeeper.web.notices import add_notices
from gatekeeper.web.openapi import Document
from gatekeeper.web.own_look import OwnLook
from gatekeeper.web.own_site import own_site
from gatekeeper.web.pages import add_headers, add_pages, static_directory
from gatekeeper.web.problems import problems
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.room.api import Api
from gatekeeper.web.seal_log import add_log
from gatekeeper.web.sign_in.api import SignIn
from gatekeeper.web.sign_in.place import Place
from gatekeeper.web.v1.api import ServiceApi


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers requests."""

    api: Api
    sign_in: SignIn
    kept: Kept
    key: GateKey
    log: SealLog
    notices: Wordings
    health: Health
    metrics: Metrics
    console: Console | None
    services: ServiceApi | None
    asked: AskedThere
    framing: Framing


class Routes:
    """Every route that something must be there for."""

    def __init__(self, assets: Assets, look: OwnLook, described: Document) -> None:
        self._assets = assets
        self._look = look
        self._described = described
        self._api: Handlers[Api] = Handlers()
        self._sign_in: Handlers[SignIn] = Handlers()
        self._kept = KeptRoutes()
        self._key: Handlers[GateKey] = Handlers()
        self._log: Handlers[SealLog] = Handlers()
        self._notices: Handlers[Wordings] = Handlers()
        self._health: Handlers[Health] = Handlers()
        self._metrics: Handlers[Metrics] = Handlers()
        self._console: Handlers[Console] = Handlers()
        self._services: Handlers[ServiceApi] = Handlers()
        self._asked: Handlers[AskedThere] = Handlers()
        self._framing: Handlers[Framing] = Handlers()

    def add(self, app: web.Application, assets: Assets) -> None:
        """Lay them; more than one application may have them."""
        Api.add_routes(app, self._api)
        SignIn.add_routes(app, self._sign_in)
        self._kept.add(app)
        add_keys(app, self._key)
        add_log(app, self._log)
        add_notices(app, self._notices)
        AskedThere.add_routes(app, self._asked, assets)
        Framing.add_routes(app, self._framing, assets)
        Health.add_routes(app, self._health)
        Metrics.add_routes(app, self._metrics)

    def add_console(self, app: web.Application, assets: Assets) -> None:
        """Lay its own, where there is to be one."""
        Console.add_routes(app, self._console, assets)

    def add_services(self, app: web.Application) -> None:
        """Lay those for services, where there are to be any."""
        ServiceApi.add_routes(app, self._services)

    def lie_below(self, base: str) -> None:
        """From here on what is served names addresses below `base`."""
        self._assets.lie_below(base, self._look.head(base))
        self._described.base = base

    @contextmanager
    def by(self, here: Answers) -> Iterator[None]:
        """Have all of them answered until the end of the context."""
        with (
            self._api.by(here.api),
            self._sign_in.by(here.sign_in),
            self._kept.by(here.kept),
            self._key.by(here.key),
            self._log.by(here.log),
            self._notices.by(here.notices),
            self._asked.by(here.asked),
            self._framing.by(here.framing),
            self._health.by(here.health),
            self._metrics.by(here.metrics),
            nullcontext() if here.console is None else self._console.by(here.console),
            nullcontext()
            if here.services is None
            else self._services.by(here.services),
        ):
            yield


def make_app(config: Config) -> tuple[web.Application, Routes]:
    """
    Every route of a server, before anybody is there to answer.

    Reads the logo. Raises `ConfigInvalid`.
    """
    site = site_of(config)
    app = web.Application(
        middlewares=[problems, own_site(site), short_fields],
        client_max_size=MOST,
    )
    own = OwnLook.of(config.place)
    assets = Assets(static_directory())

    def lay(app: web.Application) -> None:
        routes.add(app, assets)
        described.add_routes(app)
        own.add_routes(app)
        add_pages(app, assets)
        add_element(app)
        if config.admin.open_to != "nobody":
            routes.add_console(app, assets)
        if config.api.open:
            routes.add_services(app)

    described = Document(lay)
    routes = Routes(assets, own, described)
    _lay(app, config.server.base_path, lay)
    add_headers(app, site)
    return app, routes


def _lay(
    app: web.Application, base: str, lay: Callable[[web.Application], None]
) -> None:
    """
    Lay routes, and all of them below `base` too.

    A proxy before this server takes that path away, or leaves it: both are answered.
    """
    lay(app)
    if base == "/":
        return
    app.router.add_get(base.rstrip("/"), to_the_start)
    below = web.Application()
    lay(below)
    app.add_subapp(base, below)


def answering(
    config: Config,
    features: Features,
    storage: Storage,
    evidence: Evidence,
    rooms: Rooms,
    sign_in: SignIn,
    offers: Offers,
    kept: Kept,
    health: Health,
    console: Console | None,
    services: ServiceApi | None,
) -> Answers:
    """Who answers, over what is open."""
    site, registry, addresses = site_of(config), rooms.registry, rooms.sockets.addresses
    framing = Framing(registry, storage.service_keys if config.api.open else None)
    return Answers(
        Api(
            config,
            features,
            registry,
            rooms.sockets,
            addresses,
            TrustedProxies(config.server.trusted_proxies),
            sign_in,
            offers.switches,
            Place(site, config.server.base_path),
            storage.service_keys.name,
            framing,
        ),
        sign_in,
        kept,
        storage.key,
        evidence.log,
        offers.wordings,
        health,
        Metrics(
            registry,
            addresses,
            health,
            TrustedProxies(config.operations.metrics_from),
        ),
        console,
        services,
        AskedThere(config, features, registry, offers.switches, site, framing),
        framing,
    )


def health_of(config: Config, storage: Storage, evidence: Evidence) -> Health:
    """Who looks after ledger, disk and keys."""
    keys = storage.data / KEYS
    return Health(
        evidence.ledger,
        storage.data,
        [keys / gate_key.FILE, keys / capabilities.FILE],
        listed=storage.listed.copy,
        damaged=lambda: None if evidence.audit.good else [*evidence.audit.faults],
        reserve=config.data.reserve_mb * MEGABYTE,
        monotonic=storage.clock.monotonic,
    )
