"""
Entries: everything that a ledger may say.

Rule 1: the set is closed. There is no entry for a refusal, for no answer, or for why a
gate closed or somebody is not there (design.md, rule 8), so none can be written. Who
was there is said of people in an open gate, who have all granted, and of nobody else.
Rule 2: ids are random or thumbprints of keys made for the meeting; never a name, an
address, or words that a participant chose.
Rule 3: what an admin does to a whole server stands in a chain of the server's own, so
that no meeting's chain tells the cause of a closing.
Rule 4: a body is canonical JSON (RFC 8785); its bytes are hashed and kept as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Self, TypeAlias

import rfc8785
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from gatekeeper.clock import moment
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
    SourceKind,
)
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.statement import Jws, Nonce, SignedDecision, SignedStatement

SERVER = RoomId("server")
"""Whose chain the acts on a whole server stand in; no room is called so (its id would
have 22 characters)."""

VERSION = 1
"""The version of the bodies' format, said in each of them as `v`."""

READ_LATELY = 1024
"""Entries, some megabytes at most, that need not be read again: none ever changes."""


Moment = Annotated[AwareDatetime, PlainSerializer(moment, when_used="json")]
Hex256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _is_none(value: object) -> bool:
    return value is None


def _is_zero(value: object) -> bool:
    return value == 0


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MeetingOpened(_Closed):
    """The first entry of every chain."""

    type: Literal["meeting.opened"] = "meeting.opened"
    language: LanguageTag
    features: tuple[FeatureId, ...]


class NoticePublished(_Closed):
    """From here on, grants may rest on this wording."""

    type: Literal["notice.published"] = "notice.published"
    digest: NoticeDigest
    language: LanguageTag
    wording: Notice
    """As it is shown; closed, as all that holds it is."""

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """The publication of a notice."""
        return cls(digest=notice.digest, language=notice.language, wording=notice)


class GateOpened(_Closed):
    """Everybody present has said yes."""

    type: Literal["gate.opened"] = "gate.opened"
    feature: FeatureId
    opening: OpeningId
    notices: Annotated[tuple[NoticeDigest, ...], Field(min_length=1)]
    """The wordings that the grants name, each once, sorted."""
    grants: Annotated[tuple[SignedStatement, ...], Field(min_length=1)]
    """Sorted by subject: who agreed last is a secret, and so is who came when."""
    shared_with: SharedWith | None = Field(default=None, exclude_if=_is_none)
    """
    Who gets what is kept, as the notices say; part 0 is of those who granted here, and
    each coming and going begins another. None in a chain from before there were parts.
    """

    @classmethod
    def of(
        cls,
        feature: FeatureId,
        opening: OpeningId,
        grants: Iterable[SignedDecision],
        shared_with: SharedWith | None = SharedWith.PRESENT,
    ) -> Self:
        """The opening that rests on `grants`."""
        held = sorted(grants, key=lambda grant: grant.subject)
        return cls(
            feature=feature,
            opening=opening,
            notices=tuple(sorted({grant.notice for grant in held})),
            grants=tuple(grant.proof for grant in held),
            shared_with=shared_with,
        )


class GrantAdded(_Closed):
    """Somebody who had said yes came in while the gate was open."""

    type: Literal["grant.added"] = "grant.added"
    feature: FeatureId
    opening: OpeningId
    grant: SignedStatement


class PartBegan(_Closed):
    """
    From here on exactly these people are present in the open gate.

    There is no cause here: who came or went is the difference to the part before.
    """

    type: Literal["part.began"] = "part.began"
    feature: FeatureId
    opening: OpeningId
    part: Annotated[int, Field(ge=1, le=2**53 - 1)]
    """Counted within the opening; part 0 begins with it."""
    people: Annotated[tuple[ParticipantId, ...], Field(min_length=1)]
    """Each once, sorted."""


class GrantWithdrawn(_Closed):
    """A grant on record was taken back by its owner."""

    type: Literal["grant.withdrawn"] = "grant.withdrawn"
    feature: FeatureId
    nonce: Nonce
    """Of the grant that is over."""
    statement: Jws | None
    """The signed withdrawal; None if it came unsigned. Stopping needs no proof."""


class GateClosed(_Closed):
    """The gate is closed. There is no cause here, and no person."""

    type: Literal["gate.closed"] = "gate.closed"
    feature: FeatureId
    opening: OpeningId
    last: Moment | None = Field(default=None, exclude_if=_is_none)
    """
    None: it closed at this entry's time. Else nobody saw it close, as in a crash: the
    last moment that is known of it; at this entry's time it was closed at the latest.
    """


class CaptureFinished(_Closed):
    """One file of one part of an opening is complete."""

    type: Literal["capture.finished"] = "capture.finished"
    feature: FeatureId
    opening: OpeningId
    subject: ParticipantId
    source: SourceKind
    sha256: Hex256
    bytes: Annotated[int, Field(ge=0, le=2**53 - 1)]
    first: Moment | None
    last: Moment | None
    """When the first and the last frame arrived; None where that is not known."""
    recovered: bool = False
    """Whether the file was found after a crash."""
    part: Annotated[int, Field(ge=0, le=2**53 - 1, exclude_if=_is_zero)] = 0
    leaves: Hex256 | None = Field(default=None, exclude_if=_is_none)
    """
    The root over its seconds (`evidence.leaves`); None of what is no track, and in a
    chain from before there were any.
    """


class Erasure(_Closed):
    """A participant's part is gone."""

    type: Literal["erasure"] = "erasure"
    feature: FeatureId
    subject: ParticipantId
    files: Annotated[int, Field(ge=0, le=2**53 - 1)]
    level: Literal["content"] = "content"
    openings: tuple[OpeningId, ...] | None = Field(default=None, exclude_if=_is_none)
    """Those that it covers, sorted. None: all there were before it."""


class RetentionEnded(_Closed):
    """The time that the notices named is over: all of the feature is gone."""

    type: Literal["retention.ended"] = "retention.ended"
    feature: FeatureId
    files: Annotated[int, Field(ge=0, le=2**53 - 1)]


class MeetingSealed(_Closed):
    """
    The last entry of a finished chain.

    What is deleted later is said after it, and sealed again.
    """

    type: Literal["meeting.sealed"] = "meeting.sealed"
    account: Hex256 | None = Field(default=None, exclude_if=_is_none)
    """
    The digest over its account (`evidence.account`), which follows from the entries
    before it; None in a seal from before there was one.
    """


KeyName: TypeAlias = Literal["receipt", "access", "log"]
"""A server's keys, as its files are called."""
By: TypeAlias = Literal["console", "file"]
"""Through what an admin has acted: the console, or the configuration file."""


class FeatureForbidden(_Closed):
    """From here on the feature is off on the whole server."""

    type: Literal["feature.forbidden"] = "feature.forbidden"
    feature: FeatureId
    by: By


class FeatureAllowed(_Closed):
    """From here on hosts may ask for the feature again."""

    type: Literal["feature.allowed"] = "feature.allowed"
    feature: FeatureId
    by: By


class NoticeReworded(_Closed):
    """From here on these wordings of a feature are in force, and no others."""

    type: Literal["notice.reworded"] = "notice.reworded"
    feature: FeatureId
    notices: Annotated[dict[LanguageTag, NoticeDigest], Field(min_length=1)]
    """The digest of the one in force, by language: of those that were changed."""
    by: By


class KeyRotated(_Closed):
    """A key was made anew; what the one before has signed stays good."""

    type: Literal["key.rotated"] = "key.rotated"
    key: KeyName
    public: str | None
    """The new one: of receipts its thumbprint (RFC 7638), of the log its vkey. None: it
    signs nothing."""


Act: TypeAlias = FeatureForbidden | FeatureAllowed | NoticeReworded | KeyRotated
"""What is done to a whole server."""
Body: TypeAlias = (
    MeetingOpened
    | NoticePublished
    | GateOpened
    | GrantAdded
    | PartBegan
    | GrantWithdrawn
    | GateClosed
    | CaptureFinished
    | Erasure
    | RetentionEnded
    | MeetingSealed
    | Act
)
ACTS = (FeatureForbidden, FeatureAllowed, NoticeReworded, KeyRotated)
AFTERMATH = (Erasure, RetentionEnded, MeetingSealed)
"""What may still be said of a meeting that is over."""
_BODY: TypeAdapter[Body] = TypeAdapter(Annotated[Body, Field(discriminator="type")])
_MEMBERS: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


class Envelope(_Closed):
    """What every entry says beside its own fields."""

    v: Literal[1]
    id: Nonce
    """128 random bits, so that a hash that is left over cannot be guessed back."""
    at: Moment
    meeting: RoomId
    seq: Annotated[int, Field(ge=0)]
    prev: Hex256
    """SHA-256 of the previous body; zeros for the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, read."""

    envelope: Envelope
    body: Body


def encode(envelope: Envelope, body: Body) -> bytes:
    """The bytes of an entry."""
    return rfc8785.dumps(
        envelope.model_dump(mode="json") | body.model_dump(mode="json")
    )


@lru_cache(maxsize=READ_LATELY)
def decode(raw: bytes) -> Entry:
    """
    Read an entry's bytes. Raises `EvidenceError` if any other bytes say the same.

    Whoever opens a page afterwards, and each file on it, has the same chain told again.
    """
    try:
        members = _MEMBERS.validate_json(raw)
        outer = {name: members.pop(name, None) for name in Envelope.model_fields}
        entry = Entry(Envelope.model_validate(outer), _BODY.validate_python(members))
    except ValidationError as exc:
        raise EvidenceError("the body is none that a ledger may hold") from exc
    if encode(entry.envelope, entry.body) != raw:
        raise EvidenceError("the body is not canonical JSON")
    return entry
