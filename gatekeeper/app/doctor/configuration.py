"""The configuration: everything that `gatekeeper check` would say, at once."""

from collections.abc import Callable

from gatekeeper.app.doctor.finding import Finding, fault, ok
from gatekeeper.app.engines import Keys
from gatekeeper.app.trial import problems_of
from gatekeeper.clock import Clock
from gatekeeper.config.load import Reading
from gatekeeper.errors import OperatorError


def look_at_configuration(reading: Reading, keys: Keys, clock: Clock) -> list[Finding]:
    """What keeps a server with it from starting; reads its files."""
    config = reading.whole()
    found = problems_of(config, keys, clock, reading.source, acting=False)
    said = [fault(str(each), "") for each in found]
    return said or [ok("A server starts with it.")]


def problems(look: Callable[[], object]) -> list[Finding]:
    """What is wrong, a finding a line."""
    try:
        look()
    except OperatorError as exc:
        return [fault(line, "") for line in str(exc).splitlines()]
    return []
