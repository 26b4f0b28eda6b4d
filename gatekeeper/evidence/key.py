"""
A participant's public key for one meeting.

Rule 1: Ed25519 or P-256, as WebCrypto makes them; nothing else, no private part.
Rule 2: one key has one JWK here (RFC 7517), so that its thumbprint names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey
from joserfc.util import urlsafe_b64decode
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import ForgedStatement, MalformedMessage
from gatekeeper.evidence.edwards import is_public_key

Coordinate = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""32 bytes in base64url."""


class _Jwk(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Ed25519Jwk(_Jwk):
    """An Ed25519 public key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Coordinate


class P256Jwk(_Jwk):
    """A P-256 public key (RFC 7518, section 6.2)."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Coordinate
    y: Coordinate


Jwk = Annotated[Ed25519Jwk | P256Jwk, Field(discriminator="kty")]
_JWK: TypeAdapter[Ed25519Jwk | P256Jwk] = TypeAdapter(Jwk)


class _Published(Ed25519Jwk):
    """With members that say what it is for."""

    model_config = ConfigDict(extra="ignore")


class _Set(BaseModel):
    keys: list[_Published]


_PUBLISHED: TypeAdapter[_Set | _Published] = TypeAdapter(_Set | _Published)


def published(document: bytes | Mapping[str, object]) -> list[Ed25519Jwk]:
    """
    A gate's keys: a JWK Set as servers publish it (RFC 7517, 5), or one JWK.

    JSON, or what was read of it. Raises `MalformedMessage`.
    """
    try:
        found = (
            _PUBLISHED.validate_json(document)
            if isinstance(document, bytes)
            else _PUBLISHED.validate_python(document)
        )
    except ValidationError as exc:
        raise MalformedMessage("These are no Ed25519 keys in a JWK Set.") from exc
    keys = found.keys if isinstance(found, _Set) else [found]
    return [Ed25519Jwk(kty=key.kty, crv=key.crv, x=key.x) for key in keys]


@dataclass(frozen=True)
class ParticipantKey:
    """Checks what one participant has signed."""

    public: Ed25519Jwk | P256Jwk
    jose: OKPKey | ECKey

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, object]) -> "ParticipantKey":
        """
        Read a public JWK.

        Raises `MalformedMessage` if it is no such JWK, and `ForgedStatement` if it
        names no point that could bind a signer.
        """
        try:
            public = _JWK.validate_python(dict(jwk))
        except ValidationError as exc:
            raise MalformedMessage("The key is not an Ed25519 or P-256 JWK.") from exc
        return cls.of(public)

    @classmethod
    def of(cls, public: Ed25519Jwk | P256Jwk) -> "ParticipantKey":
        """Check that the coordinates are a point. Raises `ForgedStatement`."""
        try:
            return cls(public, _point(public))
        except (JoseError, ValueError) as exc:
            raise ForgedStatement("The key is not a point of its curve.") from exc

    @property
    def jwk(self) -> dict[str, str]:
        """The public key with the members that its thumbprint covers, no others."""
        return self.public.model_dump()

    @property
    def algorithm(self) -> Literal["Ed25519", "ES256"]:
        """The one JWS algorithm (RFC 9864, RFC 7518) of this key."""
        return "Ed25519" if isinstance(self.public, Ed25519Jwk) else "ES256"

    @cached_property
    def thumbprint(self) -> ParticipantId:
        """RFC 7638, SHA-256."""
        return ParticipantId(self.jose.thumbprint())


def _point(public: Ed25519Jwk | P256Jwk) -> OKPKey | ECKey:
    if isinstance(public, P256Jwk):
        # Here OpenSSL itself refuses what is not on the curve.
        return ECKey.import_key(public.model_dump())
    if not is_public_key(urlsafe_b64decode(public.x.encode())):
        raise ValueError("not a point of large order")
    return OKPKey.import_key(public.model_dump())
