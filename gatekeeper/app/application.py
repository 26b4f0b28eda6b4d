"""
The application: all of Gatekeeper as one `aiohttp` application.

Rule 1: there is one wiring. `gatekeeper serve` runs the same application, on sockets
of its own (`app.server`).
Rule 2: what is opened on startup is closed on cleanup in the reverse order; a startup
that fails leaves nothing behind.
Rule 3: rooms close their gates while connections are still there to hear of it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web

from gatekeeper.app.desk import Desk, open_desk
from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.app.reload import Reload, Reloaded
from gatekeeper.app.stay import Stay
from gatekeeper.app.wiring.address import Listen, hold_directory
from gatekeeper.app.wiring.archive import open_archive
from gatekeeper.app.wiring.console import open_console
from gatekeeper.app.wiring.evidence import open_evidence
from gatekeeper.app.wiring.http import answering, health_of, make_app
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.app.wiring.local import at_hand
from gatekeeper.app.wiring.mount import Mount
from gatekeeper.app.wiring.offers import Offers, open_offers
from gatekeeper.app.wiring.rooms import open_rooms
from gatekeeper.app.wiring.services import open_services, registration_of
from gatekeeper.app.wiring.sign_in import check_sign_in, open_sign_in
from gatekeeper.app.wiring.sinks import open_sinks
from gatekeeper.app.wiring.storage import open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load, offered, parse
from gatekeeper.config.words import Words
from gatekeeper.local.gate import give_gate
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.directory import check_directory
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
        """All of it, from its data up; it is closed in the reverse order."""
        config, features, clock = self._settled(), self._features, self._clock
        async with AsyncExitStack() as stack:
            open_ = stack.enter_async_context
            ice = await asyncio.to_thread(read_ice, config, clock)
            data = await asyncio.to_thread(check_directory, config.data.directory)
            await open_(hold_directory(data, clock, self._listen))
            storage = await open_(open_storage(data, clock, config.backup.deletions))
            evidence = await open_evidence(config, storage)
            sinks = await open_(
                open_sinks(config, self._engines, storage, evidence, ice)
            )
            archive = open_archive(config, features, storage, evidence, sinks)
            words = Words(config, self._engines.runs)
            offers = await open_offers(words, features, storage, evidence)
            rooms = await open_(
                open_rooms(
                    config, features, storage, evidence, sinks, archive, ice, offers
                )
            )
            registration = registration_of(config, storage)
            desk = Desk(archive.subjects, storage.service_keys, registration)
            await open_(open_desk(data, desk))
            sign_in = await open_(open_sign_in(config, storage))
            health = health_of(config, storage, evidence)
            console = await open_(
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
                    self._reloaded,
                )
            )
            services = await open_(
                open_services(config, features, storage, rooms, offers, registration)
            )
            answers = answering(
                config,
                features,
                storage,
                evidence,
                sinks,
                archive,
                rooms,
                sign_in,
                offers,
                health,
                console,
                services,
            )
            stack.enter_context(self._routes.by(answers))
            here = at_hand(config, features, storage, rooms, offers)
            stack.enter_context(self._gate.by(here))
            stack.push_async_callback(self._close_rooms)
            self._open, self._offers = rooms.registry, offers
            self._services = services
            self._reload = Reload(
                self._config,
                self._keys,
                self._read,
                offers=offers,
                registry=rooms.registry,
                ice=ice,
                sign_in=sign_in,
                clock=clock,
            )
            yield

    def _settled(self) -> Config:
        """Below which path everything is, is known by now. Raises `ConfigInvalid`."""
        config = self._mount.settle(self._config)
        self._routes.lie_below(config.server.base_path)
        return config

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
