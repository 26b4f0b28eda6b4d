"""
The door: who may come into one room, and who waits before it.

Rule 1: a host comes in, and whoever was here and was not removed, locked or not.
Rule 2: nothing that anybody has answered is looked at here; whoever is sent away is
sent away from the gate as well, which forgets what does not run (design.md, rule 13).
Rule 3: hosts alone are told who waits. Whom they send away, everybody is told.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass

import structlog

from gatekeeper import wire
from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import LedgerUnavailable, NotAllowed, UnknownParticipant
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.meeting.closing import NORMAL, REFUSED, REPLACED
from gatekeeper.meeting.faults import EntryNeeded, NotLetIn, RoomFull, RoomLocked
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat
from gatekeeper.storage.doors import DoorStore
from gatekeeper.storage.rooms import RoomRecord

log = structlog.get_logger(__name__)

WAITING = 20
"""Who may knock at one door at once: as many as a host can look through."""
AGAIN_AFTER = 60.0
"""Seconds until somebody who was turned away may knock again."""

ANSWERS = 16
"""How many are kept of one who waits: as many as a `join` may bring."""

Answers = Sequence[wire.Answer]


@dataclass(frozen=True, slots=True)
class _Waiter:
    seat: Seat
    answers: Answers


class Door:
    """One room's door."""

    def __init__(
        self,
        record: RoomRecord,
        removed: frozenset[ParticipantId],
        *,
        roster: Roster,
        access: PageCapabilities,
        store: DoorStore,
        monotonic: Callable[[], float],
        spawn: Callable[[Coroutine[None, None, None], str], object],
        take_in: Callable[[Seat, Answers], None],
        send_away: Callable[[ParticipantId], None],
    ) -> None:
        """
        As it was left.

        `take_in` gives a seat to who comes in, or raises; `send_away` tells the gate
        whom a host has refused. `spawn` runs what may wait.
        """
        self._room = record.id
        self._locked, self._knock = record.locked, record.knock
        self._by_entry = record.mode == "gate"
        """Whether a service says who comes."""
        self._removed = set(removed)
        self._roster = roster
        self._access = access
        self._store = store
        self._monotonic = monotonic
        self._spawn = spawn
        self._take_in = take_in
        self._send_away = send_away
        self._waiting: dict[ParticipantId, _Waiter] = {}
        self._refused: dict[ParticipantId, float] = {}
        """When each was turned away who may not knock again yet."""

    # ---- Whoever comes ------------------------------------------------------------

    def come(self, seat: Seat, message: wire.Join) -> None:
        """
        Take somebody in, or have them wait.

        Raises `EntryNeeded`, `RoomLocked`, `NotLetIn`, `RoomFull`, and what `take_in`
        raises.
        """
        if self._opens_for(seat, message.after):
            self._take_in(seat, message.answers)
        else:
            self._wait(seat, message.answers)

    def receive(self, seat: Seat, message: wire.ClientMessage) -> bool:
        """Whether `seat` waits here, and what it says is heard."""
        if not self._holds(seat):
            return False
        match message:
            case wire.Ping():
                seat.send(wire.Pong())
            case wire.Leave():
                self.left(seat, NORMAL)
            case wire.Media():
                seat.media = message
            case wire.Decide():
                self._answered(seat, message)
            case wire.Here():
                pass
            case _:
                return False
        return True

    def left(self, seat: Seat, code: int) -> None:
        """Somebody waits no longer, if they did; `code` closes their socket."""
        if self._holds(seat):
            self._forget(seat)
            seat.hang_up(code)

    # ---- What hosts do ------------------------------------------------------------

    def admit(self, participant: str) -> None:
        """Let in who waits. Raises `UnknownParticipant` and what `take_in` raises."""
        waiter = self._find(participant)
        self._take_in(waiter.seat, waiter.answers)
        self._forget(waiter.seat)
        if waiter.seat.id in self._removed:
            self._removed.discard(waiter.seat.id)
            self._keep(self._store.pardon(self._room, waiter.seat.id))

    def turn_away(self, participant: str) -> None:
        """Do not let in who waits. Raises `UnknownParticipant`."""
        seat = self._find(participant).seat
        now = self._monotonic()
        self._refused = {
            who: at for who, at in self._refused.items() if now - at < AGAIN_AFTER
        }
        self._refused[seat.id] = now
        self._send_away(seat.id)
        self._roster.tell_all(wire.TurnedAway(name=seat.name))
        seat.refuse(NotLetIn(), "join")
        self.left(seat, REFUSED)

    def removed(self, participant: ParticipantId) -> None:
        """Somebody has lost their seat: they must knock to come back."""
        self._removed.add(participant)
        self._keep(self._store.remove(self._room, participant))

    def set(self, *, locked: bool, knock: bool) -> None:
        """Who may come in from now on. Whom nothing keeps out any more comes in."""
        self._locked, self._knock = locked, knock
        self._roster.tell_all(self.state)
        self._keep(self._store.set(self._room, locked=locked, knock=knock))
        if locked or knock:
            return
        for participant in tuple(self._waiting):
            if participant not in self._removed:
                self._let_in(participant)

    # ---- What is told -------------------------------------------------------------

    @property
    def state(self) -> wire.Door:
        """Who may come in, as everybody is told."""
        return wire.Door(locked=self._locked, knock=self._knock)

    def knocks(self, seat: Seat) -> tuple[wire.Knock, ...]:
        """Who waits, if `seat` is a host's."""
        return tuple(map(self._told, self._waiting.values())) if seat.host else ()

    def close(self, code: int) -> None:
        """Nobody waits any longer: the room is going."""
        for waiter in tuple(self._waiting.values()):
            del self._waiting[waiter.seat.id]
            waiter.seat.hang_up(code)

    # ---- Within -------------------------------------------------------------------

    def _opens_for(self, seat: Seat, after: str | None) -> bool:
        if seat.host or self._roster.find(seat.id) is not None:
            return True
        removed = seat.id in self._removed
        if not removed and self._was_here(seat, after):
            return True
        if self._by_entry and seat.ref is None:
            raise EntryNeeded
        if self._locked:
            raise RoomLocked
        if not (removed or self._knock):
            return True
        refused = self._refused.get(seat.id)
        if refused is not None and self._monotonic() - refused < AGAIN_AFTER:
            raise NotLetIn("The host did not let you in. Try again in a minute.")
        if len(self._waiting) >= WAITING and seat.id not in self._waiting:
            raise RoomFull("Many people wait to be let in already. Try again later.")
        return False

    def _was_here(self, seat: Seat, after: str | None) -> bool:
        try:
            return after is not None and self._access.read(self._room, after) == seat.id
        except NotAllowed:
            return False

    def _wait(self, seat: Seat, answers: Answers) -> None:
        earlier = self._waiting.get(seat.id)
        if earlier is not None:
            earlier.seat.hang_up(REPLACED)
        waiter = self._waiting[seat.id] = _Waiter(seat, answers)
        seat.send(wire.Waiting())
        self._tell_hosts(self._told(waiter))

    def _answered(self, seat: Seat, answer: wire.Answer) -> None:
        """The newest choice is the one that counts once they are in."""
        others = [
            each
            for each in self._waiting[seat.id].answers
            if each.feature != answer.feature
        ]
        kept = (*others, answer)[-ANSWERS:]
        self._waiting[seat.id] = _Waiter(seat, kept)

    def _let_in(self, participant: ParticipantId) -> None:
        try:
            self.admit(participant)
        except RoomFull:
            log.info("door.full", room=self._room)  # they go on waiting

    def _find(self, participant: str) -> _Waiter:
        waiter = self._waiting.get(ParticipantId(participant))
        if waiter is None:
            raise UnknownParticipant("Nobody with this id waits to be let in.")
        return waiter

    def _holds(self, seat: Seat) -> bool:
        waiter = self._waiting.get(seat.id)
        return waiter is not None and waiter.seat is seat

    def _forget(self, seat: Seat) -> None:
        del self._waiting[seat.id]
        self._tell_hosts(wire.KnockOver(participant=seat.id))

    def _told(self, waiter: _Waiter) -> wire.Knock:
        seat = waiter.seat
        removed = seat.id in self._removed
        return wire.Knock(participant=seat.id, name=seat.name, removed=removed)

    def _tell_hosts(self, message: wire.Message) -> None:
        hosts = [seat.id for seat in self._roster if seat.host]
        self._roster.tell_those(hosts, message)

    def _keep(self, writing: Coroutine[None, None, None]) -> None:
        self._spawn(self._kept(writing), "door")

    async def _kept(self, writing: Coroutine[None, None, None]) -> None:
        try:
            await writing
        except LedgerUnavailable:
            log.warning("door.not-kept", room=self._room)  # it holds until a restart
