"""What all feeds of a process share."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.media.tap.quota import Quotas
from gatekeeper.media.tap.taps import TapIceServers


@dataclass(frozen=True, slots=True)
class FeedContext:
    """Whence media come, and where they are decoded."""

    clock: Callable[[], datetime]
    """The time now, UTC."""
    ice_servers: TapIceServers
    quotas: Quotas
    """What may be sent to taps."""
    decoding: ThreadPoolExecutor
    """One thread: whatever all feeds decode takes no more than a core."""
