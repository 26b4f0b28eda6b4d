"""
The log's own key: what signs checkpoints. It is none of those that sign receipts.

Rule 1: made when the log begins; the name that it signs under is the log's origin, and
stays.
Rule 2: the public halves of all that ever signed are kept beside it.
"""

import secrets
from collections.abc import Iterable
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

from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.tlog.note import Signer, Verifier
from gatekeeper.storage.key_file import read_or_make, write

FILE = "log.pem"
PUBLIC = "log-keys.txt"
"""The keys of all that ever signed (vkeys, one a line), the present one last."""
LAST = "log-checkpoint.txt"
"""The last checkpoint that was signed, beside the database: none was before it."""
_FIX = (
    "Restore the key from a backup. If it is lost, or may be known, run: "
    "gatekeeper rotate-key log"
)


@dataclass(frozen=True, slots=True)
class LogKey:
    """Who signs, and who has signed before."""

    signer: Signer
    former: tuple[Verifier, ...] = ()
    """The oldest first."""

    @classmethod
    def load(cls, directory: Path, host: str) -> Self:
        """
        Read the key in `directory`; make it where none has signed yet.

        `host`: whose log it is, where it begins now. Raises `DataDirectoryUnusable`.
        """
        path = directory / FILE
        try:
            known = public_keys(directory)
            signed = (directory.parent / LAST).exists()
            if not signed and not (known and path.exists()):
                return cls._make(directory, _origin(host), known)
            private = _import(path, read_or_make(path, _new, first=False))
        except OSError as exc:
            raise DataDirectoryUnusable(f"{path}: {exc.strerror}. {_FIX}") from exc
        if not known or known[-1].public != private.public_key().public_bytes_raw():
            raise DataDirectoryUnusable(f"{path} is not the key it was. {_FIX}")
        return cls(Signer(known[-1].name, private), tuple(known[:-1]))

    @classmethod
    def rotate(cls, directory: Path, since: Iterable[Verifier] = ()) -> Self:
        """
        Make a new key for the same log; what the one before has signed stays good.

        `since`: keys that came after it, and are not here. Raises `OSError`,
        `DataDirectoryUnusable`.
        """
        known = public_keys(directory)
        if not known:
            raise DataDirectoryUnusable(
                f"{directory / PUBLIC} is missing. The server makes it when it starts."
            )
        known += [key for key in since if key not in known]
        return cls._make(directory, known[-1].name, known)

    @classmethod
    def begin_anew(cls, directory: Path) -> None:
        """
        Have another log begin: what the one before has said last is not known here.

        Its keys are kept: what they have signed stays good. Raises as `rotate`.
        """
        known = public_keys(directory)
        if known:
            cls._make(directory, _origin(known[-1].name.partition("/")[0]), known)

    @classmethod
    def _make(cls, directory: Path, name: str, known: list[Verifier]) -> Self:
        pem = _new()
        key = cls(Signer(name, _import(directory / FILE, pem)), tuple(known))
        texts = [each.text() + "\n" for each in key.all]
        # In this order: after a crash in between, the key is not the last, and refused.
        write(directory / PUBLIC, "".join(texts).encode())
        write(directory / FILE, pem)
        return key

    @property
    def all(self) -> tuple[Verifier, ...]:
        """The keys that its checkpoints can be checked with, the present one last."""
        return (*self.former, self.signer.verifier)


def _origin(host: str) -> str:
    return f"{host}/log/{secrets.token_hex(4)}"


def public_keys(directory: Path) -> list[Verifier]:
    """Of all that ever signed. Raises `OSError`, `DataDirectoryUnusable`."""
    path = directory / PUBLIC
    try:
        return [Verifier.read(line) for line in path.read_text("utf-8").splitlines()]
    except FileNotFoundError:
        return []
    except (ValueError, EvidenceError) as exc:
        raise DataDirectoryUnusable(
            f"{path} does not hold the keys of a log. Restore it from a backup."
        ) from exc


def _import(path: Path, pem: bytes) -> Ed25519PrivateKey:
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as exc:
        raise DataDirectoryUnusable(f"{path}: {exc}. {_FIX}") from exc
    if not isinstance(private, Ed25519PrivateKey):
        raise DataDirectoryUnusable(f"{path} is no Ed25519 key. {_FIX}")
    return private


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
