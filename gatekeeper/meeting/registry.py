"""
The registry: all rooms of this process.

Rule 1: a room is loaded when somebody comes, and lives in one task that this owns.
Rule 2: a room that crashes closes its gates and takes nobody else with it; its people
come back into the same room, closed (design.md, rule 15).
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from gatekeeper.clock import Clock
from gatekeeper.consent.types import (
    FeatureId,
    LanguageTag,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import (
    ChainTaken,
    LedgerUnavailable,
    NotAllowed,
    RoomEnded,
    UnknownFeature,
    UnknownRoom,
)
from gatekeeper.evidence.state import ChainState
from gatekeeper.meeting.context import MeetingRules, RoomContext
from gatekeeper.meeting.entries import Entries
from gatekeeper.meeting.everywhere import Everywhere
from gatekeeper.meeting.faults import RoomFull
from gatekeeper.meeting.fittings import Past
from gatekeeper.meeting.host_link import new_secret
from gatekeeper.meeting.lives import Lives
from gatekeeper.meeting.room import Room
from gatekeeper.meeting.watch import Watch
from gatekeeper.storage.rooms import (
    Mode,
    RoomRecord,
    RoomStore,
    hash_capability,
)
from gatekeeper.storage.rooms_forgotten import AT_ONCE

log = structlog.get_logger(__name__)

SWEEP = 600.0
"""Seconds between two looks for rooms that nobody came to."""

STOP_WITHIN = 10.0
"""Seconds that rooms get to finish their files when the server stops."""


class RoomRegistry:
    """Opens, finds and keeps rooms."""

    def __init__(
        self,
        context: RoomContext,
        register: RoomStore,
        *,
        clock: Clock,
        rooms: int,
        unused_rooms: int,
        unused: timedelta,
        endings: Callable[[RoomId], Awaitable[None]],
        over: Callable[[RoomId], Awaitable[None]],
    ) -> None:
        """
        Keep at most so many `rooms` at once, and so many that nobody has come to yet.

        `unused`: how long one waits for its first participant. `over` is awaited once
        a meeting has ended and is sealed, `endings` before one goes on, or is sealed,
        in which an opening was left without an end.
        """
        self._context = context
        self._clock = clock
        self._register = register
        self._most = rooms
        self._most_unused = unused_rooms
        self._unused = unused
        self._endings = endings
        self._over = over
        self._rooms: dict[RoomId, Room] = {}
        self.everywhere = Everywhere(self._rooms.values)
        self.entries = Entries(context.entries, clock.now)
        self._lives = Lives()
        self.opened = self.crashed = 0
        """How many rooms, since the start."""
        self._loading = asyncio.Lock()
        self._stopping = False
        self._tasks = asyncio.TaskGroup()
        self._living: dict[RoomId, asyncio.Task[None]] = {}

    async def recall(self, returning: Iterable[RoomRecord]) -> list[Room]:
        """
        Rooms whose people may come back after a restart, as they stand.

        Raises `LedgerUnavailable`.
        """
        return [await self._read(record) for record in returning]

    async def run(self, returning: Iterable[Room], ready: asyncio.Event) -> None:
        """Live until cancelled; `ready` is set once rooms can be entered."""
        async with self._tasks:
            for room in returning:
                self._begin(room)
            ready.set()
            self._tasks.create_task(self._sweep(), name="sweep of rooms")
            try:
                ledger = self._context.ledger
                await Watch(self._clock, ledger, self.everywhere).run()
            finally:
                self.everywhere.suspend()

    async def close(self) -> None:
        """Have every room close its gates and finish its files; bounded in time."""
        self._stopping = True
        self.everywhere.suspend()
        if self._living:
            await asyncio.wait(self._living.values(), timeout=STOP_WITHIN)

    async def open(
        self,
        title: str,
        language: LanguageTag,
        features: tuple[FeatureId, ...],
        *,
        knock: bool = False,
        mode: Mode = "meeting",
        service: str | None = None,
        presence: bool = False,
    ) -> tuple[RoomRecord, str]:
        """
        A new room and its host capability. `knock`: whether hosts let people in.

        `mode`: whose its media are; `service`: whose key has opened it, if any;
        `presence`: whether its engine is to tell all the time who is there.

        Raises `UnknownFeature`, `RoomFull`, `LedgerUnavailable`.
        """
        if any(feature not in self._context.notices for feature in features):
            raise UnknownFeature("This server does not offer that feature.")
        waiting = await self._register.count_unended() - len(self._rooms)
        if len(self._rooms) >= self._most or waiting >= self._most_unused:
            raise RoomFull("This server has no room free. Try again later.")
        secret = new_secret()
        record = RoomRecord(
            id=RoomId(secrets.token_urlsafe(16)),
            title=title,
            language=language,
            features=features,
            host_hash=hash_capability(secret),
            opened_at=self._clock.now(),
            knock=knock,
            mode=mode,
            service=service,
            presence=presence,
        )
        await self._register.add(record)
        self.opened += 1
        log.info("room.opened", room=record.id)
        return record, secret

    async def find(self, room: str) -> RoomRecord:
        """The record of a room. Raises `UnknownRoom`, `RoomEnded`."""
        living = self._rooms.get(RoomId(room))
        record = living.record if living else await self._register.find(RoomId(room))
        if record is None:
            raise UnknownRoom
        if self.is_over(record):
            raise RoomEnded
        return record

    def is_over(self, record: RoomRecord) -> bool:
        """Whether nobody can come into that room any more."""
        living = self._rooms.get(record.id)
        if living is not None:
            return living.ended
        waits = self._clock.settled() <= self.waits_until(record)
        return record.ended_at is not None or not waits

    def waits_until(self, record: RoomRecord) -> datetime:
        """When it is forgotten, should nobody have come to it by then."""
        return record.opened_at + self._unused

    async def renew_host(self, room: str, secret: str) -> str:
        """
        A new host capability for who shows the old one, which stops at once.

        Hosts who are in the room are none any more, until they come by the new one.
        Raises `UnknownRoom`, `NotAllowed`, `LedgerUnavailable`.
        """
        async with self._loading:  # it may not come to life with the old one meanwhile
            living = self._rooms.get(RoomId(room))
            if living is not None:
                return await living.host_link.renew(secret)
            record = await self._register.find(RoomId(room))
            if record is None:
                raise UnknownRoom
            new = new_secret()
            if not record.is_host(secret) or not await self._register.replace_host(
                record.id, record.host_hash, hash_capability(new)
            ):
                raise NotAllowed
            return new

    async def enter(self, room: str) -> Room:
        """The living room. Raises `UnknownRoom`, `RoomEnded`, `RoomFull`."""
        if self._stopping:
            raise RoomFull("This server stops just now. Try again in a moment.")
        living = self._rooms.get(RoomId(room))
        if living is None or living.leaving:
            async with self._loading:
                await self._left(RoomId(room))
                living = self._rooms.get(RoomId(room))
                if living is None:
                    if len(self._rooms) >= self._most:
                        raise RoomFull("This server is full. Try again later.")
                    living = self._begin(await self._read(await self.find(room)))
        if living.ended:
            raise RoomEnded
        return living

    def follow(self, rules: MeetingRules) -> None:
        """Rooms that are taken up from now on keep to these."""
        self._context = replace(self._context, rules=rules)

    def life(self, room: RoomId) -> str:
        """What decisions must be signed for in that room, as long as it lives."""
        return self._lives.of(room)

    def living(self, room: RoomId) -> Room | None:
        """The room, if it lives just now."""
        found = self._rooms.get(room)
        return None if found is None or found.ended or found.leaving else found

    async def _left(self, room: RoomId) -> None:
        """Return once a room that is leaving has left."""
        living = self._rooms.get(room)
        if living is not None and living.leaving:
            await asyncio.wait([self._living[room]])

    def tell_page_link(self, room: RoomId, participant: ParticipantId) -> None:
        """Somebody's earlier links to the page afterwards have stopped."""
        living = self._rooms.get(room)
        if living is not None:
            living.tell_page_link(participant)

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The living rooms."""
        return tuple(self._rooms.values())

    @property
    def people(self) -> int:
        """How many have a seat, in all of them."""
        return sum(room.people for room in self._rooms.values())

    async def _read(self, record: RoomRecord) -> Room:
        standing = await self._closed(record.id)
        known = await self._context.names.known(record.id)
        removed = await self._context.doors.removed(record.id)
        life = self._lives.of(record.id)
        return Room(Past(record, standing, known, removed, life), self._context)

    def _begin(self, room: Room) -> Room:
        # Nothing is awaited between the two: what is forbidden, or reworded, reaches a
        # room here or is in what it was made of.
        name = room.record.id
        self._rooms[name] = room
        task = self._tasks.create_task(self._live(room), name=f"room {name}")
        self._living[name] = task
        task.add_done_callback(lambda _: self._living.pop(name))
        return room

    async def _closed(self, room: RoomId) -> ChainState:
        """How a meeting stands of which no gate is open any more."""
        standing = await self._context.ledger.standing(room)
        if standing.open:
            await self._endings(room)
            standing = await self._context.ledger.standing(room)
        return standing

    async def _live(self, room: Room) -> None:
        try:
            await room.run()
        except* ChainTaken:
            self._crash(room)
            log.error("room.taken", room=room.record.id)
        except* Exception:
            self._crash(room)
            log.exception("room.crashed", room=room.record.id)
        finally:
            try:
                if room.ended:
                    await self._seal(room)
            finally:
                del self._rooms[room.record.id]

    def _crash(self, room: Room) -> None:
        self.crashed += 1
        self._lives.crashed(room.record.id)

    async def _seal(self, room: Room) -> None:
        try:
            await self._register.end(room.record.id, self._clock.now())
            await self._closed(room.record.id)
            await room.seal()
            await self._over(room.record.id)
        except LedgerUnavailable:
            log.error("room.unsealed", room=room.record.id)

    async def _sweep(self) -> None:
        """Forget rooms that nobody came to, and in which nothing was captured."""
        while True:
            try:
                async with self._loading:  # nobody enters one that is just going
                    before = self._clock.settled() - self._unused
                    gone = await self._register.forget_unused(before, self._rooms)
            except LedgerUnavailable:
                gone = 0
            if gone:
                log.info("rooms.forgotten", rooms=gone)
            await asyncio.sleep(0 if gone == AT_ONCE else SWEEP)
