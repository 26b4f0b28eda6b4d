"""
Access to what was kept: one capability per participant and meeting, without an account.

Rule 1: everybody in a meeting is told one, captured or not, so that holding it tells
nothing about anybody's answers.
Rule 2: it is computed, never stored: HMAC-SHA-256 (RFC 2104) over room, participant and
how many of theirs were taken back.
Rule 3: it opens a door; what is behind it is decided by what the ledger says.
Rule 4: a new one is good from its first use on, and with that those before it stop: one
that never arrives takes nothing from anybody.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Self

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import DataDirectoryUnusable, NotAllowed
from gatekeeper.storage.key_file import read_or_make, write

FILE = "access.key"

TakenBack = Callable[[RoomId, ParticipantId], int]


class PageCapabilities:
    """Issues capabilities and reads them."""

    def __init__(self, key: bytes, taken_back: TakenBack = lambda *_: 0) -> None:
        """`key`: 32 random bytes; `taken_back`: how many of somebody's were."""
        self._key = key
        self._taken_back = taken_back

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

    def but(self, taken_back: TakenBack) -> "PageCapabilities":
        """The same, but for those that were taken back."""
        return PageCapabilities(self._key, taken_back)

    @staticmethod
    def rotate(directory: Path) -> None:
        """
        Make a new key: links to what was kept so far open nothing any more.

        Raises `OSError`.
        """
        write(directory / FILE, _new())

    def issue(self, room: RoomId, participant: ParticipantId) -> str:
        """The capability of a participant: `<participant>.<base64url of 32 bytes>`."""
        return self._of(room, participant, self._taken_back(room, participant))

    def next(self, room: RoomId, participant: ParticipantId) -> str:
        """The one that takes its place from its first use on."""
        return self._of(room, participant, self._taken_back(room, participant) + 1)

    def read(self, room: RoomId, capability: str) -> ParticipantId:
        """Whose capability it is. Raises `NotAllowed`."""
        participant = _whose(capability)
        if not self._is(capability, self.issue(room, participant)):
            raise NotAllowed("This link does not open this meeting's page.")
        return participant

    def first_use(self, room: RoomId, capability: str) -> tuple[ParticipantId, int]:
        """Whose it is, and how many are taken back by it. Raises `NotAllowed`."""
        participant = _whose(capability)
        if self._is(capability, self.next(room, participant)):
            return participant, self._taken_back(room, participant) + 1
        return self.read(room, capability), self._taken_back(room, participant)

    @staticmethod
    def _is(capability: str, one: str) -> bool:
        return hmac.compare_digest(capability.encode(), one.encode())

    def _of(self, room: RoomId, participant: ParticipantId, taken_back: int) -> str:
        return f"{participant}.{self._mac(room, participant, taken_back)}"

    def _mac(self, room: RoomId, participant: ParticipantId, taken_back: int) -> str:
        # The first of each stays what it was before any could be taken back.
        again = f"|{taken_back}" if taken_back else ""
        said = f"after/v1|{room}|{participant}{again}".encode()
        digest = hmac.digest(self._key, said, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _whose(capability: str) -> ParticipantId:
    if not capability.isascii():  # it came in a header: any bytes may be in it
        raise NotAllowed("This link does not open this meeting's page.")
    return ParticipantId(capability.partition(".")[0])


def _new() -> bytes:
    return secrets.token_bytes(32)
