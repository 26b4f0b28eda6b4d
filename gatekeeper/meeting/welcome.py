"""The welcome: everything that somebody needs to draw the room that they are in."""

from dataclasses import dataclass

from gatekeeper import wire
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.shell import GateShell
from gatekeeper.meeting.audience import offering, sign
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.door import Door
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat


@dataclass(frozen=True, slots=True)
class Welcomes:
    """One room's."""

    room: RoomId
    context: RoomContext
    roster: Roster
    gates: GateShell[SignedDecision]
    door: Door

    def of(self, seat: Seat, chat: tuple[wire.ChatLine, ...]) -> wire.Welcome:
        """As things stand; `chat`: the lines that were missed."""
        state = self.gates.state
        return wire.Welcome(
            you=seat.id,
            resume=seat.resume,
            host=seat.host,
            people=self.roster.people(),
            screens=self.roster.screens,
            signs=tuple(sign(self.gates.openings.sign(f)) for f in state.features),
            offerings=tuple(offering(self.gates.offering(f)) for f in state.features),
            answers=tuple(
                wire.Held(feature=feature, decision=decision)
                for feature, decision in state.answers(seat.id).items()
            ),
            chat=chat,
            grace=self.context.rules.grace,
            ice=self.context.ice.issue(),
            after=self.context.access.issue(self.room, seat.id),
            door=self.door.state,
            knocks=self.door.knocks(seat),
        )
