"""
What a feed tells the machine that takes it, beside its packets (`media.feed.packet`).

Rule: a machine says nothing; whatever it sends ends its socket.
"""

from typing import Annotated, Literal

from pydantic import Field

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.wire.base import Message


class FeedPart(Message):
    """From a moment on exactly these are present. A packet says of which part it is."""

    type: Literal["part"] = "part"
    part: int
    at: int
    """Microseconds since 1970, UTC."""
    people: tuple[ParticipantId, ...]
    """Sorted."""


class FeedTrack(Message):
    """What its packets will call one source of somebody."""

    type: Literal["track"] = "track"
    track: int
    participant: ParticipantId
    name: str
    """What they are called in the room."""
    source: SourceKind


class FeedTrackEnded(Message):
    """They have left: no further packet has that number."""

    type: Literal["ended"] = "ended"
    track: int


FeedMessage = Annotated[
    FeedPart | FeedTrack | FeedTrackEnded, Field(discriminator="type")
]
"""Each is one text message."""
