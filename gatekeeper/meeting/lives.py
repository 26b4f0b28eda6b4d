"""
Lives: what names one life of one room.

A room that is taken up again after a crash or a restart has forgotten what was taken
back before anything was written. So each decision is signed for the life in which it
was made, and what was signed in an earlier one counts no more.
"""

import hashlib
import hmac
import secrets
from collections import Counter

from gatekeeper.consent.types import RoomId


class Lives:
    """The lives of the rooms of one process; no two processes share one."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._crashed: Counter[RoomId] = Counter()

    def of(self, room: RoomId) -> str:
        """
        The life that a room has, or will have once it is loaded.

        It is worked out, not kept: who only looks in leaves nothing in memory.
        """
        text = f"{room} {self._crashed[room]}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]

    def crashed(self, room: RoomId) -> None:
        """That life is over: the next one is another."""
        self._crashed[room] += 1
