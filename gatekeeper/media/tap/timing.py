"""
Timing: RTP timestamps, mapped onto the server's own clock.

Rule 1: within a stream, time follows the sender's sample clock, not the network.
Rule 2: the sender's reports align a participant's streams with each other; where
there are none yet, the quickest packet does.
"""

from collections import deque

from gatekeeper.media.tap.rtcp import SenderReport

TOLERANCE = 2.0
"""Seconds by which a timestamp may disagree with its arrival and still be believed."""
SLEW = 0.005
"""Seconds by which one sender report moves a stream that is nearly right."""
STEP = 0.05
"""Seconds from which on a stream is set right at once: lips and sound part at 80 ms."""


class SenderClock:
    """How far one participant's wall clock is from ours, shared by their streams."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=16)

    def ours(self, report: SenderReport, arrival: float) -> float:
        """When, by our clock, the moment was that `report` speaks of."""
        self._seen.append(arrival - report.seconds)
        # The least delayed report is nearest to the truth.
        return report.seconds + min(self._seen)


class RtpClock:
    """Our clock's time for one stream's timestamps, in seconds."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._last: tuple[int, float] | None = None
        self._aligned = False

    def at(self, timestamp: int, arrival: float) -> float:
        """When the frame of `timestamp` was taken."""
        if self._last is None:
            at = arrival
        else:
            at = self._extend(timestamp)
            if at > arrival or arrival - at > TOLERANCE:
                # Nothing arrives before it was sent; and what seems to be long past
                # comes of a clock that jumped.
                at = arrival
        self._last = timestamp, at
        return at

    def align(self, timestamp: int, at: float) -> None:
        """Take the sender's word that `timestamp` was at `at`, if it is plausible."""
        if self._last is None:
            return
        error = at - self._extend(timestamp)
        if abs(error) > TOLERANCE:
            return
        if self._aligned and abs(error) < STEP:
            error = max(-SLEW, min(SLEW, error))
        self._aligned = True
        self._last = self._last[0], self._last[1] + error

    def _extend(self, timestamp: int) -> float:
        assert self._last is not None  # noqa: S101 - callers have checked
        ticks = ((timestamp - self._last[0] + 0x80000000) & 0xFFFFFFFF) - 0x80000000
        return self._last[1] + ticks / self._rate
