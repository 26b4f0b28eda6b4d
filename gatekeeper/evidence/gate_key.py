"""
The gate's own key: what signs receipts.

Rule 1: made on the first start, readable by the operator's account alone, and never
replaced by itself: receipts of years ago must still verify.
Rule 2: the public halves of all that ever signed are kept beside it, so that one that
was replaced, or lost, still vouches for what it signed.
"""

import json
from collections.abc import Sequence
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
from pydantic import TypeAdapter

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.key_file import read_or_make, write

FILE = "receipt.pem"
PUBLIC = "receipt-keys.json"
"""The public keys (JWK) of all that ever signed, the present one last."""

Jwk = dict[str, str]
_JWKS: TypeAdapter[list[Jwk]] = TypeAdapter(list[Jwk])


@dataclass(frozen=True, slots=True)
class GateKey:
    """An Ed25519 key pair."""

    jose: OKPKey
    former: tuple[Jwk, ...] = ()
    """Public keys that signed before, the oldest first."""

    @classmethod
    def load(cls, directory: Path, *, first: bool) -> Self:
        """
        Read the key in `directory`; make it on the `first` start.

        Raises `DataDirectoryUnusable`.
        """
        path = directory / FILE
        try:
            key = cls(_import(path, read_or_make(path, _new, first=first)))
            known = _public(directory)
            if not known:
                _publish(directory, [key.jwk])
        except OSError as exc:
            raise DataDirectoryUnusable(f"{path}: {exc.strerror}. {_FIX}") from exc
        if known and known[-1] != key.jwk:
            raise DataDirectoryUnusable(f"{path} is not the key it was. {_FIX}")
        return cls(key.jose, tuple(known[:-1]))

    @classmethod
    def rotate(cls, directory: Path, since: Sequence[Jwk] = ()) -> Self:
        """
        Make a new key; what the one before has signed can still be checked.

        `since`: public keys of those that came after it, and are not here. Raises
        `OSError`, `DataDirectoryUnusable`.
        """
        known, pem = _public(directory), _new()
        path = directory / FILE
        if not known and path.exists():
            known = [cls(_import(path, path.read_bytes())).jwk]
        known += [dict(jwk) for jwk in since if jwk not in known]
        key = cls(_import(path, pem), tuple(known))
        # In this order: after a crash in between, the key is not the last, and refused.
        _publish(directory, [*known, key.jwk])
        write(path, pem)
        return key

    @property
    def jwk(self) -> dict[str, str]:
        """The public key, for whoever checks a receipt."""
        public = self.jose.as_dict(private=False)
        return {name: str(public[name]) for name in ("kty", "crv", "x")}

    @property
    def published(self) -> dict[str, list[dict[str, str]]]:
        """What anybody may have: a JWK Set (RFC 7517, 5), the present key last."""
        keys = (*self.former, self.jwk)
        return {"keys": [jwk | {"kid": _kid(jwk), **_SIGNS} for jwk in keys]}

    @property
    def kid(self) -> str:
        """The public key's RFC 7638 thumbprint."""
        return self.jose.thumbprint()


_SIGNS = {"alg": "Ed25519", "use": "sig"}
_FIX = (
    "Restore the key from a backup; a new one cannot vouch for old receipts. If it is "
    "lost, run: gatekeeper rotate-key receipt"
)


def _import(path: Path, pem: bytes) -> OKPKey:
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as exc:
        raise DataDirectoryUnusable(f"{path}: {exc}. {_FIX}") from exc
    if not isinstance(private, Ed25519PrivateKey):
        raise DataDirectoryUnusable(f"{path} is no Ed25519 key. {_FIX}")
    return OKPKey.import_key(private)


def _public(directory: Path) -> list[Jwk]:
    path = directory / PUBLIC
    try:
        return _JWKS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except ValueError as exc:
        raise DataDirectoryUnusable(
            f"{path} does not hold public keys. Restore it from a backup; or "
            "remove it, if the key of receipts never changed."
        ) from exc


def _publish(directory: Path, keys: list[Jwk]) -> None:
    write(directory / PUBLIC, json.dumps(keys, indent=1).encode())


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def _kid(jwk: Jwk) -> str:
    return OKPKey.import_key(dict(jwk)).thumbprint()
