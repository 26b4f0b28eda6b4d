"""What the gate needs of whoever keeps the proof: write, and answer with receipts."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
)


class Signed(Protocol):
    """A verified decision, as its author signed it. The gate reads no more of it."""

    @property
    def subject(self) -> ParticipantId:
        """Who has decided."""

    @property
    def feature(self) -> FeatureId: ...
    @property
    def notice(self) -> NoticeDigest:
        """The wording that was shown."""

    @property
    def statement(self) -> str:
        """What was signed; it names this decision and no other."""


S = TypeVar("S", bound=Signed)
S_contra = TypeVar("S_contra", bound=Signed, contravariant=True)


@dataclass(frozen=True, slots=True)
class ReceiptDue:
    """A receipt that its participant is to have."""

    participant: ParticipantId
    feature: FeatureId
    event: Literal["granted", "withdrawn"]
    make: Callable[[], Awaitable[str]]
    """Its text, once there is one. Of a withdrawal it raises `LedgerUnavailable`, when
    the server stops before the ledger is back."""


class Journal(Protocol[S_contra]):
    """
    What one meeting writes down.

    What begins is awaited: `opened` and `granted` return once all is durable. What ends
    is owed: `began_part`, `closed` and `withdrawn` return at once, and are written in
    the order of the calls as soon as that can be.
    """

    @property
    def available(self) -> bool:
        """Whether something could be written when last tried."""

    def is_recorded(self, grant: S_contra) -> bool:
        """Whether this very grant is on record."""

    async def opened(
        self, feature: FeatureId, opening: OpeningId, grants: Sequence[S_contra]
    ) -> Sequence[ReceiptDue]:
        """
        Write an opening with the grants it rests on.

        Returns the receipts of those that were not on record before. Raises
        `LedgerUnavailable`, and `ChainTaken` when another process writes this meeting.
        """

    async def granted(
        self, opening: OpeningId, grant: S_contra
    ) -> Sequence[ReceiptDue]:
        """Write a joiner's grant; returns and raises as `opened` does."""

    def began_part(
        self,
        feature: FeatureId,
        opening: OpeningId,
        part: int,
        people: Collection[ParticipantId],
        at: datetime,
    ) -> None:
        """Owe the beginning of another part of an opening that was written."""

    def closed(self, feature: FeatureId, opening: OpeningId, at: datetime) -> None:
        """Owe the closing of an opening that was written."""

    def withdrawn(
        self,
        participant: ParticipantId,
        feature: FeatureId,
        withdrawal: S_contra | None,
    ) -> Sequence[ReceiptDue]:
        """Owe the withdrawal of every grant of theirs that is on record."""

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """Other wording is in force: grants that come now are for it."""
