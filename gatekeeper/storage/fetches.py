"""
Who fetched what was kept of a meeting, for those who are in it to read.

Rule 1: a line is on the disk before the first byte of what it tells of is sent
(design.md, rule 15): no line, no file.
Rule 2: a pseudonym of the meeting, what, and when; never an address or a program.
Rule 3: the same for the same within an hour is one line, and counted: a player that
asks for a film in a thousand pieces has fetched it once.
Rule 4: it is gone with what it tells of, and with the part of whom it names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.storage.damage import readable
from gatekeeper.storage.tables import fetches
from gatekeeper.storage.transactions import Transactions

HOUR = timedelta(hours=1)
MOST = 1000
"""Lines of a meeting that are read, the last ones."""
_KNOWN = 10_000
"""Lines of the last hour that are known without a look at the disk."""

By = Literal["participant", "console"]
What = Literal["film", "track", "transcript", "summary", "export", "copy"]


@dataclass(frozen=True, slots=True)
class Fetch:
    """Somebody fetches something."""

    room: RoomId
    by: By
    who: str
    """The participant; empty if it is somebody else."""
    feature: FeatureId
    what: What
    subject: str = ""
    """Whose track, or own copy, it is."""
    part: str = ""
    """Of a track: opening and number, with a dot in between."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A line."""

    fetch: Fetch
    at: datetime
    """The minute in which it was first fetched, UTC."""
    times: int
    """How often, within an hour from then."""


class FetchLog:
    """Notes, durably."""

    def __init__(self, writer: Transactions, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock
        self._known: dict[Fetch, datetime] = {}
        """When each line of the last hour began."""

    async def note(self, *fetched: Fetch, goes_on: bool = False) -> None:
        """
        Return once it is durable. Raises `LedgerUnavailable`: then nothing may be sent.

        `goes_on`: it is another piece of what was begun before, if it was.
        """
        now = self._clock()
        due = [
            each
            for each in fetched
            if not (goes_on and now - self._known.get(each, now - HOUR) < HOUR)
        ]
        if not due:
            return
        begun = await self._writer.run(partial(_note, due, now, goes_on))
        if len(self._known) > _KNOWN:
            self._known.clear()
        self._known |= begun


def _note(
    fetched: list[Fetch], now: datetime, goes_on: bool, connection: Connection
) -> dict[Fetch, datetime]:
    begun = {}
    for each in fetched:
        last = connection.execute(
            select(fetches.c.at)
            .where(_same(each), fetches.c.at > now - HOUR)
            .order_by(fetches.c.at.desc())
            .limit(1)
        ).scalar_one_or_none()
        if last is None:
            last = now.replace(second=0, microsecond=0)
            connection.execute(
                insert(fetches).values(_columns(each) | {"at": last, "times": 1})
            )
        elif not goes_on:
            line = _same(each) & (fetches.c.at == last)
            connection.execute(
                update(fetches).where(line).values(times=fetches.c.times + 1)
            )
        begun[each] = last
    return begun


def fetched_of(room: RoomId, connection: Connection) -> tuple[Fetched, ...]:
    """All lines of a meeting, the latest first."""
    asked = (
        select(fetches)
        .where(fetches.c.meeting == room)
        .order_by(fetches.c.at.desc())
        .limit(MOST)
    )
    with readable():
        return tuple(
            Fetched(
                Fetch(
                    RoomId(row.meeting),
                    row.by,
                    row.who,
                    FeatureId(row.feature),
                    row.what,
                    row.subject,
                    row.part,
                ),
                row.at,
                row.times,
            )
            for row in connection.execute(asked)
        )


def forget(
    room: RoomId,
    feature: FeatureId,
    subject: ParticipantId | None,
    connection: Connection,
) -> None:
    """Forget what was fetched of a feature; or what names one person, only."""
    whose = and_(fetches.c.meeting == room, fetches.c.feature == feature)
    if subject is not None:
        whose &= (fetches.c.who == subject) | (fetches.c.subject == subject)
    connection.execute(delete(fetches).where(whose))


def _columns(each: Fetch) -> dict[str, str]:
    return {
        "meeting": each.room,
        "by": each.by,
        "who": each.who,
        "feature": each.feature,
        "what": each.what,
        "subject": each.subject,
        "part": each.part,
    }


def _same(each: Fetch) -> ColumnElement[bool]:
    return and_(*(fetches.c[name] == said for name, said in _columns(each).items()))
