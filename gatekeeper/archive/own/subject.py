"""
Requests of a person: all that is held of them in one meeting, or all of it gone.

Rule 1: a receipt is an address and no proof. Nothing in it is secret, so who holds one
shows nothing by it: the operator acts for whom they know, on the machine; a participant
for themselves, by their page capability (`web.kept`). No address takes a receipt but
the console's, where the operator is signed in.
Rule 2: a request covers every feature that ever ran for them, configured still or not.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.faults import (
    MeetingUnknown,
    ReceiptForeign,
    ReceiptInvalid,
    ReceiptsOfSeveral,
    StillCaptured,
)
from gatekeeper.consent.types import FeatureId, LanguageTag, ParticipantId, RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Receipt, key_inside, verify_receipt
from gatekeeper.evidence.statement import unverified_subject


@dataclass(frozen=True, slots=True)
class Subject:
    """One person in one meeting; in another they are somebody else."""

    room: RoomId
    participant: ParticipantId
    language: LanguageTag
    """In which they were asked."""


def subject_of(receipts: str, key: GateKey) -> Subject:
    """
    Whom receipts are of, one a line, once this server's own signature holds.

    Raises `RequestRefused`.
    """
    lines = receipts.split()
    if not lines:
        raise ReceiptInvalid
    first, *others = (_subject(_read(line, key)) for line in lines)
    if any(o.room != first.room or o.participant != first.participant for o in others):
        raise ReceiptsOfSeveral
    return first


def _subject(receipt: Receipt) -> Subject:
    return Subject(
        receipt.position.meeting,
        unverified_subject(receipt.grant.statement),
        receipt.notice.language,
    )


def _read(line: str, key: GateKey) -> Receipt:
    try:
        return verify_receipt(line, key.published)
    except EvidenceError as exc:
        if _is_good_elsewhere(line):
            raise ReceiptForeign from exc
        raise ReceiptInvalid from exc


def _is_good_elsewhere(line: str) -> bool:
    try:
        carried = key_inside(line)
        if carried is None:
            return False
        verify_receipt(line, carried)
    except EvidenceError:
        return False
    return True


def features_of(told: History, who: ParticipantId) -> tuple[FeatureId, ...]:
    """Every feature that was open with them in it, each once."""
    found = (s.feature for s in told.stretches if who in s.people)
    return tuple(dict.fromkeys(found))


def require_at_rest(told: History, who: ParticipantId) -> None:
    """Raise `StillCaptured` while something is open with them in it."""
    for stretch in told.stretches:
        if any(p.ended is None and who in p.people for p in stretch.parts):
            raise StillCaptured


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone of one feature."""

    feature: FeatureId
    files: int


class SubjectEraser:
    """Erases everything of one person."""

    def __init__(self, eraser: Eraser, ledger: Ledger) -> None:
        self._eraser = eraser
        self._ledger = ledger

    async def enqueue(self, room: RoomId, who: ParticipantId) -> Sequence[FeatureId]:
        """
        List all of theirs, in one transaction; the eraser's `run` erases.

        Raises `MeetingUnknown`, `StillCaptured`, `LedgerUnavailable`.
        """
        features = await self._features(room, who)
        await self._eraser.list_all(room, features, who)
        self._eraser.wake()
        return features

    async def erase(
        self, room: RoomId, who: ParticipantId
    ) -> AsyncGenerator[Erased, None]:
        """
        List all of theirs, then erase it now; tells of each feature that is done.

        From the first thing told on, it is listed: whatever is left when this ends, be
        it by a crash, is erased later. Raises what `enqueue` does, and `OSError`.
        """
        features = await self._features(room, who)
        listed = await self._eraser.list_all(room, features, who)
        try:
            for deletion in listed:
                files = await self._eraser.carry_out(deletion)
                yield Erased(deletion.feature, files)
        finally:
            self._eraser.wake()  # for what is left, whoever went away

    async def _features(
        self, room: RoomId, who: ParticipantId
    ) -> tuple[FeatureId, ...]:
        told = history(await self._ledger.read(room))
        features = features_of(told, who)
        if not features:
            raise MeetingUnknown
        require_at_rest(told, who)
        return features
