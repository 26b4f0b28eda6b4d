"""
The fittings: what a room is made with, and how all of it holds together.

Rule: nothing is decided here. What each may do is what it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.evidence.journal import Notices
from gatekeeper.evidence.state import ChainState
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.events import Audience
from gatekeeper.gating.lending import Lending
from gatekeeper.gating.rules import GateRules
from gatekeeper.gating.shell import GateShell
from gatekeeper.gating.sink import Opened, OpenSink, Sink
from gatekeeper.meeting.audience import RoomAudience
from gatekeeper.meeting.chat import ChatLog
from gatekeeper.meeting.context import RoomContext
from gatekeeper.meeting.dispatch import Dispatcher
from gatekeeper.meeting.door import Door
from gatekeeper.meeting.grants import Grants
from gatekeeper.meeting.host_link import HostLink
from gatekeeper.meeting.lobby import Lobby
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.news import RoomNews
from gatekeeper.meeting.nickname import Nameplates
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat
from gatekeeper.meeting.seating import Seating
from gatekeeper.meeting.sink import SinkOpener
from gatekeeper.meeting.statements import Statements
from gatekeeper.meeting.strangers import Strangers
from gatekeeper.meeting.vacancy import Vacancy
from gatekeeper.meeting.welcome import Welcomes
from gatekeeper.storage.names import People
from gatekeeper.storage.rooms import Mode, RoomRecord

WRITTEN_AT_ONCE, WRITTEN_PER_SECOND = 30, 0.1
"""Openings and joiners' grants that one room may write down, so that nobody can fill
the ledger by changing their mind; with ten people one takes about 10 kB."""


@dataclass(frozen=True, slots=True)
class Past:
    """What there is of a meeting already, when a room takes it up."""

    record: RoomRecord
    standing: ChainState
    """What the ledger holds of it."""
    known: People
    """Whose name is noted."""
    removed: frozenset[ParticipantId]
    """Whom a host has removed."""
    life: str
    """What decisions are signed for until it is taken up again."""


class Fittings:
    """One room's: each is given those before it, and asks later ones when called."""

    def __init__(
        self,
        past: Past,
        context: RoomContext,
        *,
        end: Callable[[], None],
        suspend: Callable[[], None],
        remove: Callable[[Seat], None],
    ) -> None:
        """
        Go on from `past`.

        `end` ends the meeting for everybody, `suspend` puts it away until somebody
        comes; `remove` takes a seat from its owner.
        """
        self._room = past.record.id
        self._context = context
        self.roster = Roster()
        self.chat = ChatLog()
        notices = context.notices
        offered = {f: notices[f] for f in past.record.features if f in notices}
        self.journal = context.journal(
            past.record, offered, past.standing, self.roster.names
        )
        self.lending = Lending(
            lambda: self.gates,
            seconds=context.rules.lease,
            at_once=past.record.mode == "meeting",
        )
        self.gates = self._build_gates(past.record, offered)
        self.grants = Grants(
            self.roster, signed=self.gates.signed, in_force=self.gates.state.in_force
        )
        self.strangers = Strangers(self.gates, told=past.record.presence)
        self.host_link = HostLink(
            past.record,
            roster=self.roster,
            store=context.rooms,
            only_host=self.gates.only_host,
        )
        self.statements = Statements(
            self._room,
            past.life,
            in_force=self.gates.state.in_force,
            worded=self.journal.is_worded,
            used_up=self.journal.is_used_up,
        )
        self.lobby = self._build_lobby()
        used = past.standing.entries > 0
        self.vacancy = Vacancy(context.rules.empty, used=used, over=end, unused=suspend)
        self.seating = self._build_seating(past.known)
        self.door = self._build_door(past)
        self._welcomes = Welcomes(
            self._room, context, self.roster, self.gates, self.door
        )
        self.dispatcher = self._build_dispatcher(remove, end)

    def _build_gates(
        self, record: RoomRecord, offered: Notices
    ) -> GateShell[SignedDecision]:
        context = self._context
        written = Meter(WRITTEN_PER_SECOND, WRITTEN_AT_ONCE)
        audience = RoomAudience(
            self.roster,
            grants=lambda feature: self.grants.of_all(feature),
            third_party=context.third_party,
            admit=lambda participant: self.seating.admit(participant),
            lapse=self._lapse,
            gave_up=self.lending.gave_up,
        )
        return GateShell(
            self._room,
            offered,
            {feature: self._opener(feature, record.mode) for feature in offered},
            journal=self.journal,
            audience=self._told_too(record, offered, audience),
            rules=_rules(record, context.rules.gate),
            clock=context.clock,
            monotonic=context.monotonic,
            may_write=lambda: written.acquire(1, context.monotonic()),
        )

    def _told_too(
        self, record: RoomRecord, offered: Notices, people: Audience
    ) -> Audience:
        """The people, and with them the service that has opened the room, if any."""
        if record.service is None:
            return people
        return RoomNews(record.id, offered, people=people, news=self._context.news)

    def _opener(self, feature: FeatureId, mode: Mode) -> OpenSink:
        context = self._context
        if open_sink := context.sinks.get(feature):
            return partial(self._open, open_sink)
        # Of people who meet elsewhere there is nothing here to feed.
        feed = context.feeds.get(feature) if mode == "meeting" else None
        return self.lending.opener(feature, feed and partial(self._open, feed))

    def _open(self, open_sink: SinkOpener, opened: Opened) -> Sink:
        return open_sink(opened, self.roster)

    def _lapse(self, feature: FeatureId) -> None:
        self.statements.lapse(feature)
        self.grants.lapse(feature)

    def _build_lobby(self) -> Lobby:
        return Lobby(
            self._room,
            is_host=self.host_link.is_host,
            state=self.gates.state,
            journal=self.journal,
            statements=self.statements,
            monotonic=self._context.monotonic,
        )

    def _build_seating(self, known: People) -> Seating:
        return Seating(
            self._room,
            self.roster,
            Nameplates(known),
            rules=self._context.rules,
            gates=self.gates,
            lobby=self.lobby,
            statements=self.statements,
            grants=self.grants,
            chat=self.chat,
            vacancy=self.vacancy,
            welcome=lambda seat, chat: self._welcomes.of(seat, chat),
            strangers=self.strangers,
        )

    def _build_door(self, past: Past) -> Door:
        context = self._context
        return Door(
            past.record,
            past.removed,
            roster=self.roster,
            access=context.access,
            store=context.doors,
            monotonic=context.monotonic,
            spawn=self.gates.turns.spawn,
            take_in=self.seating.take_in,
            send_away=self.gates.send_away,
        )

    def _build_dispatcher(
        self, remove: Callable[[Seat], None], end: Callable[[], None]
    ) -> Dispatcher:
        return Dispatcher(
            self._room,
            self._context,
            roster=self.roster,
            gates=self.gates,
            statements=self.statements,
            chat=self.chat,
            door=self.door,
            host_link=self.host_link,
            lending=self.lending,
            leave=self.seating.vacate,
            remove=remove,
            end=end,
        )


def _rules(record: RoomRecord, rules: GateRules) -> GateRules:
    """Where a service asks for what is to run, it is what a host is elsewhere."""
    if record.mode == "gate":
        return replace(rules, ends_without_host=False)
    return rules
