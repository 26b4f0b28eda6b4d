"""
Scripts: what happens in one meeting, a line for each event.

    impolite: Ines
    Mara joins and allows
    Tomas joins
    Mara asks for recording
    Tomas allows
    Tomas shares their screen
    Tomas is cut off
    Tomas is back
    Mara asks for training
    Tomas allows training
    Ines joins and allows everything
    the clock jumps back
    the server is killed
    Mara ends the meeting

Whoever comes first is the host. Who is impolite sends on when told to stop. An answer
that names no feature is one to recording. For notes it is the machine of a service that
asks and stops, whoever the script says: they are its.
"""

from enum import StrEnum
from typing import NamedTuple


class Does(StrEnum):
    """What can happen, in the words of a script."""

    JOINS = "joins"
    JOINS_ALLOWING = "joins and allows"
    ALLOWS = "allows"
    REFUSES = "refuses"
    REQUESTS = "asks for"
    CANCELS = "stops"
    SHARES = "shares their screen"
    HIDES = "stops sharing"
    LEAVES = "leaves"
    CUT = "is cut off"
    BACK = "is back"
    GONE = "is gone"
    """After being cut off: not back within the grace time."""
    ENDS = "ends the meeting"
    KILLED = "is killed"
    AHEAD = "jumps ahead"
    BEHIND = "jumps back"


RECORDING, TRAINING, TRANSCRIPT = "recording", "training", "transcript"
NOTES = "notes"
"""What is fed to a machine of a service's."""
FEATURES = (RECORDING, TRAINING, TRANSCRIPT, NOTES)
"""What each room offers."""
EVERYTHING = "everything"
"""All of them at once."""
SERVER, CLOCK = "the server", "the clock"
"""Not people: the server, and the clock of its machine."""
JUMPS = {Does.AHEAD: 3600.0, Does.BEHIND: -600.0}
"""Seconds by which the clock is set."""
_IMPOLITE = "impolite: "


class Event(NamedTuple):
    """Somebody does something."""

    who: str
    does: Does
    feature: str = RECORDING
    """What it is about, if it is about a feature: one, or `EVERYTHING`."""

    def __str__(self) -> str:
        named = self.does in (Does.REQUESTS, Does.CANCELS)
        more = f" {self.feature}" if named or self.feature != RECORDING else ""
        return f"{self.who} {self.does}{more}"

    def touches(self, feature: str) -> bool:
        """Whether it is about this feature, if it is about any."""
        return self.feature in (feature, EVERYTHING)


class Script(NamedTuple):
    """One meeting."""

    events: tuple[Event, ...]
    impolite: frozenset[str] = frozenset()

    @property
    def host(self) -> str:
        return self.events[0].who

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, in order of arrival."""
        return tuple(
            dict.fromkeys(e.who for e in self.events if e.who not in (SERVER, CLOCK))
        )

    @property
    def killed(self) -> bool:
        """Whether the server dies in it."""
        return any(event.does is Does.KILLED for event in self.events)

    @property
    def jumps(self) -> bool:
        """Whether the server's clock is set in it."""
        return any(event.does in JUMPS for event in self.events)

    @property
    def speaks(self) -> bool:
        """Whether words of it may be written down."""
        return any(event.touches(TRANSCRIPT) for event in self.events)

    def __str__(self) -> str:
        head = [_IMPOLITE + ", ".join(sorted(self.impolite))] if self.impolite else []
        return "\n".join([*head, *map(str, self.events)])


def read(text: str) -> Script:
    """The script that a text says. Raises `ValueError`."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    impolite: frozenset[str] = frozenset()
    if lines and lines[0].startswith(_IMPOLITE):
        impolite = frozenset(lines.pop(0).removeprefix(_IMPOLITE).split(", "))
    return Script(tuple(map(_event, lines)), impolite)


def _event(line: str) -> Event:
    for thing in (SERVER, CLOCK):
        if line.startswith(thing):
            return Event(thing, Does(line.removeprefix(thing).strip()))
    who, _, does = line.partition(" ")
    rest, _, feature = does.rpartition(" ")
    if feature in (*FEATURES, EVERYTHING):
        return Event(who, Does(rest), feature)
    return Event(who, Does(does))
