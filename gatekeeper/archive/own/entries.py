"""
Entries of a ledger that concern one person, without anybody else.

Rule 1: what is not known to be theirs is left out. An entry that tells of others too is
told without them, and says so (`whole`): its hash is that of all of it.
Rule 2: none tells how many stand before it: one more or less would be what somebody
else took back (design.md, rule 8).
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import NoticeDigest, OpeningId, ParticipantId
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    Entry,
    Erasure,
    FeatureAllowed,
    FeatureForbidden,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    KeyRotated,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    NoticeReworded,
    PartBegan,
    RetentionEnded,
    decode,
)
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import Recorded, SignedStatement


@dataclass(frozen=True, slots=True)
class OwnGrant:
    """One yes of theirs, and where it stands."""

    recorded: Recorded
    row: LedgerRow
    notice: Notice


@dataclass(frozen=True, slots=True)
class OwnWithdrawal:
    """One yes that they took back, and where that stands."""

    grant: OwnGrant
    statement: str | None
    """As they signed it; None if it came unsigned."""
    row: LedgerRow


@dataclass(frozen=True, slots=True)
class OwnChain:
    """What a chain tells of one person."""

    entries: tuple[Mapping[str, Any], ...]
    grants: tuple[OwnGrant, ...]
    withdrawals: tuple[OwnWithdrawal, ...]


def own_chain(rows: Sequence[LedgerRow], who: ParticipantId) -> OwnChain:
    """Of a chain what concerns `who`. Raises `EvidenceError` for what is no entry."""
    read = [(row, decode(row.body)) for row in rows]
    reader = _Reader(who, _notices(read), _wordings(read, who))
    entries = [told for row, entry in read for told in reader.tell(row, entry)]
    return OwnChain(
        tuple(entries), tuple(reader.grants.values()), tuple(reader.withdrawals)
    )


def _notices(read: Sequence[tuple[LedgerRow, Entry]]) -> dict[NoticeDigest, Notice]:
    bodies = (entry.body for _, entry in read)
    return {b.digest: b.wording for b in bodies if isinstance(b, NoticePublished)}


def _wordings(
    read: Sequence[tuple[LedgerRow, Entry]], who: ParticipantId
) -> set[NoticeDigest]:
    bodies = (entry.body for _, entry in read)
    proofs = (
        proof
        for body in bodies
        for proof in (
            body.grants
            if isinstance(body, GateOpened)
            else (body.grant,)
            if isinstance(body, GrantAdded)
            else ()
        )
    )
    found = map(Recorded.of, proofs)
    return {each.decision().notice for each in found if each.subject == who}


class _Reader:
    def __init__(
        self,
        who: ParticipantId,
        notices: Mapping[NoticeDigest, Notice],
        wordings: Collection[NoticeDigest],
    ) -> None:
        """`wordings`: those that they have agreed to."""
        self._who = who
        self._notices = notices
        self._wordings = wordings
        self._present: dict[OpeningId, bool] = {}
        self.grants: dict[str, OwnGrant] = {}
        """By nonce."""
        self.withdrawals: list[OwnWithdrawal] = []

    def tell(self, row: LedgerRow, entry: Entry) -> Iterator[Mapping[str, Any]]:
        """The entry as it concerns them, if it does."""
        told = self._own(row, entry.body)
        if told is None:
            return
        whole = told == entry.body
        plain = json.loads(row.body)
        del plain["seq"], plain["prev"]
        if not whole:
            plain |= told.model_dump(mode="json")
        yield {
            "sha256": row.hash.hex(),
            "whole": whole,
            "entry": plain,
        }

    def _own(self, row: LedgerRow, body: Body) -> Body | None:
        match body:
            case MeetingOpened() | MeetingSealed():
                return body
            case NoticePublished() | GateOpened() | GrantAdded() | GrantWithdrawn():
                return self._of_consent(row, body)
            case PartBegan():
                there = self._who in body.people
                self._present[body.opening] = there
                return (
                    body.model_copy(update={"people": (self._who,)}) if there else None
                )
            case GateClosed():
                return body if self._present.get(body.opening) else None
            case CaptureFinished() | Erasure():
                return body if body.subject == self._who else None
            case RetentionEnded():
                features = {g.recorded.feature for g in self.grants.values()}
                return body if body.feature in features else None
            case (
                FeatureForbidden() | FeatureAllowed() | NoticeReworded() | KeyRotated()
            ):
                return None  # of no meeting
            case _:
                assert_never(body)

    def _of_consent(
        self,
        row: LedgerRow,
        body: NoticePublished | GateOpened | GrantAdded | GrantWithdrawn,
    ) -> Body | None:
        match body:
            case NoticePublished():
                return body if body.digest in self._wordings else None
            case GateOpened():
                return self._opened(row, body)
            case GrantAdded():
                if not self._grant(row, body.grant):
                    return None
                self._present.setdefault(body.opening, True)
                return body
            case GrantWithdrawn():
                grant = self.grants.get(body.nonce)
                if grant is None:
                    return None
                self.withdrawals.append(OwnWithdrawal(grant, body.statement, row))
                return body

    def _opened(self, row: LedgerRow, body: GateOpened) -> GateOpened | None:
        mine = tuple(grant for grant in body.grants if self._grant(row, grant))
        self._present[body.opening] = bool(mine)
        if not mine:
            return None
        digests = {
            grant.recorded.decision().notice
            for grant in self.grants.values()
            if grant.recorded.proof in mine
        }
        return body.model_copy(
            update={"grants": mine, "notices": tuple(sorted(digests))}
        )

    def _grant(self, row: LedgerRow, proof: SignedStatement) -> bool:
        """Whether it is theirs; kept then, as of the first entry that holds it."""
        recorded = Recorded.of(proof)
        if recorded.subject != self._who:
            return False
        notice = self._notices[recorded.decision().notice]
        self.grants.setdefault(recorded.nonce, OwnGrant(recorded, row, notice))
        return True
