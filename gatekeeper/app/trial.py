"""
A trial of the configuration: everything that would keep a server from starting with it.

Rule: `gatekeeper check`, the doctor and the server's own start ask the same, here, and
each tells all of it at once.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from gatekeeper.app.engines import Keys, model_endpoint, speech_settings
from gatekeeper.app.wiring.address import certificate_of, require_cover
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.config.load import Reading, touches
from gatekeeper.config.place import Logo
from gatekeeper.config.positions import Position, Way
from gatekeeper.config.problem import Problem, Source, way_of
from gatekeeper.errors import CannotListen, OperatorError
from gatekeeper.storage.directory import require_reachable, tenant
from gatekeeper.web.listen import bind, is_taken
from gatekeeper.web.sign_in.by_token import require_token
from gatekeeper.web.tls import private_key


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that a server does before it starts."""

    key: str
    """What is to be changed if it fails."""
    attempt: Callable[[], object]
    """Raises `OperatorError`."""
    rests_on: tuple[str, ...] = ()
    """Other keys that it needs."""


def every_problem(
    reading: Reading, keys: Keys, clock: Clock, *, acting: bool = True
) -> list[Problem]:
    """All that is wrong with a file, and with what it names: `problems_of`."""
    found = [*reading.problems]
    if (config := reading.sound) is not None:
        source, taken = reading.source, reading.taken
        found += problems_of(config, keys, clock, source, taken, acting=acting)
    found = [*dict.fromkeys(found)]
    found.sort(key=lambda each: each.position or Position(0, 0))
    return found


def problems_of(
    config: Config,
    keys: Keys,
    clock: Clock,
    source: Source,
    unknown: Collection[Way] = (),
    *,
    acting: bool = True,
) -> Iterator[Problem]:
    """
    What a server cannot start with. Blocks: files are read.

    `unknown`: of what rests on these, nothing can be told. `acting`: whether the
    address may be taken for a moment, to see whether it can.
    """
    tried = [*_read(config, keys, clock), *(_done(config) if acting else ())]
    for trial in tried:
        ways = [way_of(key) for key in (trial.key, *trial.rests_on)]
        if any(touches(way, gone) for way in ways for gone in unknown):
            continue
        try:
            trial.attempt()
        except OperatorError as exc:
            yield source.said_by(exc, trial.key)


def _done(config: Config) -> Iterator[Trial]:
    server, held = config.server, ("server.host", "data")
    yield Trial("server.port", partial(_port, config, server.port), held)
    if server.redirect_port is not None:
        free = partial(_port, config, server.redirect_port)
        yield Trial("server.redirect_port", free, held)
    yield Trial("data.directory", partial(require_reachable, config.data.directory))


def _read(config: Config, keys: Keys, clock: Clock) -> Iterator[Trial]:
    server, rooms = config.server, config.rooms
    tls = ("server.tls_certificate", "server.tls_key")
    yield Trial(tls[0], partial(certificate_of, server, clock), tls)
    if server.tls_key is not None:  # whatever is wrong with the certificate
        yield Trial(tls[1], partial(private_key, server.tls_key))
    yield Trial("server.host", partial(require_cover, server), ("server",))
    for number, each in enumerate(config.ice.servers):
        key = f"ice.servers.{number}"
        yield Trial(f"{key}.secret_file", partial(each.secret, key))
        yield Trial(f"{key}.credential_file", partial(each.credential, key))
    if rooms.open_to == "token":
        for number, token in enumerate(rooms.tokens):
            key = f"rooms.tokens.{number}"
            yield Trial(f"{key}.file", partial(require_token, token, key))
    if rooms.open_to == "oidc":
        yield Trial("rooms.oidc.secret_file", rooms.oidc.secret)
    if config.admin.open_to == "oidc":
        secret = partial(config.admin.oidc.secret, "admin.oidc")
        yield Trial("admin.oidc.secret_file", secret)
    yield Trial("speech", partial(speech_settings, config, keys))
    yield Trial("ai", partial(model_endpoint, config, keys))
    if config.place.logo is not None:
        yield Trial("place.logo", partial(Logo.read, config.place.logo))


def _port(config: Config, port: int) -> None:
    """Raise `CannotListen`, unless who listens there is the server that this is of."""
    server = config.server
    try:
        bound = bind(server.host, port)
    except CannotListen as exc:
        address = tenant(config.data.directory)
        if is_taken(exc) and address and urlsplit(address).port == server.port:
            return
        raise
    for each in bound:
        each.close()
