"""
What the gate asks its room to do; the counterpart to the gate's events.

Rule: a list of effects is performed in its order. `Close` is performed before the
event returns; everything else may wait for what stands before it.
"""

from dataclasses import dataclass

from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId


@dataclass(frozen=True, slots=True)
class Grant:
    """A decision to allow, bound to person, feature and wording."""

    participant: ParticipantId
    feature: FeatureId
    notice: NoticeDigest
    statement: str
    """What the participant signed. Opaque here; verified before it gets here."""


@dataclass(frozen=True, slots=True)
class Close:
    """Let nothing more of this feature through."""

    feature: FeatureId


@dataclass(frozen=True, slots=True)
class RecordOpening:
    """Make durable that the gate opens, with every grant it rests on."""

    feature: FeatureId
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class RecordGrant:
    """Make durable that a joiner has granted what stays open."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class RecordWithdrawal:
    """Make durable that a grant which was handed out for recording is taken back."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class Open:
    """Mint a permit. A later `Close` of the feature kills this."""

    feature: FeatureId


@dataclass(frozen=True, slots=True)
class Admit:
    """Announce and connect a participant: all that had to stop has stopped."""

    participant: ParticipantId


@dataclass(frozen=True, slots=True)
class Ask:
    """Put the question: to one participant, or to everybody alike."""

    feature: FeatureId
    to: ParticipantId | None
    """`None` means everybody in the room, whatever they have answered (rule 12)."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """
    Tell everybody that their answer, whatever it was, holds no longer.

    Told before anything that happens later, so that an answer given after it stands.
    """

    feature: FeatureId


Effect = (
    Close | Lapse | RecordOpening | RecordGrant | RecordWithdrawal | Open | Admit | Ask
)
