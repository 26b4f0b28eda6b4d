"""What was taken back, noted so that no backup brings it back (`storage.roll`)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from gatekeeper.storage import roll


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Notes links and keys that open nothing any more."""

    clock: Callable[[], datetime]
    copy: Callable[[], Awaitable[object]]
    """Has the roll written outside, too."""

    def note(
        self,
        what: roll.LinkMade
        | roll.HostMade
        | roll.ServiceKeyRevoked
        | roll.WebhookRemoved,
        connection: Connection,
    ) -> None:
        """In the transaction in which it stops."""
        roll.append([what], self.clock(), connection)
