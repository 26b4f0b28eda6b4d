"""
Parts: to which part of an opening a moment belongs.

Rule 1: until it is known who is present, nothing belongs anywhere.
Rule 2: what was made in one part and came in another goes where everybody was there for
both; if there is no such part, it goes nowhere (design.md, rule 19).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gatekeeper.consent.types import ParticipantId


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of time in which the same people were present."""

    number: int
    at: float
    """When it began, by the event loop's clock."""
    people: frozenset[ParticipantId]


def throughout(parts: Iterable[Part]) -> frozenset[ParticipantId]:
    """Who was present in all of them; nobody if there are none."""
    people = [part.people for part in parts]
    return frozenset.intersection(*people) if people else frozenset()


class Parts:
    """Those of one opening that something may still belong to."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def cut(self, number: int, people: Collection[ParticipantId], *, at: float) -> None:
        """From `at` on exactly `people` are present."""
        self._parts.append(Part(number, at, frozenset(people)))

    @property
    def current(self) -> Part | None:
        """The one that goes on."""
        return self._parts[-1] if self._parts else None

    def of(self, at: float) -> Part | None:
        """Where that belongs which was made at `at` and comes now; None: nowhere."""
        if self._parts and self._parts[-1].at <= at:  # nearly always
            return self._parts[-1]
        touched = self._since(at)
        for part in reversed(touched):
            if all(part.people <= other.people for other in touched):
                return part
        return None

    def during(self, began: float, ended: float) -> list[Part]:
        """Those from `began` to `ended`; none if that is not known."""
        return [part for part in self._since(began) if part.at <= ended]

    def forget(self, before: float) -> list[Part]:
        """Let nothing belong any more to what was over `before`; what that was."""
        ends = [part.at for part in self._parts[1:]]
        count = sum(end <= before for end in ends)
        over, self._parts = self._parts[:count], self._parts[count:]
        return over

    def _since(self, at: float) -> list[Part]:
        """The parts from the one that `at` is in; none if that is not known."""
        if not self._parts or at < self._parts[0].at:
            return []
        ends = [*(part.at for part in self._parts[1:]), float("inf")]
        return [p for p, end in zip(self._parts, ends, strict=True) if at < end]
