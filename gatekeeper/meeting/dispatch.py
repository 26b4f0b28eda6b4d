"""
The dispatcher: what admitted participants say, and what comes of it.

Rule 1: a message is taken synchronously, in the order in which it was read; what may
wait runs in a task that the room owns.
Rule 2: a message acts for the seat of the socket it came from, and for nobody else.
Rule 3: a refused message raises a `PeerError` and changes nothing. A no is never
refused: closing needs no proof.
"""

from collections.abc import Callable
from typing import assert_never

import structlog

from gatekeeper import wire
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import Decision, FeatureId, RoomId
from gatekeeper.errors import (
    ForgedStatement,
    LedgerUnavailable,
    NotAllowed,
    NotHost,
    OutOfOrder,
    PeerError,
    SinkUnavailable,
    TapLimit,
    UnknownFeature,
    UnknownOpening,
    UnknownParticipant,
)
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.lending import Lending
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.shell import GateShell
from gatekeeper.gating.sink import Sink
from gatekeeper.meeting.chat import ChatLog
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.door import Door
from gatekeeper.meeting.faults import (
    AnsweredTooOften,
    EraseFailed,
    FeatureUnavailable,
    ReplayedStatement,
    StatementOutdated,
)
from gatekeeper.meeting.host_link import HostLink
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat
from gatekeeper.meeting.sink import Answering, ChatReader, Erasable
from gatekeeper.meeting.statements import Statements

log = structlog.get_logger(__name__)


class Dispatcher:
    """Takes the messages of one room's participants."""

    def __init__(
        self,
        room: RoomId,
        context: RoomContext,
        *,
        roster: Roster,
        gates: GateShell[SignedDecision],
        statements: Statements,
        chat: ChatLog,
        door: Door,
        host_link: HostLink,
        lending: Lending,
        leave: Callable[[Seat], None],
        remove: Callable[[Seat], None],
        end: Callable[[], None],
    ) -> None:
        """
        Act on what is given.

        `leave` takes a seat away for good, `remove` takes it from its owner; `end` ends
        the meeting for everybody.
        """
        self._room = room
        self._context = context
        self._roster = roster
        self._gates = gates
        self._statements = statements
        self._chat = chat
        self._door = door
        self._host_link = host_link
        self._lending = lending
        self._vacate = leave
        self._remove = remove
        self._end = end

    def receive_early(self, seat: Seat, message: wire.ClientMessage) -> None:
        """
        Take one message of somebody who does not know yet that they are let in.

        They may say what whoever waits at the door may: nobody hears of it before they
        are in, and a no counts at once. Raises `PeerError`.
        """
        match message:
            case wire.Media():
                seat.media = message
            case wire.Ping() | wire.Here() | wire.Decide() | wire.Leave():
                self.receive(seat, message)
            case _:
                raise OutOfOrder

    def receive(self, seat: Seat, message: wire.ClientMessage) -> None:
        """Take one message of an admitted participant. Raises `PeerError`."""
        match message:
            case wire.Signal():
                self._relay(seat, message)
            case wire.Ping():
                seat.send(wire.Pong())
            case wire.Here():
                pass  # whoever says anything is there
            case wire.Decide():
                self._decide(seat, message)
            case wire.Request(feature=feature):
                self._request(seat, FeatureId(feature))
            case wire.Cancel(feature=feature):
                self._only_host(seat)
                self._gates.cancel(FeatureId(feature))
            case wire.Erase(feature=feature):
                self._erase(seat, FeatureId(feature))
            case wire.TapOffer():
                self._offer(seat, message)
            case wire.Chat(text=text, late=late):
                self._say(seat, text, late=late)
            case wire.React(reaction=reaction):
                said = wire.Reaction(sender=seat.id, reaction=reaction)
                self._roster.tell_all(said)
            case wire.Hand(raised=raised):
                seat.hand = raised
                self._roster.tell_all(wire.Changed(person=seat.person()))
            case wire.Media():
                self._roster.show(seat, message)
                self._roster.tell_all(wire.Changed(person=seat.person()))
            case wire.Wish():
                self._wish(seat, message)
            case wire.Leave():
                self._leave(seat)
            case wire.Remove() | wire.Admit() | wire.TurnAway() | wire.SetDoor():
                self._only_host(seat)
                self._keep_order(message)
            case wire.RenewHost():
                self._only_host(seat)
                self._renew_host(seat)
            case wire.End():
                self._only_host(seat)
                self._end()
            case wire.Join() | wire.Resume():
                raise OutOfOrder
            case _:
                assert_never(message)

    def _say(self, seat: Seat, text: str, *, late: bool) -> None:
        line = self._chat.add(seat, text, rfc3339(self._context.clock()))
        self._roster.tell_all(line)
        if late:
            return
        for sink in self._gates.openings.running_sinks():
            if isinstance(sink, ChatReader):
                sink.read(line)

    def _wish(self, seat: Seat, wish: wire.Wish) -> None:
        feature = self._gates.state.offered(wish.of)
        sink = self._gates.openings.running_sink(feature)
        if not isinstance(sink, Answering):
            raise UnknownOpening
        sink.ask(seat, wish)

    def _leave(self, seat: Seat) -> None:
        self._take_back_all(seat)
        self._vacate(seat)

    def _take_back_all(self, seat: Seat) -> None:
        for feature in self._gates.state.features:
            self._statements.take_back(seat.id, feature)  # who comes back is asked anew

    def _keep_order(
        self, message: wire.Remove | wire.Admit | wire.TurnAway | wire.SetDoor
    ) -> None:
        match message:
            case wire.Remove(participant=participant):
                other = self._roster.admitted(participant)
                if other.host:
                    raise NotAllowed("A host cannot be removed.")
                self._take_back_all(other)
                self._remove(other)
            case wire.Admit(participant=participant):
                self._door.admit(participant)
            case wire.TurnAway(participant=participant):
                self._door.turn_away(participant)
            case wire.SetDoor(locked=locked, knock=knock):
                self._door.set(locked=locked, knock=knock)

    def _renew_host(self, seat: Seat) -> None:
        secret = self._host_link.take_back(seat)
        _ = self._gates.turns.spawn(self._host_link.give(seat, secret), "host link")

    def _relay(self, seat: Seat, message: wire.Signal) -> None:
        other = self._roster.admitted(message.to)
        if other is seat:
            raise UnknownParticipant
        other.relay(seat.id, message.payload)

    def _decide(self, seat: Seat, message: wire.Decide) -> None:
        feature = self._gates.state.offered(message.feature)
        if message.decision is Decision.GRANTED:
            if not seat.yeses.acquire(1, self._context.monotonic()):
                raise AnsweredTooOften
            signed = self._statements.read(
                message.statement,
                key=seat.key,
                feature=feature,
                decision=Decision.GRANTED,
            )
            self._gates.grant(signed)
        else:
            self._decline(seat, feature, message.statement)
        seat.send(wire.Decided(feature=feature, decision=message.decision))

    def _decline(self, seat: Seat, feature: FeatureId, statement: str) -> None:
        refused: list[PeerError] = []

        def prove() -> SignedDecision | None:
            try:
                return self._statements.read(
                    statement,
                    key=seat.key,
                    feature=feature,
                    decision=Decision.DECLINED,
                )
            except (ForgedStatement, ReplayedStatement, StatementOutdated) as exc:
                refused.append(exc)  # it has closed all the same
                return None

        self._gates.decline(seat.id, feature, prove)
        self._statements.take_back(seat.id, feature)
        for exc in refused:
            seat.refuse(exc, "decide", feature)

    def _request(self, seat: Seat, feature: FeatureId) -> None:
        self._only_host(seat)
        self._gates.state.offered(feature)
        if feature in self._context.unavailable:
            raise FeatureUnavailable(self._context.unavailable[feature])
        heard = self._gates.request(feature)
        self._lending.asked_within(feature)
        seat.send(
            wire.Requested(
                feature=feature, asked=heard.asked, ask_again_in=heard.ask_again_in
            )
        )

    def _offer(self, seat: Seat, message: wire.TapOffer) -> None:
        opening = self._gates.openings.find(message.opening)
        # Taken here: the gate may have closed before the task's first step.
        sink = opening.usable_sink()
        if seat.offers is None:
            most = self._context.rules.tap_offers
            seat.offers = Meter(most / 60, most)
        if not seat.offers.acquire(1, self._context.monotonic()):
            raise TapLimit
        answer = self._answer(seat, message, opening, sink)
        _ = self._gates.turns.spawn(answer, "tap offer")

    async def _answer(
        self, seat: Seat, message: wire.TapOffer, opening: Opening, sink: Sink
    ) -> None:
        try:
            sdp = await sink.offer(seat.id, message.sdp, message.sources)
        except PeerError as exc:
            seat.refuse(exc, message.type, opening.feature)
            return
        except Exception:  # one person's odd offer must not end the others' meeting
            log.exception("tap.crashed", room=self._room)
            seat.refuse(SinkUnavailable(), message.type, opening.feature)
            return
        if opening.alive and self._roster.holds(seat):
            seat.send(wire.TapAnswer(opening=opening.id, sdp=sdp))
        else:
            sink.drop(seat.id)

    def _erase(self, seat: Seat, feature: FeatureId) -> None:
        archive = self._context.archives.get(self._gates.state.offered(feature))
        if archive is None:
            raise UnknownFeature
        if self._gates.state.is_open(feature):
            raise OutOfOrder("Stop allowing it first; then your part can be erased.")

        erased = self._erased(seat, feature, archive)
        _ = self._gates.turns.spawn(erased, "erasure")

    async def _erased(self, seat: Seat, feature: FeatureId, archive: Erasable) -> None:
        await self._gates.openings.finished(feature)
        try:
            files = await archive.erase(self._room, feature, seat.id)
        except (OSError, LedgerUnavailable) as exc:
            cause = type(exc).__name__
            log.error("erasure.failed", room=self._room, feature=feature, cause=cause)
            seat.refuse(EraseFailed(), "erase", feature)
            return
        seat.send(wire.Erased(feature=feature, files=files))

    def _only_host(self, seat: Seat) -> None:
        if not seat.host:
            raise NotHost
