"""
Permit tokens: a lease, as whoever captures can check it without asking anybody.

A compact JWS (RFC 7515) that is a JWT (RFC 7519) signed with EdDSA over edwards25519,
which headers call `Ed25519` (RFC 9864), by the gate's own key: the keys of
`/.well-known/jwks.json` check it.

Rule 1: it says of which opening it is a lease, until when, and which participants had
all signed a yes: nothing of anybody else, and no name.
Rule 2: it is over by itself, when the lease is.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import to_json

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.gate_key import GateKey

MEDIA_TYPE = "gatekeeper-permit+jwt"
"""`typ` (RFC 8725, 3.11), so that nothing else that the gate signs passes for one."""
LONGEST = 64 * 1024
"""Characters of a token that is looked at."""
EARLY = 0.2
"""Seconds that the clock of who checks may be behind: it lengthens what is checked."""
LASTS = 5.0
"""Seconds that no lease lasts longer than."""

_Id = Annotated[str, StringConstraints(min_length=1, max_length=128)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Header(_Closed):
    alg: Literal["Ed25519"]
    typ: Literal["gatekeeper-permit+jwt"]
    kid: _Id


class PermitClaims(_Closed):
    """What a token says. Times are seconds since 1970, UTC, by the gate's clock."""

    iss: str
    """The address of the server."""
    room: _Id
    feature: _Id
    opening: _Id
    """One stretch in which the gate is open, as the ledger knows it."""
    jti: _Id
    """The lease."""
    people: Annotated[tuple[_Id, ...], Field(max_length=1000)]
    """Who is present, all of whom have signed a yes: ids of this room alone, sorted."""
    iat: float
    exp: float


@dataclass(frozen=True, slots=True)
class PermitSigner:
    """Signs leases of one server."""

    private: Ed25519PrivateKey
    header: bytes
    """As it stands in every token."""
    clock: Callable[[], datetime]

    @classmethod
    def of(cls, key: GateKey, clock: Callable[[], datetime]) -> "PermitSigner":
        """By that key; `clock`: aware, UTC."""
        private = key.jose.private_key
        assert isinstance(private, Ed25519PrivateKey)  # noqa: S101 - it loads no other
        header = {"alg": "Ed25519", "typ": MEDIA_TYPE, "kid": key.kid}
        return cls(private, _part(header), clock)

    def sign(
        self,
        *,
        issuer: str,
        room: str,
        feature: str,
        opening: str,
        lease: str,
        people: Collection[str],
        seconds: float,
    ) -> str:
        """A token that is good for `seconds` from now."""
        now = self.clock().timestamp()
        said: dict[str, Any] = {
            "iss": issuer,
            "room": room,
            "feature": feature,
            "opening": opening,
            "jti": lease,
            "people": sorted(people),
            "iat": round(now, 3),
            "exp": round(now + seconds, 3),
        }
        signed = b".".join((self.header, _part(said)))
        signature = urlsafe_b64encode(self.private.sign(signed))
        return b".".join((signed, signature)).decode()


def _part(said: Mapping[str, Any]) -> bytes:
    """As a token has it. What is signed is never encoded anew: it need not be JCS."""
    return urlsafe_b64encode(to_json(said))


def verify_permit(
    token: str,
    *,
    keys: Mapping[str, Any],
    room: str,
    feature: str,
    now: float | None = None,
) -> PermitClaims:
    """
    What a token says, if all of it holds now: `feature` may be captured in `room`.

    `keys`: a JWK Set (RFC 7517), as `/.well-known/jwks.json` has it; `now`: seconds
    since 1970, by the machine's clock if there is none. A clock that is wrong refuses
    what is good: it lengthens nothing by more than `EARLY`, and by nothing is a token
    good for longer than any lease is. Raises `EvidenceError` with a sentence that says
    what does not hold.
    """
    claims = _read(token, keys)
    at = time.time() if now is None else now
    if not 0 < claims.exp - claims.iat <= LASTS:
        raise EvidenceError("This permit claims to last longer than any does.")
    if claims.room != room or claims.feature != feature:
        raise EvidenceError("This permit is for another room, or another feature.")
    if at >= claims.exp:
        raise EvidenceError("This permit is over. Renew it, or stop capturing.")
    if at < claims.iat - EARLY:
        raise EvidenceError("This permit is of the future. Set this machine's clock.")
    return claims


def _read(token: str, keys: Mapping[str, Any]) -> PermitClaims:
    parts = token.split(".") if len(token) <= LONGEST and token.isascii() else []
    if len(parts) != 3:
        raise EvidenceError("This is no permit token: it has not three parts.")
    try:
        header = _Header.model_validate_json(_decoded(parts[0]))
        signature = _decoded(parts[2])
    except (ValueError, ValidationError) as exc:
        raise EvidenceError("This is no permit token of a gate.") from exc
    try:
        _key(keys, header.kid).verify(signature, f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature as exc:
        raise EvidenceError("The signature does not fit: somebody made it up.") from exc
    try:
        return PermitClaims.model_validate_json(_decoded(parts[1]))
    except (ValueError, ValidationError) as exc:
        raise EvidenceError("This permit does not say what one has to say.") from exc


def _decoded(part: str) -> bytes:
    raw = urlsafe_b64decode(part.encode())
    if urlsafe_b64encode(raw).decode() != part:
        raise ValueError("said in a second way")
    return raw


def _key(keys: Mapping[str, Any], kid: str) -> Ed25519PublicKey:
    for jwk in keys.get("keys", ()):
        if jwk.get("kid") == kid and jwk.get("crv") == "Ed25519":
            return Ed25519PublicKey.from_public_bytes(
                urlsafe_b64decode(jwk["x"].encode())
            )
    raise EvidenceError(
        "No key of that name is among these. Fetch /.well-known/jwks.json again."
    )
