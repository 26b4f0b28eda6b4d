"""
Receipts: what a participant takes home of a grant or of its withdrawal.

Rule 1: a receipt stands alone: statement, key, the notice's whole wording, who is
responsible, and the entry's place in the chain, signed by the gate, whose public key
it carries.
Rule 2: what was signed stays bytes; nothing in it can be said in a second way.
Rule 3: it is told to its owner alone, so the gate's log never holds one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.util import json_b64encode, urlsafe_b64decode
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gatekeeper.clock import moment
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import Decision, RoomId
from gatekeeper.errors import EvidenceError, ForgedStatement, MalformedMessage
from gatekeeper.evidence.dpv import CONTEXT, consent_record
from gatekeeper.evidence.entries import decode
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.key import Ed25519Jwk, ParticipantKey, published
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import (
    Jws,
    SignedDecision,
    SignedStatement,
    Time,
    verify_decision,
)

MEDIA_TYPE = "gatekeeper-receipt+jws"
"""`typ`, so that nothing else that the gate signs can pass for a receipt."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Controller(_Closed):
    """Who is responsible, and can be asked."""

    name: str
    place: str
    contact: str


def _is_none(value: object) -> bool:
    return value is None


class Position(_Closed):
    """Where the ledger says it. The hash pins the entry, and all before it."""

    meeting: RoomId
    seq: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=_is_none)
    """
    Of receipts of old. How many entries stand before one tells whether somebody took
    something back meanwhile (design.md, rule 8).
    """
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    at: Time
    """By the gate's clock."""


class Receipt(_Closed):
    """The content of a receipt."""

    context: dict[str, str] = Field(alias="@context")
    kind: Literal["dpv:ConsentReceipt"] = Field(alias="@type")
    type: Literal["gatekeeper/receipt/v1"]
    event: Literal["granted", "withdrawn"]
    grant: SignedStatement
    withdrawal: Jws | None
    """The signed withdrawal, if there was one; stopping needs no proof."""
    notice: Notice
    controller: Controller
    position: Position
    issued_at: Time
    record: dict[str, Any] = Field(alias="dpv:hasRecordOfActivity")


@dataclass(frozen=True, slots=True)
class Receipts:
    """Issues receipts."""

    key: GateKey
    controller: Controller
    clock: Callable[[], datetime]

    def granted(
        self, grant: SignedDecision, *, notice: Notice, written: LedgerRow
    ) -> str:
        """The receipt of a grant that `written` holds, as a compact JWS."""
        return self._sign("granted", grant, None, notice, written)

    def withdrawn(
        self,
        grant: SignedDecision,
        *,
        withdrawal: SignedDecision | None,
        notice: Notice,
        written: LedgerRow,
    ) -> str:
        """The receipt of `grant` being taken back, with the notice that it was for."""
        return self._sign("withdrawn", grant, withdrawal, notice, written)

    def _sign(
        self,
        event: Literal["granted", "withdrawn"],
        grant: SignedDecision,
        withdrawal: SignedDecision | None,
        notice: Notice,
        written: LedgerRow,
    ) -> str:
        position = _position(written)
        receipt = Receipt(
            context=CONTEXT,
            kind="dpv:ConsentReceipt",
            type="gatekeeper/receipt/v1",
            event=event,
            grant=grant.proof,
            withdrawal=withdrawal.statement if withdrawal else None,
            notice=notice,
            controller=self.controller,
            position=position,
            issued_at=moment(self.clock()),
            record=_record(event, grant, notice, self.controller, position),
        )
        return jws.serialize_compact(
            _header(self.key.kid, self.key.jwk),
            _bytes(receipt),
            self.key.jose,
            ["Ed25519"],
        )


class _Header(_Closed):
    alg: Literal["Ed25519"]
    jwk: Ed25519Jwk | None = None
    kid: str
    typ: Literal["gatekeeper-receipt+jws"]


def key_inside(text: str) -> dict[str, str] | None:
    """
    The public key that a receipt says it is signed with; None in those of old.

    Anybody can put a key of theirs there: whose it is, it does not tell. Raises
    `EvidenceError` if it is no receipt.
    """
    try:
        header = urlsafe_b64decode(text.partition(".")[0].encode())
        jwk = _Header.model_validate_json(header).jwk
    except ValueError as exc:
        raise EvidenceError("it is no receipt of a gate") from exc
    return None if jwk is None else jwk.model_dump()


def verify_receipt(text: str, keys: Mapping[str, object]) -> Receipt:
    """
    Check a receipt (one line, as it was handed out) against the gate's public keys.

    `keys`: a JWK Set as servers publish it, or one JWK. Raises `EvidenceError`.
    Whether the chain still holds the entry is for whoever has the chain to compare.
    """
    receipt = _read(text, _signer(text, keys))
    try:
        grant, withdrawal = _decisions(receipt)
    except (ForgedStatement, MalformedMessage) as exc:
        raise EvidenceError("the participant did not sign what it says") from exc
    notice = receipt.notice
    if grant.notice != notice.digest or grant.language != notice.language:
        raise EvidenceError("the grant was for another wording")
    if withdrawal is not None and receipt.event != "withdrawn":
        raise EvidenceError("a grant that carries its own withdrawal")
    record = _record(receipt.event, grant, notice, receipt.controller, receipt.position)
    if receipt.context != CONTEXT or receipt.record != record:
        raise EvidenceError("the record does not follow from the rest")
    return receipt


def _signer(text: str, keys: Mapping[str, object]) -> ParticipantKey:
    """Of the gate's keys the one that a receipt says it is signed with."""
    try:
        known = [ParticipantKey.of(key) for key in published(keys)]
    except (ForgedStatement, MalformedMessage) as exc:
        raise EvidenceError(f"the gate's keys cannot be used: {exc}") from exc
    header = text.partition(".")[0]
    for key in known:
        if header in _headers(key):
            return key
    raise EvidenceError("this gate's key did not sign it")


def _read(text: str, key: ParticipantKey) -> Receipt:
    """What the gate has signed, in the only way to spell it."""
    try:
        raw = jws.deserialize_compact(text, key.jose, ["Ed25519"]).payload
        receipt = Receipt.model_validate_json(raw)
        canonical = _bytes(receipt)
    except (JoseError, ValidationError, ValueError) as exc:
        raise EvidenceError("it is no receipt that this gate has signed") from exc
    if canonical != raw:
        raise EvidenceError("the receipt is not canonical JSON")
    return receipt


def _decisions(receipt: Receipt) -> tuple[SignedDecision, SignedDecision | None]:
    key = ParticipantKey.of(receipt.grant.key)
    room, feature = receipt.position.meeting, receipt.notice.feature
    grant = verify_decision(
        receipt.grant.statement,
        key=key,
        room=room,
        feature=feature,
        decision=Decision.GRANTED,
    )
    if receipt.withdrawal is None:
        return grant, None
    withdrawal = verify_decision(
        receipt.withdrawal,
        key=key,
        room=room,
        feature=feature,
        decision=Decision.DECLINED,
    )
    return grant, withdrawal


def _header(kid: str, jwk: Mapping[str, str] | None) -> dict[str, Any]:
    carried = {} if jwk is None else {"jwk": dict(jwk)}  # RFC 7515, 4.1.3
    return {"alg": "Ed25519", **carried, "kid": kid, "typ": MEDIA_TYPE}


def _headers(key: ParticipantKey) -> list[str]:
    """How a receipt that `key` signed begins; those of old do not carry the key."""
    return [
        json_b64encode(_header(key.thumbprint, jwk)).decode() for jwk in (key.jwk, None)
    ]


def _bytes(receipt: Receipt) -> bytes:
    return rfc8785.dumps(receipt.model_dump(mode="json", by_alias=True))


def _position(written: LedgerRow) -> Position:
    return Position(
        meeting=written.meeting,
        hash=written.hash.hex(),
        at=moment(decode(written.body).envelope.at),
    )


def _record(
    event: str,
    grant: SignedDecision,
    notice: Notice,
    controller: Controller,
    position: Position,
) -> dict[str, Any]:
    return consent_record(
        subject=grant.subject,
        notice=notice,
        controller=controller.model_dump(),
        given=event == "granted",
        at=position.at,
    )
