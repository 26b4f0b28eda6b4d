"""
What the gate signs and hands out: a compact JWS (RFC 7515) over canonical JSON.

Rule 1: the header is one of two texts: with the public key (4.1.3), as it is written,
and without, as it was. `typ` says what it is, so that one kind cannot pass for another.
Rule 2: the order of the checks is part of the format: whoever else checks the same
finds the same fault (docs/verifying.md).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gatekeeper.errors import ForgedStatement
from gatekeeper.evidence import canonical
from gatekeeper.evidence.base64url import decoded, is_base64url
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.key import Ed25519Jwk, ParticipantKey

LONGEST = 4 << 20
"""Characters of one at most."""
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_X = "[A-Za-z0-9_-]{43}"
_HEADER = re.compile(
    r'\{"alg":"Ed25519",'
    rf'(?:"jwk":\{{"kty":"OKP","crv":"Ed25519","x":"(?P<x>{_X})"\}},)?'
    rf'"kid":"(?P<kid>{_X})","typ":"(?P<typ>[a-z+-]{{1,64}})"\}}'
)


@dataclass(frozen=True, slots=True)
class Header:
    """Who is said to have signed, and what."""

    kid: str
    """The key's thumbprint (RFC 7638)."""
    typ: str
    jwk: Ed25519Jwk | None
    """The key itself: anybody can put one of theirs there."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Of a signed text, and nothing is checked yet. Raises `EvidenceError`."""
        if len(text) > LONGEST:
            raise broken(Fault.TOO_LARGE)
        if not _COMPACT.fullmatch(text) or not all(map(is_base64url, text.split("."))):
            raise broken(Fault.JWS_MALFORMED)
        said = decoded(text.partition(".")[0])
        parts = _HEADER.fullmatch(said.decode("latin-1"))
        if parts is None:
            raise broken(Fault.HEADER_INVALID)
        x = parts["x"]
        jwk = None if x is None else Ed25519Jwk(kty="OKP", crv="Ed25519", x=x)
        return cls(parts["kid"], parts["typ"], jwk)


@dataclass(frozen=True, slots=True)
class Signed:
    """What one of the keys has signed."""

    content: Any
    kid: str


def opened(text: str, typ: str, pinned: Sequence[Ed25519Jwk] | None) -> Signed:
    """
    The content, once form, key, signature and spelling are right.

    `pinned`: the gate's keys; None to take the one that the text carries. Raises
    `EvidenceError`.
    """
    header = Header.read(text)
    if header.typ != typ:
        raise broken(Fault.HEADER_INVALID)
    key = _signer(header, pinned)
    signed, _, signature = text.rpartition(".")
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(key.x))
        public.verify(decoded(signature), signed.encode())
    except InvalidSignature as exc:
        raise broken(Fault.SIGNATURE_INVALID) from exc
    return Signed(canonical.read(decoded(signed.partition(".")[2])), header.kid)


def payload(text: str) -> Any:
    """What a text says that was checked before. Raises `EvidenceError`."""
    return canonical.read(decoded(text.split(".")[1]))


def header_of(kid: str, jwk: Mapping[str, str], typ: str) -> dict[str, Any]:
    """The header of what is signed now."""
    return {"alg": "Ed25519", "jwk": dict(jwk), "kid": kid, "typ": typ}


def _signer(header: Header, pinned: Sequence[Ed25519Jwk] | None) -> Ed25519Jwk:
    """The key that is to be believed. Raises `EvidenceError`."""
    if header.jwk is not None and _thumbprint(header.jwk) != header.kid:
        raise broken(Fault.KEY_INVALID)
    if pinned is None:
        if header.jwk is None:
            raise broken(Fault.KEY_NEEDED)
        return header.jwk
    for key in pinned:
        if _thumbprint(key) == header.kid:
            return key
    raise broken(Fault.KEY_FOREIGN)


def _thumbprint(key: Ed25519Jwk) -> str | None:
    """None of what is no key."""
    try:
        return ParticipantKey.of(key).thumbprint
    except ForgedStatement:
        return None
