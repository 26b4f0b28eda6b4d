"""
The seating: who gets a seat in one room, keeps it while away, and gives it up.

Rule 1: nobody is told of a seat, and its owner speaks to nobody, before the gate has
admitted them (design.md, rule 5).
Rule 2: a lost connection closes at once (rule 9); the seat is kept for the grace time.
Rule 3: the gate hears of a departure before anybody else does.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from gatekeeper import wire
from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import ResumeUnknown
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.shell import GateShell
from gatekeeper.meeting.audience import tap
from gatekeeper.meeting.chat import ChatLog
from gatekeeper.meeting.closing import NORMAL, REPLACED
from gatekeeper.meeting.context import MeetingRules
from gatekeeper.meeting.faults import RoomFull
from gatekeeper.meeting.grants import Grants
from gatekeeper.meeting.lobby import Lobby
from gatekeeper.meeting.nickname import Nameplates
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Connection, Seat
from gatekeeper.meeting.statements import Statements
from gatekeeper.meeting.strangers import Strangers
from gatekeeper.meeting.vacancy import Vacancy

log = structlog.get_logger(__name__)

Welcome = Callable[[Seat, tuple[wire.ChatLine, ...]], wire.Welcome]
"""What somebody has to know who is let in, with the chat lines that they missed."""


class Seating:
    """One room's."""

    def __init__(
        self,
        room: RoomId,
        roster: Roster,
        plates: Nameplates,
        *,
        rules: MeetingRules,
        gates: GateShell[SignedDecision],
        lobby: Lobby,
        statements: Statements,
        grants: Grants,
        chat: ChatLog,
        vacancy: Vacancy,
        welcome: Welcome,
        strangers: Strangers,
    ) -> None:
        self._room = room
        self._roster = roster
        self._plates = plates
        self._rules = rules
        self._gates = gates
        self._lobby = lobby
        self._statements = statements
        self._grants = grants
        self._chat = chat
        self._vacancy = vacancy
        self._welcome = welcome
        self._strangers = strangers
        self._over = False
        """Whether nobody is waited for any more."""

    # ---- Coming -------------------------------------------------------------------

    def take_in(self, seat: Seat, answered: Sequence[wire.Answer]) -> None:
        """
        Give `seat` a place; it is admitted once all that must stop for it has stopped.

        Raises `RoomFull`.
        """
        earlier = self._roster.find(seat.id)
        if earlier is not None:
            seat.yeses = earlier.yeses
        answers, refusals = self._lobby.answers(seat, answered)
        if earlier is not None:
            self._take_away(earlier, REPLACED)  # nobody leaves by coming again
        elif not self._roster.has_room_for(seat, self._rules.participants):
            raise RoomFull
        self._vacancy.taken()
        self._grants.forget(seat.id)
        seat.name = self._plates.name(seat.id, seat.name)
        self._roster.add(seat)
        again = earlier is not None
        self._gates.join(
            seat.id,
            answers,
            host=seat.host,
            again=again,
            stranger=self._strangers.arrives(seat.id, seat.ref, again=again),
        )
        self._strangers.settled()
        for feature, signed in self._lobby.refusals(seat, answered):
            self._gates.take_back(seat.id, feature, signed)
        for tell in refusals:
            self._gates.turns.call(tell)  # once they are in

    def admit(self, participant: ParticipantId) -> None:
        """The gate lets somebody in. From now on everybody knows of them."""
        seat = self._roster.find(participant)
        if seat is None or seat.admitted:
            return
        seat.admitted = True
        # No line says who: with the ledger beside it, it would tell who did not agree.
        log.info("participant.joined", room=self._room)
        self._roster.show(seat, seat.media)
        seat.arrived = self._chat.number
        seat.send(self._welcome(seat, ()))
        for feature in self._gates.openings.told:
            seat.send(self._grants.of_all(feature))
            theirs = self._grants.of_one(seat.id, feature)
            self._roster.tell_all(theirs, but=seat)
        self._roster.tell_all(wire.Joined(person=seat.person()), but=seat)
        for wanted in self._gates.openings.taps():
            seat.send(tap(wanted))

    # ---- Being away ---------------------------------------------------------------

    def resume(self, message: wire.Resume, line: Connection) -> Seat:
        """Take up a seat again. Raises `ResumeUnknown`."""
        seat = self._roster.find(message.participant)
        if seat is None or not seat.may_resume(message.secret):
            raise ResumeUnknown
        if seat.line is not None:
            earlier, seat.line = seat.line, None
            earlier.close(REPLACED)
            self._gates.lose(seat.id)
        if seat.grace is not None:
            seat.grace.cancel()
            seat.grace = None
        seat.line = line
        if seat.admitted:
            seat.send(self._welcome(seat, self._chat.missed(seat, message.seen)))
            if seat.host_link is not None:
                seat.send(wire.HostLink(host=seat.host_link))
            self._roster.tell_all(wire.Changed(person=seat.person()), but=seat)
        self._gates.regain(seat.id)
        return seat

    def lost(self, seat: Seat, line: Connection) -> None:
        """The connection `line` of `seat` is gone. Closes at once."""
        if not self._roster.holds(seat) or seat.line is not line:
            return
        seat.line = None
        if not seat.admitted:
            self.vacate(seat)
            return
        self._gates.lose(seat.id)
        self._roster.tell_all(wire.Changed(person=seat.person()))
        loop = asyncio.get_running_loop()
        seat.grace = loop.call_later(self._rules.grace, self.vacate, seat)
        log.info("participant.lost", room=self._room)

    # ---- Going --------------------------------------------------------------------

    def vacate(self, seat: Seat, *, removed: bool = False) -> None:
        """Take a seat away for good; `removed`: a host does."""
        if not self._roster.holds(seat):
            return
        (self._gates.send_away if removed else self._gates.leave)(seat.id)
        self._strangers.departs(seat.id)
        self._statements.forget(seat.id)
        self._grants.forget(seat.id)
        self._take_away(seat, NORMAL, removed=removed)
        log.info("participant.left", room=self._room)
        if not self._roster and not self._over:
            self._vacancy.begin()

    def close(self, code: int) -> None:
        """The room is going: hang up, and wait for nobody. Idempotent."""
        self._over = True
        self._vacancy.end()
        self._strangers.end()
        for seat in tuple(self._roster):
            if seat.grace is not None:
                seat.grace.cancel()
            seat.hang_up(code)

    def _take_away(self, seat: Seat, code: int, *, removed: bool = False) -> None:
        if seat.grace is not None:
            seat.grace.cancel()
        self._roster.remove(seat)
        self._plates.forget({seat.id for seat in self._roster})
        if seat.admitted:
            self._roster.tell_all(wire.Left(participant=seat.id, removed=removed))
        seat.hang_up(code)
