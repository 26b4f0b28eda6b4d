"""
The wire: every message of the WebSocket, parsed once.

Rule 1: unions are closed and tagged, models frozen, unknown keys refused.
Rule 2: nothing a server message says tells who declined, did not answer, or why a
gate is closed (design.md, rule 8).
Rule 3: SDP and candidates pass as opaque text.

`static/wire/messages.js` mirrors these; `tests/wire/` holds the two together.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from gatekeeper.errors import MalformedMessage
from gatekeeper.wire.assistant import (
    Caption,
    Draft,
    DraftDone,
    DraftFailed,
    DraftLength,
    DraftText,
    DropDraft,
    Recap,
    Summarise,
    SummaryProgress,
    SummarySoFar,
    Wish,
)
from gatekeeper.wire.base import (
    PROTOCOL,
    Answer,
    Media,
    Message,
    Name,
    PublicKey,
    Sdp,
    Statement,
    Token,
)
from gatekeeper.wire.client import (
    Admit,
    Cancel,
    Chat,
    Decide,
    End,
    Erase,
    Hand,
    Here,
    Join,
    Leave,
    Ping,
    React,
    Remove,
    RenewHost,
    Request,
    Resume,
    SetDoor,
    Signal,
    TapOffer,
    TurnAway,
)
from gatekeeper.wire.features import (
    Asked,
    Decided,
    Erased,
    Grant,
    Grants,
    Held,
    Lapsed,
    Offering,
    Receipt,
    Requested,
    Sign,
    Tap,
    TapAnswer,
    TapClosed,
)
from gatekeeper.wire.members import require_few_members
from gatekeeper.wire.passing import read_signal
from gatekeeper.wire.server import (
    Changed,
    ChatLine,
    Door,
    Ended,
    Fault,
    Hello,
    HostLink,
    Ice,
    IceServer,
    Joined,
    Knock,
    KnockOver,
    Left,
    PageLink,
    Person,
    Pong,
    Probe,
    Reaction,
    SignalFrom,
    TurnedAway,
    Waiting,
    Welcome,
)

__all__ = [
    "PROTOCOL",
    "SERVER",
    "Admit",
    "Answer",
    "Asked",
    "Cancel",
    "Caption",
    "Changed",
    "Chat",
    "ChatLine",
    "ClientMessage",
    "Decide",
    "Decided",
    "Door",
    "Draft",
    "DraftDone",
    "DraftFailed",
    "DraftLength",
    "DraftText",
    "DropDraft",
    "End",
    "Ended",
    "Erase",
    "Erased",
    "Fault",
    "Grant",
    "Grants",
    "Hand",
    "Held",
    "Hello",
    "Here",
    "HostLink",
    "Ice",
    "IceServer",
    "Join",
    "Joined",
    "Knock",
    "KnockOver",
    "Lapsed",
    "Leave",
    "Left",
    "Media",
    "Message",
    "Name",
    "Offering",
    "PageLink",
    "Person",
    "Ping",
    "Pong",
    "Probe",
    "PublicKey",
    "React",
    "Reaction",
    "Recap",
    "Receipt",
    "Remove",
    "RenewHost",
    "Request",
    "Requested",
    "Resume",
    "Sdp",
    "ServerMessage",
    "SetDoor",
    "Sign",
    "Signal",
    "SignalFrom",
    "Statement",
    "Summarise",
    "SummaryProgress",
    "SummarySoFar",
    "Tap",
    "TapAnswer",
    "TapClosed",
    "TapOffer",
    "Token",
    "TurnAway",
    "TurnedAway",
    "Waiting",
    "Welcome",
    "Wish",
    "parse",
    "read_signal",
]

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
    | Remove
    | Admit
    | TurnAway
    | SetDoor
    | RenewHost
    | End
    | Ping
    | Here,
    Field(discriminator="type"),
]


ServerMessage = Annotated[
    Hello
    | Welcome
    | Waiting
    | Door
    | Knock
    | KnockOver
    | TurnedAway
    | HostLink
    | PageLink
    | Ice
    | Joined
    | Left
    | Changed
    | Sign
    | Offering
    | Asked
    | Requested
    | Decided
    | Lapsed
    | Receipt
    | Grants
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
    | Probe
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
