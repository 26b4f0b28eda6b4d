"""
The chat of one room, in memory only.

Rule: nobody is shown a line from before they came (design.md, rule 7).
"""

from collections import deque

from gatekeeper.meeting.seat import Seat
from gatekeeper.wire.server import ChatLine

KEPT = 200
"""Lines kept for those who come back after a lost connection."""


class ChatLog:
    """The last lines, numbered from 1."""

    def __init__(self) -> None:
        self._lines: deque[ChatLine] = deque(maxlen=KEPT)
        self.number = 0
        """The number of the last line."""

    def add(self, seat: Seat, text: str, at: str) -> ChatLine:
        """Number and keep a line."""
        self.number += 1
        line = ChatLine(
            number=self.number, sender=seat.id, name=seat.name, text=text, at=at
        )
        self._lines.append(line)
        return line

    def missed(self, seat: Seat, seen: int) -> tuple[ChatLine, ...]:
        """The lines after `seen` that were said while `seat` was in the room."""
        since = max(seen, seat.arrived)
        return tuple(line for line in self._lines if line.number > since)
