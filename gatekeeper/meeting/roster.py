"""
The roster: who has a seat, and how to tell them something.

Rule: a seat that is not admitted is told nothing and told of to nobody (rule 5).
"""

from collections.abc import Collection, Iterable, Iterator

from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import UnknownParticipant
from gatekeeper.meeting.seat import Seat, encoded
from gatekeeper.wire.base import Media, Message
from gatekeeper.wire.server import Person


class Roster:
    """The seats of one room, in order of arrival."""

    def __init__(self) -> None:
        self._seats: dict[ParticipantId, Seat] = {}
        self._screens: list[ParticipantId] = []

    def __len__(self) -> int:
        return len(self._seats)

    def __iter__(self) -> Iterator[Seat]:
        return iter(self._seats.values())

    def add(self, seat: Seat) -> None:
        """Give a seat; its owner is not admitted by that."""
        self._seats[seat.id] = seat

    def remove(self, seat: Seat) -> None:
        """Take the seat away."""
        del self._seats[seat.id]
        self.show(seat, seat.media.model_copy(update={"screen": False}))

    def show(self, seat: Seat, media: Media) -> None:
        """What `seat` sends to the others from now on."""
        seat.media = media
        if not media.screen:
            self._screens = [who for who in self._screens if who != seat.id]
        elif seat.id not in self._screens:
            self._screens.append(seat.id)

    @property
    def screens(self) -> tuple[ParticipantId, ...]:
        """Who shares a screen, in the order in which they began."""
        return tuple(self._screens)

    def has_room_for(self, seat: Seat, most: int) -> bool:
        """One of `most` seats is kept for the host, whoever else comes and goes."""
        hosted = seat.host or any(other.host for other in self)
        return len(self) < (most if hosted else most - 1)

    def holds(self, seat: Seat) -> bool:
        """Whether this very seat is still in the room."""
        return self._seats.get(seat.id) is seat

    def find(self, participant: str) -> Seat | None:
        """The seat of `participant`, admitted or not."""
        return self._seats.get(ParticipantId(participant))

    def admitted(self, participant: str) -> Seat:
        """The admitted seat of `participant`. Raises `UnknownParticipant`."""
        seat = self.find(participant)
        if seat is None or not seat.admitted:
            raise UnknownParticipant
        return seat

    def people(self) -> tuple[Person, ...]:
        """Everybody who is admitted, as everybody may see them."""
        return tuple(seat.person() for seat in self if seat.admitted)

    def tell(self, participant: ParticipantId, message: Message) -> None:
        """Send one message to somebody here, if they can be reached."""
        if seat := self._seats.get(participant):
            seat.send(message)

    def address(self, participant: ParticipantId) -> str:
        """Whence somebody here is connected; empty if they are not."""
        seat = self._seats.get(participant)
        return "" if seat is None or seat.line is None else seat.line.address

    def name(self, participant: ParticipantId) -> str:
        """What somebody here is called; empty if they have left."""
        seat = self._seats.get(participant)
        return "" if seat is None else seat.name

    def names(self, people: Iterable[ParticipantId]) -> dict[ParticipantId, str]:
        """What `people` are called, if they are still here."""
        seats = (self._seats.get(participant) for participant in people)
        return {seat.id: seat.name for seat in seats if seat is not None}

    def tell_those(self, people: Collection[ParticipantId], message: Message) -> None:
        """Send one message to those of `people` who are admitted, encoded once."""
        frame = encoded(message)
        for seat in self._seats.values():
            if seat.admitted and seat.line is not None and seat.id in people:
                seat.line.send(frame)

    def tell_all(self, message: Message, *, but: Seat | None = None) -> None:
        """Send one message to everybody who is admitted, encoded once."""
        frame = encoded(message)
        for seat in self._seats.values():
            if seat.admitted and seat.line is not None and seat is not but:
                seat.line.send(frame)
