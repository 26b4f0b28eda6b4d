"""
Endings: when openings were over that nobody saw close, since there was a crash.

Rule 1: what is told is what is known: an opening lasted until the last moment of which
there is anything, and until now at the latest.
Rule 2: who was present in what is there is written down before the gate is closed.
"""

from datetime import datetime

import structlog

from gatekeeper.archive.stores import FeatureStores
from gatekeeper.clock import Clock
from gatekeeper.consent.types import FeatureId, OpeningId, RoomId
from gatekeeper.evidence.entries import GateClosed, PartBegan
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.state import ChainState
from gatekeeper.media.recording.store import RecordingStore

log = structlog.get_logger(__name__)


class Endings:
    """Closes in the ledger what a crash left open."""

    def __init__(
        self,
        ledger: Ledger,
        stores: FeatureStores,
        recordings: RecordingStore,
        clock: Clock,
    ) -> None:
        """`recordings` alone tell who was present in a part that is not on record."""
        self._ledger = ledger
        self._stores = stores
        self._recordings = recordings
        self._clock = clock

    async def note(self, room: RoomId) -> None:
        """
        Write down that the openings of a room are over in which nobody is any more.

        Raises `LedgerUnavailable`.
        """
        standing = await self._ledger.standing(room)
        if standing.at is not None:
            self._clock.not_before(standing.at)
        if not standing.open:
            return
        await self._note_parts(room, standing)
        known = (await self._ledger.standing(room)).known
        now = self._clock.now()
        bodies = [
            GateClosed(
                feature=feature,
                opening=opening,
                last=await self._last(room, feature, opening, known[opening], now),
            )
            for opening, feature in standing.open.items()
        ]
        await self._ledger.append(room, bodies, at=now)
        log.warning("gates.closed-after-crash", room=room)

    async def _note_parts(self, room: RoomId, standing: ChainState) -> None:
        noted: list[tuple[datetime, PartBegan]] = []
        for opening, feature in standing.open.items():
            known = standing.parts[opening]
            lost = await self._recordings.lost_parts(room, feature, opening, known)
            for number, part in enumerate(lost, known):
                body = PartBegan(
                    feature=feature, opening=opening, part=number, people=part.people
                )
                noted.append((part.began, body))
        # A chain's time never goes back: of two openings, the earlier part comes first.
        for began, body in sorted(noted, key=lambda each: each[0]):
            await self._ledger.append(room, [body], at=began)

    async def _last(
        self,
        room: RoomId,
        feature: FeatureId,
        opening: OpeningId,
        known: datetime,
        now: datetime,
    ) -> datetime:
        """`known`: by the ledger. What a file says is believed within that and now."""
        try:
            found = await self._stores.of(feature).last(room, feature, opening)
        except OSError as exc:
            log.warning("ending.unreadable", room=room, cause=type(exc).__name__)
            return known
        return max(known, min(found or known, now))
