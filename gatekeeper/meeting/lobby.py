"""
The lobby: who asks to come in, and what their answers from there are worth.

Rule 1: whoever holds the room's address may have a seat, whatever they have answered;
an answer that does not hold is none.
Rule 2: nothing here seats anybody; `Room` does.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gatekeeper import wire
from gatekeeper.consent.state import GateState
from gatekeeper.consent.types import Decision, FeatureId, LanguageTag, RoomId
from gatekeeper.errors import LedgerUnavailable, MalformedMessage, NotAllowed, PeerError
from gatekeeper.evidence.journal import LedgerJournal
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, verify_join
from gatekeeper.meeting.faults import AnsweredTooOften
from gatekeeper.meeting.meter import Meter
from gatekeeper.meeting.nickname import nickname
from gatekeeper.meeting.seat import Connection, Seat
from gatekeeper.meeting.statements import Statements
from gatekeeper.storage.entries import Entry

YESES_AT_ONCE, YESES_PER_SECOND = 20, 0.1
"""How often one participant may say yes. A no is never counted (design.md, rule 4)."""

Held = dict[FeatureId, SignedDecision | None]
"""What holds of somebody's answers: a grant, or `None` for a no."""


class Lobby:
    """One room's lobby."""

    def __init__(
        self,
        room: RoomId,
        *,
        is_host: Callable[[str], bool],
        state: GateState,
        journal: LedgerJournal,
        statements: Statements,
        monotonic: Callable[[], float],
    ) -> None:
        self._room = room
        self._is_host = is_host
        self._state = state
        self._journal = journal
        self._statements = statements
        self._monotonic = monotonic

    def seat(
        self,
        message: wire.Join,
        line: Connection,
        challenge: str,
        *,
        private: bool,
        entry: Entry | None,
    ) -> Seat:
        """
        A seat for whoever has signed `challenge`.

        `private`: whether the browser says `Sec-GPC: 1` (Global Privacy Control);
        `entry`: as whom they come, if by a service's token.
        Raises `ForgedStatement`, `NotAllowed`, `NameUnusable`, and `MalformedMessage`
        where there are two answers on one feature.
        """
        features = [answer.feature for answer in message.answers]
        if len(set(features)) < len(features):
            raise MalformedMessage("There are two answers on one feature.")
        key = ParticipantKey.from_jwk(message.key.model_dump(exclude_none=True))
        verify_join(message.proof, key=key, room=self._room, challenge=challenge)
        if message.host is not None and not self._is_host(message.host):
            raise NotAllowed
        hosts = message.host is not None or (entry is not None and entry.host)
        off = wire.Media(
            microphone=False, camera=False, screen=False, screen_audio=False
        )
        return Seat(
            key,
            name=nickname(message.name),
            language=LanguageTag(message.language),
            host=hosts,
            media=message.media or off,
            line=line,
            yeses=Meter(YESES_PER_SECOND, YESES_AT_ONCE),
            private=private,
            ref=None if entry is None else entry.ref,
        )

    def answers(
        self, seat: Seat, answers: Sequence[wire.Answer]
    ) -> tuple[Held, list[Callable[[], None]]]:
        """What holds of the answers, and what tells `seat` why the rest does not."""
        held: Held = {}
        refusals: list[Callable[[], None]] = []
        for answer in answers:
            feature = FeatureId(answer.feature)
            try:
                held[self._state.offered(feature)] = self._answer(seat, answer)
            except PeerError as exc:  # the seat is theirs all the same; no answer is no
                refusals.append(partial(seat.refuse, exc, "decide", feature))
        return held, refusals

    def refusals(
        self, seat: Seat, answers: Sequence[wire.Answer]
    ) -> Iterator[tuple[FeatureId, SignedDecision | None]]:
        """Each no, with its statement if that holds: it takes back what went before."""
        for answer in answers:
            feature = FeatureId(answer.feature)
            declined = answer.decision is Decision.DECLINED
            if not declined or feature not in self._state.features:
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
            yield feature, signed

    def _answer(self, seat: Seat, answer: wire.Answer) -> SignedDecision | None:
        if answer.decision is Decision.DECLINED:
            return None
        if not self._journal.available:
            raise LedgerUnavailable
        if not seat.yeses.acquire(1, self._monotonic()):
            raise AnsweredTooOften
        return self._statements.read_again(
            answer.statement, key=seat.key, feature=FeatureId(answer.feature)
        )
