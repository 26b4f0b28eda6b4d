"""
The gate's own key: what signs receipts.

Rule 1: made on the first start, readable by the operator's account alone, and never
replaced by itself: receipts of years ago must still verify.
"""

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
from gatekeeper.evidence.key_file import read_or_make

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
            pem = read_or_make(path, _new)
            private = load_pem_private_key(pem, password=None)
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


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
