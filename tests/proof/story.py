"""What happened in one meeting: what clients did and sent, and when."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gatekeeper.consent.types import RoomId
from tests.proof import allowed
from tests.proof.allowed import Fact, Intervals
from tests.proof.script import FEATURES, Script
from tests.proof.taker import Track


class Live(NamedTuple):
    """What somebody has sent into an open gate."""

    feature: str
    who: str
    connected: float
    sent: tuple[float, ...]
    """When each packet of sound was taken that had the time to arrive."""
    shown: tuple[float, ...] = ()
    """When each picture of their screen was taken."""
    played: tuple[float, ...] = ()
    """When each packet of its sound was taken."""


class Served(NamedTuple):
    """What the page afterwards gives one person."""

    viewer: str
    page: dict[str, Any]
    files: dict[str, bytes | None]
    """By address, all that are on anybody's page; None where it refuses."""


@dataclass
class Story:
    """What happened. Times in seconds of the event loop's clock."""

    script: Script
    room: RoomId
    began: float
    wall: float
    """Seconds to add for the time since 1970, by a clock that nobody has set."""
    jumps: list[tuple[float, float]] = field(default_factory=list)
    """When the server's clock was set, and by how much."""
    facts: list[Fact] = field(default_factory=list)
    lives: list[Live] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    """Names by id."""
    clocks: dict[str, float] = field(default_factory=dict)
    """When each camera and microphone began to run."""
    links: dict[str, str] = field(default_factory=dict)
    """Everybody's capability for the page afterwards."""
    captions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What everybody was told was being said."""
    served: list[Served] = field(default_factory=list)
    fed: list[Track] = field(default_factory=list)
    """What the machine of a service got."""
    machine: list[tuple[float, str]] = field(default_factory=list)
    """What became of it, for a reader."""
    over: float = 0.0

    @property
    def allowed(self) -> dict[str, Intervals]:
        """By feature, when whose content may be kept."""
        return {
            feature: allowed.intervals(self.facts, self.over, feature)
            for feature in FEATURES
        }

    def when(self, said: float) -> float:
        """
        When a time was that the server tells, in seconds since 1970.

        A meeting's time follows its machine's forwards, and never goes back.
        """
        said -= self.wall
        at, machine, furthest = said, 0.0, 0.0
        for jumped, seconds in self.jumps:
            machine += seconds
            furthest = max(furthest, machine)
            if said - furthest >= jumped:
                at = said - furthest
        return at

    def told(self) -> str:
        """The script with the times of its facts, for a reader."""
        facts = "\n".join(
            f"  {fact.at - self.began:7.3f} s  {fact.event}"
            for fact in sorted(self.facts)
        )
        machine = "\n".join(
            f"  {at - self.began:7.3f} s  the machine {what}"
            for at, what in self.machine
        )
        return f"{self.script}\n\nwhat happened:\n{facts}\n{machine}"
