"""
The clock: the time of day, as everything that is written down takes and spells it.

Rule 1: it runs at the pace of the monotonic clock, so that a length of time is what it
was, whatever is done to the machine's clock meanwhile.
Rule 2: a jump of the machine's clock is noticed and told once. It is followed forwards
when told to, and backwards only while nobody meets: no meeting's time goes back.
Rule 3: what is deleted by its age is deleted by a time that has been so for an hour: a
clock that was set wrong for a moment deletes nothing.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

TOLERANCE = 1.0
"""Seconds by which the machine's clock may be off before that counts as a jump."""
TRUST = 3600.0
"""Seconds after which a time that came by a jump forwards is believed."""
LONG = timedelta(days=1)
"""Longer than this with nothing written down is a reason for doubt, at the start."""
_HELD_UP = 0.1
"""Seconds that two readings of clocks may lie apart to be compared."""


class Clock:
    """One process's time. All methods are for one event loop, save `now`."""

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`wall`: the machine's clock, in seconds since 1970 (UTC)."""
        self.monotonic = monotonic
        """Seconds that never jump: what is waited for."""
        self._wall = wall
        self._ahead = self._seen = self._believed = self._offset()
        self._doubted_until = monotonic()
        self._jump = 0.0

    def now(self) -> datetime:
        """The time now, UTC."""
        return self._at(self._ahead)

    def jumped(self) -> float | None:
        """By how many seconds the machine's clock was set since the last call."""
        self._look()
        jump, self._jump = self._jump, 0.0
        return jump or None

    def follow(self) -> None:
        """Take over the machine's time if it is later."""
        self._ahead = max(self._ahead, self._offset())

    def reset(self) -> None:
        """Take over the machine's time, be it earlier: nobody meets."""
        self._ahead = self._offset()

    def not_before(self, moment: datetime) -> None:
        """Go on from `moment`, which is on record, unless it is a day ahead or more."""
        ahead = moment.timestamp() - self.monotonic()
        if 0 < ahead - self._ahead < LONG.total_seconds():
            self._ahead = ahead

    def doubt(self, known: datetime) -> None:
        """Doubt that it is as late as it seems if `known`, on record, is long ago."""
        if self.now() - known > LONG:
            self._believed = known.timestamp() - self.monotonic()
            self._doubted_until = self.monotonic() + TRUST

    def settled(self) -> datetime:
        """The time by which things are old enough to be deleted, UTC (rule 3)."""
        self._look()
        offset = self._offset()
        if self.monotonic() >= self._doubted_until:
            self._believed = offset
        return self._at(min(self._believed, offset))

    def _look(self) -> None:
        offset = self._offset()
        change = offset - self._seen
        if abs(change) <= TOLERANCE:
            return
        self._seen = offset
        self._jump += change
        if change > 0:
            self._doubted_until = self.monotonic() + TRUST

    def _offset(self) -> float:
        """What the machine's clock is ahead of the monotonic one."""
        while True:
            before = self.monotonic()
            offset = self._wall() - before
            if self.monotonic() - before < _HELD_UP:
                return offset  # else this process was held up just in between

    def _at(self, ahead: float) -> datetime:
        return datetime.fromtimestamp(self.monotonic() + ahead, UTC)


def rfc3339(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: `2026-11-22T10:42:00.000Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def moment(at: datetime) -> str:
    """RFC 3339 in UTC, always with six decimals: one spelling per instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
