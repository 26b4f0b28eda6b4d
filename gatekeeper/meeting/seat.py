"""
A seat: one participant's place in a room, kept while their connection is lost.

Owned by the room's event-loop thread; nothing here waits.
"""

import secrets
from asyncio import TimerHandle
from typing import Protocol

from pydantic_core import to_json

from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId
from gatekeeper.errors import PeerError
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.meeting.meter import Meter
from gatekeeper.wire.base import Media, Message
from gatekeeper.wire.server import Fault, Person


class Connection(Protocol):
    """The connection to one client, as the room sees it."""

    @property
    def address(self) -> str:
        """Whence the client is connected."""

    def send(self, frame: bytes) -> None:
        """Send one text. Never waits; a client that does not read is cut off."""

    def close(self, code: int) -> None:
        """Close with this WebSocket code after what was sent. Idempotent."""


def encoded(message: Message) -> bytes:
    """The text that says `message`: as `model_dump_json`, without a copy as `str`."""
    return message.__pydantic_serializer__.to_json(message)


def relayed(sender: ParticipantId, payload: str) -> bytes:
    """
    The text that says `SignalFrom`.

    Without the model: this is most of what a server sends, and all of it was checked
    when it was read.
    """
    return to_json({"type": "signal-from", "sender": sender, "payload": payload})


class Seat:
    """One participant in a room."""

    __slots__ = (
        "admitted",
        "arrived",
        "grace",
        "hand",
        "host",
        "host_link",
        "id",
        "key",
        "language",
        "line",
        "media",
        "name",
        "offers",
        "private",
        "ref",
        "resume",
        "yeses",
    )

    def __init__(
        self,
        key: ParticipantKey,
        *,
        name: str,
        language: LanguageTag,
        host: bool,
        media: Media,
        line: Connection,
        yeses: Meter,
        private: bool = False,
        ref: str | None = None,
    ) -> None:
        self.id: ParticipantId = key.thumbprint
        self.key = key
        self.name = name
        self.language = language
        self.host = host
        self.host_link: str | None = None
        """The host capability that they had made; told again when they are back."""
        self.media = media
        self.private = private
        """Whether their browser says `Sec-GPC: 1`: third parties are not asked for."""
        self.ref = ref
        """What the service calls them by whose token they came, if by any."""
        self.line: Connection | None = line
        """`None` while the connection is lost."""
        self.yeses = yeses
        """How often they may still say yes."""
        self.hand = False
        self.admitted = False
        """Whether the others know of this seat, and it may speak (rule 5)."""
        self.resume = secrets.token_urlsafe(24)
        self.arrived = 0
        """The number of the last chat line before this participant came."""
        self.offers: Meter | None = None
        """How many taps they may still offer; none have been so far if it is `None`."""
        self.grace: TimerHandle | None = None
        """What gives the seat up, while the connection is lost."""

    def send(self, message: Message) -> None:
        """Send a message, if the client can be reached."""
        if self.line is not None:
            self.line.send(encoded(message))

    def hang_up(self, code: int) -> None:
        """Close the connection with this WebSocket code, if there is one."""
        if self.line is not None:
            self.line.close(code)
            self.line = None

    def refuse(
        self, why: PeerError, about: str, feature: FeatureId | None = None
    ) -> None:
        """Say that a message of theirs, of the type `about`, was refused."""
        fault = Fault(code=why.code, detail=str(why), about=about, feature=feature)
        self.send(fault)

    def relay(self, sender: ParticipantId, payload: str) -> None:
        """Send what another participant says to this one, if they can be reached."""
        if self.line is not None:
            self.line.send(relayed(sender, payload))

    def may_resume(self, secret: str) -> bool:
        """Whether `secret` is the one that this seat's owner was given."""
        return secrets.compare_digest(secret, self.resume)

    def person(self) -> Person:
        """The participant as everybody may see them."""
        return Person(
            id=self.id,
            name=self.name,
            host=self.host,
            present=self.line is not None,
            hand=self.hand,
            media=self.media,
        )
