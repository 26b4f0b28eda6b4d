"""
When content of whom may be kept: the proof's own word, written without the gate.

Rule 1: it looks at what clients did, and when by their own clock, and at nothing that
the server says of itself.
Rule 2: a time is allowed if the feature is asked for, and everybody in the room can be
reached and allows it. What is closed stays closed until a client has done something.
No feature's answers say anything about another one.
Rule 3: the bounds favour the server by what was measured, and by one packet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.proof.script import NOTES, RECORDING, Does, Event

PACKET = 0.06
"""Seconds: the longest packet of Opus. What is under way when a gate closes may be kept
to the end of the packet that it is in."""
EXACT = 0.002
"""Seconds by which a file's own times are rounded."""


class Fact(NamedTuple):
    """Something that a client did."""

    at: float
    """When it was written to the socket, in seconds of the clients' clock."""
    event: Event
    late: float = 0.0
    """Seconds that a message took to the server and back, measured at that moment."""


class Interval(NamedTuple):
    """A time in which one person's content may be kept."""

    begins: float
    ends: float
    late: float
    opened: str
    closed: str

    def overhang(self, at: float) -> float:
        """Seconds by which `at` is past the end; negative within."""
        return at - self.ends

    def meets(self, other: "Interval") -> bool:
        """Whether there may be content of a moment of both."""
        return (
            self.begins < other.ends + other.late + PACKET
            and other.begins < self.ends + self.late + PACKET
        )

    def covers(self, at: float) -> bool:
        """Whether content of that moment may be kept."""
        return self.begins - EXACT <= at <= self.ends + self.late + PACKET + EXACT


@dataclass
class Room:
    """Who is in the room, and what they hold for one feature."""

    feature: str = RECORDING
    allows: dict[str, bool] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    host: str = ""
    """Whoever came first."""
    asked: set[str] = field(default_factory=set)
    """Who was there when it was asked for, or while it was."""
    requested: bool = False
    ended: bool = False

    @property
    def agreed(self) -> bool:
        """Whether it is asked for, and everybody in the room allows it."""
        return self.requested and bool(self.allows) and all(self.allows.values())

    @property
    def open(self) -> bool:
        """Whether everybody's content may be kept."""
        return self.agreed and not self.lost

    @property
    def captured(self) -> frozenset[str]:
        """Whose content may be kept just now."""
        return frozenset(self.allows) if self.open else frozenset()

    def take(self, event: Event) -> None:
        """Let one event happen."""
        before = self.open
        self._take(event)
        if self.feature == NOTES and before and not self.open:
            self.requested = False  # its machine is gone, and has to ask again

    def _take(self, event: Event) -> None:
        who = event.who
        match event.does:
            case Does.JOINS | Does.JOINS_ALLOWING:
                self.host = self.host or who
                if self.requested:
                    self.asked.add(who)
                allowing = event.does is Does.JOINS_ALLOWING
                self.allows[who] = allowing and event.touches(self.feature)
                self.lost.discard(who)
            case Does.ALLOWS | Does.REFUSES if event.touches(self.feature):
                self.allows[who] = event.does is Does.ALLOWS
            case Does.REQUESTS | Does.CANCELS if event.touches(self.feature):
                self.requested = event.does is Does.REQUESTS
                if self.requested:
                    self.asked |= set(self.allows)
            case Does.AHEAD | Does.BEHIND:
                # What rests on the time before is over; what is only asked for, is not.
                self.requested = self.requested and not self.open
            case Does.CUT:
                self.lost.add(who)
            case Does.BACK:
                self.lost.discard(who)
            case Does.LEAVES | Does.GONE:
                # Nothing starts because somebody left: what is not running, or kept
                # from it by lost connections alone, has to be asked for again. And
                # nothing goes on with one alone, or without the host.
                agreed = self.agreed
                del self.allows[who]
                forgotten = len(self.allows) < 2 or self.host not in self.allows
                self.requested = agreed and not forgotten
                if who in self.asked and not self.requested:
                    # Everybody is asked afresh: nobody can tell whose yes was missing.
                    self.allows = dict.fromkeys(self.allows, False)
                    self.asked.clear()
                self.asked.discard(who)
                self.lost.discard(who)
            case Does.ENDS:
                self.allows, self.lost, self.requested = {}, set(), False
                self.asked.clear()
                self.ended = True
            case Does.KILLED:
                self.allows, self.lost, self.requested = {}, set(), False
                self.asked.clear()
            case _:
                pass  # no answer, or one to something else


def now(facts: Iterable[Fact], feature: str = RECORDING) -> Room:
    """How things stand with a feature after all that happened."""
    room = Room(feature=feature)
    for fact in sorted(facts):
        room.take(fact.event)
    return room


Intervals = dict[str, list[Interval]]


def intervals(
    facts: Iterable[Fact], until: float, feature: str = RECORDING
) -> Intervals:
    """Each person's allowed times; those that nobody closed end with `until`."""
    room, running = Room(feature=feature), dict[str, Fact]()
    found: Intervals = {}

    def close(who: str, at: float, late: float, closed: str) -> None:
        begun = running.pop(who)
        interval = Interval(begun.at, at, late, str(begun.event), closed)
        found.setdefault(who, []).append(interval)

    for fact in sorted(facts):
        room.take(fact.event)
        for who in [w for w in running if w not in room.captured]:
            close(who, fact.at, fact.late, str(fact.event))
        for who in room.captured:
            running.setdefault(who, fact)
    for who in list(running):
        close(who, until, 0.0, "the end")
    return found


def describe(found: Intervals, began: float) -> str:
    """All intervals as text, in seconds since `began`."""
    return "\n".join(
        f"  {who}: {i.begins - began:.3f} s ({i.opened}) to {i.ends - began:.3f} s "
        f"({i.closed}; {i.late * 1000:.0f} ms to the server and back)"
        for who, times in found.items()
        for i in times
    )
