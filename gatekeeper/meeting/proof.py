"""
Proof: one meeting's side of the ledger, and the receipts that come of it.

Rule 1: an opening and a joiner's grant are awaited: they return once durable.
Rule 2: a closing, a part and a withdrawal are owed: they are written as soon as the
ledger can, and nothing waits for them (design.md, rule 4).
Rule 3: a grant is written with the opening that rests on it, never before; a refusal
is written nowhere (rule 8). The name of somebody whom files will show follows their
grant, outside the chain, where it can be deleted.
"""

import asyncio
from collections.abc import Awaitable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.words import (
    FeatureId,
    LanguageTag,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
    SharedWith,
)
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
from gatekeeper.evidence.names import NameBook, People
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.standing import Standing
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.evidence.written import Written

Notices = Mapping[FeatureId, Mapping[NoticeDigest, Notice]]
"""The wording in force, by feature and digest."""


@dataclass(frozen=True, slots=True)
class Granted:
    """Grants that have just become durable, and the entry that holds them."""

    grants: tuple[SignedDecision, ...]
    written: Written


class Proof:
    """What one meeting writes down."""

    def __init__(
        self,
        room: RoomId,
        language: LanguageTag,
        notices: Notices,
        *,
        ledger: Ledger,
        receipts: Receipts,
        names: NameBook,
        kept: Collection[FeatureId],
        shared_with: Mapping[FeatureId, SharedWith],
        standing: Standing,
    ) -> None:
        """
        Take up what the ledger holds of this meeting already: `standing`.

        `kept`: the features that keep files here, which show who was captured.
        `shared_with`: who gets what each feature keeps, as its notices say.
        """
        self._room = room
        self._language = language
        self._notices = notices
        self._ledger = ledger
        self._receipts = receipts
        self._names = names
        self._kept = kept
        self._shared_with = shared_with
        self._begun = standing.entries > 0
        self._published = set(standing.published)
        self._durable = set(standing.granted)
        self._withdrawn = set(standing.withdrawn)

    @property
    def available(self) -> bool:
        """Whether the ledger could be written when last tried."""
        return self._ledger.available

    @property
    def begun(self) -> bool:
        """Whether the ledger holds anything of this meeting."""
        return self._begun

    def is_withdrawn(self, signed: SignedDecision) -> bool:
        """Whether the ledger holds a withdrawal of this very grant."""
        return signed.nonce in self._withdrawn

    def is_recorded(self, signed: SignedDecision) -> bool:
        """Whether the ledger holds this very grant."""
        return signed.nonce in self._durable

    async def opened(
        self,
        feature: FeatureId,
        opening: OpeningId,
        grants: Sequence[SignedDecision],
        people: People,
    ) -> Granted:
        """
        Write an opening with the grants it rests on, and what `people` are called.

        Returns, once all is durable, the grants that were not on record before. Raises
        `LedgerUnavailable`, `ChainTaken`.
        """
        body = GateOpened.of(feature, opening, grants, self._shared_with[feature])
        return await self._append(body, grants, people)

    async def granted(
        self, opening: OpeningId, grant: SignedDecision, people: People
    ) -> Granted:
        """Write a joiner's grant; returns and raises as `opened` does."""
        body = GrantAdded(feature=grant.feature, opening=opening, grant=grant.proof)
        return await self._append(body, [grant], people)

    def part(
        self,
        feature: FeatureId,
        opening: OpeningId,
        number: int,
        people: Iterable[ParticipantId],
        at: datetime,
    ) -> None:
        """Owe the beginning of another part of an opening that was written."""
        body = PartBegan(
            feature=feature, opening=opening, part=number, people=tuple(sorted(people))
        )
        _ = self._ledger.owe(self._room, [body], at=at)

    def closed(self, feature: FeatureId, opening: OpeningId, at: datetime) -> None:
        """Owe the closing of an opening that was written."""
        body = GateClosed(feature=feature, opening=opening)
        _ = self._ledger.owe(self._room, [body], at=at)

    def withdrawn(
        self, grant: SignedDecision, withdrawal: SignedDecision | None
    ) -> Awaitable[str] | None:
        """
        Owe the withdrawal of a grant; what is returned yields its receipt.

        `None` if the grant was never written, so that there is nothing to take back.
        Awaiting raises `LedgerUnavailable` only when the server stops before the ledger
        is back.
        """
        if grant.nonce not in self._durable or grant.nonce in self._withdrawn:
            return None
        self._withdrawn.add(grant.nonce)
        statement = withdrawal.statement if withdrawal else None
        body = GrantWithdrawn(
            feature=grant.feature, nonce=grant.nonce, statement=statement
        )
        owed = self._ledger.owe(self._room, [body])
        notice = self._notice(grant)

        async def receipt() -> str:
            written = (await owed)[-1]
            return await asyncio.to_thread(
                self._receipts.withdrawn,
                grant,
                withdrawal=withdrawal,
                notice=notice,
                written=written,
            )

        return receipt()

    async def seal(self) -> None:
        """End the chain, if there is one. Raises `LedgerUnavailable`."""
        if self._begun:
            await self._ledger.append(self._room, [MeetingSealed()])

    async def receipt(self, grant: SignedDecision, written: Written) -> str:
        """
        The receipt of a grant on record.

        Made in a thread: dozens at once must not hold up somebody's withdrawal.
        """
        return await asyncio.to_thread(
            self._receipts.granted, grant, notice=self._notice(grant), written=written
        )

    async def _append(
        self,
        body: GateOpened | GrantAdded,
        grants: Sequence[SignedDecision],
        people: People,
    ) -> Granted:
        new = {g.notice: g for g in grants if g.notice not in self._published}
        before: list[Body] = [] if self._begun else [self._opening_entry()]
        before += [NoticePublished.of(self._notice(g)) for g in new.values()]
        written = await self._ledger.append(self._room, [*before, body])
        self._begun = True
        if body.feature in self._kept:
            await self._names.note(self._room, body.feature, people)
        self._published |= set(new)
        fresh = tuple(g for g in grants if g.nonce not in self._durable)
        self._durable |= {g.nonce for g in fresh}
        return Granted(fresh, written[-1])

    def _opening_entry(self) -> MeetingOpened:
        return MeetingOpened(language=self._language, features=tuple(self._notices))

    def _notice(self, grant: SignedDecision) -> Notice:
        return self._notices[grant.feature][grant.notice]
