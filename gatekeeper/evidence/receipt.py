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
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gatekeeper.clock import moment
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import Decision, RoomId
from gatekeeper.errors import EvidenceError, ForgedStatement, MalformedMessage
from gatekeeper.evidence.canonical import difference
from gatekeeper.evidence.compact import Header, header_of, opened
from gatekeeper.evidence.dpv import CONTEXT, consent_record
from gatekeeper.evidence.entries import decode
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.key import ParticipantKey, published
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
LONGEST = 1 << 18
"""Characters of a receipt at most."""


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
            header_of(self.key.kid, self.key.jwk, MEDIA_TYPE),
            rfc8785.dumps(_members(receipt)),
            self.key.jose,
            ["Ed25519"],
        )


def key_inside(text: str) -> dict[str, str] | None:
    """
    The public key that a receipt says it is signed with; None in those of old.

    Anybody can put a key of theirs there: whose it is, it does not tell. Raises
    `EvidenceError` if it is no receipt.
    """
    header = Header.read(text)
    if header.typ != MEDIA_TYPE:
        raise broken(Fault.HEADER_INVALID)
    return None if header.jwk is None else header.jwk.model_dump()


def verify_receipt(text: str, keys: Mapping[str, object] | None) -> Receipt:
    """
    Check a receipt (one line, as it was handed out) against the gate's public keys.

    `keys`: a JWK Set as servers publish it, or one JWK; None to take the key that it
    carries. Raises `EvidenceError`. Whether the chain still holds the entry is for
    whoever has the chain to compare.
    """
    if len(text) > LONGEST:
        raise broken(Fault.TOO_LARGE)
    try:
        pinned = None if keys is None else published(keys)
    except MalformedMessage as exc:
        why = "the gate's keys cannot be used"
        raise EvidenceError(why, code=Fault.KEY_INVALID) from exc
    receipt = _read(opened(text, MEDIA_TYPE, pinned).content)
    grant, withdrawal = _decisions(receipt)
    notice = receipt.notice
    if grant.notice != notice.digest or grant.language != notice.language:
        raise broken(Fault.WORDING_OTHER)
    if withdrawal is not None and receipt.event != "withdrawn":
        raise broken(Fault.EVENT_CONTRADICTED)
    record = _record(receipt.event, grant, notice, receipt.controller, receipt.position)
    where = difference(receipt.context, CONTEXT, "@context") or difference(
        receipt.record, record, "dpv:hasRecordOfActivity"
    )
    if where is not None:
        raise broken(Fault.RECORD_CONTRADICTED, where)
    return receipt


def _read(content: object) -> Receipt:
    """What the gate has signed, if it is a receipt and nothing else."""
    try:
        receipt = Receipt.model_validate(content)
    except ValidationError as exc:
        path = exc.errors()[0]["loc"]
        raise broken(Fault.MEMBER_INVALID, ".".join(map(str, path))) from exc
    where = difference(content, _members(receipt))  # what pydantic would mend
    if where is not None:
        raise broken(Fault.MEMBER_INVALID, where)
    return receipt


def _decisions(receipt: Receipt) -> tuple[SignedDecision, SignedDecision | None]:
    try:
        key = ParticipantKey.of(receipt.grant.key)
    except ForgedStatement as exc:
        raise broken(Fault.PARTICIPANT_KEY_INVALID) from exc
    grant = _decided(receipt, key, receipt.grant.statement, Decision.GRANTED)
    if receipt.withdrawal is None:
        return grant, None
    return grant, _decided(receipt, key, receipt.withdrawal, Decision.DECLINED)


def _decided(
    receipt: Receipt, key: ParticipantKey, statement: str, decision: Decision
) -> SignedDecision:
    try:
        return verify_decision(
            statement,
            key=key,
            room=receipt.position.meeting,
            feature=receipt.notice.feature,
            decision=decision,
        )
    except ForgedStatement as exc:
        what = "grant" if decision is Decision.GRANTED else "withdrawal"
        raise broken(Fault(f"{what}-{exc.fault}")) from exc


def _members(receipt: Receipt) -> dict[str, Any]:
    return receipt.model_dump(mode="json", by_alias=True)


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
