"""
The application: all of Gatekeeper as one `aiohttp` application.

Rule 1: there is one wiring. `gatekeeper serve` runs the same application, on sockets
of its own (`app.server`).
Rule 2: what is opened on startup is closed on cleanup in the reverse order; a startup
that fails leaves nothing behind.
Rule 3: rooms close their gates while connections are still there to hear of it.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web

from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.app.house import House, open_house
from gatekeeper.app.reload import Reload, Reloaded
from gatekeeper.app.stay import Stay
from gatekeeper.app.wiring.address import Listen
from gatekeeper.app.wiring.console import open_console
from gatekeeper.app.wiring.http import Answers, answering, health_of, make_app
from gatekeeper.app.wiring.kept import keeping
from gatekeeper.app.wiring.local import at_hand
from gatekeeper.app.wiring.mount import Mount
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.services import open_services
from gatekeeper.app.wiring.sign_in import check_sign_in, open_sign_in
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load, offered, parse
from gatekeeper.local.gate import give_gate
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web import logs
from gatekeeper.web.v1.api import ServiceApi

NO_KEYS = Keys()


def create_app(
    config: Config | Mapping[str, Any] | Path | None = None,
    *,
    keys: Keys = NO_KEYS,
    clock: Clock | None = None,
) -> web.Application:
    """
    All of Gatekeeper, to be run by an `aiohttp` process of yours.

    `config`: the model, what a configuration file would hold, or where one lies; none:
    the defaults. `keys`: secrets that are in no file. Raises `ConfigInvalid`.

    Startup opens everything, and raises `OperatorError` for what only it can find out
    (the data directory is taken, say); then nothing is left behind. Cleanup closes
    everything, gates first. An application is started once.

    What holds: it answers under `config.server.names`. So give it a runner of its own,
    or mount it with `Application.add_domain`, which gives it all of a host, or below a
    path with `add_subapp(path, ...)`. The process stays yours: sockets and how many
    connections they take, signals, umask, file descriptors, the event loop, and
    logging. What you have configured `structlog` to do is done; only if
    that is nothing, our lines go to standard error without any value in them, as those
    of `gatekeeper serve` do. An access log of yours names rooms.
    """
    if not structlog.is_configured():  # its default shows what an exception has met
        logs.configure_own(remember=False)
    return Gatekeeper(_read(config), keys, clock or Clock()).app


class Gatekeeper:
    """An application, and what lives in it from its startup to its cleanup."""

    def __init__(
        self,
        config: Config,
        keys: Keys,
        clock: Clock,
        listen: Listen | None = None,
        read: Callable[[], Config] | None = None,
    ) -> None:
        """
        Lay the routes; nothing is opened yet. Raises `ConfigInvalid`.

        `listen`: for a process of our own, where connections come in. `read`: the
        configuration as its file has it by now; blocks, and raises `ConfigInvalid`.
        """
        self._config = config
        self._keys = keys
        self._read = read or (lambda: config)
        self._clock = clock
        self._listen = listen
        check_sign_in(config)
        self._keys = keys
        self._engines = choose_engines(config, keys)
        runs = self._engines.runs
        self._features = {feature.id: feature for feature in offered(config, runs)}
        self.app, self._routes = make_app(config)
        self._mount = Mount(self.app)
        self._gate = give_gate(self.app)
        self.app.cleanup_ctx.append(self._stays)
        self.app.on_shutdown.append(self._close_rooms)
        self._open: RoomRegistry | None = None
        self._offers: Offers | None = None
        self._services: ServiceApi | None = None
        self._reload: Reload | None = None
        self._stay: Stay | None = None

    @property
    def registry(self) -> RoomRegistry:
        """The living rooms, once the application has started."""
        assert self._open is not None  # noqa: S101 - who asks has waited for that
        return self._open

    @property
    def offers(self) -> Offers:
        """What an admin changes while meetings run, once it has started."""
        assert self._offers is not None  # noqa: S101 - who asks has waited for that
        return self._offers

    @property
    def reload(self) -> Reload:
        """What reads the configuration again, once it has started."""
        assert self._reload is not None  # noqa: S101 - who asks has waited for that
        return self._reload

    async def watch(self) -> None:
        """Return when it is over, after a startup. Raises what ended it."""
        assert self._stay is not None  # noqa: S101 - who asks has waited for that
        await self._stay.watch()

    async def _stays(self, _: web.Application) -> AsyncIterator[None]:
        self._stay = Stay(self._opened())
        await self._stay.begin()
        yield
        await self._stay.end()

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        """The house, and who answers from it; it is closed in the reverse order."""
        config, features, clock = self._settled(), self._features, self._clock
        async with AsyncExitStack() as stack:
            house = await stack.enter_async_context(
                open_house(config, features, self._engines, clock, self._listen)
            )
            answers = await self._answering(config, house, stack)
            stack.enter_context(self._routes.by(answers))
            here = at_hand(config, features, house.storage, house.rooms, house.offers)
            stack.enter_context(self._gate.by(here))
            stack.push_async_callback(self._close_rooms)
            self._open, self._offers = house.rooms.registry, house.offers
            self._services = answers.services
            self._reload = Reload(
                self._config,
                self._keys,
                self._read,
                offers=house.offers,
                registry=house.rooms.registry,
                ice=house.ice,
                sign_in=answers.sign_in,
                clock=clock,
            )
            yield

    def _settled(self) -> Config:
        """Below which path everything is, is known by now. Raises `ConfigInvalid`."""
        config = self._mount.settle(self._config)
        self._routes.lie_below(config.server.base_path)
        return config

    async def _answering(
        self, config: Config, house: House, stack: AsyncExitStack
    ) -> Answers:
        features = self._features
        storage, evidence, archive = house.storage, house.evidence, house.archive
        rooms, offers = house.rooms, house.offers
        sign_in = await stack.enter_async_context(open_sign_in(config, storage))
        health = health_of(config, storage, evidence)
        console = await stack.enter_async_context(
            open_console(
                config,
                features,
                self._keys,
                storage,
                evidence,
                archive,
                rooms,
                health,
                offers,
                house.registration,
                self._reloaded,
            )
        )
        services = await stack.enter_async_context(
            open_services(config, features, storage, rooms, offers, house.registration)
        )
        kept = keeping(config, features, storage, evidence, house.sinks, archive, rooms)
        return answering(
            config,
            features,
            storage,
            evidence,
            rooms,
            sign_in,
            offers,
            kept,
            health,
            console,
            services,
        )

    def _reloaded(self) -> Reloaded | None:
        return None if self._reload is None else self._reload.last

    async def _close_rooms(self, _: web.Application | None = None) -> None:
        """On shutdown, before connections are cut; on cleanup, if there was none."""
        registry, self._open = self._open, None
        if registry is not None:
            await registry.close()
        if self._services is not None:
            self._services.events.stop()  # with what rooms have told to the last


def _read(config: Config | Mapping[str, Any] | Path | None) -> Config:
    if isinstance(config, Config):
        return config
    return parse(config) if isinstance(config, Mapping) else load(config)
