"""
The gate's shell: what happens in a room goes in here, and what follows is done.

Rule 1: what closes has closed when the call returns (`Performer`); a no is looked at
after that.
Rule 2: whoever comes or goes while a gate is open begins another part of its opening,
at that moment; the entry of it follows.
Rule 3: when the ledger fails, requests are cancelled: gates close, the meeting goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Generic

import structlog

from gatekeeper.consent.effects import Effect
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.state import GateState
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId, RoomId
from gatekeeper.errors import LedgerUnavailable, PeerError
from gatekeeper.gating.events import Audience, GaveUp, Offering
from gatekeeper.gating.held import HeldGrants
from gatekeeper.gating.journal import Journal, S
from gatekeeper.gating.journal_queue import JournalQueue
from gatekeeper.gating.openings import Openings
from gatekeeper.gating.pause import Heard, Pause
from gatekeeper.gating.performer import Performer
from gatekeeper.gating.rules import GateRules
from gatekeeper.gating.sink import OpenSink
from gatekeeper.gating.time_limit import TimeLimit
from gatekeeper.gating.turns import Turns

log = structlog.get_logger(__name__)


class GateShell(Generic[S]):
    """
    One room's gate, with its openings and its queue; the room may be anybody's.

    Of what was signed (`S`) it passes on what it was given.
    """

    def __init__(
        self,
        room: RoomId,
        notices: Mapping[FeatureId, Mapping[NoticeDigest, Notice]],
        sinks: Mapping[FeatureId, OpenSink],
        *,
        journal: Journal[S],
        audience: Audience,
        rules: GateRules,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        may_write: Callable[[], bool],
    ) -> None:
        """
        `notices`: the offered features, with their wording in force by digest.

        `clock`: aware, UTC; `monotonic`: seconds that never jump. `may_write` is asked
        before an opening or a joiner's grant is written down.
        """
        self._room = room
        self._gate = Gate(notices, ends_without_host=rules.ends_without_host)
        self._journal = journal
        self._audience = audience
        self._pause = Pause(rules.ask_again, monotonic)
        self._limit = TimeLimit(rules.longest, self._expire)
        self._held: HeldGrants[S] = HeldGrants()
        self.turns = Turns()
        """For what the room itself has to do in turn, or beside."""
        self._entries = JournalQueue(
            journal, self.turns, audience, clock, may_write, self._give_up
        )
        self.openings = Openings(
            room,
            sinks,
            audience,
            self.turns,
            clock=clock,
            failed=self._give_up,
        )
        self._performer = Performer(
            room,
            turns=self.turns,
            openings=self.openings,
            entries=self._entries,
            held=self._held,
            pause=self._pause,
            limit=self._limit,
            audience=audience,
            state=self._gate,
        )

    @property
    def state(self) -> GateState:
        """The gate, to read from; what happens to it goes through the shell."""
        return self._gate

    @property
    def proves(self) -> bool:
        """Whether what opens now could be proved."""
        return self._journal.available

    def signed(self, participant: ParticipantId, feature: FeatureId) -> S | None:
        """
        The yes that somebody holds, as they signed it, if they do.

        Raises `UnknownParticipant`.
        """
        grant = self._gate.grant_of(participant, feature)
        return None if grant is None else self._held.of(grant)

    def offering(self, feature: FeatureId) -> Offering:
        """What is on offer of a feature."""
        gate = self._gate
        offered = not gate.is_forbidden(feature)
        return Offering(feature, offered, gate.notices_of(feature))

    # ---- Events: participants -----------------------------------------------------

    def join(
        self,
        participant: ParticipantId,
        answers: Mapping[FeatureId, S | None],
        *,
        host: bool,
        again: bool = False,
        stranger: ParticipantId | None = None,
    ) -> None:
        """
        Take a participant in, with verified answers.

        `again`: in place of what they were before: nobody has left. `stranger`: as whom
        they were counted until now. Raises what `Gate.join` and `Gate.replace` raise.
        """
        self._held.keep(self._gate.grants())
        held = {f: self._held.hold(s) if s else None for f, s in answers.items()}
        recorded = [f for f, s in answers.items() if s and self._journal.is_recorded(s)]
        if again:
            self.openings.drop(participant)
        come = self._gate.join
        if again or stranger is not None:
            come = partial(self._gate.replace, stranger=stranger)
        self._performer.perform(come(participant, held, recorded=recorded, host=host))

    def grant(self, signed: S) -> None:
        """
        Take a verified yes.

        Raises what `Gate.grant` raises, and `LedgerUnavailable` while nothing could be
        proved.
        """
        if not self._journal.available:
            raise LedgerUnavailable
        self._held.keep(self._gate.grants())
        self._performer.perform(self._gate.grant(self._held.hold(signed)))

    def decline(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        prove: Callable[[], S | None],
    ) -> None:
        """
        Take a no. It closes before anything else.

        `prove` is called after that and yields the verified statement, if there is one.
        Raises what `Gate.decline` raises.
        """
        self._performer.close(self._gate.decline(participant, feature))
        self.take_back(participant, feature, prove())

    def take_back(
        self, participant: ParticipantId, feature: FeatureId, withdrawal: S | None
    ) -> None:
        """
        Withdraw what is on record of theirs, in its turn: after openings on their way.

        The gate knows the one grant that it holds; the ledger may hold others, from
        before a restart, a lapse or a departure.
        """
        self._entries.owe_withdrawal(participant, feature, withdrawal)

    def lose(self, participant: ParticipantId) -> None:
        """A connection is lost. Raises `UnknownParticipant`."""
        self._performer.perform(self._gate.lose(participant))

    def regain(self, participant: ParticipantId) -> None:
        """A connection is back. Raises `UnknownParticipant`."""
        self._performer.perform(self._gate.regain(participant))

    def see(self, *, all_present: bool) -> None:
        """Whether it is known who is there; as long as it is not, nothing runs."""
        self._performer.perform(self._gate.see(all_present=all_present))

    def leave(self, participant: ParticipantId) -> None:
        """
        A participant leaves: their taps close, whatever stays open.

        Raises `UnknownParticipant`.
        """
        self._without(participant, self._gate.leave(participant))

    def send_away(self, participant: ParticipantId) -> None:
        """The host removes somebody, or refuses who is not in; pauses begin anew."""
        if participant in self._gate.participants:
            self._without(participant, self._gate.remove(participant))
        else:
            self._performer.perform(self._gate.turn_away())
        for feature in self._gate.features:
            if not self._gate.is_open(feature):
                self._pause.anew(feature)

    # ---- Events: the host, the admin, the server ----------------------------------

    def request(self, feature: FeatureId, *, ask: bool = True) -> Heard:
        """
        The host wants it; everybody is asked, if the pause is over (rule 12).

        Unless nobody is to be asked (`ask`): then it runs if all have agreed already.

        Raises what `Gate.request` raises, and `LedgerUnavailable` while nothing could
        be proved.
        """
        if not self._journal.available:
            raise LedgerUnavailable
        ask = ask and self._pause.rest(feature) == 0
        again = self._gate.is_requested(feature)
        effects = self._gate.request(feature, ask=ask)
        if not again:
            self._limit.renew(feature)
        self._performer.perform(effects)
        if ask:
            self._pause.asked(feature)
        return Heard(ask, self._pause.rest(feature))

    def cancel(self, feature: FeatureId) -> None:
        """The host no longer wants it. Raises what `Gate.cancel` raises."""
        self._performer.perform(self._gate.cancel(feature))

    def only_host(self, keeper: ParticipantId | None) -> None:
        """Nobody is host any more but `keeper`, if they were."""
        self._performer.perform(self._gate.only_host(keeper))

    def forbid(self, feature: FeatureId) -> None:
        """
        The admin takes it away, now; everybody is told that it is not offered.

        Raises what `Gate.forbid` raises. Idempotent.
        """
        was_off = self._gate.is_forbidden(feature)
        self._performer.perform(self._gate.forbid(feature))
        if not was_off:
            self._tell_offering(feature)

    def allow(self, feature: FeatureId) -> None:
        """The admin offers it again; it starts nothing. Raises as `forbid` does."""
        was_off = self._gate.is_forbidden(feature)
        self._performer.perform(self._gate.allow(feature))
        if was_off:
            self._tell_offering(feature)

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """
        Other wording is in force (rule 11). Raises what `Gate.reword` raises.

        Grants of what is in force no longer lapse, and those who gave them are asked.
        """
        effects = self._gate.reword(feature, notices)
        self._performer.close(effects)
        self._pause.lapsed(feature)  # what was asked before was another question
        self._journal.reword(feature, notices)
        self._tell_offering(feature)
        self._performer.follow(effects)

    def fail(self, why: PeerError) -> None:
        """Nothing can be proved, or timed, any more: close all that is open."""
        self._give_up(why, *filter(self._gate.is_open, self._gate.features))

    def shut(self) -> None:
        """Close every gate, now. Idempotent."""
        self._performer.close(
            [e for f in self._gate.features for e in self._gate.cancel(f)]
        )

    # ---- The queue ----------------------------------------------------------------

    async def run(self) -> None:
        """
        Perform what waits, in turn, until closed down or cancelled.

        Raises `ChainTaken` when another process writes this meeting's chain.
        """
        try:
            await self.turns.run(self._entries.stop_waiting)
        finally:
            self.shut()
            self._entries.settle()

    def close_down(self) -> None:
        """Close every gate now; `run` returns when all is written and reported."""
        self.shut()
        self.turns.put(self._finish)

    async def _finish(self) -> None:
        await self.openings.finished()
        self.turns.end()

    # ---- Within -------------------------------------------------------------------

    def _tell_offering(self, feature: FeatureId) -> None:
        self._audience.tell(self.offering(feature))

    def _without(self, participant: ParticipantId, effects: Sequence[Effect]) -> None:
        self.openings.drop(participant)
        self._performer.perform(effects)
        for opening in self.openings.went(participant):
            self._entries.owe_part(opening)

    def _expire(self, feature: FeatureId) -> None:
        """It has run for too long. To everybody this is an off like any other."""
        self._pause.lapsed(feature)
        self._performer.perform(self._gate.expire(feature))

    def _give_up(self, why: PeerError, *features: FeatureId) -> None:
        """End requests because of a fault of the server's, and say so to everybody."""
        self._performer.perform([e for f in features for e in self._gate.cancel(f)])
        for feature in features:
            log.error("gate.failed", room=self._room, feature=feature, code=why.code)
            self._audience.tell(GaveUp(feature, why))
