"""
Signed notes: text that a log has signed (C2SP signed-note v1.0.0).

Rule 1: a signature of a key that is not known is passed over; one of a known key that
does not hold makes the note worthless.
Rule 2: Ed25519 (`0x01`) alone.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from gatekeeper.evidence.edwards import is_public_key
from gatekeeper.evidence.faults import Fault, broken

LONGEST = 16_384
"""Bytes of a note at most, with all its signatures."""
_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]{1,256}")
_LINE = re.compile(r"— ([^\s+]{1,256}) ([A-Za-z0-9+/=]{1,8192})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key, and under which name it signs."""

    name: str
    public: bytes
    """32 bytes (RFC 8032)."""

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:4]

    def text(self) -> str:
        """As it is handed on: a *vkey*."""
        key = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Of a vkey. Raises `EvidenceError`."""
        name, _, rest = text.strip().partition("+")
        digits, _, encoded = rest.partition("+")
        key = decoded(encoded, Fault.LOG_KEY_INVALID)
        if not (_NAME.fullmatch(name) and key[:1] == _ED25519):
            raise broken(Fault.LOG_KEY_INVALID)
        found = cls(name, key[1:])
        if not is_public_key(found.public) or digits != found.id.hex():
            raise broken(Fault.LOG_KEY_INVALID)
        return found

    def holds(self, text: str, signature: bytes) -> bool:
        """Whether it has signed this text."""
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and the name that it signs under."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note. `text` ends with its line."""
        sealed = self.verifier.id + self.private.sign(text.encode())
        return f"{text}\n— {self.name} {base64.b64encode(sealed).decode()}\n"


def opened(note: str, keys: Collection[Verifier]) -> str:
    """The text of a note that one of `keys` has signed. Raises `EvidenceError`."""
    if len(note.encode()) > LONGEST:
        raise broken(Fault.TOO_LARGE)
    text, found, signatures = note.rpartition("\n\n")
    if not found or not signatures.endswith("\n") or _CONTROL.search(note):
        raise broken(Fault.NOTE_MALFORMED)
    text += "\n"
    signed: set[bytes] = set()
    for line in signatures[:-1].split("\n"):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise broken(Fault.NOTE_MALFORMED)
        name, sealed = parts[1], decoded(parts[2])
        for key in dict.fromkeys(keys):
            if (key.name, key.id) == (name, sealed[:4]):
                if not key.holds(text, sealed[4:]):
                    raise broken(Fault.NOTE_SIGNATURE_INVALID, name)
                if key.id in signed:  # one of each is enough, and one spelling
                    raise broken(Fault.NOTE_MALFORMED)
                signed.add(key.id)
    if not signed:
        raise broken(Fault.NOTE_UNSIGNED)
    return text


def decoded(text: str, fault: Fault = Fault.NOTE_MALFORMED) -> bytes:
    """
    Of standard base 64, as it is spelled (RFC 4648, 4).

    Raises `EvidenceError`, with this fault.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise broken(fault) from exc
    if base64.b64encode(raw).decode() != text:
        raise broken(fault)
    return raw
