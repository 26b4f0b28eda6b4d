"""
Access to what was kept: one capability per participant and meeting, without an account.

Rule 1: everybody in a meeting is told one, captured or not, so that holding it tells
nothing about anybody's answers.
Rule 2: it is computed, never stored: HMAC-SHA-256 (RFC 2104) over room and participant.
Rule 3: it opens a door; what is behind it is decided by what the ledger says.
"""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Self

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import DataDirectoryUnusable, NotAllowed
from gatekeeper.storage.key_file import read_or_make, write

FILE = "access.key"


class PageCapabilities:
    """Issues capabilities and reads them."""

    def __init__(self, key: bytes) -> None:
        """`key`: 32 random bytes."""
        self._key = key

    @classmethod
    def load(cls, directory: Path, *, first: bool) -> Self:
        """
        With the key in `directory`, made on the `first` start.

        Raises `DataDirectoryUnusable`.
        """
        path = directory / FILE
        try:
            key = read_or_make(path, _new, first=first)
        except OSError as exc:
            raise DataDirectoryUnusable(f"{path}: {exc}. Make it readable.") from exc
        if len(key) != 32:
            raise DataDirectoryUnusable(
                f"{path} is no access key. Restore it from a backup; or, if it is "
                "lost, run: gatekeeper rotate-key access"
            )
        return cls(key)

    @staticmethod
    def rotate(directory: Path) -> None:
        """
        Make a new key: links to what was kept so far open nothing any more.

        Raises `OSError`.
        """
        write(directory / FILE, _new())

    def issue(self, room: RoomId, participant: ParticipantId) -> str:
        """The capability of a participant: `<participant>.<base64url of 32 bytes>`."""
        return f"{participant}.{self._mac(room, participant)}"

    def read(self, room: RoomId, capability: str) -> ParticipantId:
        """Whose capability it is. Raises `NotAllowed`."""
        if not capability.isascii():  # it came in a header: any bytes may be in it
            raise NotAllowed("This link does not open this meeting's page.")
        name, _, mac = capability.partition(".")
        participant = ParticipantId(name)
        if not hmac.compare_digest(mac.encode(), self._mac(room, participant).encode()):
            raise NotAllowed("This link does not open this meeting's page.")
        return participant

    def _mac(self, room: RoomId, participant: ParticipantId) -> str:
        said = f"after/v1|{room}|{participant}".encode()
        digest = hmac.digest(self._key, said, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _new() -> bytes:
    return secrets.token_bytes(32)
