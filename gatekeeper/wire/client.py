"""What a client says."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gatekeeper.consent.types import SourceKind
from gatekeeper.wire.base import (
    LONGEST_SIGNAL,
    Answer,
    Capability,
    Media,
    Message,
    Name,
    PublicKey,
    Sdp,
    Statement,
    Token,
)


class Join(Message):
    """Ask for a seat. First message on a socket, or `Resume` is."""

    type: Literal["join"] = "join"
    name: Name
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-\w{2,8})*$")]
    key: PublicKey
    proof: Statement
    """A signed `gatekeeper/join/v1` that carries the challenge of `Hello`."""
    host: Token | None = None
    """The host capability."""
    answers: Annotated[tuple[Answer, ...], Field(max_length=16)] = ()
    """Choices made in the lobby, or held from before a restart of the server."""
    media: Media | None = None
    entry: Token | None = None
    """As a service has given it, whose room this is: good once."""
    after: Capability | None = None
    """As `Welcome` said, if one was here before: whoever was need not knock again."""


class Resume(Message):
    """Take up one's seat again after a lost connection."""

    type: Literal["resume"] = "resume"
    participant: Token
    secret: Token
    seen: Annotated[int, Field(ge=0)] = 0
    """The number of the last chat line that this client has."""


class Decide(Answer):
    """A choice, at any time."""

    type: Literal["decide"] = "decide"


class Request(Message):
    """The host wants a feature to run."""

    type: Literal["request"] = "request"
    feature: Token


class Cancel(Message):
    """The host stops a feature, or no longer wants it."""

    type: Literal["cancel"] = "cancel"
    feature: Token


class Erase(Message):
    """Erase my part of what this feature has kept of this meeting."""

    type: Literal["erase"] = "erase"
    feature: Token


class Signal(Message):
    """SDP or a candidate for another participant."""

    type: Literal["signal"] = "signal"
    to: Token
    payload: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_SIGNAL)]


class TapOffer(Message):
    """An SDP offer (complete, no trickle) for the tap of one opening."""

    type: Literal["tap-offer"] = "tap-offer"
    opening: Token
    sdp: Sdp
    sources: Annotated[dict[Token, SourceKind], Field(min_length=1, max_length=4)]
    """What each media section carries, by its mid."""


class Chat(Message):
    """A line of chat to everybody."""

    type: Literal["chat"] = "chat"
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)
    ]
    late: bool = False
    """Typed while the connection was lost, and gates closed: no machine reads it."""


class Hand(Message):
    """Raise or lower one's hand."""

    type: Literal["hand"] = "hand"
    raised: bool


class React(Message):
    """A passing reaction."""

    type: Literal["react"] = "react"
    reaction: Literal["agree", "applause", "laugh", "heart", "surprise"]


class Leave(Message):
    """Leave for good."""

    type: Literal["leave"] = "leave"


class Remove(Message):
    """The host removes somebody. They may knock to come back."""

    type: Literal["remove"] = "remove"
    participant: Token


class Admit(Message):
    """The host lets somebody in who knocks."""

    type: Literal["admit"] = "admit"
    participant: Token


class TurnAway(Message):
    """The host does not let somebody in who knocks."""

    type: Literal["turn-away"] = "turn-away"
    participant: Token


class SetDoor(Message):
    """The host says who may come in from now on."""

    type: Literal["set-door"] = "set-door"
    locked: bool
    """Nobody comes in who was not here before."""
    knock: bool
    """Whoever was not here before waits until the host lets them in."""


class RenewHost(Message):
    """The host wants a new host link: the old one stops, for whoever came by it."""

    type: Literal["renew-host"] = "renew-host"


class End(Message):
    """The host ends the meeting for everybody."""

    type: Literal["end"] = "end"


class Ping(Message):
    """Is the server there?"""

    type: Literal["ping"] = "ping"


class Here(Message):
    """The answer to a `probe`: the page is there, and not its browser alone."""

    type: Literal["here"] = "here"
