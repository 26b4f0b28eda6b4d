"""
Ballots: is this statement what its author signed, for this room, and fresh?

Rule 1: a statement is good once. A grant may be shown again on joining (after a lost
connection or a restart), until it has been taken back.
Rule 2: nothing here decides; a refusal needs no ballot to be heard.
"""

from collections.abc import Callable

from gatekeeper.consent.words import (
    Decision,
    FeatureId,
    NoticeDigest,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import NoticeOutdated, ReplayedStatement
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, verify_decision


class Ballots:
    """The statements of one room."""

    def __init__(
        self,
        room: RoomId,
        *,
        in_force: Callable[[FeatureId, NoticeDigest], bool],
        withdrawn: Callable[[SignedDecision], bool],
    ) -> None:
        self._room = room
        self._in_force = in_force
        self._withdrawn = withdrawn
        self._seen: set[str] = set()
        """Nonces of grants. How many there can be is bounded, by `Seat.yeses`."""
        self._last_no: dict[tuple[ParticipantId, FeatureId], str] = {}
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

        Raises `ForgedStatement`, `NoticeOutdated` (for a grant), `ReplayedStatement`.
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
        self._seen.add(signed.nonce)
        return signed

    def read_again(
        self, statement: str, *, key: ParticipantKey, feature: FeatureId
    ) -> SignedDecision:
        """
        A verified grant, shown on joining; it may have been shown before.

        Raises as `read` does.
        """
        signed = self._verified(statement, key, feature, Decision.GRANTED)
        if signed.nonce in self._spent or self._withdrawn(signed):
            raise ReplayedStatement
        self._seen.add(signed.nonce)
        return signed

    def spend(self, signed: SignedDecision) -> None:
        """A grant was taken back: it can never be shown again."""
        self._spent.add(signed.nonce)

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
        granted = decision is Decision.GRANTED
        if granted and not self._in_force(feature, signed.notice):
            raise NoticeOutdated
        return signed
