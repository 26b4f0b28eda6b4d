"""
The room: one meeting, the only owner of its state.

Rule 1: a message is taken synchronously, in the order in which it was read; what may
wait is queued in the gate's shell or runs in a task that the room owns.
Rule 2: a message acts for the seat of the socket it came from, and for nobody else.
Rule 3: a refused message raises a `PeerError` and changes nothing.
"""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from gatekeeper import wire
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId, RoomId
from gatekeeper.errors import OutOfOrder, PeerError, ResumeUnknown, RoomEnded
from gatekeeper.evidence.journal import Notices
from gatekeeper.evidence.state import ChainState
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.shell import GateShell
from gatekeeper.gating.sink import OpenSink
from gatekeeper.meeting.audience import RoomAudience, tap
from gatekeeper.meeting.chat import ChatLog
from gatekeeper.meeting.closing import GOING_AWAY, NORMAL, REPLACED
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.dispatch import Dispatcher
from gatekeeper.meeting.door import Door
from gatekeeper.meeting.faults import Removed, RoomFull
from gatekeeper.meeting.host_link import HostLink
from gatekeeper.meeting.lobby import Lobby
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.nickname import Nameplates
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Connection, Seat
from gatekeeper.meeting.sink import SinkOpener
from gatekeeper.meeting.statements import Statements
from gatekeeper.meeting.vacancy import Vacancy
from gatekeeper.meeting.welcome import Welcomes
from gatekeeper.storage.names import People
from gatekeeper.storage.rooms import RoomRecord

log = structlog.get_logger(__name__)

WRITTEN_AT_ONCE, WRITTEN_PER_SECOND = 30, 0.1
"""Openings and joiners' grants that one room may write down, so that nobody can fill
the ledger by changing their mind; with ten people one takes about 10 kB."""


class Room:
    """One meeting."""

    def __init__(
        self,
        record: RoomRecord,
        context: RoomContext,
        standing: ChainState,
        known: People,
        removed: frozenset[ParticipantId],
        life: str,
    ) -> None:
        """
        Begin, or take up what there is of this meeting already.

        `standing`: what the ledger holds of it; `known`: whose name is noted;
        `removed`: whom a host has removed; `life`: what decisions are signed for until
        it is taken up again.
        """
        self._context = context
        self._roster = Roster()
        self._plates = Nameplates(known)
        self._chat = ChatLog()
        notices = context.notices
        offered = {f: notices[f] for f in record.features if f in notices}
        self._journal = context.journal(record, offered, standing, self._roster.names)
        self._gates = self._build_gates(record.id, offered)
        self.host_link = HostLink(
            record,
            roster=self._roster,
            store=context.rooms,
            only_host=self._gates.only_host,
        )
        self._statements = Statements(
            record.id,
            life,
            in_force=self._gates.state.in_force,
            used_up=self._journal.is_used_up,
        )
        self._lobby = self._build_lobby()
        self._door = self._build_door(removed)
        self._dispatcher = self._build_dispatcher()
        self._welcome = Welcomes(
            record.id, context, self._roster, self._gates, self._door
        ).of
        self._vacancy = Vacancy(
            context.rules.empty,
            used=standing.entries > 0,
            over=self.end,
            unused=self.suspend,
        )
        for feature in context.off():
            self.forbid(feature)
        self.ended = False
        self.leaving = False
        """Whether it closes here and may be taken up again: nothing more is taken."""

    @property
    def record(self) -> RoomRecord:
        """What is on record of it, with the host capability in force."""
        return self.host_link.record

    # ---- Coming and going ---------------------------------------------------------

    def join(
        self,
        message: wire.Join,
        line: Connection,
        challenge: str,
        *,
        private: bool = False,
    ) -> Seat:
        """
        Give a seat, or have its owner wait at the door.

        `Welcome` follows once all that must stop for it has stopped. `private`: whether
        the browser says `Sec-GPC: 1` (Global Privacy Control).

        Raises `RoomEnded`, `RoomFull`, `RoomLocked`, `NotLetIn`, `NotAllowed`,
        `ForgedStatement`, `NameUnusable`, `MalformedMessage`.
        """
        if self.ended or self.leaving:
            raise RoomEnded
        seat = self._lobby.seat(message, line, challenge, private=private)
        self._door.come(seat, message)
        return seat

    def _take_in(self, seat: Seat, answered: Sequence[wire.Answer]) -> None:
        earlier = self._roster.find(seat.id)
        if earlier is not None:
            seat.yeses = earlier.yeses
        answers, refusals = self._lobby.answers(seat, answered)
        if earlier is not None:
            self._take_away(earlier, REPLACED)  # nobody leaves by coming again
        elif not self._roster.has_room_for(seat, self._context.rules.participants):
            raise RoomFull
        self._vacancy.taken()
        seat.name = self._plates.name(seat.id, seat.name)
        self._roster.add(seat)
        self._gates.join(seat.id, answers, host=seat.host, again=earlier is not None)
        for feature, signed in self._lobby.refusals(seat, answered):
            self._gates.take_back(seat.id, feature, signed)
        for tell in refusals:
            self._gates.turns.call(tell)  # once they are in

    def resume(self, message: wire.Resume, line: Connection) -> Seat:
        """Take up a seat again. Raises `ResumeUnknown`."""
        seat = self._roster.find(message.participant)
        if seat is None or self.ended or not seat.may_resume(message.secret):
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
        """The connection `line` of `seat` is gone. Closes at once (rule 9)."""
        self._door.left(seat, NORMAL)
        if not self._roster.holds(seat) or seat.line is not line:
            return
        seat.line = None
        if not seat.admitted:
            self._vacate(seat)
            return
        self._gates.lose(seat.id)
        self._roster.tell_all(wire.Changed(person=seat.person()))
        loop = asyncio.get_running_loop()
        seat.grace = loop.call_later(self._context.rules.grace, self._vacate, seat)
        log.info("participant.lost", room=self.record.id)

    def fail(self, why: PeerError) -> None:
        """Nothing can be proved, or timed, just now (design.md, rule 15)."""
        self._gates.fail(why)

    def forbid(self, feature: FeatureId) -> None:
        """The admin takes a feature away: its gate is closed on return. Idempotent."""
        if feature in self._gates.state.features:
            self._gates.forbid(feature)

    def allow(self, feature: FeatureId) -> None:
        """The admin offers it again; it starts nothing. Idempotent."""
        if feature in self._gates.state.features:
            self._gates.allow(feature)

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """Other wording is in force; a gate that rests on what is not has closed."""
        if feature in self._gates.state.features:
            self._gates.reword(feature, notices)

    def tell_ice(self) -> None:
        """Give everybody in the room credentials of their own anew."""
        for seat in self._roster:
            if seat.admitted:
                seat.send(self._context.ice.issue())

    def tell_page_link(self, participant: ParticipantId) -> None:
        """Somebody here has another capability of the page afterwards."""
        seat = self._roster.find(participant)
        if seat is not None and seat.admitted:
            after = self._context.access.issue(self.record.id, participant)
            seat.send(wire.PageLink(after=after))

    def relay(self, seat: Seat, to: str, payload: str) -> bool:
        """Pass a signal on; False, and nothing, unless all is as it should be."""
        other = self._roster.find(to)
        if other is None or other is seat or not other.admitted:
            return False
        if not (seat.admitted and self._roster.holds(seat)):
            return False
        other.relay(seat.id, payload)
        return True

    def receive(self, seat: Seat, message: wire.ClientMessage) -> None:
        """Take one message of who waits or has a seat. Raises `PeerError`."""
        if self._door.receive(seat, message):
            return
        if not self._roster.holds(seat):
            raise OutOfOrder
        if seat.admitted:
            self._dispatcher.receive(seat, message)
        else:
            self._dispatcher.receive_early(seat, message)

    @property
    def people(self) -> int:
        """How many have a seat."""
        return len(self._roster)

    @property
    def capturing(self) -> bool:
        """Whether any gate is open or opening."""
        return bool(self._gates.openings.current)

    # ---- The life of the room -----------------------------------------------------

    async def run(self) -> None:
        """Live until the meeting is over, or until cancelled (the server stops)."""
        if not self._roster:
            self._vacancy.begin()
        try:
            await self._gates.run()
        finally:
            self._empty_out(NORMAL if self.ended else GOING_AWAY)

    def end(self) -> None:
        """The meeting is over for everybody. Idempotent."""
        if self.ended:
            return
        self.ended = True
        self._gates.close_down()
        self._roster.tell_all(wire.Ended())
        self._empty_out(NORMAL)
        log.info("room.ended", room=self.record.id)

    def suspend(self) -> None:
        """Close every gate and finish; the meeting may be taken up again."""
        self.leaving = True
        self._gates.close_down()

    async def seal(self) -> None:
        """End the chain. Raises `LedgerUnavailable`."""
        await self._journal.seal()

    def _build_gates(self, room: RoomId, offered: Notices) -> GateShell[SignedDecision]:
        context = self._context
        written = Meter(WRITTEN_PER_SECOND, WRITTEN_AT_ONCE)
        audience = RoomAudience(
            self._roster,
            third_party=context.third_party,
            admit=self._admit,
            lapse=lambda feature: self._statements.lapse(feature),
        )
        return GateShell(
            room,
            offered,
            {feature: self._opener(context.sinks[feature]) for feature in offered},
            journal=self._journal,
            audience=audience,
            rules=context.rules.gate,
            clock=context.clock,
            monotonic=context.monotonic,
            may_write=lambda: written.acquire(1, context.monotonic()),
        )

    def _build_lobby(self) -> Lobby:
        return Lobby(
            self.record.id,
            is_host=self.host_link.is_host,
            state=self._gates.state,
            journal=self._journal,
            statements=self._statements,
            monotonic=self._context.monotonic,
        )

    def _build_dispatcher(self) -> Dispatcher:
        return Dispatcher(
            self.record.id,
            self._context,
            roster=self._roster,
            gates=self._gates,
            statements=self._statements,
            chat=self._chat,
            door=self._door,
            host_link=self.host_link,
            leave=self._vacate,
            remove=self._remove,
            end=self.end,
        )

    def _build_door(self, removed: frozenset[ParticipantId]) -> Door:
        context = self._context
        return Door(
            self.record,
            removed,
            roster=self._roster,
            access=context.access,
            store=context.doors,
            monotonic=context.monotonic,
            spawn=self._gates.turns.spawn,
            take_in=self._take_in,
            send_away=self._gates.send_away,
        )

    def _opener(self, open_sink: SinkOpener) -> OpenSink:
        return lambda opened: open_sink(opened, self._roster)

    def _admit(self, participant: ParticipantId) -> None:
        seat = self._roster.find(participant)
        if seat is None or seat.admitted:
            return
        seat.admitted = True
        # No line says who: with the ledger beside it, it would tell who did not agree.
        log.info("participant.joined", room=self.record.id)
        self._roster.show(seat, seat.media)
        seat.arrived = self._chat.number
        seat.send(self._welcome(seat, ()))
        self._roster.tell_all(wire.Joined(person=seat.person()), but=seat)
        for wanted in self._gates.openings.taps():
            seat.send(tap(wanted))

    def _remove(self, seat: Seat) -> None:
        """A host takes a seat away; what its owner holds stays theirs."""
        self._door.removed(seat.id)
        seat.refuse(Removed(), "join")
        self._vacate(seat, removed=True)

    def _vacate(self, seat: Seat, *, removed: bool = False) -> None:
        """Take a seat away for good."""
        if not self._roster.holds(seat):
            return
        (self._gates.send_away if removed else self._gates.leave)(seat.id)
        self._statements.forget(seat.id)
        self._take_away(seat, NORMAL, removed=removed)
        log.info("participant.left", room=self.record.id)
        if not self._roster and not self.ended:
            self._vacancy.begin()

    def _take_away(self, seat: Seat, code: int, *, removed: bool = False) -> None:
        if seat.grace is not None:
            seat.grace.cancel()
        self._roster.remove(seat)
        self._plates.forget({seat.id for seat in self._roster})
        if seat.admitted:
            self._roster.tell_all(wire.Left(participant=seat.id, removed=removed))
        seat.hang_up(code)

    def _empty_out(self, code: int) -> None:
        self._vacancy.end()
        self._door.close(code)
        for seat in tuple(self._roster):
            if seat.grace is not None:
                seat.grace.cancel()
            seat.hang_up(code)
