"""
What is kept, until when, and how full the disk is.

Rule: sizes are of whole kinds, in steps; nothing is told of one file or of one person.
"""

import asyncio
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal

from aiohttp import web

from gatekeeper.archive.stores import FeatureStores
from gatekeeper.assistant.transcript.store import ROOT as WORDS
from gatekeeper.consent.types import FeatureId
from gatekeeper.media.film.files import ROOT as FILMS
from gatekeeper.media.film.standing import films_on_disk
from gatekeeper.storage.paths import ROOT as RECORDINGS
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.web.shape import Instant, Shape, said

FRESH = 30.0
"""Seconds for which sizes that were added up are told again."""
STEP = 1_000_000
"""Bytes: sizes are told in whole ones."""
MOST = 50
"""Of films and of what is deleted next."""


class Usage(Shape):
    """So much is kept of one kind."""

    kind: Literal["films", "recordings", "words"]
    bytes: int


class FilmInWork(Shape):
    """A film that is being made, or cannot be."""

    room: str
    feature: str
    state: Literal["waiting", "making", "stopped", "failed"]
    done: float
    """From 0 to 1."""


class KeptFor(Shape):
    """How long what a feature keeps stays after a meeting."""

    feature: str
    hours: int


class Due(Shape):
    """What is deleted, and when."""

    room: str
    feature: str
    at: Instant


class StorageState(Shape):
    """`GET /api/admin/storage`."""

    total: int
    """Bytes that the disk has."""
    free: int
    used: tuple[Usage, ...]
    kept_for: tuple[KeptFor, ...]
    films: tuple[FilmInWork, ...]
    due: tuple[Due, ...]
    """The next ones, the soonest first."""


class AdminStorage:
    """Handlers over the data directory."""

    def __init__(
        self,
        data: Path,
        stores: FeatureStores,
        rooms: RoomStore,
        *,
        keep: Mapping[FeatureId, timedelta],
        monotonic: Callable[[], float],
    ) -> None:
        """`keep`: how long what a feature keeps stays after a meeting."""
        self._data = data
        self._stores = stores
        self._rooms = rooms
        self._keep = keep
        self._monotonic = monotonic
        self._adding = asyncio.Lock()
        self._used: tuple[Usage, ...] = ()
        self._added_at = -math.inf

    async def state(self, request: web.Request) -> web.Response:
        """All of it."""
        disk = await asyncio.to_thread(shutil.disk_usage, self._data)
        return said(
            StorageState(
                total=disk.total,
                free=disk.free,
                used=await self._usage(),
                kept_for=tuple(
                    KeptFor(feature=feature, hours=keep // timedelta(hours=1))
                    for feature, keep in self._keep.items()
                ),
                films=await asyncio.to_thread(_films, self._data),
                due=await self._due(),
            )
        )

    async def _usage(self) -> tuple[Usage, ...]:
        async with self._adding:
            if self._monotonic() - self._added_at >= FRESH:
                self._used = await asyncio.to_thread(_usage, self._data)
                self._added_at = self._monotonic()
            return self._used

    async def _due(self) -> tuple[Due, ...]:
        found = []
        for room, feature in await self._stores.kept():
            record = await self._rooms.find(room)
            if record is None or record.ended_at is None:
                continue
            longest = max(self._keep.values(), default=timedelta())
            at = record.ended_at + self._keep.get(feature, longest)
            found.append(Due(room=room, feature=feature, at=at))
        found.sort(key=lambda due: (due.at, due.room, due.feature))
        return tuple(found[:MOST])


def _usage(data: Path) -> tuple[Usage, ...]:
    return (
        Usage(kind="films", bytes=_size(data / FILMS)),
        Usage(kind="recordings", bytes=_size(data / RECORDINGS)),
        Usage(kind="words", bytes=_size(data / WORDS)),
    )


def _size(folder: Path) -> int:
    return -(-sum(_sizes(folder)) // STEP) * STEP


def _sizes(folder: Path) -> Iterator[int]:
    for above, _, names in os.walk(folder):
        for name in names:
            try:
                yield os.lstat(os.path.join(above, name)).st_size
            except OSError:  # it was deleted just now
                continue


def _films(data: Path) -> tuple[FilmInWork, ...]:
    found = (
        FilmInWork(room=room, feature=feature, state=state.state, done=state.done)
        for room, feature, state in films_on_disk(data)
        if state.state not in ("ready", "none")
    )
    return tuple(film for film, _ in zip(found, range(MOST), strict=False))
