"""
The wire: every message of the WebSocket, parsed once.

Rule 1: unions are closed and tagged, models frozen, unknown keys refused.
Rule 2: nothing a server message says tells who declined, did not answer, or why a
gate is closed (design.md, rule 8).
Rule 3: SDP and candidates pass as opaque text.

`static/messages.js` mirrors this file; `tests/wire/` holds the two together.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    OpeningId,
    ParticipantId,
    SourceKind,
)
from gatekeeper.errors import MalformedMessage
from gatekeeper.meeting.members import require_few_members

PROTOCOL = 2
"""The protocol's version, said in `Hello`."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)
]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
Statement = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")
]
"""A compact JWS (RFC 7515); see `evidence.statement`."""
Sdp = Annotated[str, StringConstraints(min_length=1, max_length=60_000)]


class Message(BaseModel):
    """One frame on the wire."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PublicKey(Message):
    """A participant's public key for one meeting, as a JWK (RFC 7517)."""

    kty: Literal["OKP", "EC"]
    crv: Literal["Ed25519", "P-256"]
    x: Token
    y: Token | None = None


class Answer(Message):
    """A participant's decision on one feature, with the statement that says so."""

    feature: Token
    decision: Decision
    statement: Statement


# ---- From a client ----------------------------------------------------------------


class Media(Message):
    """What one is sending to the others just now."""

    type: Literal["media"] = "media"
    microphone: bool
    camera: bool
    screen: bool


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
    payload: Annotated[str, StringConstraints(min_length=1, max_length=60_000)]


class TapOffer(Message):
    """An SDP offer (complete, no trickle) for the tap of one opening."""

    type: Literal["tap-offer"] = "tap-offer"
    opening: Token
    sdp: Sdp
    sources: Annotated[dict[Token, SourceKind], Field(min_length=1, max_length=3)]
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


class Summarise(Message):
    """A summary of what was said so far, for this participant."""

    type: Literal["summarise"] = "summarise"


DraftLength = Literal["short", "medium", "long"]
"""One or two sentences, three to five, six to ten."""


class Draft(Message):
    """Draft a message for this participant. Never sent by the server, never kept."""

    type: Literal["draft"] = "draft"
    id: Token
    """Chosen by the client; a new draft takes the place of the one before."""
    prompt: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)
    ]
    tone: Literal["neutral", "friendly", "formal", "direct"] = "neutral"
    length: DraftLength = "short"
    previous: Annotated[str, StringConstraints(max_length=4000)] | None = None
    """A draft to be changed."""
    change: Literal["shorten"] | None = None


class Recap(Message):
    """Quotes from the chat, as a draft. Needs no model."""

    type: Literal["recap"] = "recap"
    id: Token
    length: DraftLength = "short"


class DropDraft(Message):
    """Stop drafting."""

    type: Literal["drop-draft"] = "drop-draft"
    id: Token


class Leave(Message):
    """Leave for good."""

    type: Literal["leave"] = "leave"


class End(Message):
    """The host ends the meeting for everybody."""

    type: Literal["end"] = "end"


class Ping(Message):
    """Is the server there?"""

    type: Literal["ping"] = "ping"


ClientMessage = Annotated[
    Join
    | Resume
    | Decide
    | Request
    | Cancel
    | Erase
    | Signal
    | TapOffer
    | Chat
    | Hand
    | React
    | Summarise
    | Draft
    | Recap
    | DropDraft
    | Media
    | Leave
    | End
    | Ping,
    Field(discriminator="type"),
]

# ---- From the server --------------------------------------------------------------


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


class Sign(Message):
    """Whether a feature is capturing, as its sink says."""

    type: Literal["sign"] = "sign"
    feature: FeatureId
    on: bool
    since: str | None = None
    """RFC 3339, UTC; when it went on."""


class Held(Message):
    """One's own decision, as the server holds it."""

    feature: FeatureId
    decision: Decision


class ChatLine(Message):
    """A line of chat."""

    type: Literal["chat-line"] = "chat-line"
    number: int
    """Counts up from 1 within the room."""
    sender: ParticipantId
    name: str
    text: str
    at: str


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
    answers: tuple[Held, ...]
    chat: tuple[ChatLine, ...]
    """Lines missed during a lost connection; never any from before joining."""
    grace: float
    """Seconds for which a lost participant's seat is kept."""
    after: str
    """The capability that opens the page afterwards; everybody has one of their own."""


class Joined(Message):
    """Somebody has a seat now."""

    type: Literal["joined"] = "joined"
    person: Person


class Left(Message):
    """Somebody has left."""

    type: Literal["left"] = "left"
    participant: ParticipantId


class Changed(Message):
    """A person's presence, hand or media have changed."""

    type: Literal["changed"] = "changed"
    person: Person


class Asked(Message):
    """
    The host asks everyone. The same frame to everybody.

    It opens the prompt of those who have not answered; for the others it is a mark
    on their gate panel at most (fair-consent P3).
    """

    type: Literal["asked"] = "asked"
    feature: FeatureId


class Requested(Message):
    """To the host: heard. The same whatever anybody has answered."""

    type: Literal["requested"] = "requested"
    feature: FeatureId
    asked: bool
    """Whether everybody was asked just now."""
    ask_again_in: float
    """Seconds until asking again asks anybody."""


class Decided(Message):
    """To its owner: the decision in force."""

    type: Literal["decided"] = "decided"
    feature: FeatureId
    decision: Decision


class Lapsed(Message):
    """
    Whatever one has answered on this feature holds no longer.

    The same frame to everybody, whatever they have answered, or nothing.
    """

    type: Literal["lapsed"] = "lapsed"
    feature: FeatureId


class Receipt(Message):
    """To its owner: a grant or its withdrawal is on record."""

    type: Literal["receipt"] = "receipt"
    feature: FeatureId
    event: Literal["granted", "withdrawn"]
    receipt: str
    """A compact JWS by the gate; see `evidence.receipt`."""


class Tap(Message):
    """The gate is open: offer a tap with these sources."""

    type: Literal["tap"] = "tap"
    feature: FeatureId
    opening: OpeningId
    sources: tuple[SourceKind, ...]


class TapAnswer(Message):
    """The SDP answer for a tap."""

    type: Literal["tap-answer"] = "tap-answer"
    opening: OpeningId
    sdp: str


class TapClosed(Message):
    """The gate is closed: drop the tap of this opening."""

    type: Literal["tap-closed"] = "tap-closed"
    opening: OpeningId


class Erased(Message):
    """To its owner: their part is gone."""

    type: Literal["erased"] = "erased"
    feature: FeatureId
    files: int


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


class Caption(Message):
    """
    A line of the transcript, to everybody.

    It takes the place of what the same sender was told to be saying. Several may come
    at once: somebody spoke at length.
    """

    type: Literal["caption"] = "caption"
    line: str
    sender: ParticipantId
    name: str
    at: str
    """RFC 3339, UTC; when it was begun to be said."""
    text: str
    final: bool
    """Else the sender is still saying it: the text will be corrected, is kept nowhere,
    and if it is empty it was nothing after all."""


class SummaryProgress(Message):
    """To who asked for a summary: how far it is."""

    type: Literal["summary-progress"] = "summary-progress"
    done: Annotated[float, Field(ge=0, le=1)]


class SummarySoFar(Message):
    """To who asked for it: the summary."""

    type: Literal["summary"] = "summary"
    summary: dict[str, Any]
    """As the page afterwards has it; see `assistant.summary`."""


class DraftText(Message):
    """To who asked for it: more text of a draft."""

    type: Literal["draft-text"] = "draft-text"
    id: str
    text: str


class DraftDone(Message):
    """To who asked for it: the draft is whole."""

    type: Literal["draft-done"] = "draft-done"
    id: str
    cut: bool
    """Whether the model had to stop before its end."""


class DraftFailed(Message):
    """To who asked for it: nothing more comes of this draft."""

    type: Literal["draft-failed"] = "draft-failed"
    id: str
    code: str
    detail: str


class Ended(Message):
    """The meeting is over for everybody."""

    type: Literal["ended"] = "ended"


class Pong(Message):
    """The server is there."""

    type: Literal["pong"] = "pong"


class Fault(Message):
    """A message was refused; nothing has changed by it."""

    type: Literal["fault"] = "fault"
    code: str
    detail: str
    about: str | None = None
    """The type of the refused message, where known."""
    feature: FeatureId | None = None


ServerMessage = Annotated[
    Hello
    | Welcome
    | Joined
    | Left
    | Changed
    | Sign
    | Asked
    | Requested
    | Decided
    | Lapsed
    | Receipt
    | Tap
    | TapAnswer
    | TapClosed
    | Erased
    | SignalFrom
    | ChatLine
    | Reaction
    | Caption
    | SummaryProgress
    | SummarySoFar
    | DraftText
    | DraftDone
    | DraftFailed
    | Ended
    | Pong
    | Fault,
    Field(discriminator="type"),
]

_CLIENT: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)
SERVER: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)


def parse(frame: str | bytes) -> ClientMessage:
    """Parse one frame. Raises `MalformedMessage` and nothing else."""
    require_few_members(frame if isinstance(frame, bytes) else frame.encode())
    try:
        return _CLIENT.validate_json(frame)
    except ValidationError as exc:
        raise MalformedMessage from exc
