"""
The chat of one room, in memory only.

Rule: nobody is shown a line from before they came (design.md, rule 7).
"""

from collections import deque

from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.seat import Seat
from gatekeeper.wire.server import ChatLine

KEPT = 200
"""Lines kept for those who come back after a lost connection."""


class ChatLog:
    """The last lines, numbered from 1."""

    def __init__(self) -> None:
        # Not as models: one of those is as large as five of these.
        self._lines: deque[tuple[int, ParticipantId, str, str, str]]
        self._lines = deque(maxlen=KEPT)
        self.number = 0
        """The number of the last line."""

    def add(self, seat: Seat, text: str, at: str) -> ChatLine:
        """Number and keep a line."""
        self.number += 1
        line = ChatLine(
            number=self.number, sender=seat.id, name=seat.name, text=text, at=at
        )
        self._lines.append((self.number, seat.id, seat.name, text, at))
        return line

    def missed(self, seat: Seat, seen: int) -> tuple[ChatLine, ...]:
        """The lines after `seen` that were said while `seat` was in the room."""
        since = max(seen, seat.arrived)
        return tuple(
            ChatLine(number=number, sender=sender, name=name, text=text, at=at)
            for number, sender, name, text, at in self._lines
            if number > since
        )
