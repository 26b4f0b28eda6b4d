"""
Statements: is this statement what its author signed, for this room, and fresh?

Rule 1: a statement is good once. A grant may be shown again on joining (after a lost
connection), until it has been taken back.
Rule 2: a statement is good in one life of the room: what was taken back in an earlier
one may have been written nowhere. Who still agrees signs again.
Rule 3: nothing here decides; a refusal needs no ballot to be heard.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable

from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    NoticeDigest,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import ForgedStatement, NoticeOutdated
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, verify_decision
from gatekeeper.meeting.faults import (
    AnsweredTooOften,
    ReplayedStatement,
    StatementOutdated,
)

MOST = 4096
"""
Grants that one life of a room remembers, in 2.3 MB if each is by somebody else.

No more are taken then. Twelve people who answer on four features ten times each come
to 480.
"""

_About = tuple[ParticipantId, FeatureId]


class Statements:
    """The statements of one life of a room."""

    def __init__(
        self,
        room: RoomId,
        life: str,
        *,
        in_force: Callable[[FeatureId, NoticeDigest], bool],
        worded: Callable[[SignedDecision], bool],
        used_up: Callable[[SignedDecision], bool],
    ) -> None:
        """
        Begin with none.

        `in_force`: whether a wording is; `worded`: whether that is in the language that
        a grant for it names; `used_up`: whether the ledger holds a grant's
        nonce as taken back, or of another grant.
        """
        self._room = room
        self._life = life
        self._in_force = in_force
        self._worded = worded
        self._used_up = used_up
        self._seen: dict[str, bytes] = {}
        """Nonces of grants with the digest of what they name, at most `MOST`."""
        self._shown: dict[_About, set[str]] = defaultdict(set)
        """Those of them that have not been taken back, by who gave them for what."""
        self._last_no: dict[_About, str] = {}
        """Of refusals the last one's nonce: showing an older one again does nothing."""
        self._spent: set[str] = set()
        """Nonces of grants that were taken back, whether written or not."""

    def read(
        self,
        statement: str,
        *,
        key: ParticipantKey,
        feature: FeatureId,
        decision: Decision,
    ) -> SignedDecision:
        """
        A verified, fresh decision.

        Raises `ForgedStatement`, `StatementOutdated`, `ReplayedStatement`, and for a
        grant `NoticeOutdated`, `AnsweredTooOften`.
        """
        signed = self._verified(statement, key, feature, decision)
        if decision is Decision.DECLINED:
            about = (signed.subject, signed.feature)
            if self._last_no.get(about) == signed.nonce:
                raise ReplayedStatement
            self._last_no[about] = signed.nonce
            return signed
        if signed.nonce in self._seen:
            raise ReplayedStatement
        self._remember(signed)
        return signed

    def read_again(
        self, statement: str, *, key: ParticipantKey, feature: FeatureId
    ) -> SignedDecision:
        """
        A verified grant, shown on joining; it may have been shown before.

        Raises as `read` does.
        """
        signed = self._verified(statement, key, feature, Decision.GRANTED)
        if signed.nonce in self._spent:
            raise ReplayedStatement
        self._remember(signed)
        return signed

    def lapse(self, feature: FeatureId) -> None:
        """All answers on it are void: no grant before it can be shown again."""
        for about in [each for each in self._shown if each[1] == feature]:
            self.take_back(*about)

    def take_back(self, participant: ParticipantId, feature: FeatureId) -> None:
        """A no: none of the grants before it can ever be shown again."""
        self._spent |= self._shown.pop((participant, feature), set())

    def forget(self, participant: ParticipantId) -> None:
        """Somebody has left: which no was their last matters no longer."""
        for about in [each for each in self._last_no if each[0] == participant]:
            del self._last_no[about]

    def _remember(self, signed: SignedDecision) -> None:
        """From now on its nonce names this grant and no other."""
        digest = hashlib.sha256(signed.statement.encode()).digest()
        if self._used_up(signed) or self._seen.get(signed.nonce, digest) != digest:
            raise ReplayedStatement
        if signed.nonce not in self._seen and len(self._seen) >= MOST:
            raise AnsweredTooOften
        self._seen[signed.nonce] = digest
        self._shown[signed.subject, signed.feature].add(signed.nonce)

    def _verified(
        self,
        statement: str,
        key: ParticipantKey,
        feature: FeatureId,
        decision: Decision,
    ) -> SignedDecision:
        signed = verify_decision(
            statement, key=key, room=self._room, feature=feature, decision=decision
        )
        if not signed.present or signed.life != self._life:
            raise StatementOutdated
        granted = decision is Decision.GRANTED
        if granted and not self._in_force(feature, signed.notice):
            raise NoticeOutdated
        if granted and not self._worded(signed):
            raise ForgedStatement  # nobody who checks it would take it
        return signed
