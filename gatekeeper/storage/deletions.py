"""
The list of what is to be deleted, until it is confirmed that it is gone.

Rule 1: a deletion is on the list before the first file goes, and is struck off it when
nothing is left: a crash in between is taken up again.
Rule 2: rows go after files.
Rule 3: a deletion names the openings that it covers: those there were when it was asked
for. What is captured under a later yes is another matter, however late it is carried
out.
Rule 4: whatever is listed is on the roll (`storage.roll`) before the first file goes,
here and outside: a backup that is brought back loses it again.
Rule 5: what is listed is out of everything that people are shown or given, from the
moment it is asked for (`covers`), whatever the disk does.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.engine import Row

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.storage import fetches, names, roll, stops
from gatekeeper.storage.damage import readable
from gatekeeper.storage.database import Database
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.tables import deletions
from gatekeeper.storage.transactions import Transactions

Copied = Callable[[], bool]
"""Has the roll written outside; whether it is. Blocks, and raises nothing."""
Key = tuple[RoomId, FeatureId, ParticipantId | None]


@dataclass(frozen=True, slots=True)
class Deletion:
    """One person's part of a feature, or all of it."""

    room: RoomId
    feature: FeatureId
    subject: ParticipantId | None
    """None: everybody, since the time is over."""
    openings: frozenset[OpeningId] | None
    """None: all of them."""

    @property
    def key(self) -> Key:
        """What there is at most one deletion of."""
        return self.room, self.feature, self.subject

    def covers(self, opening: OpeningId) -> bool:
        """Whether what was captured in that opening goes."""
        return self.openings is None or opening in self.openings

    def joined(self, other: "Deletion") -> "Deletion":
        """Both, of one key."""
        if self.openings is None or other.openings is None:
            return replace(self, openings=None)
        return replace(self, openings=self.openings | other.openings)


class DeletionList:
    """Each awaited call raises `LedgerUnavailable`, and returns once it is durable."""

    def __init__(
        self,
        writer: Transactions,
        database: Database,
        clock: Callable[[], datetime],
        copied: Copied | None = None,
    ) -> None:
        """`copied` has the roll written outside, if it is."""
        self._writer = writer
        self._clock = clock
        self._copied = copied
        self._database = database
        self._listed: dict[Key, Deletion] = {}
        """As in the database, or about to be."""

    async def load(self) -> None:
        """Know what is listed already; before anybody is shown anything."""
        for deletion in await self._writer.run(pending):
            self._listed[deletion.key] = deletion

    def covers(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        opening: OpeningId,
    ) -> bool:
        """Whether what was captured of somebody in that opening is to be deleted."""
        wanted = (self._listed.get((room, feature, who)) for who in (participant, None))
        return any(each is not None and each.covers(opening) for each in wanted)

    def subjects(self, room: RoomId, feature: FeatureId) -> frozenset[ParticipantId]:
        """Who waits for their part to be deleted."""
        return frozenset(
            subject
            for where, what, subject in self._listed
            if (where, what) == (room, feature) and subject is not None
        )

    def of(self, room: RoomId) -> tuple[Deletion, ...]:
        """All of a meeting that is not confirmed yet."""
        return tuple(each for each in self._listed.values() if each.room == room)

    async def add(self, asked: Collection[Deletion]) -> None:
        """Put all of them on the list, or none. What is listed already is joined."""
        before = {each.key: self._listed.get(each.key) for each in asked}
        for each in asked:
            known = self._listed.get(each.key)
            self._listed[each.key] = each if known is None else known.joined(each)
        joined = [self._listed[each.key] for each in asked]
        try:
            await self._writer.run(partial(_add, joined, asked, self._clock()))
        except BaseException:
            for key, known in before.items():
                if known is None:
                    self._listed.pop(key, None)
                else:
                    self._listed[key] = known
            raise
        await self.copy()

    async def copy(self) -> bool:
        """Have all that is on the roll outside, too; whether it is. Raises nothing."""
        return self._copied is None or await in_thread(self._copied)

    def pending(self) -> Sequence[Deletion]:
        """All that is not confirmed yet."""
        return tuple(self._listed.values())

    async def forget(self, deletion: Deletion) -> None:
        """Return once its names are in no byte of the database. Raises `OSError`."""
        await self._writer.run(partial(_forget, deletion))
        await self.scrub()

    async def scrub(self) -> None:
        """Return once what was deleted is in no byte of the database's log either."""
        await in_thread(self._database.scrub)

    async def strike(self, deletion: Deletion) -> None:
        """Nothing is left of it: take it off, save what was joined to it meanwhile."""
        listed = self._listed.get(deletion.key)
        if listed is None:
            return
        rest = _rest(listed, deletion)
        await self._writer.run(partial(_replace, deletion, rest))
        if self._listed.get(deletion.key) == listed:
            if rest is None:
                del self._listed[deletion.key]
            else:
                self._listed[deletion.key] = rest


def pending(connection: Connection) -> list[Deletion]:
    """All that is not confirmed yet; to be read by whoever exports."""
    with readable():
        return [_deletion(row) for row in connection.execute(select(deletions))]


def _rest(listed: Deletion, done: Deletion) -> Deletion | None:
    if listed.openings is None or done.openings is None:
        return None if done.openings is None else listed
    rest = listed.openings - done.openings
    return replace(listed, openings=rest) if rest else None


def _add(
    joined: Iterable[Deletion],
    asked: Iterable[Deletion],
    at: datetime,
    connection: Connection,
) -> None:
    for each in joined:
        _replace(each, each, connection)
    roll.append([said(each) for each in asked], at, connection)


def said(deletion: Deletion) -> roll.Deleted:
    """As the roll has it."""
    openings = deletion.openings
    return roll.Deleted(
        room=deletion.room,
        feature=deletion.feature,
        subject=deletion.subject,
        openings=None if openings is None else tuple(sorted(openings)),
    )


def list_again(line: roll.Deleted, connection: Connection) -> None:
    """List what a roll tells of, that a backup has brought back."""
    openings = None if line.openings is None else frozenset(line.openings)
    asked = Deletion(line.room, line.feature, line.subject, openings)
    rows = connection.execute(select(deletions).where(_is(asked)))
    for known in [_deletion(row) for row in rows]:
        asked = asked.joined(known)
    _replace(asked, asked, connection)


def _replace(old: Deletion, new: Deletion | None, connection: Connection) -> None:
    connection.execute(delete(deletions).where(_is(old)))
    if new is not None:
        openings = None if new.openings is None else sorted(new.openings)
        connection.execute(
            insert(deletions).values(
                meeting=new.room,
                feature=new.feature,
                subject=new.subject or "",
                openings=openings,
            )
        )


def _forget(deletion: Deletion, connection: Connection) -> None:
    whose = deletion.key
    names.forget(*whose, connection)
    stops.forget(*whose, connection)
    fetches.forget(*whose, connection)


def _is(deletion: Deletion) -> ColumnElement[bool]:
    return (
        (deletions.c.meeting == deletion.room)
        & (deletions.c.feature == deletion.feature)
        & (deletions.c.subject == (deletion.subject or ""))
    )


def _deletion(row: Row[tuple[object, ...]]) -> Deletion:
    subject = ParticipantId(row.subject) if row.subject else None
    openings = None if row.openings is None else frozenset(map(OpeningId, row.openings))
    return Deletion(RoomId(row.meeting), FeatureId(row.feature), subject, openings)
