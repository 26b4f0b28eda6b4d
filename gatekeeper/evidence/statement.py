"""
Statements: what a participant has signed in their own browser.

Rule 1: the bytes decide. The header is one of two fixed strings and the payload is
canonical JSON (RFC 8785), so that a statement has one spelling; "none", `crit`,
`b64`, embedded keys and foreign algorithms have no way in.
Rule 2: whatever is wrong with a statement, it is a `ForgedStatement`.
Rule 3: whether the notice is in force, the nonce new and the life this one is for the
room to say.
Rule 4: a decision says when in the meeting it was made to nobody: others read it, and
who agreed last is a secret (design.md, rule 8). Earlier versions said it, and the first
named no life: chains and receipts that hold them stay readable, and no room takes them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, TypeAlias, TypeVar

from joserfc import jws
from joserfc.errors import JoseError
from pydantic import (
    AfterValidator,
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
    LanguageTag,
    NoticeDigest,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import ForgedStatement
from gatekeeper.evidence.base64url import is_base64url
from gatekeeper.evidence.key import Jwk, ParticipantKey

MAX_STATEMENT = 2048
"""Characters. The longest real one has about 900."""

_HEADERS = {
    # base64url of {"alg":"Ed25519"} and of {"alg":"ES256"}
    "Ed25519": "eyJhbGciOiJFZDI1NTE5In0.",
    "ES256": "eyJhbGciOiJFUzI1NiJ9.",
}


def _is_a_real_time(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
Nonce = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
Language = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$")
]
Time = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$"
    ),
    AfterValidator(_is_a_real_time),
]
Jws = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$")
]
"""A compact JWS (RFC 7515)."""


class SignedStatement(BaseModel):
    """A signed decision with all that is needed to check it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statement: Jws
    key: Jwk
    """The signer's public key; its thumbprint is the statement's subject."""


class _Payload(BaseModel):
    # Members are declared in alphabetical order and no value can need an escape, so
    # that pydantic writes canonical JSON: a test holds it against `rfc8785`, which
    # takes a quarter of the time of the whole check.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Join(_Payload):
    challenge: Word
    meeting: Word
    subject: Hash
    type: Literal["gatekeeper/join/v1"]


class _FirstDecided(_Payload):
    at: Time
    decision: Literal["granted", "declined"]
    feature: Word
    language: Language
    meeting: Word
    nonce: Nonce
    notice: Hash
    subject: Hash
    type: Literal["gatekeeper/decision/v1"]


class _SecondDecided(_Payload):
    at: Time
    decision: Literal["granted", "declined"]
    feature: Word
    language: Language
    life: Word
    meeting: Word
    nonce: Nonce
    notice: Hash
    subject: Hash
    type: Literal["gatekeeper/decision/v2"]


class _Decided(_Payload):
    decision: Literal["granted", "declined"]
    feature: Word
    language: Language
    life: Word
    meeting: Word
    nonce: Nonce
    notice: Hash
    subject: Hash
    type: Literal["gatekeeper/decision/v3"]


_AnyDecided: TypeAlias = _FirstDecided | _SecondDecided | _Decided
_JOIN: TypeAdapter[_Join] = TypeAdapter(_Join)
_DECIDED: TypeAdapter[_AnyDecided] = TypeAdapter(
    Annotated[_AnyDecided, Field(discriminator="type")]
)
_P = TypeVar("_P", bound=_Join | _AnyDecided)


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision whose signature fits."""

    meeting: RoomId
    subject: ParticipantId
    feature: FeatureId
    decision: Decision
    notice: NoticeDigest
    """The wording that was shown."""
    language: LanguageTag
    nonce: str
    """128 random bits in base64url: names this decision."""
    life: str | None
    """The life of the room that it was made in; None in the first version."""
    present: bool
    """Whether it is of the present version: rooms take no other."""
    statement: str
    """The compact JWS as it came; never re-encoded."""
    key: ParticipantKey

    @property
    def proof(self) -> SignedStatement:
        """What anybody needs to check this decision."""
        return SignedStatement(statement=self.statement, key=self.key.public)


def verify_join(
    statement: str, *, key: ParticipantKey, room: RoomId, challenge: str
) -> None:
    """Check that the key's owner asks for this room now. Raises `ForgedStatement`."""
    join = _signed(_JOIN, statement, key)
    if (join.meeting, join.challenge) != (room, challenge):
        raise ForgedStatement(fault="other")


def verify_decision(
    statement: str,
    *,
    key: ParticipantKey,
    room: RoomId,
    feature: FeatureId,
    decision: Decision,
) -> SignedDecision:
    """Check that the key's owner decided just this. Raises `ForgedStatement`."""
    signed = read_decision(statement, key=key)
    said = (signed.meeting, signed.feature, signed.decision)
    if said != (room, feature, decision):
        raise ForgedStatement(fault="other")
    return signed


def read_decision(statement: str, *, key: ParticipantKey) -> SignedDecision:
    """What the key's owner decided, whatever it is. Raises `ForgedStatement`."""
    return _decision(_signed(_DECIDED, statement, key), statement, key)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision in our own ledger: it was verified before it was written."""

    subject: ParticipantId
    feature: FeatureId
    nonce: str
    notice: NoticeDigest
    present: bool
    """Whether it is of the present version."""
    proof: SignedStatement

    @classmethod
    def of(cls, proof: SignedStatement) -> "Recorded":
        """Read the proof, and check nothing again."""
        said = _unverified(proof.statement)
        subject, feature = ParticipantId(said.subject), FeatureId(said.feature)
        notice, present = NoticeDigest(said.notice), isinstance(said, _Decided)
        return cls(subject, feature, said.nonce, notice, present, proof)

    def decision(self) -> SignedDecision:
        """The whole of it. Reads the key: not for each entry of a long chain."""
        statement, key = self.proof.statement, ParticipantKey.of(self.proof.key)
        return _decision(_unverified(statement), statement, key)


def _decision(
    payload: _AnyDecided, statement: str, key: ParticipantKey
) -> SignedDecision:
    return SignedDecision(
        meeting=RoomId(payload.meeting),
        subject=ParticipantId(payload.subject),
        feature=FeatureId(payload.feature),
        decision=Decision(payload.decision),
        notice=NoticeDigest(payload.notice),
        language=LanguageTag(payload.language),
        nonce=payload.nonce,
        life=None if isinstance(payload, _FirstDecided) else payload.life,
        present=isinstance(payload, _Decided),
        statement=statement,
        key=key,
    )


def unverified_subject(statement: str) -> ParticipantId:
    """Who signed a decision that was verified before it was written."""
    return ParticipantId(_unverified(statement).subject)


def _unverified(statement: str) -> _AnyDecided:
    payload = jws.extract_compact(statement.encode()).payload
    return _DECIDED.validate_json(payload)


def _signed(model: TypeAdapter[_P], statement: str, key: ParticipantKey) -> _P:
    """The payload, once signature, spelling and subject fit."""
    raw = _verified(statement, key)
    try:
        payload = model.validate_json(raw)
    except ValidationError as exc:
        raise ForgedStatement from exc
    if payload.model_dump_json().encode() != raw:
        raise ForgedStatement
    if payload.subject != key.thumbprint:
        raise ForgedStatement(fault="subject-foreign")
    return payload


def _verified(statement: str, key: ParticipantKey) -> bytes:
    header = _HEADERS[key.algorithm]
    if len(statement) > MAX_STATEMENT or not statement.startswith(header):
        raise ForgedStatement
    if not all(map(is_base64url, statement.split(".")[1:])):
        raise ForgedStatement
    try:
        return jws.deserialize_compact(
            statement, key.jose, algorithms=[key.algorithm]
        ).payload
    except (JoseError, ValueError) as exc:
        raise ForgedStatement(fault="signature-invalid") from exc
