"""
The room: one meeting, the only owner of its state.

Rule 1: a message is taken synchronously, in the order in which it was read; what may
wait is queued in the gatehouse or runs in a task that the room owns.
Rule 2: a message acts for the seat of the socket it came from, and for nobody else.
Rule 3: a refused message raises a `PeerError` and changes nothing.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from gatekeeper import wire
from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    LanguageTag,
    ParticipantId,
    SharedWith,
)
from gatekeeper.errors import (
    AnsweredTooOften,
    ClockJumped,
    LedgerUnavailable,
    MalformedMessage,
    NotAllowed,
    OutOfOrder,
    PeerError,
    ResumeUnknown,
    RoomEnded,
    RoomFull,
)
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.state import ChainState
from gatekeeper.evidence.statement import SignedDecision, verify_join
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.meeting.dispatch import Dispatcher, fault
from gatekeeper.meeting.gatehouse import Gatehouse
from gatekeeper.meeting.journal import Journal, Notices
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.nickname import Nameplates, nickname
from gatekeeper.meeting.pause import Pause
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Connection, Seat
from gatekeeper.meeting.sink import Erasable, OpenSink
from gatekeeper.meeting.statements import Statements
from gatekeeper.storage.names import NameStore, People
from gatekeeper.storage.rooms import RoomRecord

log = structlog.get_logger(__name__)

WRITTEN_AT_ONCE, WRITTEN_PER_SECOND = 30, 0.1
"""Openings and joiners' grants that one room may write down, so that nobody can fill
the ledger by changing their mind; with ten people one takes about 10 kB."""
YESES_AT_ONCE, YESES_PER_SECOND = 20, 0.1
"""How often one participant may say yes. A no is never counted (design.md, rule 4)."""

NORMAL, GOING_AWAY, REPLACED = 1000, 1001, 4001
"""WebSocket close codes (RFC 6455, 7.4; 4000 and up are ours)."""


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """How a meeting runs; times in seconds, as in `config.Meeting`."""

    grace: float
    ask_again: float
    empty: float
    ends_without_host: bool
    longest_opening: float
    participants: int
    tap_offers: int
    """Of one seat, per minute."""


@dataclass(frozen=True, slots=True)
class RoomContext:
    """What a room needs of the world."""

    notices: Notices
    sinks: Mapping[FeatureId, OpenSink]
    unavailable: Mapping[FeatureId, str]
    """Of the features that cannot run here: why, and what would help."""
    third_party: Collection[FeatureId]
    """Features that give content to somebody else than who runs the server."""
    shared_with: Mapping[FeatureId, SharedWith]
    """Who gets afterwards what a feature keeps."""
    archives: Mapping[FeatureId, Erasable]
    """Of the features that keep files here."""
    ledger: Ledger
    receipts: Receipts
    names: NameStore
    access: PageCapabilities
    rules: MeetingRules
    clock: Callable[[], datetime]
    """Aware, UTC: what is written down."""
    monotonic: Callable[[], float]
    """Seconds that never jump: what is waited for."""


class Room:
    """One meeting."""

    def __init__(
        self,
        record: RoomRecord,
        world: RoomContext,
        standing: ChainState,
        known: People,
        life: str,
    ) -> None:
        """
        Begin, or take up what there is of this meeting already.

        `standing`: what the ledger holds of it; `known`: whose name is noted; `life`:
        what decisions are signed for until it is taken up again.
        """
        self.record = record
        self._world = world
        self._rules = world.rules
        self._roster = Roster()
        self._plates = Nameplates(known)
        offered = {f: world.notices[f] for f in record.features if f in world.notices}
        self._proof = Journal(
            record.id,
            record.language,
            offered,
            ledger=world.ledger,
            receipts=world.receipts,
            names=world.names,
            kept=world.archives.keys(),
            shared_with=world.shared_with,
            standing=standing,
        )
        pause = Pause(world.rules.ask_again, world.monotonic)
        written = Meter(WRITTEN_PER_SECOND, WRITTEN_AT_ONCE)
        self._gates = Gatehouse(
            record.id,
            {feature: tuple(notices) for feature, notices in offered.items()},
            world.sinks,
            third_party=world.third_party,
            proof=self._proof,
            roster=self._roster,
            clock=world.clock,
            admit=self._admit,
            ends_without_host=world.rules.ends_without_host,
            longest=world.rules.longest_opening,
            pause=pause,
            spend=lambda signed: self._statements.spend(signed),
            may_write=lambda: written.take(1, world.monotonic()),
        )
        self._statements = Statements(
            record.id,
            life,
            in_force=self._gates.gate.in_force,
            used_up=self._proof.is_used_up,
        )
        self._dispatcher = Dispatcher(
            record.id,
            roster=self._roster,
            gates=self._gates,
            proof=self._proof,
            statements=self._statements,
            archives=world.archives,
            unavailable=world.unavailable,
            tap_offers=world.rules.tap_offers,
            pause=pause,
            clock=world.clock,
            monotonic=world.monotonic,
            leave=self._vacate,
            end=self.end,
        )
        self._empty: asyncio.TimerHandle | None = None
        self._used = standing.entries > 0
        """Whether anybody has ever had a seat, as far as is known."""
        self.ended = False
        self.leaving = False
        """Whether it closes here and may be taken up again: nothing more is taken."""

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
        Give a seat. `Welcome` follows once all that must stop for it has stopped.

        `private`: whether the browser says `Sec-GPC: 1` (Global Privacy Control).

        Raises `RoomEnded`, `RoomFull`, `NotAllowed`, `ForgedStatement`,
        `NameUnusable`, `MalformedMessage`.
        """
        seat = self._new_seat(message, line, challenge)
        seat.private = private
        earlier = self._roster.find(seat.id)
        if earlier is not None:
            seat.yeses = earlier.yeses
        answers, refused = self._lobby_answers(seat, message.answers)
        if earlier is not None:
            self._take_away(earlier, REPLACED)  # nobody leaves by coming again
        elif not self._has_room_for(seat):
            raise RoomFull
        self._stay()
        seat.name = self._plates.name(seat.id, seat.name)
        self._used = True
        self._roster.add(seat)
        self._gates.join(seat.id, answers, host=seat.host, again=earlier is not None)
        self._take_back(seat, message.answers)
        for refusal in refused:
            self._gates.put(partial(_later, partial(seat.send, refusal)))
        return seat

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
            seat.send(
                self._welcome(seat, self._dispatcher.chat.missed(seat, message.seen))
            )
            self._roster.tell_all(wire.Changed(person=seat.person()), but=seat)
        self._gates.regain(seat.id)
        return seat

    def lost(self, seat: Seat, line: Connection) -> None:
        """The connection `line` of `seat` is gone. Closes at once (rule 9)."""
        if not self._roster.holds(seat) or seat.line is not line:
            return
        seat.line = None
        if not seat.admitted:
            self._vacate(seat)
            return
        self._gates.lose(seat.id)
        self._roster.tell_all(wire.Changed(person=seat.person()))
        loop = asyncio.get_running_loop()
        seat.grace = loop.call_later(self._rules.grace, self._vacate, seat)
        log.info("participant.lost", room=self.record.id)

    def ledger_lost(self) -> None:
        """Nothing can be proved just now (design.md, rule 15)."""
        self._gates.fail(LedgerUnavailable())

    def clock_jumped(self) -> None:
        """What rests on the time before is over (design.md, rule 15)."""
        self._gates.fail(ClockJumped())

    def take(self, seat: Seat, message: wire.ClientMessage) -> None:
        """Take one message of an admitted participant. Raises `PeerError`."""
        if not (seat.admitted and self._roster.holds(seat)):
            raise OutOfOrder
        self._dispatcher.take(seat, message)

    @property
    def capturing(self) -> bool:
        """Whether any gate is open or opening."""
        return self._gates.capturing

    # ---- The life of the room -----------------------------------------------------

    async def run(self) -> None:
        """Live until the meeting is over, or until cancelled (the server stops)."""
        if not self._roster:
            self._wait_for_company()
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
        await self._proof.seal()

    def _new_seat(self, message: wire.Join, line: Connection, challenge: str) -> Seat:
        if self.ended or self.leaving:
            raise RoomEnded
        key = ParticipantKey.from_jwk(message.key.model_dump(exclude_none=True))
        verify_join(message.proof, key=key, room=self.record.id, challenge=challenge)
        if message.host is not None and not self.record.is_host(message.host):
            raise NotAllowed
        off = wire.Media(microphone=False, camera=False, screen=False)
        return Seat(
            key,
            name=nickname(message.name),
            language=LanguageTag(message.language),
            host=message.host is not None,
            media=message.media or off,
            line=line,
            yeses=Meter(YESES_PER_SECOND, YESES_AT_ONCE),
        )

    def _lobby_answers(
        self, seat: Seat, answers: tuple[wire.Answer, ...]
    ) -> tuple[dict[FeatureId, SignedDecision | None], list[wire.Fault]]:
        """What holds of the answers from the lobby, and what is wrong with the rest."""
        held: dict[FeatureId, SignedDecision | None] = {}
        refused: list[wire.Fault] = []
        for answer in answers:
            feature = FeatureId(answer.feature)
            if feature in held:
                raise MalformedMessage("There are two answers on one feature.")
            try:
                held[self._dispatcher.offered(feature)] = self._lobby_answer(
                    seat, answer
                )
            except PeerError as exc:  # the seat is theirs all the same; no answer is no
                refused.append(fault(exc, "decide", feature))
        return held, refused

    def _lobby_answer(self, seat: Seat, answer: wire.Answer) -> SignedDecision | None:
        if answer.decision is Decision.DECLINED:
            return None
        if not self._proof.available:
            raise LedgerUnavailable
        if not seat.yeses.take(1, self._world.monotonic()):
            raise AnsweredTooOften
        return self._statements.read_again(
            answer.statement, key=seat.key, feature=FeatureId(answer.feature)
        )

    def _take_back(self, seat: Seat, answers: tuple[wire.Answer, ...]) -> None:
        """A no from the lobby also takes back what is on record from before."""
        for answer in answers:
            feature = FeatureId(answer.feature)
            declined = answer.decision is Decision.DECLINED
            if not declined or feature not in self._gates.features:
                continue
            self._statements.take_back(seat.id, feature)
            try:
                signed = self._statements.read(
                    answer.statement,
                    key=seat.key,
                    feature=feature,
                    decision=Decision.DECLINED,
                )
            except PeerError:
                signed = None  # it is a no all the same
            self._gates.take_back(seat.id, feature, signed)

    def _admit(self, participant: ParticipantId) -> None:
        seat = self._roster.find(participant)
        if seat is None or seat.admitted:
            return
        seat.admitted = True
        # No line says who: with the ledger beside it, it would tell who did not agree.
        log.info("participant.joined", room=self.record.id)
        self._roster.show(seat, seat.media)
        seat.arrived = self._dispatcher.chat.number
        seat.send(self._welcome(seat, ()))
        self._roster.tell_all(wire.Joined(person=seat.person()), but=seat)
        for tap in self._gates.taps():
            seat.send(tap)

    def _welcome(self, seat: Seat, chat: tuple[wire.ChatLine, ...]) -> wire.Welcome:
        answers = self._gates.gate.answers(seat.id)
        return wire.Welcome(
            you=seat.id,
            resume=seat.resume,
            host=seat.host,
            people=self._roster.people(),
            screens=self._roster.screens,
            signs=self._gates.signs(),
            answers=tuple(
                wire.Held(feature=feature, decision=decision)
                for feature, decision in answers.items()
            ),
            chat=chat,
            grace=self._rules.grace,
            after=self._world.access.issue(self.record.id, seat.id),
        )

    def _vacate(self, seat: Seat, code: int = NORMAL) -> None:
        """Take a seat away for good."""
        if not self._roster.holds(seat):
            return
        self._gates.leave(seat.id)
        self._statements.forget(seat.id)
        self._take_away(seat, code)
        log.info("participant.left", room=self.record.id)
        if not self._roster and not self.ended:
            self._wait_for_company()

    def _take_away(self, seat: Seat, code: int) -> None:
        if seat.grace is not None:
            seat.grace.cancel()
        self._roster.remove(seat)
        self._plates.forget({seat.id for seat in self._roster})
        if seat.admitted:
            self._roster.tell_all(wire.Left(participant=seat.id))
        if seat.line is not None:
            seat.line.close(code)
            seat.line = None

    def _has_room_for(self, seat: Seat) -> bool:
        """One seat is kept for the host, whoever else comes and goes."""
        hosted = seat.host or any(other.host for other in self._roster)
        most = self._rules.participants
        return len(self._roster) < (most if hosted else most - 1)

    def _wait_for_company(self) -> None:
        loop = asyncio.get_running_loop()
        # A look through the door is no meeting: the room goes on waiting for one.
        over = self.end if self._used else self.suspend
        self._empty = loop.call_later(self._rules.empty, over)

    def _stay(self) -> None:
        if self._empty is not None:
            self._empty.cancel()
            self._empty = None

    def _empty_out(self, code: int) -> None:
        self._stay()
        for seat in tuple(self._roster):
            if seat.grace is not None:
                seat.grace.cancel()
            if seat.line is not None:
                seat.line.close(code)
                seat.line = None


async def _later(call: Callable[[], None]) -> None:
    call()
