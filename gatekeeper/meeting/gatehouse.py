"""
The gatehouse: performs what the gate decides, on two paths.

Rule 1: a `Close` is performed before the event returns: no queue, no disk, no peer.
Rule 2: everything else goes through one FIFO, so that proof is durable before what it
proves becomes visible.
Rule 3: an opening is a token that a later `Close` kills; a dead one opens nothing, and
its record is not written.
Rule 4: whoever comes or goes while a gate is open begins another part of its opening,
at that moment; the entry of it follows.
Rule 5: when the ledger fails, requests are cancelled: gates close, the meeting goes on.
"""

import asyncio
from collections import deque
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Mapping,
    Sequence,
)
from datetime import datetime
from functools import partial
from typing import assert_never

import structlog

from gatekeeper.clock import rfc3339
from gatekeeper.consent.effects import (
    Admit,
    Ask,
    Close,
    Effect,
    Grant,
    Lapse,
    Open,
    RecordGrant,
    RecordOpening,
    RecordWithdrawal,
)
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.types import FeatureId, NoticeDigest, ParticipantId, RoomId
from gatekeeper.errors import (
    LedgerUnavailable,
    OpenedTooOften,
    PeerError,
    SinkUnavailable,
    UnknownOpening,
)
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.meeting.journal import Granted, Journal
from gatekeeper.meeting.leases import Leases
from gatekeeper.meeting.opening import Opening
from gatekeeper.meeting.pause import Pause
from gatekeeper.meeting.permit import Mint
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat
from gatekeeper.meeting.sink import Answering, ChatReader, OpenSink
from gatekeeper.wire.server import (
    Asked,
    ChatLine,
    Fault,
    Lapsed,
    Receipt,
    Sign,
    Tap,
    TapClosed,
)

log = structlog.get_logger(__name__)

Step = Callable[[], Awaitable[None]]

HAND_WITHIN = 1.0
"""Seconds that receipts of withdrawals, which wait for the ledger, get at the end."""


class Gatehouse:
    """One room's gate with its openings and its queue."""

    def __init__(
        self,
        room: RoomId,
        notices: Mapping[FeatureId, Sequence[NoticeDigest]],
        sinks: Mapping[FeatureId, OpenSink],
        *,
        third_party: Collection[FeatureId],
        proof: Journal,
        roster: Roster,
        clock: Callable[[], datetime],
        admit: Callable[[ParticipantId], None],
        ends_without_host: bool,
        longest: float,
        pause: Pause,
        may_write: Callable[[], bool],
        spend: Callable[[SignedDecision], None],
    ) -> None:
        """
        `admit` is called once all that must stop for a participant has stopped.

        `longest`: seconds after which what runs is closed (design.md, rule 18).
        `spend` is told of every grant that has lapsed: it may not be shown again.
        `may_write` is asked before an opening or a grant is written down.
        `third_party`: features of which nobody is asked whose browser says that it
        does not want their content given away (Global Privacy Control).
        """
        self._third_party = frozenset(third_party)
        self._gate = Gate(notices, ends_without_host=ends_without_host)
        self._room = room
        self._sinks = sinks
        self._proof = proof
        self._roster = roster
        self._clock = clock
        self._admit = admit
        self._pause = pause
        self._leases = Leases(longest, self._expire)
        self._mint = Mint()
        self._signed: dict[str, SignedDecision] = {}
        """What each grant that the gate holds was signed with, by statement."""
        self._may_write = may_write
        self._spend = spend
        self._current: dict[FeatureId, Opening] = {}
        self._closing: set[Opening] = set()
        """Closed, but its sink has not said that it stopped."""
        self._unfinished: set[Opening] = set()
        self._since: dict[FeatureId, str] = {}
        """Features whose sink runs, with the time since when."""
        self._owed: set[asyncio.Task[None]] = set()
        """Who waits for the ledger to be back, with a receipt to hand out."""
        self._unwritten: deque[Callable[[], None]] = deque()
        """Parts, closings and withdrawals whose turn to be written has not come."""
        self._queue: asyncio.Queue[Step] = asyncio.Queue()
        self._done = False

    # ---- Events -------------------------------------------------------------------

    def join(
        self,
        participant: ParticipantId,
        answers: Mapping[FeatureId, SignedDecision | None],
        *,
        host: bool,
        again: bool,
    ) -> None:
        """
        Seat a participant with verified answers.

        `again`: in place of the seat that they have: nobody has left. Raises what
        `Gate.join` and `Gate.replace` raise.
        """
        self._forget_unheld()
        held = {f: self._grant(s) if s else None for f, s in answers.items()}
        recorded = [f for f, s in answers.items() if s and self._proof.is_recorded(s)]
        if again:
            self._drop_taps(participant)
        seat = self._gate.replace if again else self._gate.join
        self._perform(seat(participant, held, recorded=recorded, host=host))

    def grant(self, signed: SignedDecision) -> None:
        """
        Take a verified yes.

        Raises what `Gate.grant` raises, and `LedgerUnavailable` while nothing could be
        proved.
        """
        if not self._proof.available:
            raise LedgerUnavailable
        self._forget_unheld()
        self._perform(self._gate.grant(self._grant(signed)))

    def decline(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        prove: Callable[[], SignedDecision | None],
    ) -> None:
        """
        Take a no. It closes before anything else.

        `prove` is called after that and yields the verified statement, if there is one.
        """
        self._close_all(self._gate.decline(participant, feature))
        self.take_back(participant, feature, prove())

    def take_back(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        withdrawal: SignedDecision | None,
    ) -> None:
        """
        Withdraw what is on record of theirs, in its turn: after openings on their way.

        The gate knows the one grant that it holds; the ledger may hold others, from
        before a restart, a lapse or a departure.
        """
        self._put_debt(partial(self._withdraw, participant, feature, withdrawal))

    def request(self, feature: FeatureId, *, ask: bool) -> None:
        """The host wants it. Raises what `Gate.request` raises."""
        if not self._gate.is_requested(feature):
            self._leases.renew(feature)
        self._perform(self._gate.request(feature, ask=ask))

    def cancel(self, feature: FeatureId) -> None:
        """The host no longer wants it. Raises what `Gate.cancel` raises."""
        self._perform(self._gate.cancel(feature))

    def lose(self, participant: ParticipantId) -> None:
        """A connection is lost."""
        self._perform(self._gate.lose(participant))

    def regain(self, participant: ParticipantId) -> None:
        """A connection is back."""
        self._perform(self._gate.regain(participant))

    def leave(self, participant: ParticipantId) -> None:
        """A participant leaves: their taps close, whatever stays open."""
        effects = self._gate.leave(participant)
        self._drop_taps(participant)
        self._perform(effects)
        for opening in self._current.values():
            if participant in opening.people:
                self._cut(opening, opening.people - {participant})

    def fail(self, why: PeerError) -> None:
        """Nothing can be proved, or timed, any more: close all that is open."""
        for feature in self._gate.features:
            if self._gate.is_open(feature):
                self._give_up(feature, why)

    def shut(self) -> None:
        """Close every gate, now. Idempotent."""
        for feature in self._gate.features:
            self._close_all(self._gate.cancel(feature))

    # ---- What holds ---------------------------------------------------------------

    @property
    def features(self) -> tuple[FeatureId, ...]:
        """The features that this room offers."""
        return self._gate.features

    @property
    def gate(self) -> Gate:
        """To read from; events go through the gatehouse."""
        return self._gate

    @property
    def capturing(self) -> bool:
        """Whether any gate is open or opening."""
        return bool(self._current)

    def held(
        self, participant: ParticipantId, feature: FeatureId
    ) -> SignedDecision | None:
        """The grant that a participant holds, as they signed it."""
        grant = self._gate.grant_of(participant, feature)
        return None if grant is None else self._signed[grant.statement]

    def signs(self) -> tuple[Sign, ...]:
        """The sign of each offered feature."""
        return tuple(self._sign(feature) for feature in self._gate.features)

    def opening(self, opening: str) -> Opening | None:
        """The live opening of that id."""
        return next((o for o in self._current.values() if o.id == opening), None)

    def taps(self) -> tuple[Tap, ...]:
        """What a participant who comes later must be told of."""
        return tuple(_tap(o) for o in self._current.values() if o.announced)

    async def finished(self, feature: FeatureId | None = None) -> None:
        """Return once every closed opening (of `feature`) is written and reported."""
        for opening in tuple(self._unfinished):
            if not opening.alive and feature in (None, opening.feature):
                await opening.finished.wait()

    def read(self, line: ChatLine) -> None:
        """Give a chat line that is being sent to what reads the chat just now."""
        for opening in self._current.values():
            sink: object = opening.sink
            if opening.running and isinstance(sink, ChatReader):
                sink.read(line)

    def answering(self, feature: FeatureId) -> Answering:
        """What answers for an open feature. Raises `UnknownOpening`."""
        opening = self._current.get(feature)
        if opening is None or not opening.running:
            raise UnknownOpening
        sink: object = opening.usable_sink()
        if not isinstance(sink, Answering):
            raise UnknownOpening
        return sink

    # ---- The queue ----------------------------------------------------------------

    async def run(self) -> None:
        """
        Perform steps in turn, until closed down or cancelled.

        Raises `ChainTaken` when another process writes this meeting's chain.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                while not self._done:
                    step = await self._queue.get()
                    await step()
                await self._stop_waiting()
        finally:
            self.shut()
            self._done = True
            # Whatever has ended it: the steps that are left get no turn any more.
            while self._unwritten:
                self._owe()

    def put(self, step: Step) -> None:
        """Have `step` performed in its turn."""
        self._queue.put_nowait(step)

    def close_down(self) -> None:
        """Close every gate now; `run` returns when all is written and reported."""
        self.shut()
        self.put(self._close_down)

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        """Let `work` run beside the queue; it ends with the room."""
        self._tasks.create_task(work, name=name)

    def _drop_taps(self, participant: ParticipantId) -> None:
        for opening in self._current.values():
            opening.drop(participant)

    def _expire(self, feature: FeatureId) -> None:
        """It has run for too long. To everybody this is an off like any other."""
        self._pause.lapsed(feature)
        self._perform(self._gate.expire(feature))

    def _perform(self, effects: Sequence[Effect]) -> None:
        self._close_all(effects)
        for effect in effects:
            match effect:
                case Close():
                    pass  # done, before anything else
                case Lapse(feature):
                    # At once: what is decided after this must be confirmed after it.
                    self._pause.lapsed(feature)
                    self._spend_lapsed(feature)
                    self._roster.tell_all(Lapsed(feature=feature))
                case RecordOpening(feature, grants):
                    opening = self._token(feature, grants)
                    signed = [self._signed[grant.statement] for grant in grants]
                    self.put(partial(self._record, opening, signed))
                case Open(feature):
                    self.put(partial(self._open, self._current[feature]))
                case RecordGrant(grant):
                    opening = self._current[grant.feature]
                    signed_grant = self._signed[grant.statement]
                    self.put(partial(self._add, opening, signed_grant))
                case Admit(participant):
                    self.put(partial(self._let_in, participant))
                case Ask():
                    self.put(partial(self._ask, effect))
                case RecordWithdrawal():
                    raise AssertionError("only `decline` withdraws")
                case _:
                    assert_never(effect)

    def _spend_lapsed(self, feature: FeatureId) -> None:
        held = {grant.statement for grant in self._gate.grants()}
        for signed in self._signed.values():
            if signed.feature == feature and signed.statement not in held:
                self._spend(signed)

    def _token(self, feature: FeatureId, grants: Sequence[Grant]) -> Opening:
        people = [grant.participant for grant in grants]
        opening = Opening(self._room, feature, self._mint, people)
        self._current[feature] = opening
        return opening

    def _cut(self, opening: Opening, people: frozenset[ParticipantId]) -> None:
        opening.cut(people)
        part = partial(
            self._proof.part,
            opening.feature,
            opening.id,
            opening.part,
            people,
            self._clock(),
        )
        self._note(opening, part)

    def _close_all(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Close):
                self._close(effect.feature)

    def _close(self, feature: FeatureId) -> None:
        opening = self._current.pop(feature)
        opening.close()
        self._leases.closed(feature)
        if opening.announced:
            self._roster.tell_all(TapClosed(opening=opening.id))
        if not opening.stopped.is_set():
            self._closing.add(opening)
        closed = partial(self._proof.closed, opening.feature, opening.id, self._clock())
        self._note(opening, closed)
        log.info("gate.closed", room=self._room, feature=feature)

    def _note(self, opening: Opening, owe: Callable[[], None]) -> None:
        """Owe an entry of an opening in its turn, if that was recorded by then."""

        def owe_recorded() -> None:
            if opening.recorded:
                owe()

        self._put_debt(owe_recorded)

    def _put_debt(self, owe: Callable[[], None]) -> None:
        self._unwritten.append(owe)
        self.put(self._owe_next)

    def _owe(self) -> None:
        self._unwritten.popleft()()

    # ---- Steps --------------------------------------------------------------------

    async def _record(self, opening: Opening, signed: Sequence[SignedDecision]) -> None:
        if not opening.alive:
            return
        if not self._may_write():
            self._give_up(opening.feature, OpenedTooOften())
            return
        try:
            granted = await self._proof.opened(
                opening.feature, opening.id, signed, self._roster.names(signed)
            )
        except LedgerUnavailable as exc:
            self._give_up(opening.feature, exc)
            return
        opening.recorded = True
        self.spawn(self._hand_out(granted), "receipts")

    async def _add(self, opening: Opening, signed: SignedDecision) -> None:
        if not opening.alive or not opening.recorded:
            return
        if not self._may_write():
            self._give_up(signed.feature, OpenedTooOften())
            return
        try:
            people = self._roster.names([signed])
            granted = await self._proof.granted(opening.id, signed, people)
        except LedgerUnavailable as exc:
            self._give_up(signed.feature, exc)
            return
        self.spawn(self._hand_out(granted), "receipts")

    async def _open(self, opening: Opening) -> None:
        for earlier in tuple(self._closing):
            if earlier.feature == opening.feature:
                await earlier.stopped.wait()
        if not opening.alive or not opening.recorded:
            return
        log.info("gate.opened", room=self._room, feature=opening.feature)
        self._leases.opened(opening.feature)
        self._unfinished.add(opening)
        self.spawn(
            opening.run(
                self._sinks[opening.feature],
                audience=self._roster,
                ready=self._ready,
                running=self._running,
                stopped=self._stopped,
                failed=self._failed,
                finished=self._unfinished.discard,
            ),
            f"opening {opening.id}",
        )

    async def _let_in(self, participant: ParticipantId) -> None:
        for opening in tuple(self._closing):
            await opening.stopped.wait()
        seat = self._roster.find(participant)
        if seat is not None and not seat.admitted:
            for opening in self._current.values():
                if participant not in opening.people:
                    self._cut(opening, opening.people | {participant})
        self._admit(participant)

    async def _ask(self, ask: Ask) -> None:
        message = Asked(feature=ask.feature)
        seats = tuple(self._roster) if ask.to is None else (self._roster.find(ask.to),)
        for seat in seats:
            if seat is not None and self._may_ask(seat, ask.feature):
                seat.send(message)

    async def _owe_next(self) -> None:
        self._owe()

    async def _close_down(self) -> None:
        for opening in tuple(self._unfinished):
            await opening.finished.wait()
        self._done = True

    async def _stop_waiting(self) -> None:
        """Hand out no receipt any more that only a ledger which is gone could give."""
        if self._owed:
            await asyncio.wait(self._owed, timeout=HAND_WITHIN)
        for task in self._owed:
            task.cancel()

    def _withdraw(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        withdrawal: SignedDecision | None,
    ) -> None:
        for receipt in self._proof.withdrawn(participant, feature, withdrawal):
            if self._done:
                continue  # nobody is there to get it
            task = self._tasks.create_task(
                self._hand_withdrawal(participant, feature, receipt),
                name="receipt of a withdrawal",
            )
            self._owed.add(task)
            task.add_done_callback(self._owed.discard)

    # ---- What openings say --------------------------------------------------------

    def _ready(self, opening: Opening) -> None:
        if opening.sink is not None and opening.sink.sources and opening.alive:
            opening.announced = True
            self._roster.tell_all(_tap(opening))

    def _running(self, opening: Opening) -> None:
        self._since[opening.feature] = rfc3339(self._clock())
        self._roster.tell_all(self._sign(opening.feature))

    def _stopped(self, opening: Opening) -> None:
        self._closing.discard(opening)
        if self._since.pop(opening.feature, None) is not None:
            self._roster.tell_all(self._sign(opening.feature))

    def _failed(self, opening: Opening, why: SinkUnavailable) -> None:
        if self._current.get(opening.feature) is opening:
            self._give_up(opening.feature, why)

    def _may_ask(self, seat: Seat, feature: FeatureId) -> bool:
        return seat.admitted and not (seat.private and feature in self._third_party)

    # ---- Within -------------------------------------------------------------------

    def _give_up(self, feature: FeatureId, why: PeerError) -> None:
        """End a request because of a fault of the server's, and say so to everybody."""
        log.error("gate.failed", room=self._room, feature=feature, code=why.code)
        self._perform(self._gate.cancel(feature))
        self._roster.tell_all(Fault(code=why.code, detail=str(why), feature=feature))

    def _forget_unheld(self) -> None:
        held = {grant.statement for grant in self._gate.grants()}
        self._signed = {s: d for s, d in self._signed.items() if s in held}

    def _grant(self, signed: SignedDecision) -> Grant:
        self._signed[signed.statement] = signed
        return Grant(signed.subject, signed.feature, signed.notice, signed.statement)

    def _sign(self, feature: FeatureId) -> Sign:
        since = self._since.get(feature)
        return Sign(feature=feature, on=since is not None, since=since)

    async def _hand_out(self, granted: Granted) -> None:
        for grant in granted.grants:
            text = await self._proof.receipt(grant, granted.written)
            self._hand(
                grant.subject,
                Receipt(feature=grant.feature, event="granted", receipt=text),
            )

    async def _hand_withdrawal(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        receipt: Callable[[], Awaitable[str]],
    ) -> None:
        try:
            text = await receipt()
        except LedgerUnavailable:
            return  # the server stops, and the ledger never came back
        event = Receipt(feature=feature, event="withdrawn", receipt=text)
        self._hand(participant, event)

    def _hand(self, participant: ParticipantId, receipt: Receipt) -> None:
        seat = self._roster.find(participant)
        if seat is not None:
            seat.send(receipt)


def _tap(opening: Opening) -> Tap:
    sources = tuple(opening.sink.sources) if opening.sink is not None else ()
    return Tap(feature=opening.feature, opening=opening.id, sources=sources)
