"""
The pause between two questions to everybody (design.md, rule 12).

Rule 1: it depends on when was asked and who has left, never on what anybody answered.
Rule 2: when all answers have lapsed, the next question is another one and need not
wait; but only once within a pause, so that nobody can be asked again and again by
somebody who comes and goes.
Rule 3: when the host has sent somebody away it begins anew, so that sending away and
asking again finds nobody out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gatekeeper.consent.types import FeatureId


@dataclass(frozen=True, slots=True)
class Heard:
    """A request was heard; the same whatever anybody has answered."""

    asked: bool
    """Whether everybody was asked just now."""
    ask_again_in: float
    """Seconds until asking again asks anybody."""


class Pause:
    """One room's pauses."""

    def __init__(self, length: float, monotonic: Callable[[], float]) -> None:
        """`length` in seconds."""
        self._length = length
        self._monotonic = monotonic
        self._asked: dict[FeatureId, float] = {}
        self._early: dict[FeatureId, float] = {}
        """When each was last asked without waiting."""
        self._lapsed: set[FeatureId] = set()
        """Features whose answers have lapsed since they were last asked for."""

    def rest(self, feature: FeatureId) -> float:
        """Seconds until asking asks anybody; 0 if it does now."""
        since = self._early if feature in self._lapsed else self._asked
        last = since.get(feature)
        if last is None:
            return 0.0
        return max(0.0, self._length - (self._monotonic() - last))

    def asked(self, feature: FeatureId) -> None:
        """Everybody is asked just now, because `rest` was 0."""
        now = self._monotonic()
        last = self._asked.get(feature)
        if last is not None and now - last < self._length:
            self._early[feature] = now
        self._asked[feature] = now
        self._lapsed.discard(feature)

    def lapsed(self, feature: FeatureId) -> None:
        """Every answer on it has lapsed."""
        self._lapsed.add(feature)

    def anew(self, feature: FeatureId) -> None:
        """If it was ever asked for, a whole pause lies before the next question."""
        if feature in self._asked:
            self._asked[feature] = self._early[feature] = self._monotonic()
