"""
The gate's own key: what signs receipts.

Rule 1: made on the first start, readable by the operator's account alone, and never
replaced by itself: receipts of years ago must still verify.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from joserfc.jwk import OKPKey

from gatekeeper.errors import DataDirectoryUnusable

FILE = "receipt.pem"


@dataclass(frozen=True, slots=True)
class GateKey:
    """An Ed25519 key pair."""

    jose: OKPKey

    @classmethod
    def load(cls, directory: Path) -> Self:
        """
        Read the key in `directory`; make it on the first start.

        Raises `DataDirectoryUnusable`.
        """
        path = directory / FILE
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _create(path)
            private = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as exc:
            raise DataDirectoryUnusable(f"{path}: {exc}. {_FIX}") from exc
        if not isinstance(private, Ed25519PrivateKey):
            raise DataDirectoryUnusable(f"{path} is no Ed25519 key. {_FIX}")
        return cls(OKPKey.import_key(private))

    @property
    def jwk(self) -> dict[str, str]:
        """The public key, for whoever checks a receipt."""
        public = self.jose.as_dict(private=False)
        return {name: str(public[name]) for name in ("kty", "crv", "x")}

    @property
    def kid(self) -> str:
        """The public key's RFC 7638 thumbprint."""
        return self.jose.thumbprint()


_FIX = "Restore the key from a backup; a new one cannot vouch for old receipts."


def _create(path: Path) -> None:
    """Write a new key whole or not at all: a crash leaves no half of one."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(draft, "xb", opener=_private) as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
