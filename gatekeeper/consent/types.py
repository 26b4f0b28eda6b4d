"""
The words of consent, as types.

One word per thing: these names are the same on the wire, in the ledger and in
the client. Nothing here does anything.
"""

from enum import StrEnum
from typing import Literal, NewType

RoomId = NewType("RoomId", str)
"""128 random bits in base64url. A room holds one meeting, so it names that too."""

ParticipantId = NewType("ParticipantId", str)
"""The RFC 7638 SHA-256 thumbprint of the participant's key for this meeting."""

FeatureId = NewType("FeatureId", str)
"""`recording`, `transcript`, `summary`, `compose`, or one of the admin's."""

NoticeDigest = NewType("NoticeDigest", str)
"""base64url SHA-256 over the canonical JSON (RFC 8785) of one notice."""

OpeningId = NewType("OpeningId", str)
"""128 random bits: one stretch of time in which a gate was open."""

LanguageTag = NewType("LanguageTag", str)
"""A BCP 47 tag, such as `en` or `de`."""


class Decision(StrEnum):
    """What a participant says of a feature. Saying nothing is not among them."""

    GRANTED = "granted"
    DECLINED = "declined"


class ContentKind(StrEnum):
    """What a feature touches."""

    AUDIO = "audio"
    """What people say into their microphones."""
    VIDEO = "video"
    SCREEN = "screen"
    SCREEN_AUDIO = "screen-audio"
    """What is played on a screen that is shared, where its sound is shared with it."""
    CHAT = "chat"


class SourceKind(StrEnum):
    """Where a track comes from; one file each in a recording."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN = "screen"
    SCREEN_AUDIO = "screen-audio"

    @property
    def content(self) -> ContentKind:
        """The content kind that a notice names for this source."""
        return _CONTENT[self]

    @property
    def media(self) -> "MediaKind":
        """What its track is made of."""
        return _MEDIA[self]


MediaKind = Literal["audio", "video"]
"""Kinds of tracks, as in SDP and MIME."""


class SharedWith(StrEnum):
    """Who may see and hear afterwards what a feature kept (design.md, rule 19)."""

    PRESENT = "present"
    """Of each moment, who was present in it."""
    MEETING = "meeting"
    """Of all of it, who was there for any of it."""


_CONTENT = {
    SourceKind.MICROPHONE: ContentKind.AUDIO,
    SourceKind.CAMERA: ContentKind.VIDEO,
    SourceKind.SCREEN: ContentKind.SCREEN,
    SourceKind.SCREEN_AUDIO: ContentKind.SCREEN_AUDIO,
}
_MEDIA: dict[SourceKind, MediaKind] = {
    SourceKind.MICROPHONE: "audio",
    SourceKind.CAMERA: "video",
    SourceKind.SCREEN: "video",
    SourceKind.SCREEN_AUDIO: "audio",
}
