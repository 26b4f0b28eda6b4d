"""What goes on by itself goes on, whatever a disk or a database does."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from gatekeeper.errors import GatekeeperError

log = structlog.get_logger(__name__)


@contextmanager
def survived(event: str) -> Iterator[None]:
    """Let no fault of a disk or a database out; log it as `event`."""
    try:
        yield
    except (GatekeeperError, OSError) as exc:
        log.error(event, cause=type(exc).__name__)
