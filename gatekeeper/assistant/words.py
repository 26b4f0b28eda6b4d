"""
The store of words: what transcript and summary keep, to be erased or expired.

Rule 1: deletion is confirmed: a method returns when the words are gone, or raises.
Rule 2: while words go, no summary is written of them: what is under way is dropped, and
what is wanted waits.
Rule 3: whoever takes their part back is masked in the words of others, too, as far as
their name can be found there.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from gatekeeper.assistant.summary.erasure import mask
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.consent.features import SUMMARY, WORDS
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.storage.names import NameStore


class WordStore:
    """The lines of both, and the summaries: a `FeatureStore`."""

    def __init__(
        self, transcripts: TranscriptStore, names: NameStore, summaries: Summaries
    ) -> None:
        self._transcripts = transcripts
        self._names = names
        self._summaries = summaries

    async def kept(self) -> set[tuple[RoomId, FeatureId]]:
        """Of which meetings and features there is anything."""
        return await self._transcripts.kept()

    async def openings(self, room: RoomId, feature: FeatureId) -> set[OpeningId]:
        """Of which openings there is anything."""
        return await self._transcripts.openings(room, feature)

    async def last(
        self, room: RoomId, feature: FeatureId, opening: OpeningId
    ) -> datetime | None:
        """When the last words of an opening ended; None if there are none."""
        return await self._transcripts.last(room, feature, opening)

    async def recover(self, known: Mapping[OpeningId, int]) -> None:
        """Delete what no opening on record covers."""
        await self._transcripts.recover(known)

    async def erase(
        self,
        room: RoomId,
        feature: FeatureId,
        participant: ParticipantId,
        openings: Collection[OpeningId] | None,
    ) -> int:
        """
        Take somebody's words of these openings, or of all, out of both features.

        Returns how many files it was of `feature`. Raises `OSError`,
        `LedgerUnavailable`.
        """
        async with self._summaries.exclusive(room):
            name, files = "", 0
            for each in WORDS:
                known = await self._names.read(room, each)
                name = name or known.get(participant, "")
                count = await self._transcripts.erase(room, each, participant, openings)
                files += count if each == feature else 0
            if name:
                masked = partial(_masked, name)
                for each in WORDS:
                    await self._transcripts.rewrite(room, each, masked, openings)
            changed = await self._summaries.erase(room, participant, name)
        return files + (changed if feature == SUMMARY else 0)

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all of a feature in a room; return how many files there were."""
        async with self._summaries.exclusive(room):
            kept = await self._summaries.expire(room) if feature == SUMMARY else 0
            return kept + await self._transcripts.drop_lines(room, feature)


def _masked(name: str, text: str) -> str:
    return mask(text, name)
