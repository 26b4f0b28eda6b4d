"""
Openings: all of one room, those that run and those that have not stopped yet.

Rule: told to the room are what sinks say, and nothing of an opening before its sink is
there.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from gatekeeper.consent.types import FeatureId, ParticipantId, RoomId
from gatekeeper.errors import SinkUnavailable, UnknownOpening
from gatekeeper.gating.events import Audience, SignSet, TapClosed, TapWanted
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import OpenSink, Sink
from gatekeeper.gating.turns import Turns


class Openings:
    """What is open in one room, and what has been."""

    def __init__(
        self,
        room: RoomId,
        sinks: Mapping[FeatureId, OpenSink],
        audience: Audience,
        turns: Turns,
        *,
        clock: Callable[[], datetime],
        failed: Callable[[SinkUnavailable, FeatureId], None],
    ) -> None:
        """`failed` is called when the sink of what is open cannot go on."""
        self._room = room
        self._sinks = sinks
        self._audience = audience
        self._clock = clock
        self._turns = turns
        self._fail = failed
        self._mint = Mint()
        self._current: dict[FeatureId, Opening] = {}
        self._closing: set[Opening] = set()
        """Closed, but its sink has not said that it stopped."""
        self._unfinished: set[Opening] = set()
        self._since: dict[FeatureId, datetime] = {}
        """Features whose sink runs, with the time since when."""

    # ---- To read ------------------------------------------------------------------

    @property
    def current(self) -> tuple[Opening, ...]:
        """What is open or opening just now."""
        return tuple(self._current.values())

    def of(self, feature: FeatureId) -> Opening:
        """The opening of a feature that is open or opening. Raises `KeyError`."""
        return self._current[feature]

    def find(self, opening: str) -> Opening:
        """The live opening of that id. Raises `UnknownOpening`."""
        for each in self._current.values():
            if each.id == opening:
                return each
        raise UnknownOpening

    def running_sink(self, feature: FeatureId) -> Sink:
        """The sink of a feature that runs. Raises `UnknownOpening`."""
        opening = self._current.get(feature)
        if opening is None or not opening.running:
            raise UnknownOpening
        return opening.usable_sink()

    def running_sinks(self) -> tuple[Sink, ...]:
        """Every sink that captures just now."""
        running = (each for each in self._current.values() if each.running)
        return tuple(each.sink for each in running if each.sink is not None)

    def sign(self, feature: FeatureId) -> SignSet:
        """Whether a feature is capturing."""
        return SignSet(feature, self._since.get(feature))

    @property
    def told(self) -> tuple[FeatureId, ...]:
        """The features of whose opening the room knows: taps are wanted, or it runs."""
        told = (o for o in self._current.values() if o.announced or o.running)
        return tuple(each.feature for each in told)

    def taps(self) -> tuple[TapWanted, ...]:
        """What a participant who comes later must be told of."""
        return tuple(_tap(o) for o in self._current.values() if o.announced)

    async def stopped(self, feature: FeatureId | None = None) -> None:
        """Return once every sink (of `feature`) whose gate is closed has stopped."""
        for opening in tuple(self._closing):
            if feature in (None, opening.feature):
                await opening.stopped.wait()

    async def finished(self, feature: FeatureId | None = None) -> None:
        """Return once every closed opening (of `feature`) is written and reported."""
        for opening in tuple(self._unfinished):
            if not opening.alive and feature in (None, opening.feature):
                await opening.finished.wait()

    # ---- What the gate's shell has them do ----------------------------------------

    def begin(self, feature: FeatureId, people: Collection[ParticipantId]) -> Opening:
        """A token for what is to open, with `people` present, once that is proved."""
        opening = Opening(self._room, feature, self._mint, people)
        self._current[feature] = opening
        return opening

    def run(self, opening: Opening) -> None:
        """Mint its permit and let its sink run."""
        self._unfinished.add(opening)
        _ = self._turns.spawn(
            opening.run(
                self._sinks[opening.feature],
                turned=self._turned,
                running=self._running,
                stopped=self._stopped,
                failed=self._failed,
                finished=self._unfinished.discard,
            ),
            f"opening {opening.id}",
        )

    def close(self, feature: FeatureId) -> Opening:
        """Let nothing more through: its permit is dead. Tells nobody yet."""
        opening = self._current.pop(feature)
        opening.close()
        if not opening.stopped.is_set():
            self._closing.add(opening)
        return opening

    def tell_closed(self, closed: Iterable[Opening]) -> None:
        """Have the taps of closed openings taken down, where there are any."""
        for opening in closed:
            if opening.announced:
                self._audience.tell(TapClosed(opening.id))

    def drop(self, participant: ParticipantId) -> None:
        """Close the taps of somebody who leaves."""
        for opening in self._current.values():
            opening.drop(participant)

    def came(self, participant: ParticipantId) -> list[Opening]:
        """Somebody is let in: another part begins of each opening returned."""
        begun = [o for o in self._current.values() if participant not in o.people]
        for opening in begun:
            opening.cut(opening.people | {participant})
        return begun

    def went(self, participant: ParticipantId) -> list[Opening]:
        """Somebody has left: another part begins of each opening returned."""
        begun = [o for o in self._current.values() if participant in o.people]
        for opening in begun:
            opening.cut(opening.people - {participant})
        return begun

    # ---- What an opening says -----------------------------------------------------

    def _turned(self, opening: Opening) -> None:
        if opening.sink is None or not opening.alive:
            return
        wanted = bool(opening.sink.sources)
        if wanted and not opening.announced:
            opening.announced = True
            self._audience.tell(_tap(opening))
        elif opening.announced and not wanted:
            opening.announced = False
            self._audience.tell(TapClosed(opening.id))

    def _running(self, opening: Opening) -> None:
        self._since[opening.feature] = self._clock()
        self._audience.tell(self.sign(opening.feature))

    def _stopped(self, opening: Opening) -> None:
        self._closing.discard(opening)
        if self._since.pop(opening.feature, None) is not None:
            self._audience.tell(self.sign(opening.feature))

    def _failed(self, opening: Opening, why: SinkUnavailable) -> None:
        if self._current.get(opening.feature) is opening:
            self._fail(why, opening.feature)


def _tap(opening: Opening) -> TapWanted:
    sources = tuple(opening.sink.sources) if opening.sink is not None else ()
    return TapWanted(opening.feature, opening.id, sources)
