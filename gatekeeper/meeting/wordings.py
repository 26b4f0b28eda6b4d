"""
Wordings: what each feature's notice says just now, and what it has said before.

Rule 1: the file's wording is in force, unless an admin has put another in its place.
Rule 2: a wording is on record before anybody can agree to it; then every gate that
rests on another closes, in all rooms, before anything else (design.md, rule 11).
Rule 3: nothing is taken out of the history: what somebody agreed to can be shown.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import Connection

from gatekeeper.config import EngineFacts, OfferedFeature
from gatekeeper.config.words import Texts, Words
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId, LanguageTag, NoticeDigest
from gatekeeper.errors import ConfigInvalid, UnknownFeature
from gatekeeper.evidence.entries import SERVER, Act, By, NoticeReworded
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.wordings import Worded, Wording, WordingStore, add_wordings

log = structlog.get_logger(__name__)

Said = Mapping[LanguageTag, Worded]
"""What a feature is to say, by language."""
_About = tuple[FeatureId, LanguageTag]


class Reworded(Protocol):
    """All living rooms."""

    def reword(
        self, feature: FeatureId, notices: Mapping[NoticeDigest, Notice]
    ) -> None:
        """Close, now, what rests on any other wording."""


class Wordings:
    """The wording of each feature that this server offers."""

    def __init__(
        self,
        words: Words,
        features: MutableMapping[FeatureId, OfferedFeature],
        store: WordingStore,
        *,
        ledger: Ledger,
        clock: Callable[[], datetime],
    ) -> None:
        """
        `features`: those on offer, which are kept to what is in force.

        `load` before any room is.
        """
        self._words = words
        self._features = features
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._latest: dict[_About, Wording] = {}
        self._rooms: Reworded | None = None
        self._one_by_one = asyncio.Lock()
        self.notices: dict[FeatureId, dict[NoticeDigest, Notice]] = {}
        """In force just now, by digest, for rooms that are loaded now."""

    async def load(self) -> None:
        """Take up what is on record, and write what the file says that is not there."""
        for found in await self._store.latest():
            self._latest[found.notice.feature, found.notice.language] = found
        for feature in self._features:
            self._show(feature, self._standing(feature))
        await self._write({f: self._standing(f) for f in self._features}, "file")

    @property
    def features(self) -> tuple[FeatureId, ...]:
        """Those that have words here: all that this server offers, on or off."""
        return tuple(self._features)

    @property
    def runs(self) -> Mapping[str, EngineFacts]:
        """What runs, as the notices say."""
        return self._words.runs

    def govern(self, rooms: Reworded) -> None:
        """From now on these rooms are told of other wording."""
        self._rooms = rooms

    def in_force(self, feature: FeatureId) -> Mapping[LanguageTag, Wording]:
        """What is shown now, by language. Raises `UnknownFeature`."""
        self._known(feature)
        return {
            tag: self._latest[feature, tag] for tag in self._features[feature].notices
        }

    def drafted(
        self, feature: FeatureId, given: Mapping[LanguageTag, Texts]
    ) -> Mapping[LanguageTag, Notice]:
        """What `put` would have in force, and nothing is. Raises as `put` does."""
        self._known(feature)
        own = self._given(feature) | {tag: dict(given[tag]) for tag in given}
        return {tag: worded.notice for tag, worded in self._made(feature, own).items()}

    async def history(
        self, feature: FeatureId, language: LanguageTag
    ) -> tuple[Wording, ...]:
        """Every wording there was, the newest first. Raises `LedgerUnavailable`."""
        return await self._store.history(feature, language)

    async def find(self, digest: NoticeDigest) -> Wording | None:
        """What a receipt of years ago names, if it was ever in force here."""
        return await self._store.find(digest)

    async def put(self, feature: FeatureId, given: Mapping[LanguageTag, Texts]) -> None:
        """
        Have an admin's wording in force in these languages; others keep theirs.

        Raises `UnknownFeature`, `ConfigInvalid` with one line per mistake, as for the
        file, and `LedgerUnavailable`: then nothing has changed.
        """
        self._known(feature)
        async with self._one_by_one:
            own = self._given(feature) | {tag: dict(given[tag]) for tag in given}
            await self._say({feature: self._made(feature, own)}, "console")

    async def use_file(self, feature: FeatureId) -> None:
        """
        Have the file's wording in force again, in all languages.

        Raises `UnknownFeature`, `LedgerUnavailable`: then nothing has changed.
        """
        self._known(feature)
        async with self._one_by_one:
            await self._say({feature: self._made(feature, {})}, "console")

    async def follow_file(self, words: Words) -> list[FeatureId]:
        """
        The file says other words, or other settings fill them in. Yields what changed.

        What an admin has put stays, filled in anew. Raises `LedgerUnavailable`: then
        nothing has changed.
        """
        async with self._one_by_one:
            before, self._words = self._words, words
            try:
                said = {feature: self._standing(feature) for feature in self._features}
                return await self._say(said, "file")
            except BaseException:
                self._words = before
                raise

    # ---- Within -------------------------------------------------------------------

    def _known(self, feature: FeatureId) -> None:
        if feature not in self._features:
            raise UnknownFeature("This server does not offer that feature.")

    def _given(self, feature: FeatureId) -> dict[LanguageTag, Texts]:
        return {
            tag: wording.given
            for (about, tag), wording in self._latest.items()
            if about == feature and wording.given is not None
        }

    def _made(self, feature: FeatureId, given: Mapping[LanguageTag, Texts]) -> Said:
        """Raises `ConfigInvalid`."""
        notices = self._words.of(feature, given)
        return {tag: Worded(notices[tag], given.get(tag)) for tag in notices}

    def _standing(self, feature: FeatureId) -> Said:
        """What is to be in force as things stand: an admin's, else the file's."""
        try:
            return self._made(feature, self._given(feature))
        except ConfigInvalid as exc:
            # The file that is in force now does not allow for it, such as without a
            # field in braces that tells what runs.
            log.error("wording.refused", feature=feature, why=str(exc))
            return self._made(feature, {})

    async def _say(self, said: Mapping[FeatureId, Said], by: By) -> list[FeatureId]:
        """On record, then in force, in every room. Yields what has other digests."""
        await self._write(said, by)
        changed = []
        for feature, each in said.items():
            digests = {worded.notice.digest for worded in each.values()}
            if digests == self.notices[feature].keys():
                continue
            self._show(feature, each)
            changed.append(feature)
            log.info("notice.reworded", feature=feature)
            if self._rooms is not None:
                self._rooms.reword(feature, self.notices[feature])
        return changed

    def _show(self, feature: FeatureId, said: Said) -> None:
        notices = {tag: worded.notice for tag, worded in said.items()}
        self.notices[feature] = {each.digest: each for each in notices.values()}
        own = [tag for tag, worded in said.items() if worded.given is not None]
        self._features[feature] = self._features[feature].model_copy(
            update={"notices": notices, "kinds": self._words.kinds(feature, own)}
        )

    async def _write(self, said: Mapping[FeatureId, Said], by: By) -> None:
        new = [
            worded
            for each in said.values()
            for worded in each.values()
            if self._is_new(worded)
        ]
        if not new:
            return
        added: list[Wording] = []
        acts = [*self._acts(new, by)]
        await self._ledger.record(
            SERVER, partial(_add, new, self._clock(), acts, added)
        )
        for wording in added:
            self._latest[wording.notice.feature, wording.notice.language] = wording

    def _is_new(self, worded: Worded) -> bool:
        latest = self._latest.get((worded.notice.feature, worded.notice.language))
        return (
            latest is None
            or latest.notice != worded.notice
            or latest.given != worded.given
        )

    def _acts(self, new: Iterable[Worded], by: By) -> Iterable[Act]:
        """What is told of it: of words that others stood in the place of."""
        changed: dict[FeatureId, dict[LanguageTag, NoticeDigest]] = {}
        for worded in new:
            notice = worded.notice
            latest = self._latest.get((notice.feature, notice.language))
            if latest is not None and latest.notice != notice:
                changed.setdefault(notice.feature, {})[notice.language] = notice.digest
        for feature, notices in changed.items():
            yield NoticeReworded(feature=feature, notices=notices, by=by)


def _add(
    new: list[Worded],
    since: datetime,
    acts: list[Act],
    added: list[Wording],
    connection: Connection,
) -> list[Act]:
    added[:] = add_wordings(new, since, connection)
    return acts
