"""
What the server says of features: what is on offer, asked for, allowed, and on.

Rule: nothing here tells who declined, did not answer, or why a gate is closed
(design.md, rule 8).
"""

from typing import Literal

from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    NoticeDigest,
    OpeningId,
    SourceKind,
)
from gatekeeper.wire.base import Message, PublicKey


class Sign(Message):
    """Whether a feature is capturing, as its sink says."""

    type: Literal["sign"] = "sign"
    feature: FeatureId
    on: bool
    since: str | None = None
    """RFC 3339, UTC; when it went on."""


class Offering(Message):
    """
    What is on offer of a feature, told to everybody alike when it changes.

    A grant of a wording that is no longer in force has lapsed with it. The words
    themselves are where they were at the start: `GET /api/rooms/{room}`.
    """

    type: Literal["offering"] = "offering"
    feature: FeatureId
    offered: bool
    """Whether it can be asked for. It cannot while it is off on the whole server."""
    notices: tuple[NoticeDigest, ...]
    """The digests of the wordings in force, one a language, sorted."""


class Held(Message):
    """One's own decision, as the server holds it."""

    feature: FeatureId
    decision: Decision


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


class Grant(Message):
    """A yes as its owner has signed it, with the key that the signature fits."""

    statement: str
    key: PublicKey


class Grants(Message):
    """
    What an open gate rests on, for browsers to check before they offer anything.

    Of everybody, before `Tap`; of somebody who comes in, before `Joined`.
    """

    type: Literal["grants"] = "grants"
    feature: FeatureId
    grants: tuple[Grant, ...]
    """Sorted by subject: nothing tells who agreed last."""


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
