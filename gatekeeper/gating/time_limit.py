"""
The time limit: how long features have run, and what ends them (design.md, rule 18).

Rule 1: by the event loop's clock, which never jumps.
Rule 2: what counts is the time for which a feature has run since it was asked for. A
gate that closes and opens again by itself, because of a broken connection or a change
of mind, begins no new time.
"""

import asyncio
from collections.abc import Callable

from gatekeeper.consent.types import FeatureId


class TimeLimit:
    """The limit on each feature of one room. Used on the event loop only."""

    def __init__(self, longest: float, expire: Callable[[FeatureId], None]) -> None:
        """`expire` is called when a feature has run for `longest` seconds."""
        self._longest = longest
        self._expire = expire
        self._spent: dict[FeatureId, float] = {}
        """Seconds for which each has run before."""
        self._running: dict[FeatureId, tuple[float, asyncio.TimerHandle]] = {}
        """Since when each runs, and what ends it."""

    def renew(self, feature: FeatureId) -> None:
        """It is asked for: what ran before does not count."""
        self._spent.pop(feature, None)

    def opened(self, feature: FeatureId) -> None:
        """It runs from now on."""
        loop = asyncio.get_running_loop()
        rest = max(0.0, self._longest - self._spent.get(feature, 0.0))
        timer = loop.call_later(rest, self._expire, feature)
        self._running[feature] = (loop.time(), timer)

    def closed(self, feature: FeatureId) -> None:
        """It does not run, or was about to and does not any more."""
        if feature not in self._running:
            return
        since, timer = self._running.pop(feature)
        timer.cancel()
        ran = asyncio.get_running_loop().time() - since
        self._spent[feature] = self._spent.get(feature, 0.0) + ran
