"""
What services say and are told, as models.

Rule: nothing here is of one person, nor changes with what anybody answers, but for what
everybody in the room sees: whether something is on (design.md, rule 8).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.storage.news import KINDS, Kind
from gatekeeper.storage.rooms import Mode
from gatekeeper.storage.webhooks import LONGEST_URL
from gatekeeper.web.room.api import Feature, NewRoom
from gatekeeper.web.shape import Instant, Shape

Ref = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,128}$")]
"""What a service calls somebody."""


class Said(BaseModel):
    """What a service says."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RoomWanted(NewRoom):
    """A room to be opened."""

    mode: Mode
    """`meeting`: people see and hear each other here; `gate`: somewhere else, and this
    server only asks them."""
    presence: bool = False
    """Of a `gate`: whether the service says who is there. Until it has, and as long as
    there is anybody who is not here too, nothing is on."""


class RoomOpened(Shape):
    """A new room. Its host capability is told once, here."""

    room: str
    host: str
    """Whoever has it is host; it goes into the invitation's address, after `#host=`."""
    invitation: str
    """The address at which people join."""
    opened_at: Instant
    waits_until: Instant
    """It is forgotten then, if nobody has come."""


class ListedRoom(Shape):
    """One of the rooms that a service has opened."""

    room: str
    title: str
    """Empty once a meeting is over and has had its time."""
    mode: Mode
    opened_at: Instant
    ended: bool


class ListedRooms(Shape):
    """A page of them, the latest first."""

    rooms: tuple[ListedRoom, ...]
    next: str | None
    """`after` of the next page."""


class FeatureNow(Shape):
    """A feature of a room, as everybody in it sees it."""

    id: str
    offered: bool
    """False while whoever runs the server has it switched off."""
    sign: Literal["on", "off"]
    since: Instant | None
    """When it went on."""


class RoomNow(ListedRoom):
    """A room as it stands."""

    waits_until: Instant | None
    """It is forgotten then, if nobody has come; null while somebody is there, and once
    it is over."""
    language: str
    knock: bool
    """As it was opened; hosts change it."""
    presence: bool
    people: int
    """So many have a seat here."""
    features: tuple[FeatureNow, ...]


class EntryWanted(Said):
    """Somebody whom a service sends."""

    ref: Ref
    """What the service calls them; of no meaning here, and told to nobody."""
    host: bool = False


class EntryGiven(Shape):
    """What they come in by. It is told once, here."""

    entry: str
    """Goes into the invitation's address, after `#entry=`, or to `<consent-gate>`."""
    expires_at: Instant


class PresenceReport(Said):
    """Whom an engine has in the room just now: all of them, known or not."""

    people: Annotated[tuple[Ref, ...], Field(max_length=500)]


class PermitWanted(Said):
    """Leave to capture."""

    feature: Feature


class PermitLent(Shape):
    """A lease: leave to capture, for `lasts` seconds from before it was asked for."""

    permit: str
    """The lease: to be renewed, or given back."""
    room: str
    feature: str
    opening: str
    """The stretch in which everybody agrees, as the ledger knows it."""
    people: tuple[str, ...]
    """Who is present, all of whom have signed a yes."""
    lasts: float
    token: str
    """The same, signed (`evidence.permit_token`)."""


class EventAbout(Shape):
    """Where something happened."""

    room: str
    feature: str | None
    """Null where it is of the whole meeting."""


class EventTold(Shape):
    """Something that everybody in a room sees (`storage.news`)."""

    type: Kind
    timestamp: Instant
    data: EventAbout


class WebhookWanted(Said):
    """Where events are to be told (Standard Webhooks)."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_URL)]
    events: Annotated[tuple[Kind, ...], Field(max_length=len(KINDS))] = ()
    """Empty: all kinds."""


class WebhookMade(Shape):
    """A webhook. Its secret is told once, here."""

    webhook: str
    secret: str
    """What it is signed with: `whsec_` and base64."""


class ListedWebhook(Shape):
    """One of them, and how it stands with it."""

    webhook: str
    url: str
    """Without user, password and query."""
    events: tuple[Kind, ...]
    made_at: Instant
    waiting: int
    parked: int
    """What was tried in vain for long enough; whoever runs the server can replay it."""
    said: str | None
    """What came of the last try of the first that waits: a status, or a word."""


class ListedWebhooks(Shape):
    """All of a key's."""

    webhooks: tuple[ListedWebhook, ...]
