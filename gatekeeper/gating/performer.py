"""
The performer: does what the gate has decided, on two paths.

Rule 1: a `Close` is performed before the event returns: no queue, no disk, no peer.
Every permit is dead before anybody is told, or anything is owed.
Rule 2: everything else goes through one queue, so that proof is durable before what it
proves becomes visible.
Rule 3: an opening is a token that a later `Close` kills; a dead one opens nothing, and
its record is not written.
"""

from collections.abc import Sequence
from functools import partial
from typing import Generic, assert_never

import structlog

from gatekeeper.consent.effects import (
    Admit,
    Ask,
    Close,
    Effect,
    Lapse,
    Open,
    RecordGrant,
    RecordOpening,
    RecordWithdrawal,
)
from gatekeeper.consent.state import GateState
from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.gating.events import Admitted, Asked, Audience, Lapsed
from gatekeeper.gating.held import HeldGrants
from gatekeeper.gating.journal import S
from gatekeeper.gating.journal_queue import JournalQueue
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.openings import Openings
from gatekeeper.gating.pause import Pause
from gatekeeper.gating.time_limit import TimeLimit
from gatekeeper.gating.turns import Turns

log = structlog.get_logger(__name__)


class Performer(Generic[S]):
    """Performs the effects of one room's gate."""

    def __init__(
        self,
        room: RoomId,
        *,
        turns: Turns,
        openings: Openings,
        entries: JournalQueue[S],
        held: HeldGrants[S],
        pause: Pause,
        limit: TimeLimit,
        audience: Audience,
        state: GateState,
    ) -> None:
        """`state`: the gate, to read from."""
        self._room = room
        self._turns = turns
        self._openings = openings
        self._entries = entries
        self._held = held
        self._pause = pause
        self._limit = limit
        self._audience = audience
        self._state = state

    def perform(self, effects: Sequence[Effect]) -> None:
        """Close, now, all that is to close; the rest follows."""
        self.close(effects)
        self.follow(effects)

    def close(self, effects: Sequence[Effect]) -> None:
        """Only what closes. On return nothing more passes."""
        features = [each.feature for each in effects if isinstance(each, Close)]
        closed = [self._openings.close(feature) for feature in features]
        for opening in closed:
            self._limit.closed(opening.feature)
            self._entries.owe_closing(opening)
            log.info("gate.closed", room=self._room, feature=opening.feature)
        self._openings.tell_closed(closed)

    def follow(self, effects: Sequence[Effect]) -> None:
        """Perform in their order those that come after everything has closed."""
        for effect in effects:
            match effect:
                case Close():
                    pass  # done, before anything else
                case Lapse(feature):
                    # At once: what is decided after this must be confirmed after it.
                    self._pause.lapsed(feature)
                    self._audience.tell(Lapsed(feature))
                case RecordOpening(feature, grants):
                    people = [grant.participant for grant in grants]
                    opening = self._openings.begin(feature, people)
                    signed = [self._held.of(grant) for grant in grants]
                    self._turns.put(partial(self._entries.opened, opening, signed))
                case Open(feature):
                    self._turns.put(partial(self._open, self._openings.of(feature)))
                case RecordGrant(grant):
                    opening = self._openings.of(grant.feature)
                    joiners = self._held.of(grant)
                    self._turns.put(partial(self._entries.granted, opening, joiners))
                case Admit(participant):
                    self._turns.put(partial(self._let_in, participant))
                case Ask(feature, to):
                    self._turns.call(partial(self._audience.tell, Asked(feature, to)))
                case RecordWithdrawal():
                    raise AssertionError("only `GateShell.decline` withdraws")
                case _:
                    assert_never(effect)

    async def _open(self, opening: Opening) -> None:
        await self._openings.stopped(opening.feature)
        if opening.alive and opening.recorded:
            log.info("gate.opened", room=self._room, feature=opening.feature)
            self._limit.opened(opening.feature)
            self._openings.run(opening)

    async def _let_in(self, participant: ParticipantId) -> None:
        await self._openings.stopped()
        if participant in self._state.participants:
            for opening in self._openings.came(participant):
                self._entries.owe_part(opening)
        self._audience.tell(Admitted(participant))
