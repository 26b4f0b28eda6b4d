"""
The ID token: who somebody is, said by the provider for this one sign-in.

Rule 1: only signatures that a public key verifies count. What a token says of itself
(`alg`, `kid`) chooses among the provider's own keys, and among nothing else.
Rule 2: it is for us, for this sign-in, and for now (OpenID Connect Core 1.0, 3.1.3.7).
"""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.util import urlsafe_b64decode
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

LONGEST = 32 * 1024
"""Characters of a token; one with hundreds of groups has a few thousand."""
MOST_KEYS = 64
SKEW = 60
"""Seconds that the provider's clock may be off."""
OLDEST = 600
"""Seconds since it was issued: it comes straight from the provider."""
_RSA_BITS = range(2048, 8193)
"""Smaller ones prove little (RFC 7518, 3.3), larger ones take long."""

_KEYS = {
    "RS256": ("RSA", None), "RS384": ("RSA", None), "RS512": ("RSA", None),
    "PS256": ("RSA", None), "PS384": ("RSA", None), "PS512": ("RSA", None),
    "ES256": ("EC", "P-256"), "ES384": ("EC", "P-384"), "ES512": ("EC", "P-521"),
    "Ed25519": ("OKP", "Ed25519"),
}  # fmt: skip
"""Which kind of key signs by an algorithm (RFC 7518, 3.1; RFC 9864, 2.2)."""
_KINDS: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {
    "RSA": RSAKey,
    "EC": ECKey,
    "OKP": OKPKey,
}


def same(given: str, secret: str) -> bool:
    """Compared in a time that tells nothing; any characters may be in them."""
    one, other = (text.encode("utf-8", "surrogatepass") for text in (given, secret))
    return hmac.compare_digest(one, other)


class IdTokenRefused(Exception):
    """Why, in words for whoever runs the server; nothing of what was in it."""


@dataclass(frozen=True, slots=True)
class Head:
    """By what a token says that it is signed."""

    alg: str
    kid: str | None


class Claims(BaseModel):
    """Of them, what is judged before anything else; the rest as it came."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="allow", hide_input_in_errors=True
    )

    iss: str
    sub: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    aud: str | list[str]
    exp: Annotated[int | float, Field(ge=0, lt=1e12)]
    iat: Annotated[int | float, Field(ge=0, lt=1e12)]
    nbf: Annotated[int | float, Field(ge=0, lt=1e12)] | None = None
    nonce: str
    azp: str | None = None


def head(token: str) -> Head:
    """Raises `IdTokenRefused`."""
    first, *others = token.split(".", 3)
    if len(token) > LONGEST or len(others) != 2:
        raise IdTokenRefused("it is no signed token of a usual length")
    try:
        said = json.loads(urlsafe_b64decode(first.encode("ascii")))
    except (ValueError, RecursionError) as exc:
        raise IdTokenRefused("its head cannot be read") from exc
    if not isinstance(said, dict) or "crit" in said:
        raise IdTokenRefused("its head asks for what is not known here")
    alg, kid = said.get("alg"), said.get("kid")
    if not isinstance(alg, str) or alg not in _KEYS or not isinstance(kid, str | None):
        raise IdTokenRefused("it is signed by no algorithm that counts here")
    return Head(alg, kid)


def fitting(keys: Mapping[str, Any], head: Head) -> Iterator[RSAKey | ECKey | OKPKey]:
    """Those of a provider's keys (RFC 7517) that may have signed it."""
    listed = keys.get("keys")
    kind, curve = _KEYS[head.alg]
    for each in listed[:MOST_KEYS] if isinstance(listed, list) else ():
        if not isinstance(each, dict) or each.get("kty") != kind:
            continue
        if curve is not None and each.get("crv") != curve:
            continue
        if head.kid is not None and each.get("kid") != head.kid:
            continue
        if each.get("use", "sig") != "sig" or each.get("alg", head.alg) != head.alg:
            continue
        if (key := _key(kind, each)) is not None:
            yield key


def _key(kind: str, given: Mapping[str, Any]) -> RSAKey | ECKey | OKPKey | None:
    members = ("kty", "n", "e", "crv", "x", "y")
    public = {name: given[name] for name in members if name in given}
    if not all(isinstance(value, str) for value in public.values()):
        return None
    try:
        if kind == "RSA" and _bits(public.get("n", "")) not in _RSA_BITS:
            return None
        return _KINDS[kind].import_key(public)
    except (JoseError, ValueError, KeyError, TypeError):
        return None


def _bits(modulus: str) -> int:
    """How many, of a number in base64url; none of one that is far too long."""
    if len(modulus) * 6 > _RSA_BITS.stop + 64:
        return 0
    return int.from_bytes(urlsafe_b64decode(modulus.encode()), "big").bit_length()


def signed(token: str, head: Head, key: RSAKey | ECKey | OKPKey) -> Mapping[str, Any]:
    """What it claims. Raises `JoseError` unless `key` has signed it."""
    return jwt.decode(token, key, algorithms=[head.alg]).claims


def judged(
    claims: Mapping[str, Any], *, issuer: str, client: str, nonce: str, now: float
) -> Claims:
    """The claims, if they are for us and for now. Raises `IdTokenRefused`."""
    try:
        found = Claims.model_validate(claims)
    except ValidationError as exc:
        raise IdTokenRefused("a claim is missing, or no such thing") from exc
    if found.iss != issuer:
        raise IdTokenRefused("another has issued it")
    for_whom: Sequence[str] = [found.aud] if isinstance(found.aud, str) else found.aud
    if client not in for_whom or found.azp not in (None, client):
        raise IdTokenRefused("it is for somebody else")
    if len(for_whom) > 1 and found.azp is None:
        raise IdTokenRefused("it is for several, and does not say who asked")
    if not same(found.nonce, nonce):
        raise IdTokenRefused("it is for another sign-in")
    if found.exp <= now - SKEW:
        raise IdTokenRefused("it has expired")
    if max(found.iat, found.nbf or 0) > now + SKEW or found.iat < now - OLDEST - SKEW:
        raise IdTokenRefused("it is not of now; are both clocks right?")
    return found
