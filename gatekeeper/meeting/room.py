"""
The room: one meeting, the only owner of its state.

Rule 1: a message is taken synchronously, in the order in which it was read; what may
wait is queued in the gate's shell or runs in a task that the room owns.
Rule 2: a message acts for the seat of the socket it came from, and for nobody else.
Rule 3: a refused message raises a `PeerError` and changes nothing.
"""

from collections.abc import Mapping

import structlog

from gatekeeper import wire
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId
from gatekeeper.errors import OutOfOrder, PeerError, ResumeUnknown, RoomEnded
from gatekeeper.gating.events import SignSet
from gatekeeper.meeting.closing import GOING_AWAY, NORMAL
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.faults import MediaElsewhere, Removed
from gatekeeper.meeting.fittings import Fittings, Past
from gatekeeper.meeting.seat import Connection, Seat
from gatekeeper.storage.entries import Entry
from gatekeeper.storage.rooms import RoomRecord

log = structlog.get_logger(__name__)

_OF_A_MEETING = (
    wire.Signal,
    wire.TapOffer,
    wire.Chat,
    wire.React,
    wire.Hand,
    wire.Media,
)
"""What nobody says where people meet somewhere else."""


class Room:
    """One meeting."""

    def __init__(self, past: Past, context: RoomContext) -> None:
        """Begin, or take up what there is of this meeting already."""
        self._context = context
        fitted = Fittings(
            past, context, end=self.end, suspend=self.suspend, remove=self._remove
        )
        self._roster = fitted.roster
        self._journal = fitted.journal
        self._gates = fitted.gates
        self._lobby = fitted.lobby
        self._vacancy = fitted.vacancy
        self._seating = fitted.seating
        self._door = fitted.door
        self._dispatcher = fitted.dispatcher
        self._mode = past.record.mode
        self.lending = fitted.lending
        """What runs elsewhere, lent to who runs it."""
        self.strangers = fitted.strangers
        """Who is there as well, by what an engine tells."""
        self.host_link = fitted.host_link
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
        entry: Entry | None = None,
    ) -> Seat:
        """
        Give a seat, or have its owner wait at the door.

        `Welcome` follows once all that must stop for it has stopped. `private`: whether
        the browser says `Sec-GPC: 1` (Global Privacy Control); `entry`: as whom they
        come, if by a service's token.

        Raises `RoomEnded`, `RoomFull`, `EntryNeeded`, `RoomLocked`, `NotLetIn`,
        `NotAllowed`, `ForgedStatement`, `NameUnusable`, `MalformedMessage`.
        """
        if self.ended or self.leaving:
            raise RoomEnded
        seat = self._lobby.seat(message, line, challenge, private=private, entry=entry)
        self._door.come(seat, message)
        return seat

    def resume(self, message: wire.Resume, line: Connection) -> Seat:
        """Take up a seat again. Raises `ResumeUnknown`."""
        if self.ended:
            raise ResumeUnknown
        return self._seating.resume(message, line)

    def lost(self, seat: Seat, line: Connection) -> None:
        """The connection `line` of `seat` is gone. Closes at once (rule 9)."""
        self._door.left(seat, NORMAL)
        self._seating.lost(seat, line)

    # ---- What is said in it --------------------------------------------------------

    def relay(self, seat: Seat, to: str, payload: str) -> bool:
        """Pass a signal on; False, and nothing, unless all is as it should be."""
        if self._mode == "gate":
            return False
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
        if self._mode == "gate" and isinstance(message, _OF_A_MEETING):
            raise MediaElsewhere
        if seat.admitted:
            self._dispatcher.receive(seat, message)
        else:
            self._dispatcher.receive_early(seat, message)

    # ---- What an admin does to it, or the server ------------------------------------

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

    # ---- To read ------------------------------------------------------------------

    def lends(self, feature: FeatureId) -> bool:
        """Whether it is offered here and runs elsewhere."""
        offered = feature in self._gates.state.features
        return offered and feature not in self._context.sinks

    @property
    def people(self) -> int:
        """How many have a seat."""
        return len(self._roster)

    @property
    def signs(self) -> tuple[SignSet, ...]:
        """Of each feature, whether it captures, as everybody in the room sees it."""
        return tuple(map(self._gates.openings.sign, self._gates.state.features))

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

    def _remove(self, seat: Seat) -> None:
        """A host takes a seat away; what its owner holds stays theirs."""
        self._door.removed(seat.id)
        seat.refuse(Removed(), "join")
        self._seating.vacate(seat, removed=True)

    def _empty_out(self, code: int) -> None:
        self._door.close(code)
        self._seating.close(code)
