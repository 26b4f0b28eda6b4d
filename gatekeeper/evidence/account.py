"""
The account of a meeting: what of its chain can be told to those who were in it.

There is one document for each part of each opening, since people get what they were
there for (design.md, rule 19). Each is a leaf of the meeting's tree (`evidence.seal`),
so that it is shown to be in the log without any entry beside it.

Rule 1: it tells what everybody saw who was there: what was on, from when to when, for
whom, in which words, and which files came of it; and the signed yes of each of them.
Rule 2: it tells of no no (design.md, rule 8). So no entry is in it, no number of
entries, and of each person's yes to one wording always the first, which the browsers
of all who were there have seen (`meeting.grants`): who has taken theirs back and given
another is not told from who has not, with what one has seen beside it, too.
Rule 3: statements that tell when they were made are in none: of a meeting from before
they told nothing there is no account.
Rule 4: it follows from the chain alone, in one spelling, for ever: an audit makes it
again. What was erased, or had its time, is in no account that is made after that.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
    SourceKind,
)
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.entries import (
    Entry,
    GateOpened,
    GrantAdded,
    Hex256,
    Moment,
    decode,
)
from gatekeeper.evidence.history import (
    Captured,
    History,
    OpeningRecord,
    Part,
    history_of,
)
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import Recorded, SignedStatement


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_SOME = Field(min_length=1)


class AccountedFile(_Closed):
    """A file that came of it."""

    subject: ParticipantId
    source: SourceKind
    sha256: Hex256
    bytes: int
    first: Moment | None
    last: Moment | None
    """When the first and the last frame arrived; None where that is not known."""
    leaves: Hex256 | None
    """The root over its seconds (`evidence.leaves`)."""


class Account(_Closed):
    """One part of one opening."""

    type: Literal["gatekeeper/account/v1"] = "gatekeeper/account/v1"
    meeting: RoomId
    feature: FeatureId
    opening: OpeningId
    part: Annotated[int, Field(ge=0, le=2**53 - 1)]
    began: Moment
    ended: Moment
    """Where nobody saw it end: the last moment that is known of it."""
    latest: Moment | None
    """Where nobody saw it end: when it was over at the latest."""
    shared_with: SharedWith
    people: Annotated[tuple[ParticipantId, ...], _SOME]
    """Who was present throughout, sorted."""
    notices: Annotated[tuple[NoticeDigest, ...], _SOME]
    """The wordings that they had agreed to, sorted."""
    grants: Annotated[tuple[SignedStatement, ...], _SOME]
    """The yes of each of them, in their order."""
    files: tuple[AccountedFile, ...]
    """By subject, then source."""

    def text(self) -> bytes:
        """Canonical JSON (RFC 8785)."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    @property
    def hash(self) -> bytes:
        """As its leaf is made of: as an entry's (`LedgerRow.hash`)."""
        return hashlib.sha256(self.text()).digest()

    @classmethod
    def read(cls, raw: bytes) -> "Account":
        """Raises `EvidenceError` if any other bytes say the same."""
        try:
            found = cls.model_validate_json(raw)
        except ValidationError as exc:
            raise EvidenceError("it is no account of a meeting") from exc
        if found.text() != raw:
            raise EvidenceError("it is no account as it should be spelled")
        return found


def accounts(rows: Sequence[LedgerRow]) -> tuple[Account, ...]:
    """
    Of a meeting in which no gate is open. Raises `EvidenceError` for what is no entry.

    None, if a grant on record tells when it was made.
    """
    entries = [decode(row.body) for row in rows]
    told = history_of(entries)
    signed = _Signed.of(entries)
    if signed is None or not rows:
        return ()
    meeting = rows[0].meeting
    return tuple(
        _account(meeting, told, stretch, part, signed)
        for stretch in told.stretches
        for part in stretch.parts
    )


def digest(found: Sequence[Account]) -> str | None:
    """What a seal says of its accounts: SHA-256 over their hashes, sorted."""
    if not found:
        return None
    return hashlib.sha256(b"".join(sorted(each.hash for each in found))).hexdigest()


class _Signed:
    """Who has agreed to what, by the grants on record."""

    def __init__(self) -> None:
        self._wordings: dict[tuple[OpeningId, ParticipantId], NoticeDigest] = {}
        """What each opening rests on."""
        self._shown: dict[tuple[ParticipantId, NoticeDigest], SignedStatement] = {}

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "_Signed | None":
        signed, read = cls(), dict[SignedStatement, Recorded]()
        for opening, proof in _grants(entries):
            # Each opening names the same grants again.
            recorded = read.get(proof) or read.setdefault(proof, Recorded.of(proof))
            if not recorded.present:
                return None
            signed._add(opening, recorded)
        return signed

    def _add(self, opening: OpeningId, recorded: Recorded) -> None:
        self._wordings.setdefault((opening, recorded.subject), recorded.notice)
        yes = recorded.subject, recorded.notice
        self._shown.setdefault(yes, recorded.proof)

    def notice(self, opening: OpeningId, who: ParticipantId) -> NoticeDigest:
        return self._wordings[opening, who]

    def grant(self, opening: OpeningId, who: ParticipantId) -> SignedStatement:
        return self._shown[who, self.notice(opening, who)]


def _grants(
    entries: Sequence[Entry],
) -> Iterator[tuple[OpeningId, SignedStatement]]:
    for entry in entries:
        body = entry.body
        if isinstance(body, GateOpened):
            yield from ((body.opening, grant) for grant in body.grants)
        elif isinstance(body, GrantAdded):
            yield body.opening, body.grant


def _account(
    meeting: RoomId,
    told: History,
    stretch: OpeningRecord,
    part: Part,
    signed: _Signed,
) -> Account:
    if part.ended is None:
        raise EvidenceError("a gate is open")
    people = tuple(sorted(part.people))
    return Account(
        meeting=meeting,
        feature=stretch.feature,
        opening=stretch.opening,
        part=part.number,
        began=part.began,
        ended=part.ended,
        latest=part.latest,
        shared_with=stretch.shared_with,
        people=people,
        notices=tuple(sorted({signed.notice(stretch.opening, p) for p in people})),
        grants=tuple(signed.grant(stretch.opening, who) for who in people),
        files=tuple(map(_file, _kept(told, stretch, part))),
    )


def _kept(told: History, stretch: OpeningRecord, part: Part) -> Sequence[Captured]:
    """The files of a part that are not gone."""
    if stretch.feature in told.over:
        return ()
    found = [
        item
        for item in told.captured
        if (item.opening, item.part) == (part.opening, part.number)
        and not told.is_erased(item.feature, item.participant, item.opening)
    ]
    return sorted(found, key=lambda item: (item.participant, item.source, item.sha256))


def _file(item: Captured) -> AccountedFile:
    return AccountedFile(
        subject=item.participant,
        source=item.source,
        sha256=item.sha256,
        bytes=item.size,
        first=item.first,
        last=item.last,
        leaves=item.leaves,
    )


def by_part(found: Sequence[Account]) -> Mapping[tuple[OpeningId, int], Account]:
    """The accounts, by opening and part."""
    return {(each.opening, each.part): each for each in found}
