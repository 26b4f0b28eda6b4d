"""
Who signs in the vectors: keys and times that never change, and nothing of the program.

What an implementation makes of them is for `make.py`; here are the bytes alone, so that
also what no server would ever sign can be made.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def seed(name: str) -> bytes:
    return hashlib.sha256(f"gatekeeper vector {name}".encode()).digest()


def compact(header: bytes, payload: bytes, sign: Any) -> str:
    """A JWS (RFC 7515) of bytes as they are."""
    signed = f"{base64url(header)}.{base64url(payload)}"
    return f"{signed}.{base64url(sign(signed.encode()))}"


def spelled(members: Any) -> bytes:
    """Canonical JSON (RFC 8785), of what has no number but small whole ones."""
    said = json.dumps(
        members, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return said.encode()


@dataclass(frozen=True)
class Edwards:
    """Who signs with Ed25519."""

    name: str

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(seed(self.name))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def jwk(self) -> dict[str, str]:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(self.public)}

    @property
    def kid(self) -> str:
        return base64url(hashlib.sha256(spelled(self.jwk)).digest())

    def states(self, said: Any, header: bytes = b'{"alg":"Ed25519"}') -> str:
        payload = said if isinstance(said, bytes) else spelled(said)
        return compact(header, payload, self.private.sign)

    def issues(self, said: Any, typ: str, carried: bool = True, **more: Any) -> str:
        """As a gate."""
        jwk = {"jwk": self.jwk} if carried else {}
        header = {"alg": "Ed25519", **jwk, "kid": self.kid, "typ": typ} | more
        return self.states(said, json.dumps(header, separators=(",", ":")).encode())

    @property
    def vkey(self) -> str:
        named = f"{self.name}\n\x01".encode() + self.public
        number = hashlib.sha256(named).hexdigest()[:8]
        key = base64.b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{number}+{key}"

    def notes(self, text: str) -> str:
        """As a log (C2SP signed-note)."""
        number = bytes.fromhex(self.vkey.split("+")[1])
        sealed = base64.b64encode(number + self.private.sign(text.encode())).decode()
        return f"{text}\n\N{EM DASH} {self.name} {sealed}\n"


@dataclass(frozen=True)
class Nist:
    """Who signs with ECDSA, P-256 and SHA-256."""

    name: str

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        number = int.from_bytes(seed(self.name), "big") >> 1
        return ec.derive_private_key(number, ec.SECP256R1())

    @property
    def jwk(self) -> dict[str, str]:
        at = self.private.public_key().public_numbers()
        x, y = (base64url(each.to_bytes(32, "big")) for each in (at.x, at.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    @property
    def kid(self) -> str:
        return base64url(hashlib.sha256(spelled(self.jwk)).digest())

    def states(self, said: Any, header: bytes = b'{"alg":"ES256"}') -> str:
        payload = said if isinstance(said, bytes) else spelled(said)
        return compact(header, payload, self._sign)

    def _sign(self, signed: bytes) -> bytes:
        ecdsa = ec.ECDSA(SHA256(), deterministic_signing=True)  # RFC 6979
        r, s = decode_dss_signature(self.private.sign(signed, ecdsa))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


GATE, OTHER_GATE = Edwards("gate"), Edwards("another gate")
LOG, OTHER_LOG = Edwards("meet.example/log/0001"), Edwards("meet.example/log/0002")
ANN, BEN = Edwards("ann"), Nist("ben")
MEETING = "kZ1pC0bY3mVx8Qe5Rt7Wug"
