"""
Switches: what an admin has switched off everywhere at once.

Rule 1: off is off when the call returns, in every room; what is awaited after that is
the proof alone (design.md, rule 4).
Rule 2: off holds whether or not it could be written down (rule 15). Then the admin is
told, and it is written as soon as the database takes it.
Rule 3: on is on once it is durable, and starts nothing: hosts may ask again.
Rule 4: it is told in the server's own chain and in no meeting's, so that a closing
there has no cause.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy import Connection

from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import LedgerUnavailable, UnknownFeature
from gatekeeper.evidence.entries import (
    SERVER,
    Act,
    By,
    FeatureAllowed,
    FeatureForbidden,
)
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.switches import switch_off, switch_on, switched_off
from gatekeeper.storage.transactions import Transactions

log = structlog.get_logger(__name__)


class Switched(Protocol):
    """All living rooms."""

    def forbid(self, feature: FeatureId) -> None:
        """Close it in each of them, now."""

    def allow(self, feature: FeatureId) -> None:
        """Let hosts ask for it again."""


class Switches:
    """The one switch of each feature, for the whole server."""

    def __init__(
        self,
        features: Collection[FeatureId],
        *,
        ledger: Ledger,
        writer: Transactions,
        clock: Callable[[], datetime],
    ) -> None:
        """`features`: those that this server offers. `load` before any room is."""
        self._features = features
        self._ledger = ledger
        self._writer = writer
        self._clock = clock
        self._since: dict[FeatureId, datetime] = {}
        self._presses: Counter[FeatureId] = Counter()
        """How often each was switched off, so that an "on" sees what overtook it."""
        self._by_file: frozenset[FeatureId] = frozenset()
        self._rooms: Switched | None = None

    async def load(self) -> None:
        """Take up what was off before a restart. Raises `LedgerUnavailable`."""
        self._since = await self._writer.run(switched_off)

    def govern(self, rooms: Switched) -> None:
        """From now on these rooms are closed and opened by it."""
        self._rooms = rooms

    @property
    def off(self) -> frozenset[FeatureId]:
        """What no room may run just now."""
        return self._by_file.union(self._since)

    @property
    def since(self) -> Mapping[FeatureId, datetime]:
        """When each was switched off that an admin has (aware, UTC)."""
        return dict(self._since)

    @property
    def by_file(self) -> frozenset[FeatureId]:
        """What the configuration file no longer offers; only the file allows it."""
        return self._by_file

    def forbid(self, feature: FeatureId) -> Coroutine[None, None, None]:
        """
        Close it everywhere. On return it is off; what is returned waits for the proof.

        To be awaited; that raises `LedgerUnavailable` if it could not be written down,
        while it is off all the same. Raises `UnknownFeature`. Idempotent.
        """
        self._known(feature)
        self._presses[feature] += 1
        since = self._since.setdefault(feature, self._clock())
        try:
            self._close(feature)
        finally:  # whatever went wrong in some room: it is off, and on record
            owed = self._ledger.owe_record(
                SERVER, lambda on: _forbid(feature, since, on)
            )
        return self._prove(feature, owed)

    async def allow(self, feature: FeatureId) -> None:
        """
        Let hosts ask for it again, once that is durable; nothing starts.

        What is off in the file stays so. Raises `UnknownFeature`, and
        `LedgerUnavailable`: then it stays off.
        """
        self._known(feature)
        before = self._presses[feature]
        await self._ledger.record(SERVER, lambda on: _allow(feature, on))
        if self._presses[feature] != before:
            return  # it was switched off anew meanwhile, which is written after this
        self._since.pop(feature, None)
        self._open(feature)

    def follow_file(self, unoffered: Collection[FeatureId]) -> None:
        """The file offers all but these now. Closes at once; told in the chain."""
        before, now = self._by_file, frozenset(unoffered)
        self._by_file = now
        for feature in sorted(now - before):
            self._close(feature)
            self._tell(FeatureForbidden(feature=feature, by="file"))
        for feature in sorted(before - now):
            self._open(feature)
            self._tell(FeatureAllowed(feature=feature, by="file"))

    # ---- Within -------------------------------------------------------------------

    def _known(self, feature: FeatureId) -> None:
        if feature not in self._features:
            raise UnknownFeature("This server does not offer that feature.")

    def _close(self, feature: FeatureId) -> None:
        log.info("feature.forbidden", feature=feature)
        if self._rooms is not None:
            self._rooms.forbid(feature)

    def _open(self, feature: FeatureId) -> None:
        if feature in self.off:
            return
        log.info("feature.allowed", feature=feature)
        if self._rooms is not None:
            self._rooms.allow(feature)

    async def _prove(self, feature: FeatureId, owed: Awaitable[object]) -> None:
        if not await self._ledger.probe():  # what is owed goes before it
            log.error("feature.unwritten", feature=feature)
            raise LedgerUnavailable
        await owed

    def _tell(self, act: Act) -> None:
        _ = self._ledger.owe_record(SERVER, lambda _: [act])


_CONSOLE: By = "console"


def _forbid(feature: FeatureId, since: datetime, connection: Connection) -> list[Act]:
    changed = switch_off(feature, since, connection)
    return [FeatureForbidden(feature=feature, by=_CONSOLE)] if changed else []


def _allow(feature: FeatureId, connection: Connection) -> list[Act]:
    changed = switch_on(feature, connection)
    return [FeatureAllowed(feature=feature, by=_CONSOLE)] if changed else []
