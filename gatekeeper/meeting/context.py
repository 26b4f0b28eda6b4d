"""What the rooms of a process share."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gatekeeper.consent.types import FeatureId, ParticipantId, SharedWith
from gatekeeper.evidence.journal import LedgerJournal, Notices
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.state import ChainState
from gatekeeper.gating.rules import GateRules
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.meeting.ice import IceServers
from gatekeeper.meeting.sink import Erasable, SinkOpener
from gatekeeper.storage.doors import DoorStore
from gatekeeper.storage.entries import EntryStore
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.news import News
from gatekeeper.storage.rooms import RoomRecord, RoomStore


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """How a meeting runs; times in seconds, as in `config.Meeting`."""

    gate: GateRules
    grace: float
    empty: float
    participants: int
    tap_offers: int
    """Of one seat, per minute."""
    lease: float
    """How long what runs elsewhere is lent at a time."""


@dataclass(frozen=True, slots=True)
class RoomContext:
    """What a room needs besides its own record."""

    notices: Notices
    """In force just now; another room may find others."""
    off: Callable[[], Collection[FeatureId]]
    """What the admin has switched off everywhere, just now."""
    sinks: Mapping[FeatureId, SinkOpener]
    """Of the features that run here; the others are lent (`gating.lending`)."""
    feeds: Mapping[FeatureId, SinkOpener]
    """Of those that are lent, what passes on what is captured here."""
    unavailable: Mapping[FeatureId, str]
    """Of the features that cannot run here: why, and what would help."""
    third_party: Collection[FeatureId]
    """Features that give content to somebody else than who runs the server."""
    shared_with: Mapping[FeatureId, SharedWith]
    """Who gets afterwards what a feature keeps."""
    archives: Mapping[FeatureId, Erasable]
    """Of the features that keep files here."""
    ledger: Ledger
    receipts: Receipts
    names: NameStore
    doors: DoorStore
    entries: EntryStore
    rooms: RoomStore
    access: PageCapabilities
    news: News
    """Of rooms that services have opened."""
    rules: MeetingRules
    ice: IceServers
    clock: Callable[[], datetime]
    """Aware, UTC: what is written down."""
    monotonic: Callable[[], float]
    """Seconds that never jump: what is waited for."""

    def journal(
        self,
        record: RoomRecord,
        offered: Notices,
        standing: ChainState,
        called: Callable[[Iterable[ParticipantId]], Mapping[ParticipantId, str]],
    ) -> LedgerJournal:
        """The journal of one room, which goes on from `standing`."""
        return LedgerJournal(
            record.id,
            record.language,
            offered,
            ledger=self.ledger,
            receipts=self.receipts,
            names=self.names,
            called=called,
            kept=self.archives.keys(),
            shared_with=self.shared_with,
            standing=standing,
        )
