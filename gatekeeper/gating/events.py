"""
What a gate tells its room; the room says it in its own way.

Rule: told on the event loop, synchronously, in the order in which it happens. Nothing
in an event says why a gate is closed, or who declined or did not answer (design.md,
rule 8); a `ReceiptMade` is for its participant's eyes alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    SourceKind,
)
from gatekeeper.errors import PeerError


@dataclass(frozen=True, slots=True)
class Admitted:
    """All that had to stop for them has stopped: announce and connect them."""

    participant: ParticipantId


@dataclass(frozen=True, slots=True)
class Asked:
    """The question is put: to one participant, or to everybody alike."""

    feature: FeatureId
    to: ParticipantId | None
    """`None` means everybody in the room, whatever they have answered (rule 12)."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Whatever anybody has answered on this feature holds no longer."""

    feature: FeatureId


@dataclass(frozen=True, slots=True)
class Offering:
    """
    What is on offer of a feature is another thing now.

    Told to everybody alike, whether it ran or not, after everything that had to close.
    """

    feature: FeatureId
    offered: bool
    """Whether it can be asked for; False as long as the admin has taken it away."""
    notices: frozenset[NoticeDigest]
    """The wordings in force, one a language (rule 11)."""


@dataclass(frozen=True, slots=True)
class TapWanted:
    """The gate is open: everybody is to offer a tap with these sources."""

    feature: FeatureId
    opening: OpeningId
    sources: tuple[SourceKind, ...]


@dataclass(frozen=True, slots=True)
class TapClosed:
    """The gate is closed: the taps of this opening are dead."""

    opening: OpeningId


@dataclass(frozen=True, slots=True)
class SignSet:
    """Whether a feature is capturing, as its sink says (rule 14)."""

    feature: FeatureId
    since: datetime | None
    """Aware, UTC: when it went on; `None` when it is off."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A request has ended because of a fault of the server's."""

    feature: FeatureId
    why: PeerError


@dataclass(frozen=True, slots=True)
class ReceiptMade:
    """To its participant alone: a grant or its withdrawal is on record."""

    participant: ParticipantId
    feature: FeatureId
    event: Literal["granted", "withdrawn"]
    receipt: str


Event = (
    Admitted
    | Asked
    | Lapsed
    | Offering
    | TapWanted
    | TapClosed
    | SignSet
    | GaveUp
    | ReceiptMade
)


class Audience(Protocol):
    """Whom a gate tells what happens: a room of ours, another engine's, a webhook."""

    def tell(self, event: Event) -> None:
        """Take an event. Never waits."""
