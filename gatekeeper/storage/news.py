"""
News: what a service hears of the rooms that it has opened, and the port to say it to.

Rule 1: nothing is told that not everybody in the room sees, and no person is in it
(design.md, rule 8). Why each of them tells no more than that:

- `feature.on`, `feature.off`: the sign, when it changes for everybody. Whatever made
  it go off (a no, a joiner, a lost connection, the host, the hour, a fault) it is the
  same line, and nothing is told of what did not go on.
- `notice.changed`: an admin has put other words in force; everybody is shown them. It
  does not tell whether anything ran on the old ones.
- `film.ready`: the page afterwards shows that there is one. Not for whom, or of whom.
- `meeting.sealed`: it is over for everybody, and nothing is left to be written. Of a
  meeting in which nothing was ever on there is nothing to seal.
- `erasure.done`: what a feature keeps was changed because somebody asked for it, after
  the meeting; everybody who may see it sees another. Of an erasure before the seal
  nothing is told: it would say why the sign has gone off.

Rule 2: a closing waits for none of it (rule 4). What is written in a transaction of the
ledger's is told in that very one, all else right after.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

from sqlalchemy import Connection

from gatekeeper.consent.types import FeatureId, RoomId

Kind = Literal[
    "feature.on",
    "feature.off",
    "notice.changed",
    "film.ready",
    "meeting.sealed",
    "erasure.done",
]
"""What can be told; nothing else ever is."""
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One thing that happened in one room."""

    kind: Kind
    room: RoomId
    feature: FeatureId | None = None
    """Of all kinds but `meeting.sealed`."""
    at: datetime | None = None
    """Aware, UTC; None: now."""


class News(Protocol):
    """Who is told. Of rooms that no service has opened nothing is kept."""

    def tell(self, event: RoomEvent) -> "asyncio.Future[None]":
        """
        Have it told as soon as the database takes it. Never waits, never fails.

        Who has to know awaits what is returned: it is durable then, or raises
        `LedgerUnavailable`.
        """

    def write(self, event: RoomEvent, connection: Connection) -> None:
        """Tell it in this transaction, on the writer's thread."""
