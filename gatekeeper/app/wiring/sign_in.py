"""Who may open rooms, by the configuration."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.sign_in.api import Anybody, SignIn
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.sign_in.by_header import ByHeader
from gatekeeper.web.sign_in.by_provider import ByProvider
from gatekeeper.web.sign_in.by_token import ByToken, Tokens
from gatekeeper.web.sign_in.oidc.client import OidcClient
from gatekeeper.web.sign_in.oidc.fetch import Fetcher
from gatekeeper.web.sign_in.place import Place
from gatekeeper.web.sign_in.sessions import Sessions
from gatekeeper.web.sign_in.way import Way

_LASTING = ("token", "oidc")
"""Ways that keep a session."""


def check_sign_in(config: Config) -> None:
    """Read the secrets that it needs. Raises `ConfigInvalid`."""
    if config.rooms.open_to == "token":
        Tokens(config.rooms.tokens).check()
    if config.rooms.open_to == "oidc":
        config.rooms.oidc.secret()
    if config.admin.open_to == "oidc":
        config.admin.oidc.secret("admin.oidc")


@asynccontextmanager
async def open_sign_in(config: Config, storage: Storage) -> AsyncIterator[SignIn]:
    """The one way that is configured, until the context is over."""
    life = config.rooms.session if config.rooms.open_to in _LASTING else timedelta()
    with suppress(LedgerUnavailable):  # what is too old opens nothing as it is
        await storage.sign_ins.forget(storage.clock.now() - life)
    async with AsyncExitStack() as stack:
        yield SignIn(await _way(config, storage, stack))


async def _way(config: Config, storage: Storage, stack: AsyncExitStack) -> Way:
    rooms, clock = config.rooms, storage.clock
    site = site_of(config)
    place = Place(site, config.server.base_path)
    sessions = Sessions(storage.sign_ins, place, clock.now, rooms.session)
    attempts = Attempts(clock.monotonic)
    match rooms.open_to:
        case "anybody":
            return Anybody()
        case "token":
            return ByToken(Tokens(rooms.tokens), sessions, site.proxies, attempts)
        case "header":
            return ByHeader(rooms.header, site.proxies, place)
        case "oidc":
            fetcher = await stack.enter_async_context(Fetcher.open())
            client = OidcClient(rooms.oidc, fetcher, clock.now, clock.monotonic)
            return ByProvider(
                rooms.oidc,
                client,
                sessions,
                place,
                site.proxies,
                attempts,
                clock.now,
            )


def site_of(config: Config) -> OwnSite:
    """What this server is called, and by whom it may be reached."""
    server = config.server
    proxies = TrustedProxies(server.trusted_proxies)
    return OwnSite.of(server.host, server.names, proxies)
