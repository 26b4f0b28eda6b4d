"""
Scripts to try, made by hypothesis; the same ones for the same seed.

Rule: whatever a script says can really happen, and most of it matters.
"""

from collections.abc import Mapping
from functools import partial

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.proof.allowed import Room
from tests.proof.content import NAMES
from tests.proof.script import (
    CLOCK,
    EVERYTHING,
    FEATURES,
    JUMPS,
    NOTES,
    RECORDING,
    SERVER,
    Does,
    Event,
    Script,
)

_WEIGHT = {
    Does.JOINS: 2,
    Does.JOINS_ALLOWING: 6,
    Does.ALLOWS: 10,
    Does.REFUSES: 2,
    Does.REQUESTS: 12,
    Does.CANCELS: 1,
    Does.LEAVES: 1,
    Does.CUT: 2,
    Does.BACK: 6,
    Does.GONE: 1,
    Does.SHARES: 3,
    Does.HIDES: 2,
}
_COMES_AND_GOES = _WEIGHT | {
    Does.JOINS_ALLOWING: 16,
    Does.LEAVES: 6,
    Does.REFUSES: 1,
    Does.CUT: 1,
}
"""Where people come and go while it runs, so that an opening has many parts."""
_ALONE = 8
"""How much likelier it is that somebody comes while there is one person only."""
FEWEST, MOST = 6, 12
"""Events between the host's coming and the end of the meeting."""
EACH = 3
"""More of them for each further feature."""
_TRIES = 8
"""Examples that hypothesis makes for one script that is taken."""


@st.composite
def scripts(draw: st.DrawFn, *, killed: bool = False, jumps: bool = False) -> Script:
    """
    One meeting.

    `killed`: the server dies in the middle of it. `jumps`: its clock is set, twice.
    """
    people = NAMES[: draw(st.integers(3, 4))]
    weight = draw(st.sampled_from((_WEIGHT, _COMES_AND_GOES)))
    more = draw(st.lists(st.sampled_from(FEATURES[1:]), unique=True))
    if NOTES not in more:  # in each of them, since it is quick
        more.append(NOTES)
    writing = _Writing(people, (RECORDING, *more), draw(st.booleans()), weight)
    count = draw(st.integers(FEWEST, MOST)) + EACH * len(more)
    # Late enough that something runs.
    when = draw(st.integers(count // 2, count - 2))
    for number in range(count):
        if killed and number == when:
            writing.add(Event(SERVER, Does.KILLED))
        if jumps and number in (when, when + 2):
            writing.add(Event(CLOCK, draw(st.sampled_from(list(JUMPS)))))
        writing.add(draw(st.sampled_from(writing.choices())))
    writing.finish()
    impolite = draw(st.sets(st.sampled_from(people), max_size=2))
    return Script(tuple(writing.events), frozenset(impolite) & writing.people)


def some(
    count: int, *, number: int, killed: bool = False, jumps: bool = False
) -> list[Script]:
    """That many scripts for the seed `number`."""
    found: dict[tuple[Event, ...], Script] = {}

    @seed(number)
    @settings(
        max_examples=_TRIES * count + _TRIES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scripts(killed=killed, jumps=jumps))
    def collect(script: Script) -> None:
        # Hypothesis likes to vary what it has had; those are too much alike to be
        # worth seconds of media.
        if openings(script):
            found.setdefault(script.events[2:6], script)

    collect()
    # The first ones that hypothesis tries are its simplest.
    return list(found.values())[-count:]


class _Writing:
    """A script as far as it is written."""

    def __init__(
        self,
        people: tuple[str, ...],
        features: tuple[str, ...],
        allowing: bool,
        weight: Mapping[Does, int],
    ) -> None:
        self._names = people
        self._rooms = {feature: Room(feature=feature) for feature in features}
        self._all = EVERYTHING if len(features) > 1 else RECORDING
        self._likely = weight
        self._sharing: set[str] = set()
        self.events: list[Event] = []
        host = people[0]
        self.add(
            Event(host, Does.JOINS_ALLOWING, self._all)
            if allowing
            else Event(host, Does.JOINS)
        )

    @property
    def _room(self) -> Room:
        """Who is there: the same for all features."""
        return self._rooms[RECORDING]

    @property
    def people(self) -> frozenset[str]:
        return frozenset(e.who for e in self.events if e.who not in (SERVER, CLOCK))

    def add(self, event: Event) -> None:
        for room in self._rooms.values():
            room.take(event)
        self.events.append(event)
        if event.does is Does.SHARES:
            self._sharing.add(event.who)
        elif event.does is Does.HIDES:
            self._sharing.discard(event.who)

    def choices(self) -> list[Event]:
        """What can happen next, as often as it is likely."""
        return [event for event in self._possible() for _ in range(self._weight(event))]

    def finish(self) -> None:
        """End the meeting: the host does, or everybody leaves."""
        room, host = self._room, self._names[0]
        if host in room.lost:
            self.add(Event(host, Does.BACK))
        if host in room.allows:
            self.add(Event(host, Does.ENDS))
        for who in list(room.allows):
            self.add(Event(who, Does.BACK if who in room.lost else Does.LEAVES))
        for who in list(room.allows):
            self.add(Event(who, Does.LEAVES))

    def _weight(self, event: Event) -> int:
        comes = event.who not in self._room.allows
        return self._likely[event.does] * (
            _ALONE if comes and len(self._room.allows) == 1 else 1
        )

    def _possible(self) -> list[Event]:
        room = self._room
        host = self._names[0]
        here = [who for who in room.allows if who not in room.lost]
        found = []
        for who in self._names:
            event = partial(Event, who)
            if who in room.lost:
                found += [event(Does.BACK), *([event(Does.GONE)] if here else [])]
            elif who not in room.allows:
                found += [event(Does.JOINS), event(Does.JOINS_ALLOWING, self._all)]
            else:
                found += [
                    event(Does.REFUSES if it.allows[who] else Does.ALLOWS, feature)
                    for feature, it in self._rooms.items()
                ]
                shares = who in self._sharing
                found.append(event(Does.HIDES if shares else Does.SHARES))
                if len(here) > 1:
                    found += [event(Does.CUT), event(Does.LEAVES)]
        if host in here:
            found += [
                Event(host, Does.CANCELS if it.requested else Does.REQUESTS, feature)
                for feature, it in self._rooms.items()
            ]
        return found


def openings(script: Script) -> int:
    """How often something can begin in it."""
    rooms, count = [Room(feature=feature) for feature in FEATURES], 0
    for event in script.events:
        for room in rooms:
            before = room.captured
            room.take(event)
            count += bool(room.captured) and not before
    return count
