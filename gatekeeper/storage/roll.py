"""
The roll: every deletion that was asked for, in order, and every seal that was made.

What a backup brings back is deleted again by it, and the log of seals goes on from it.
It is in the database, and, since that may be lost, in a file elsewhere
(`storage.roll_file`).

Rule 1: a line is about ids alone, and is never taken off.
Rule 2: each has a number, and the hash of the one before it: none is left out.
Rule 3: nothing is deleted before its line is durable.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from sqlalchemy import Connection, func, insert, select

from gatekeeper.clock import moment
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.storage.damage import readable
from gatekeeper.storage.tables import roll

AT_ONCE = 500
"""Lines that are read at once."""


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Begun(_Said):
    """The first line: which roll it is."""

    kind: Literal["begun"] = "begun"
    id: str


class Deleted(_Said):
    """One person's part of a feature, or all of it: see `deletions.Deletion`."""

    kind: Literal["deleted"] = "deleted"
    room: RoomId
    feature: FeatureId
    subject: ParticipantId | None
    openings: tuple[OpeningId, ...] | None
    """Sorted."""


class KeyMade(_Said):
    """A key was made anew; what the former one opened or signed is opened no more."""

    kind: Literal["key"] = "key"
    key: Literal["access", "receipt", "log"]
    jwk: dict[str, str] | None = None
    """Of `receipt`: the new one's public half, which vouches for what it signed."""
    vkey: str | None = None
    """Of `log`: the same."""


class LinkMade(_Said):
    """Somebody's links to a page from before this generation open it no more."""

    kind: Literal["link"] = "link"
    room: RoomId
    subject: ParticipantId
    generation: int


class HostMade(_Said):
    """Another host capability is good; the one before is not."""

    kind: Literal["host"] = "host"
    room: RoomId
    host_hash: str
    """SHA-256, in hexadecimal."""


class ServiceKeyRevoked(_Said):
    """A service's key opens nothing any more."""

    kind: Literal["service-key"] = "service-key"
    id: str


class WebhookRemoved(_Said):
    """Nothing is told there any more."""

    kind: Literal["webhook"] = "webhook"
    id: str


class EvidenceEnded(_Said):
    """The time of a meeting's evidence is over: its chain is gone."""

    kind: Literal["evidence"] = "evidence"
    room: RoomId


class Logged(_Said):
    """The log of seals has another leaf: `evidence.tlog`."""

    kind: Literal["logged"] = "logged"
    leaf: str
    """Its hash, in hexadecimal."""


What: TypeAlias = (
    Begun
    | Deleted
    | KeyMade
    | LinkMade
    | HostMade
    | ServiceKeyRevoked
    | WebhookRemoved
    | EvidenceEnded
    | Logged
)


class Line(_Said):
    """One line."""

    n: Annotated[int, Field(ge=0)]
    prev: str
    """SHA-256 of the line before, in hexadecimal; zeros in the first."""
    at: str
    what: Annotated[What, Field(discriminator="kind")]

    def text(self) -> str:
        """As it is written and hashed."""
        return self.model_dump_json()


_LINE = TypeAdapter(Line)
_LOGGED = '"what":{"kind":"logged","leaf":"'
"""As `Line.text` spells it: there is one way, and there may be a million of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a roll."""

    n: int
    hash: str
    """Of that line."""


NOWHERE = Place(-1, "0" * 64)
"""Before the first line."""


def logged(text: str) -> str | None:
    """The leaf that a line tells of; None if it tells of something else."""
    _, found, rest = text.partition(_LOGGED)
    return rest.partition('"')[0] if found else None


_LEAF = 64
"""Characters of a leaf."""


def logged_leaves(connection: Connection) -> Iterator[str]:
    """
    The leaves that the roll tells of, each line checked on the way.

    Raises `EvidenceError` where a line does not follow, or stands in a row of another.
    """
    end = NOWHERE
    rows = connection.execution_options(yield_per=AT_ONCE).execute(
        select(roll.c.n, roll.c.meeting, roll.c.line).order_by(roll.c.n)
    )
    with readable():
        for n, meeting, text in rows:
            leaf = _leaf_after(end, text)
            if leaf is None:
                ((end, line),) = follow([text], end)
                about = getattr(line.what, "room", None)
            else:
                end, about = Place(end.n + 1, hash_of(text)), None
            if n != end.n or meeting != about:
                raise EvidenceError(f"line {end.n} is not in its place")
            if leaf is not None:
                yield leaf


def _leaf_after(end: Place, text: str) -> str | None:
    """The leaf that the line after a place tells of, if it is such a line."""
    before = f'{{"n":{end.n + 1},"prev":"{end.hash}","at":"'
    if not text.startswith(before):
        return None
    at, _, rest = text[len(before) :].partition(f'",{_LOGGED}')
    as_written = len(rest) == _LEAF + 3 and rest.endswith('"}}')
    return rest[:_LEAF] if as_written and '"' not in at and "\\" not in at else None


def read(text: str) -> Line:
    """One of ours, that was checked when it was taken."""
    return _LINE.validate_json(text)


def framed(text: str) -> str:
    """A line as it stands in a file, with its own hash: nothing follows the last."""
    return f"{hash_of(text)} {text}\n"


def unframed(line: str) -> str:
    """The line that stands in a file. Raises `EvidenceError`."""
    said, _, text = line.rstrip("\n").partition(" ")
    if said != hash_of(text):
        raise EvidenceError("a line is not as it was written")
    return text


def hash_of(text: str) -> str:
    """What the next line names."""
    return hashlib.sha256(text.encode()).hexdigest()


def follow(
    texts: Iterable[str], place: Place = NOWHERE
) -> Iterator[tuple[Place, Line]]:
    """Lines that follow a place, each checked. Raises `EvidenceError`."""
    for text in texts:
        try:
            line = _LINE.validate_json(text)
        except ValidationError as exc:
            raise EvidenceError(f"line {place.n + 1} is none of a roll") from exc
        if (line.n, line.prev) != (place.n + 1, place.hash) or line.text() != text:
            raise EvidenceError(f"line {place.n + 1} does not follow the one before it")
        place = Place(line.n, hash_of(text))
        yield place, line


def place(connection: Connection) -> Place:
    """Where the roll ends. Raises `EvidenceError`."""
    last = select(func.max(roll.c.n)).scalar_subquery()
    row = connection.execute(select(roll).where(roll.c.n == last)).one_or_none()
    with readable():
        return NOWHERE if row is None else Place(int(row.n), hash_of(str(row.line)))


def texts(connection: Connection, since: int = -1) -> Iterator[str]:
    """The lines after a number, read as they are asked for: there may be many."""
    rows = select(roll.c.line).where(roll.c.n > since).order_by(roll.c.n)
    reading = connection.execution_options(yield_per=AT_ONCE).execute(rows)
    yield from reading.scalars()


def begin(at: datetime, connection: Connection) -> None:
    """Begin it, if it is not begun."""
    if place(connection) == NOWHERE:
        append([Begun(id=secrets.token_urlsafe(16))], at, connection)


def append(whats: Iterable[What], at: datetime, connection: Connection) -> None:
    """Write lines, save those of which there is one that says as much."""
    if place(connection) == NOWHERE and not all(isinstance(w, Begun) for w in whats):
        begin(at, connection)
    for what in whats:
        if not _is_said(what, connection):
            end = place(connection)
            line = Line(n=end.n + 1, prev=end.hash, at=moment(at), what=what)
            take([line], connection)


def take(lines: Iterable[Line], connection: Connection) -> None:
    """Write lines that follow already."""
    for line in lines:
        meeting = getattr(line.what, "room", None)
        connection.execute(
            insert(roll).values(n=line.n, meeting=meeting, line=line.text())
        )


def _is_said(what: What, connection: Connection) -> bool:
    """Whoever asks again and again makes no roll longer."""
    if not isinstance(what, Deleted | EvidenceEnded):
        return False
    rows = select(roll.c.line).where(roll.c.meeting == what.room)
    known = [read(t).what for t in connection.scalars(rows)]
    if isinstance(what, EvidenceEnded):
        return what in known
    same = [
        each.openings
        for each in known
        if isinstance(each, Deleted)
        and (each.feature, each.subject) == (what.feature, what.subject)
    ]
    if None in same:
        return True
    covered = {opening for openings in same for opening in openings or ()}
    return (
        what.openings is not None and bool(same) and covered.issuperset(what.openings)
    )
