"""
Verification of one meeting's chain, from its bytes alone.

Rule 1: everything is computed again; nothing that is stored is believed.
Rule 2: a fault names meeting, entry and the rule that does not hold.
Rule 3: it needs no key of ours: each grant carries the key that its signer had, and
the signer's id is that key's thumbprint.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    LanguageTag,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import EvidenceError, ForgedStatement
from gatekeeper.evidence.entries import (
    ACTS,
    AFTERMATH,
    SERVER,
    Body,
    CaptureFinished,
    Entry,
    Erasure,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    PartBegan,
    RetentionEnded,
    decode,
)
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.row import GENESIS, LedgerRow
from gatekeeper.evidence.statement import (
    SignedDecision,
    SignedStatement,
    verify_decision,
)


@dataclass(frozen=True, slots=True)
class VerifiedChain:
    """What a chain proves."""

    meeting: RoomId
    entries: int
    openings: int
    sealed: bool
    head: bytes
    """SHA-256 of the last body: two copies of a chain agree if these do."""


def verify(
    meeting: RoomId, rows: Sequence[LedgerRow], *, sealed: bool
) -> VerifiedChain:
    """
    Check a whole chain. Raises `EvidenceError`.

    `sealed` says that the meeting is known to have been sealed: a chain that ends
    before its seal was cut.
    """
    story, prev, at = _Checker(meeting), GENESIS, None
    for seq, row in enumerate(rows):
        try:
            entry = _link(meeting, seq, prev, row)
            _demand(
                at is None or entry.envelope.at >= at,
                "it is earlier than the entry before it",
            )
            story.tell(entry.body, entry.envelope.at)
        except (EvidenceError, ForgedStatement) as exc:
            raise EvidenceError(f"{meeting}, entry {seq}: {exc}") from exc
        prev, at = row.hash, entry.envelope.at
    if sealed and not story.sealed:
        raise EvidenceError(f"{meeting}, entry {len(rows)}: the seal is missing")
    return VerifiedChain(meeting, len(rows), len(story.openings), story.sealed, prev)


def verify_chain(
    meeting: RoomId, bodies: Iterable[bytes], *, sealed: bool
) -> VerifiedChain:
    """
    Check a copy of a chain: the bodies of its entries, in their order.

    Where each stands and what it is hashed to follows from that. `sealed` as in
    `verify`. Raises `EvidenceError`, also for a chain without any entry: it would
    prove nothing.
    """
    rows: list[LedgerRow] = []
    for body in bodies:
        prev = rows[-1].hash if rows else GENESIS
        digest = hashlib.sha256(body).digest()
        rows.append(LedgerRow(meeting, len(rows), prev, digest, body))
    if not rows:
        raise EvidenceError(f"{meeting}: there is no entry")
    return verify(meeting, rows, sealed=sealed)


def _link(meeting: RoomId, seq: int, prev: bytes, row: LedgerRow) -> Entry:
    """The entry, if it is the very one that belongs in this place."""
    if (row.meeting, row.seq) != (meeting, seq):
        raise EvidenceError(f"found entry {row.seq} of {row.meeting} in its place")
    if hashlib.sha256(row.body).digest() != row.hash:
        raise EvidenceError("the body is not the one that was hashed")
    if row.prev != prev:
        raise EvidenceError("it does not follow the entry before it")
    entry = decode(row.body)
    said = (entry.envelope.meeting, entry.envelope.seq, entry.envelope.prev)
    if said != (meeting, seq, prev.hex()):
        raise EvidenceError("the body names another place in the chain")
    return entry


@dataclass(slots=True)
class _Opening:
    feature: FeatureId
    subjects: set[ParticipantId]
    parts: list[frozenset[ParticipantId]] | None
    """Who was present, part by part; None if the chain is from before there were."""
    known: datetime
    """When its last part began."""
    open: bool = True

    def present(self, part: int) -> Collection[ParticipantId]:
        if self.parts is None:
            return self.subjects if part == 0 else ()
        return self.parts[part] if part < len(self.parts) else ()


@dataclass(slots=True)
class _Checker:
    """Whether the entries, one after the other, make sense."""

    meeting: RoomId
    features: frozenset[FeatureId] | None = None
    published: dict[NoticeDigest, tuple[FeatureId, LanguageTag]] = field(
        default_factory=dict
    )
    openings: dict[OpeningId, _Opening] = field(default_factory=dict)
    checked: dict[SignedStatement, SignedDecision] = field(default_factory=dict)
    grants: dict[str, SignedDecision] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    sealed: bool = False
    """Whether the last entry is the seal."""
    over: bool = False

    def tell(self, body: Body, at: datetime) -> None:
        """Take in the next entry. Raises `EvidenceError`, `ForgedStatement`."""
        _demand(
            isinstance(body, ACTS) == (self.meeting == SERVER),
            "acts on the whole server stand in its own chain, which has no others",
        )
        if isinstance(body, ACTS):
            return
        _demand(
            not self.over or isinstance(body, AFTERMATH),
            "there is an entry after the seal",
        )
        self.sealed = isinstance(body, MeetingSealed)
        _demand(
            isinstance(body, MeetingOpened) == (self.features is None),
            "a chain begins with meeting.opened, and has one",
        )
        match body:
            case MeetingOpened():
                self.features = frozenset(body.features)
            case NoticePublished():
                self._publish(body)
            case GateOpened():
                self._open(body, at)
            case GrantAdded():
                self._add(body)
            case PartBegan():
                self._part(body, at)
            case GrantWithdrawn():
                self._withdraw(body)
            case GateClosed():
                self._close(body, at)
            case CaptureFinished():
                opening = self._opening(body.opening, body.feature)
                _demand(
                    body.subject in opening.subjects,
                    "somebody was captured who had not granted",
                )
                _demand(
                    body.subject in opening.present(body.part),
                    "somebody was captured who was not present",
                )
            case Erasure() | RetentionEnded():
                self._offered(body.feature)
            case MeetingSealed():
                _demand(not self._open_gates(), "a gate is open at the seal")
                self.over = True
            case _:
                assert_never(body)

    def _publish(self, body: NoticePublished) -> None:
        notice = body.wording
        self._offered(notice.feature)
        _demand(
            (notice.digest, notice.language) == (body.digest, body.language),
            "the wording has another digest",
        )
        self.published[body.digest] = notice.feature, notice.language

    def _open(self, body: GateOpened, at: datetime) -> None:
        self._offered(body.feature)
        _demand(body.opening not in self.openings, "the opening is not new")
        _demand(body.feature not in self._open_gates(), "the gate was open already")
        grants = [self._granted(proof, body.feature) for proof in body.grants]
        subjects = {grant.subject for grant in grants}
        _demand(len(subjects) == len(grants), "somebody's grant is counted twice")
        _demand(
            list(body.notices) == sorted({grant.notice for grant in grants}),
            "the notices are not those that were granted",
        )
        parts = None if body.shared_with is None else [frozenset(subjects)]
        self.openings[body.opening] = _Opening(body.feature, subjects, parts, at)

    def _add(self, body: GrantAdded) -> None:
        opening = self._opening(body.opening, body.feature)
        _demand(opening.open, "the gate was closed already")
        opening.subjects.add(self._granted(body.grant, body.feature).subject)

    def _part(self, body: PartBegan, at: datetime) -> None:
        opening = self._opening(body.opening, body.feature)
        _demand(opening.open, "the gate was closed already")
        if opening.parts is None:
            raise EvidenceError("the opening knows no parts")
        _demand(body.part == len(opening.parts), "the part is not the next one")
        _demand(
            list(body.people) == sorted(set(body.people)),
            "the people of a part are not each named once, sorted",
        )
        _demand(
            opening.subjects.issuperset(body.people),
            "somebody was present who had not granted",
        )
        opening.parts.append(frozenset(body.people))
        opening.known = at

    def _close(self, body: GateClosed, at: datetime) -> None:
        opening = self._opening(body.opening, body.feature)
        _demand(opening.open, "the gate was closed already")
        _demand(
            body.last is None or opening.known <= body.last <= at,
            "what is known last of the opening is not of its time",
        )
        opening.open = False

    def _granted(self, proof: SignedStatement, feature: FeatureId) -> SignedDecision:
        """The grant, signed, for a notice that was published, and not taken back."""
        grant = self._signed(proof, feature)
        _demand(
            self.published.get(grant.notice) == (feature, grant.language),
            "a grant names a notice that was not published",
        )
        _demand(grant.nonce not in self.withdrawn, "a grant had been withdrawn")
        known = self.grants.setdefault(grant.nonce, grant)
        _demand(known.subject == grant.subject, "two people's grants share a nonce")
        return grant

    def _signed(self, proof: SignedStatement, feature: FeatureId) -> SignedDecision:
        known = self.checked.get(proof)
        if known is not None and known.feature == feature:
            return known  # each opening names the same grants again
        grant = verify_decision(
            proof.statement,
            key=ParticipantKey.of(proof.key),
            room=self.meeting,
            feature=feature,
            decision=Decision.GRANTED,
        )
        self.checked[proof] = grant
        return grant

    def _withdraw(self, body: GrantWithdrawn) -> None:
        grant = self.grants.get(body.nonce)
        if grant is None or grant.feature != body.feature:
            raise EvidenceError("there was no such grant to withdraw")
        if body.statement is not None:
            verify_decision(
                body.statement,
                key=grant.key,
                room=self.meeting,
                feature=body.feature,
                decision=Decision.DECLINED,
            )
        self.withdrawn.add(body.nonce)

    def _offered(self, feature: FeatureId) -> None:
        _demand(
            self.features is not None and feature in self.features,
            "the room does not offer this feature",
        )

    def _opening(self, opening: OpeningId, feature: FeatureId) -> _Opening:
        known = self.openings.get(opening)
        if known is None or known.feature != feature:
            raise EvidenceError("the gate was never opened so")
        return known

    def _open_gates(self) -> set[FeatureId]:
        return {known.feature for known in self.openings.values() if known.open}


def _demand(holds: bool, rule: str) -> None:
    if not holds:
        raise EvidenceError(rule)
