"""
The journal of one meeting: its side of the ledger, and the receipts that come of it.

Rule 1: an opening and a joiner's grant are awaited: they return once durable.
Rule 2: a closing, a part and a withdrawal are owed: they are written as soon as the
ledger can, and nothing waits for them (design.md, rule 4).
Rule 3: a grant is written with the opening that rests on it, never before; a refusal
is written nowhere (rule 8). The name of somebody whom files will show follows their
grant, outside the chain, where it can be deleted.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
)
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.entries import (
    Body,
    GateClosed,
    GateOpened,
    GrantAdded,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    PartBegan,
)
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.state import ChainState
from gatekeeper.evidence.statement import Recorded, SignedDecision
from gatekeeper.gating.journal import ReceiptDue
from gatekeeper.storage.names import NameStore, People

Notices = Mapping[FeatureId, Mapping[NoticeDigest, Notice]]
"""The wording in force, by feature and digest."""

_About = tuple[ParticipantId, FeatureId]


class LedgerJournal:
    """What one meeting writes down: a `gating.journal.Journal`."""

    def __init__(
        self,
        room: RoomId,
        language: LanguageTag,
        notices: Notices,
        *,
        ledger: Ledger,
        receipts: Receipts,
        names: NameStore,
        called: Callable[[Iterable[ParticipantId]], People],
        kept: Collection[FeatureId],
        shared_with: Mapping[FeatureId, SharedWith],
        standing: ChainState,
    ) -> None:
        """
        Take up what the ledger holds of this meeting already: `standing`.

        `called`: what people are called, if they are still here. `kept`: the features
        that keep files here, which show who was captured.
        `shared_with`: who gets what each feature keeps, as its notices say.
        """
        self._room = room
        self._language = language
        self._notices = dict(notices)
        self._ledger = ledger
        self._receipts = receipts
        self._names = names
        self._called = called
        self._kept = kept
        self._shared_with = shared_with
        self._begun = standing.entries > 0
        self._published = dict(standing.published)
        self._recorded = {n: g.proof.statement for n, g in standing.granted.items()}
        """The statement of each grant on record, by nonce."""
        self._withdrawn = set(standing.withdrawn)
        self._standing: dict[_About, list[Recorded]] = defaultdict(list)
        """The grants on record that nobody has taken back."""
        for nonce, grant in standing.granted.items():
            if nonce not in self._withdrawn:
                self._standing[grant.subject, grant.feature].append(grant)

    @property
    def available(self) -> bool:
        """Whether the ledger could be written when last tried, and the chain held."""
        return self._ledger.available and self._ledger.is_trusted(self._room)

    @property
    def begun(self) -> bool:
        """Whether the ledger holds anything of this meeting."""
        return self._begun

    def is_used_up(self, signed: SignedDecision) -> bool:
        """Whether the ledger holds its nonce as taken back, or of another grant."""
        known = self._recorded.get(signed.nonce, signed.statement)
        return signed.nonce in self._withdrawn or known != signed.statement

    def is_recorded(self, signed: SignedDecision) -> bool:
        """Whether the ledger holds this very grant."""
        return signed.nonce in self._recorded

    def is_worded(self, signed: SignedDecision) -> bool:
        """Whether the wording that it is for is in the language that it names."""
        notice = self._notices.get(signed.feature, {}).get(signed.notice)
        return notice is not None and notice.language == signed.language

    async def opened(
        self,
        feature: FeatureId,
        opening: OpeningId,
        grants: Sequence[SignedDecision],
    ) -> list[ReceiptDue]:
        """
        Write an opening with the grants it rests on, and what people are called.

        Returns, once all is durable, receipts of the grants that were not on record
        before. Raises `LedgerUnavailable`, `ChainTaken`.
        """
        body = GateOpened.of(feature, opening, grants, self._shared_with[feature])
        return await self._append(body, grants)

    async def granted(
        self, opening: OpeningId, grant: SignedDecision
    ) -> list[ReceiptDue]:
        """Write a joiner's grant; returns and raises as `opened` does."""
        body = GrantAdded(feature=grant.feature, opening=opening, grant=grant.proof)
        return await self._append(body, [grant])

    def began_part(
        self,
        feature: FeatureId,
        opening: OpeningId,
        part: int,
        people: Collection[ParticipantId],
        at: datetime,
    ) -> None:
        """Owe the beginning of another part of an opening that was written."""
        body = PartBegan(
            feature=feature, opening=opening, part=part, people=tuple(sorted(people))
        )
        _ = self._ledger.owe(self._room, [body], at=at)

    def closed(self, feature: FeatureId, opening: OpeningId, at: datetime) -> None:
        """Owe the closing of an opening that was written."""
        body = GateClosed(feature=feature, opening=opening)
        _ = self._ledger.owe(self._room, [body], at=at)

    def withdrawn(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        withdrawal: SignedDecision | None,
    ) -> list[ReceiptDue]:
        """
        Owe the withdrawal of every grant of theirs on record; yields their receipts.

        Also of those from before a restart, a lapse or a departure. What was never
        written is not taken back.
        """
        grants = self._standing.pop((participant, feature), [])
        if not grants:
            return []
        self._withdrawn |= {grant.nonce for grant in grants}
        said = withdrawal.statement if withdrawal else None
        owed = self._ledger.owe(
            self._room,
            [
                GrantWithdrawn(feature=feature, nonce=grant.nonce, statement=said)
                for grant in grants
            ],
        )

        async def receipt(number: int) -> str:
            written = (await owed)[number]
            return await asyncio.to_thread(
                self._withdrawal, grants[number], withdrawal, written
            )

        return [
            ReceiptDue(participant, feature, "withdrawn", partial(receipt, number))
            for number in range(len(grants))
        ]

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """Other wording is in force: grants that come now are for it."""
        self._notices[feature] = {**self._notices[feature], **notices}

    async def seal(self) -> None:
        """End the chain, if there is one. Raises `LedgerUnavailable`."""
        if self._begun:
            await self._ledger.append(self._room, [MeetingSealed()])
        else:
            await self._ledger.note_nothing()

    def _receipt(self, grant: SignedDecision, written: LedgerRow) -> ReceiptDue:
        # Made in a thread: dozens at once must not hold up somebody's withdrawal.
        make = partial(
            asyncio.to_thread,
            self._receipts.granted,
            grant,
            notice=self._notice(grant),
            written=written,
        )
        return ReceiptDue(grant.subject, grant.feature, "granted", make)

    def _withdrawal(
        self, recorded: Recorded, withdrawal: SignedDecision | None, written: LedgerRow
    ) -> str:
        grant = recorded.decision()
        return self._receipts.withdrawn(
            grant,
            withdrawal=withdrawal,
            notice=self._published[grant.notice],
            written=written,
        )

    async def _append(
        self,
        body: GateOpened | GrantAdded,
        grants: Sequence[SignedDecision],
    ) -> list[ReceiptDue]:
        if not self._ledger.is_trusted(self._room):
            raise LedgerUnavailable
        people = self._called(grant.subject for grant in grants)
        new = {g.notice: g for g in grants if g.notice not in self._published}
        before: list[Body] = [] if self._begun else [self._opening_entry()]
        # Sorted: in which order people came to which wording is nobody's business.
        before += [NoticePublished.of(self._notice(new[each])) for each in sorted(new)]
        written = await self._ledger.append(self._room, [*before, body])
        self._begun = True
        if body.feature in self._kept:
            await self._names.note(self._room, body.feature, people)
        self._published |= {digest: self._notice(g) for digest, g in new.items()}
        fresh = tuple(g for g in grants if g.nonce not in self._recorded)
        for grant in fresh:
            self._recorded[grant.nonce] = grant.statement
            standing = self._standing[grant.subject, grant.feature]
            standing.append(Recorded.of(grant.proof))
        return [self._receipt(grant, written[-1]) for grant in fresh]

    def _opening_entry(self) -> MeetingOpened:
        return MeetingOpened(language=self._language, features=tuple(self._notices))

    def _notice(self, grant: SignedDecision) -> Notice:
        return self._notices[grant.feature][grant.notice]
