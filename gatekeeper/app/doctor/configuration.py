"""The configuration: everything that `gatekeeper check` would say, at once."""

from collections.abc import Callable
from functools import partial

from gatekeeper.app.doctor.finding import Finding, fault, ok
from gatekeeper.app.engines import Engines, Keys, choose_engines
from gatekeeper.app.wiring.address import certificate_of, require_cover
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.clock import Clock
from gatekeeper.config import Config, offered
from gatekeeper.errors import OperatorError


def look_at_configuration(config: Config, keys: Keys, clock: Clock) -> list[Finding]:
    """What keeps a server with it from starting; reads its files."""
    looks: tuple[Callable[[], object], ...] = (
        partial(certificate_of, config.server, clock),
        partial(require_cover, config.server),
        partial(read_ice, config, clock),
        partial(_features, config, keys),
    )
    found = [each for look in looks for each in problems(look)]
    return found or [ok("A server starts with it.")]


def problems(look: Callable[[], object]) -> list[Finding]:
    """What is wrong, a finding a line."""
    try:
        look()
    except OperatorError as exc:
        return [fault(line, "") for line in str(exc).splitlines()]
    return []


def _features(config: Config, keys: Keys) -> Engines:
    engines = choose_engines(config, keys)
    offered(config, engines.runs)
    return engines
