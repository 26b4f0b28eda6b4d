"""
A meeting as a vCon, for programs that read those: the mapping, all of it.

vCon 0.4.0 (draft-ietf-vcon-vcon-core), lawful basis (draft-howe-vcon-lawful-basis-02):
drafts, which may still change. A `recording-set` is an opening, a `recording` in it a
track; joins and drops are those of its parts.

Rule 1: `granted_at` is when the part began, since nothing tells when in a meeting a yes
was given (design.md, rule 8). No `granted` is false: who said no is in no account.
Rule 2: content lies beside it in the archive, named by `filename`, and hashed.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import BaseModel, ConfigDict

from gatekeeper.clock import moment
from gatekeeper.consent.types import ParticipantId
from gatekeeper.evidence.account import Account, AccountedFile
from gatekeeper.evidence.base64url import decoded, encoded
from gatekeeper.evidence.export.documents import ACCOUNTS
from gatekeeper.evidence.gate_key import GateKey

VERSION = "0.4.0"
EXTENSION = "lawful_basis"
_NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""RFC 5280, 4.1.2.5: a certificate that has no end."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Party(_Model):
    """Somebody of whom there is a yes."""

    name: str
    uuid: str
    type: Literal["person"] = "person"


class PartyEvent(_Model):
    """Somebody came, or went, while it was on."""

    party: int
    time: str
    event: Literal["join", "drop"]


class Dialog(_Model):
    """An opening, or one of its tracks."""

    type: Literal["recording", "recording-set"]
    start: str
    duration: float
    """Seconds."""
    parties: list[int]
    recordings: list[int] | None = None
    recording_set: int | None = None
    mediatype: str | None = None
    filename: str | None = None
    content_hash: str | None = None
    party_history: list[PartyEvent] | None = None


class Attachment(_Model):
    """What one person had agreed to, in one part of an opening."""

    purpose: Literal["lawful_basis"] = "lawful_basis"
    start: str
    party: int
    dialog: int
    encoding: Literal["json"] = "json"
    body: Mapping[str, Any]


class VCon(_Model):
    """The unsigned form."""

    uuid: str
    vcon: str = VERSION
    extensions: tuple[str, ...] = (EXTENSION,)
    created_at: str
    parties: list[Party]
    dialog: list[Dialog]
    attachments: list[Attachment]


class Stored(_Model):
    """Where a track lies in the archive."""

    filename: str
    sha512: bytes


def vcon(
    accounts: Sequence[Account],
    stored: Mapping[str, Stored],
    names: Mapping[ParticipantId, str],
    at: datetime,
) -> VCon:
    """Of a meeting's accounts. `stored`: the tracks that are there, by SHA-256."""
    people = sorted({who for each in accounts for who in each.people})
    making = _Making(stored, {who: n for n, who in enumerate(people)})
    openings: dict[str, list[Account]] = {}
    for account in accounts:
        openings.setdefault(account.opening, []).append(account)
    for parts in openings.values():
        making.add(sorted(parts, key=lambda part: part.part))
    meeting = accounts[0].meeting
    return VCon(
        uuid=_uuid(f"{meeting} {moment(at)}"),
        created_at=moment(at),
        parties=[
            Party(name=names.get(who, "anonymous"), uuid=_uuid(who)) for who in people
        ],
        dialog=making.dialog,
        attachments=making.attachments,
    )


def signed(made: VCon, key: GateKey) -> bytes:
    """
    The signed form: a general JWS (RFC 7515, 7.2.1).

    With the gate's key, in a certificate that it has made for itself: there is no chain
    to follow, and the key is to be compared.
    """
    payload = encoded(rfc8785.dumps(made.model_dump(mode="json", exclude_none=True)))
    head = encoded(rfc8785.dumps({"alg": "Ed25519", "kid": key.kid}))
    private = _private(key)
    said: dict[str, Any] = {
        "payload": payload,
        "signatures": [
            {
                "header": {"uuid": made.uuid, "x5c": [_certificate(key, private)]},
                "protected": head,
                "signature": encoded(private.sign(f"{head}.{payload}".encode())),
            }
        ],
    }
    return rfc8785.dumps(said)


class _Making:
    """What there is so far."""

    def __init__(
        self, stored: Mapping[str, Stored], parties: Mapping[ParticipantId, int]
    ) -> None:
        self._stored = stored
        self._parties = parties
        self.dialog: list[Dialog] = []
        self.attachments: list[Attachment] = []

    def add(self, parts: Sequence[Account]) -> None:
        """One opening; nothing of one of which there is no track."""
        files = [
            (file, self._stored[file.sha256])
            for part in parts
            for file in part.files
            if file.sha256 in self._stored and file.first and file.last
        ]
        if not files:
            return
        number = len(self.dialog)
        people = sorted({self._parties[who] for part in parts for who in part.people})
        first, last = parts[0], parts[-1]
        self.dialog.append(
            Dialog(
                type="recording-set",
                start=moment(first.began),
                duration=(last.ended - first.began).total_seconds(),
                parties=people,
                recordings=[number + 1 + each for each in range(len(files))],
                party_history=list(self._history(parts)),
            )
        )
        self.dialog += [self._track(file, where, number) for file, where in files]
        self.attachments += [
            self._basis(part, who, number) for part in parts for who in part.people
        ]

    def _history(self, parts: Sequence[Account]) -> Iterator[PartyEvent]:
        there: set[ParticipantId] = set()
        for part in parts:
            now = set(part.people)
            for who in sorted(there - now):
                yield self._event(who, part.began, "drop")
            for who in sorted(now - there):
                yield self._event(who, part.began, "join")
            there = now
        for who in sorted(there):
            yield self._event(who, parts[-1].ended, "drop")

    def _event(
        self, who: ParticipantId, at: datetime, event: Literal["join", "drop"]
    ) -> PartyEvent:
        return PartyEvent(party=self._parties[who], time=moment(at), event=event)

    def _track(self, file: AccountedFile, where: Stored, of: int) -> Dialog:
        assert file.first is not None and file.last is not None  # noqa: S101, PT018 - see `add`
        return Dialog(
            type="recording",
            start=moment(file.first),
            duration=(file.last - file.first).total_seconds(),
            parties=[self._parties[file.subject]],
            recording_set=of,
            mediatype=f"{file.source.media}/webm",
            filename=where.filename,
            content_hash=f"sha512-{encoded(where.sha512)}",
        )

    def _basis(self, part: Account, who: ParticipantId, of: int) -> Attachment:
        began = moment(part.began)
        grant = part.grants[part.people.index(who)]
        return Attachment(
            start=began,
            party=self._parties[who],
            dialog=of,
            body={
                "lawful_basis": "consent",
                "expiration": None,
                "purpose_grants": [
                    {"purpose": part.feature, "granted": True, "granted_at": began}
                ],
                "proof_mechanisms": [
                    {
                        "proof_type": "external_system",
                        "timestamp": began,
                        "proof_data": {
                            "account": f"{ACCOUNTS}{part.opening}.{part.part}.jws",
                            **grant.model_dump(mode="json"),
                        },
                    }
                ],
                "metadata": {"subject": who, "until": moment(part.ended)},
            },
        )


def _uuid(of: str) -> str:
    """Version 8 (RFC 9562), of a hash."""
    raw = bytearray(hashlib.sha256(of.encode()).digest()[:16])
    raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def _private(key: GateKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        decoded(str(key.jose.as_dict(private=True)["d"]))
    )


def _certificate(key: GateKey, private: Ed25519PrivateKey) -> str:
    """The same for the same key. Base 64 of DER (RFC 7515, 4.1.6)."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, key.kid)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(key.kid.encode()).digest()[:16]))
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(_NEVER)
        .sign(private, None)
    )
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()
