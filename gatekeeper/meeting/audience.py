"""
The audience: what the gate tells, said to the seats of a room of ours.

Rule: the same message to everybody, whatever they have answered (design.md, rule 8);
a receipt goes to its participant alone.
"""

from collections.abc import Callable, Collection
from typing import assert_never

from gatekeeper import wire
from gatekeeper.clock import rfc3339
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import PeerError
from gatekeeper.gating.events import (
    Admitted,
    Asked,
    Event,
    GaveUp,
    Lapsed,
    Offering,
    ReceiptMade,
    SignSet,
    TapClosed,
    TapWanted,
)
from gatekeeper.meeting.roster import Roster


class RoomAudience:
    """The people of one room: the `Audience` of its gate."""

    def __init__(
        self,
        roster: Roster,
        *,
        grants: Callable[[FeatureId], wire.Grants],
        third_party: Collection[FeatureId],
        admit: Callable[[ParticipantId], None],
        lapse: Callable[[FeatureId], None],
        gave_up: Callable[[FeatureId, PeerError], None],
    ) -> None:
        """
        Speak to who is on the roster.

        `grants`: what an opening rests on. `third_party`: features of which nobody is
        asked whose browser says that it does not want their content given away (Global
        Privacy Control). `admit` lets somebody in; `lapse` hears that all answers on a
        feature are void, `gave_up` what everybody is told of a fault of the server's.
        """
        self._roster = roster
        self._grants = grants
        self._third_party = frozenset(third_party)
        self._admit = admit
        self._lapse = lapse
        self._gave_up = gave_up

    def tell(self, event: Event) -> None:
        """Say it to whom it concerns."""
        match event:
            case Admitted(participant):
                self._admit(participant)
            case Asked(feature, to):
                self._ask(feature, to)
            case Lapsed(feature):
                self._lapse(feature)
                self._roster.tell_all(wire.Lapsed(feature=feature))
            case Offering():
                self._roster.tell_all(offering(event))
            case TapWanted():
                self._roster.tell_all(self._grants(event.feature))
                self._roster.tell_all(tap(event))
            case TapClosed(opening):
                self._roster.tell_all(wire.TapClosed(opening=opening))
            case SignSet():
                if event.since is not None:  # where nothing is tapped nobody knows yet
                    self._roster.tell_all(self._grants(event.feature))
                self._roster.tell_all(sign(event))
            case GaveUp(feature, why):
                fault = wire.Fault(code=why.code, detail=str(why), feature=feature)
                self._roster.tell_all(fault)
                self._gave_up(feature, why)
            case ReceiptMade():
                self._hand(event)
            case _:
                assert_never(event)

    def _ask(self, feature: FeatureId, to: ParticipantId | None) -> None:
        asked = wire.Asked(feature=feature)
        seats = tuple(self._roster) if to is None else (self._roster.find(to),)
        for seat in seats:
            if seat is None or not seat.admitted:
                continue
            if not (seat.private and feature in self._third_party):
                seat.send(asked)

    def _hand(self, made: ReceiptMade) -> None:
        self._roster.tell(
            made.participant,
            wire.Receipt(feature=made.feature, event=made.event, receipt=made.receipt),
        )


def sign(event: SignSet) -> wire.Sign:
    """The sign of a feature, as clients are told."""
    since = None if event.since is None else rfc3339(event.since)
    return wire.Sign(feature=event.feature, on=since is not None, since=since)


def offering(event: Offering) -> wire.Offering:
    """What is on offer of a feature, as clients are told."""
    return wire.Offering(
        feature=event.feature,
        offered=event.offered,
        notices=tuple(sorted(event.notices)),
    )


def tap(event: TapWanted) -> wire.Tap:
    """What clients are to offer."""
    return wire.Tap(feature=event.feature, opening=event.opening, sources=event.sources)
