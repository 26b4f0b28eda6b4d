"""
What the console's API says, as models: `docs/protocol.md` has their tables.

Rule: nothing here is of one person, and nothing counts openings, requests or answers
(design.md, rule 8). What is counted does not change with what anybody answers.
"""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, PlainSerializer

from gatekeeper.clock import rfc3339

Instant = Annotated[datetime, PlainSerializer(rfc3339, when_used="json")]


class Shape(BaseModel):
    """One answer, or a part of one."""

    model_config = ConfigDict(frozen=True)


def said(shape: Shape) -> web.Response:
    """As an answer."""
    return web.Response(text=shape.model_dump_json(), content_type="application/json")


class Session(Shape):
    """`GET /api/admin/session`: the one answer that a stranger gets, too."""

    way: Literal["token", "oidc", "anybody", "header"]
    signed_in: bool
    """To who is not, nothing else is told but how one would be."""
    name: str | None
    """Of who is signed in, where the provider says it."""
    place: str
    """Who runs this server."""


class SignedOut(Shape):
    """`DELETE /api/admin/session`."""

    next: str | None
    """Where the browser goes on to, to sign out there as well."""


class Hour(Shape):
    """So many rooms were open at once in the hour that began then, at the most."""

    began: Instant
    rooms: int


class Overview(Shape):
    """`GET /api/admin/overview`."""

    now: Instant
    rooms: int
    """Rooms in which a meeting goes on."""
    people: int
    """People with a seat in a room."""
    offered: int
    """Features that hosts can ask for."""
    features: int
    """Features that are configured."""
    free: int
    """Bytes on the disk."""
    hours: tuple[Hour, ...]
    """The last 24, or as many as there were since the server started."""


class LiveRoom(Shape):
    """A room, without its title and without anybody's name."""

    room: str
    opened_at: Instant
    people: int
    on: bool
    """Whether anything runs in it, as everybody in it sees."""


class LiveRooms(Shape):
    """`GET /api/admin/rooms`: the latest first."""

    rooms: tuple[LiveRoom, ...]
    next: str | None
    """`after` of the next page."""


class Usage(Shape):
    """So much is kept of one kind."""

    kind: Literal["films", "recordings", "words"]
    bytes: int


class FilmInWork(Shape):
    """A film that is being made, or cannot be."""

    room: str
    feature: str
    state: Literal["waiting", "making", "stopped", "failed"]
    done: float
    """From 0 to 1."""


class KeptFor(Shape):
    """How long what a feature keeps stays after a meeting."""

    feature: str
    hours: int


class Due(Shape):
    """What is deleted, and when."""

    room: str
    feature: str
    at: Instant


class StorageState(Shape):
    """`GET /api/admin/storage`."""

    total: int
    """Bytes that the disk has."""
    free: int
    used: tuple[Usage, ...]
    kept_for: tuple[KeptFor, ...]
    films: tuple[FilmInWork, ...]
    due: tuple[Due, ...]
    """The next ones, the soonest first."""


class PartState(Shape):
    """A part of the server."""

    name: str
    well: bool
    fix: str


class Found(Shape):
    """What one check of the doctor has shown."""

    check: str
    grade: Literal["ok", "warning", "fault", "skipped"]
    cause: str
    fix: str


class DoctorState(Shape):
    """The last examination, or the one that goes on."""

    began: Instant | None
    """None: there was none since the server started."""
    ended: Instant | None
    running: tuple[str, ...]
    """The checks that go on just now."""
    found: tuple[Found, ...]


class ReloadState(Shape):
    """What became of the configuration file when it was last read again."""

    at: Instant
    applied: tuple[str, ...]
    """Keys as the file has them, as are the next ones."""
    needs_restart: tuple[str, ...]
    """They say another thing than what runs, and take effect at the next start."""
    mistakes: tuple[str, ...]
    """Each with file, line, key and fix. While there are any, nothing has changed."""


class HealthState(Shape):
    """`GET /api/admin/health`."""

    parts: tuple[PartState, ...]
    doctor: DoctorState
    reload: ReloadState | None
    """None: there was none since the start."""
    version: str


class Meeting(Shape):
    """A meeting on record, whatever was or was not on in it."""

    meeting: str
    opened_at: Instant
    ended_at: Instant | None


class Meetings(Shape):
    """`GET /api/admin/meetings`: the latest first."""

    meetings: tuple[Meeting, ...]
    next: str | None


class OpeningProof(Shape):
    """One stretch in which a feature was on."""

    feature: str
    began: Instant
    ended: Instant | None
    """None while it is on."""
    people: int
    """So many were there or came in, and each had signed a yes."""
    notices: tuple[str, ...]
    """The digests of the wordings that they had signed."""


class Wording(Shape):
    """A notice as it was shown."""

    feature: str
    language: str
    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str


class Deleted(Shape):
    """All that a feature kept was deleted then, since its time was over."""

    feature: str
    at: Instant


class Audit(Shape):
    """`GET /api/admin/meetings/{meeting}`: the chain, computed again just now."""

    meeting: str
    opened_at: Instant
    ended_at: Instant | None
    checked_at: Instant
    begun: bool
    """Whether there is a chain: there is none where nothing was ever on."""
    sealed: bool
    head: str | None
    """SHA-256 of the last entry: two copies of the chain agree if these do."""
    fault: str | None
    """What does not hold, and where; nothing else is told then."""
    openings: tuple[OpeningProof, ...]
    notices: dict[str, Wording]
    """By digest."""
    deleted: tuple[Deleted, ...]


class ExportedOpening(OpeningProof):
    """The same, with who had signed: a pseudonym that is of this meeting alone."""

    opening: str
    signers: tuple[str, ...]


class Export(Audit):
    """`GET /api/admin/meetings/{meeting}/export`, as it is signed."""

    openings: tuple[ExportedOpening, ...]


class SignedExport(Export):
    """The file."""

    signed: str
    """Compact JWS (RFC 7515) by the gate's key, over all else as canonical JSON."""


class Words(Shape):
    """A notice as an admin writes it: fields in braces are filled in by the server."""

    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str


class NoticeInForce(Wording):
    """A notice as a joiner is shown it, and since when."""

    digest: str
    version: int
    """Counted from 1, by feature and language."""
    since: Instant
    own: bool
    """Whether an admin has put it; else it is the file's."""
    words: Words
    """To begin from, for another wording."""


class FeatureState(Shape):
    """A feature that is configured."""

    id: str
    state: Literal["offered", "off", "off-by-file", "unavailable"]
    """`off`: an admin has switched it off; `off-by-file`: the configuration has."""
    off_since: Instant | None
    unavailable: str | None
    """Why it cannot run here, and what would help."""
    third_party: bool
    """Whether content leaves this server."""
    notices: dict[str, NoticeInForce]
    """By language."""


class Features(Shape):
    """`GET /api/admin/features`."""

    languages: tuple[str, ...]
    features: tuple[FeatureState, ...]


class Changed(Shape):
    """What has come of a change: the feature as it is now."""

    feature: FeatureState
    written: bool
    """Whether it is in the ledger already; else it will be, and holds all the same."""


class History(Shape):
    """`GET /api/admin/features/{feature}/history`: the newest first."""

    versions: tuple[NoticeInForce, ...]


class WordingMistake(Shape):
    """What is wrong with one text."""

    language: str | None
    field: str | None
    kind: Literal["empty", "long", "processor", "recipients", "other"]
    text: str
    """A sentence, in English."""


class Draft(Shape):
    """`POST /api/admin/features/{feature}/draft`: what would be shown."""

    notices: dict[str, Wording]
    """By language; of one with a mistake there is none."""
    mistakes: tuple[WordingMistake, ...]


class Mistakes(Shape):
    """A problem document (RFC 9457) of words that cannot be put in force."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    mistakes: tuple[WordingMistake, ...]


class ServerAct(Shape):
    """Something that was done to the whole server, as its chain tells it."""

    at: Instant
    act: Literal["off", "on", "worded"]
    feature: str
    by: Literal["console", "file"]


class ServerActs(Shape):
    """`GET /api/admin/acts`: the latest first."""

    fault: str | None
    """What does not hold of the server's chain."""
    acts: tuple[ServerAct, ...]


class SubjectFound(Shape):
    """`POST /api/admin/subject`: whom receipts are of, in one meeting."""

    meeting: str
    person: str
    """The id that they have in that meeting, and nowhere else."""
    opened_at: Instant | None
    features: tuple[str, ...]
    """What had been on with them in it."""


class Erasing(Shape):
    """`POST /api/admin/subject/erase`: listed, shown to nobody, and being erased."""

    features: tuple[str, ...]
