"""
Archives of words: what transcript and summary keep, to be erased or expired.

Rule 1: deletion is confirmed: a method returns when the words are gone, or raises.
Rule 2: whoever takes their part back is masked in the words of others, too, as far as
their name can be found there.
"""

from functools import partial

from gatekeeper.assistant.book import Book
from gatekeeper.assistant.summary.erasure import mask
from gatekeeper.assistant.summary.store import SUMMARY, Summaries
from gatekeeper.consent.words import FeatureId, ParticipantId, RoomId
from gatekeeper.evidence.names import NameBook


class TranscriptArchive:
    """The lines of transcripts."""

    def __init__(self, book: Book, names: NameBook) -> None:
        self._book = book
        self._names = names

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        """
        Put tombstones in the place of somebody's lines; return how many files.

        Raises `OSError`, `LedgerUnavailable`.
        """
        files = await self._book.erase(room, feature, participant)
        name = (await self._names.read(room, feature)).get(participant)
        if name:
            await self._book.rewrite(room, feature, partial(_masked, name))
        return files

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        """Delete all lines of a room; return how many files there were."""
        return await self._book.drop_lines(room, feature)


class SummaryArchive(TranscriptArchive):
    """The words of summaries, and the summaries."""

    def __init__(self, book: Book, names: NameBook, summaries: Summaries) -> None:
        super().__init__(book, names)
        self._summaries = summaries

    async def erase(
        self, room: RoomId, feature: FeatureId, participant: ParticipantId
    ) -> int:
        self._summaries.bump(room)
        name = (await self._names.read(room, SUMMARY)).get(participant, "")
        files = await super().erase(room, feature, participant)
        return files + await self._summaries.erase(room, participant, name)

    async def expire(self, room: RoomId, feature: FeatureId) -> int:
        summary = await self._summaries.expire(room)
        return summary + await super().expire(room, feature)


def _masked(name: str, text: str) -> str:
    return mask(text, name)
