"""
What the server says of the room and its people; of features: `wire.features`.

Rule: nothing here tells who declined, did not answer, or why a gate is closed
(design.md, rule 8).
"""

from typing import Literal

from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.wire.base import PROTOCOL, Media, Message
from gatekeeper.wire.features import Held, Offering, Sign


class Hello(Message):
    """The first frame of every socket."""

    type: Literal["hello"] = "hello"
    protocol: int = PROTOCOL
    challenge: str
    """To be signed in `Join.proof`; good for this socket only."""
    life: str
    """To be signed in every decision; good until the room is taken up again after a
    restart or a crash. Then what one still allows is signed again."""


class Person(Message):
    """A participant as the others see them."""

    id: ParticipantId
    name: str
    host: bool
    present: bool
    """False while their connection is lost and their seat is kept."""
    hand: bool
    media: Media


class ChatLine(Message):
    """A line of chat."""

    type: Literal["chat-line"] = "chat-line"
    number: int
    """Counts up from 1 within the room."""
    sender: ParticipantId
    name: str
    text: str
    at: str


class Door(Message):
    """Who may come in, told to everybody."""

    type: Literal["door"] = "door"
    locked: bool
    knock: bool


class Knock(Message):
    """Somebody knocks. Told to hosts alone."""

    type: Literal["knock"] = "knock"
    participant: ParticipantId
    name: str
    removed: bool
    """Whether a host has removed them before."""


class IceServer(Message):
    """STUN or TURN servers, as `RTCIceServer` takes them."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class Ice(Message):
    """
    How media find their way, from now on.

    Credentials end; others come before that. For connections that stand, too.
    """

    type: Literal["ice"] = "ice"
    servers: tuple[IceServer, ...]
    relay_only: bool
    """Whether `iceTransportPolicy` is to be `relay`: no one's address is shown."""


class Welcome(Message):
    """You have your seat (again). Everything a client needs to draw the room."""

    type: Literal["welcome"] = "welcome"
    you: ParticipantId
    resume: str
    """The secret for `Resume`."""
    host: bool
    people: tuple[Person, ...]
    """Everybody in the room, this participant included, in order of arrival."""
    screens: tuple[ParticipantId, ...]
    """Who shares a screen, the newest last: that one is meant to be looked at."""
    signs: tuple[Sign, ...]
    offerings: tuple[Offering, ...]
    """One for each feature, as they are now."""
    answers: tuple[Held, ...]
    chat: tuple[ChatLine, ...]
    """Lines missed during a lost connection; never any from before joining."""
    grace: float
    """Seconds for which a lost participant's seat is kept."""
    ice: Ice
    after: str
    """The capability that opens the page afterwards; everybody has one of their own."""
    door: Door
    knocks: tuple[Knock, ...] = ()
    """Who waits to be let in; for hosts alone."""


class Waiting(Message):
    """You have knocked. `Welcome` follows if the host lets you in."""

    type: Literal["waiting"] = "waiting"


class KnockOver(Message):
    """Somebody knocks no longer: they are in, turned away, or gone. For hosts alone."""

    type: Literal["knock-over"] = "knock-over"
    participant: ParticipantId


class TurnedAway(Message):
    """The host has not let somebody in. Told to everybody."""

    type: Literal["turned-away"] = "turned-away"
    name: str


class HostLink(Message):
    """To the host who asked: the host capability from now on. No other is good."""

    type: Literal["host-link"] = "host-link"
    host: str


class PageLink(Message):
    """To its owner: the capability of the page afterwards from now on."""

    type: Literal["page-link"] = "page-link"
    after: str


class Joined(Message):
    """Somebody has a seat now."""

    type: Literal["joined"] = "joined"
    person: Person


class Left(Message):
    """Somebody has left."""

    type: Literal["left"] = "left"
    participant: ParticipantId
    removed: bool = False
    """Whether a host has removed them. Told to everybody alike."""


class Changed(Message):
    """A person's presence, hand or media have changed."""

    type: Literal["changed"] = "changed"
    person: Person


class SignalFrom(Message):
    """SDP or a candidate from another participant."""

    type: Literal["signal-from"] = "signal-from"
    sender: ParticipantId
    payload: str


class Reaction(Message):
    """Somebody reacts."""

    type: Literal["reaction"] = "reaction"
    sender: ParticipantId
    reaction: str


class Ended(Message):
    """The meeting is over for everybody."""

    type: Literal["ended"] = "ended"


class Pong(Message):
    """The server is there."""

    type: Literal["pong"] = "pong"


class Probe(Message):
    """Nothing was heard for a while: say `here`, or anything else."""

    type: Literal["probe"] = "probe"


class Fault(Message):
    """A message was refused; nothing has changed by it."""

    type: Literal["fault"] = "fault"
    code: str
    detail: str
    about: str | None = None
    """The type of the refused message, where known."""
    feature: FeatureId | None = None
