"""What is told of openings whose end nobody saw: it is true, whatever fell."""

import shutil
import sqlite3
import time
from asyncio import TaskGroup
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.clock import Clock, rfc3339
from gatekeeper.config import Config
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.history import OpeningRecord, history
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.media.recording.webm import span
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import DESK
from tests.after.conftest import Past, is_taped, until
from tests.meeting.conftest import World, configured, start
from tests.proof.guest import Guest

LEDGER = "ledger.sqlite3"
AWAY = 600.0
"""Seconds from a crash to the start after it."""


async def on_air(world: World, *names: str) -> Past:
    """People who are being recorded, and something of each is on the disk."""
    room, secret = await world.room()
    tasks = await world.stack.enter_async_context(TaskGroup())
    people: dict[str, Guest] = {}
    links: dict[str, str] = {}
    for name in names:
        guest = Guest(world.http, world.url, room, name, tasks=tasks, impolite=False)
        people[name] = await world.stack.enter_async_context(guest)
        world.stack.push_async_callback(guest.close)
        welcome = await guest.join(
            host=None if links else secret, allow=("recording", "minutes")
        )
        links[name] = welcome["after"]
    for feature in ("minutes", "recording"):
        await people[names[0]].say(type="request", feature=feature)
    await until(lambda: all(map(is_taped, people.values())))
    return Past(room, secret, people, links)


def kept(data: Path) -> list[datetime]:
    """When the last frame was taken, of each file that there is anything in."""
    return [held[1] for file in data.rglob("*.webm") if (held := span(file))]


def as_after_a_kill(data: Path, to: Path) -> None:
    """What a disk has of a server that is killed just now."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns(LEDGER + "*", DESK))
    with (
        sqlite3.connect(data / LEDGER) as ledger,
        sqlite3.connect(to / LEDGER) as copied,
    ):
        ledger.backup(copied)


def proven(data: Path, room: RoomId, feature: str) -> OpeningRecord:
    """The one opening there was, by a chain that verifies."""
    database = Database.open(data / LEDGER, migrate=False)
    try:
        assert not any(report.fault for report in verify_all(database))
        with database.connect() as connection, connection.begin():
            told = history(read_chain(connection, meeting=room))
    finally:
        database.close()
    [stretch] = told.stretches_of(FeatureId(feature))
    return stretch


async def on_page(past: Past, url: str) -> dict[str, Any]:
    """When recording was on, as a page tells it."""
    async with past.visit(url, "Ines") as visit:
        feature = await visit.feature()
    [stretch] = feature["stretches"]
    told: dict[str, Any] = stretch
    return told


async def test_an_opening_that_a_kill_ended_is_told_to_the_last_of_what_is_known(
    config: Config, tmp_path: Path
) -> None:
    data, copied = config.data.directory, tmp_path / "copied"
    async with start(config) as world:
        past = await on_air(world, "Mara", "Ines")
        await until(lambda: len(kept(data)) >= 2)
        as_after_a_kill(data, copied)
        killed = Clock().now()
    last = max(kept(copied))

    later = Clock(wall=lambda: time.time() + AWAY)
    async with start(configured(copied), clock=later) as world:
        told = await on_page(past, world.url)

    recording = proven(copied, past.room, "recording")
    assert recording.ended == last <= killed
    assert recording.latest is not None
    assert (recording.latest - killed).total_seconds() > AWAY - 60
    assert told["to"] == rfc3339(last)
    assert told["latest"] == rfc3339(recording.latest)
    minutes = proven(copied, past.room, "minutes")
    assert minutes.began == minutes.ended, "nothing is known of it but its beginning"
    assert minutes.latest == recording.latest


async def test_what_a_file_says_of_the_end_is_believed_no_further_than_now(
    config: Config, tmp_path: Path
) -> None:
    data, copied = config.data.directory, tmp_path / "copied"
    async with start(config) as world:
        past = await on_air(world, "Mara", "Ines")
        await until(lambda: len(kept(data)) >= 2)
        as_after_a_kill(data, copied)

    # Set back by more than anything on record is believed to be ahead.
    before = Clock(wall=lambda: time.time() - 3 * 86_400)
    async with start(configured(copied), clock=before) as world:
        told = await on_page(past, world.url)

    assert told["from"] <= told["to"] <= told["latest"]
    assert proven(copied, past.room, "recording").ended


async def fallen(
    world: World,
    *,
    unheard: bool = False,
    ended: bool = False,
    unreadable: Path | None = None,
) -> RoomId:
    """
    A room that a fault of ours has ended while a gate was open.

    `unheard`: before it heard that the opening had been written down. `ended`: as the
    meeting did. `unreadable`: where the data lie, of which some cannot be read.
    """
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda sign: sign["on"])
    [room] = world.registry.rooms

    async def fault() -> None:
        room.ended = ended
        raise RuntimeError("a fault of ours")

    for opening in room._gates.openings.current:
        opening.recorded = not unheard
        if unreadable is not None:
            words = unreadable / "words" / ann.room / "minutes" / opening.id
            (words / "nobody.jsonl").mkdir(parents=True)  # read, it is no file
    room._gates.turns.put(fault)
    await until(lambda: not world.registry.rooms)
    return ann.room


async def test_a_room_that_falls_says_when_its_gates_closed(
    world: World, config: Config
) -> None:
    before = Clock().now()
    room = await fallen(world)
    after = Clock().now()

    minutes = proven(config.data.directory, room, "minutes")
    assert minutes.ended is not None
    assert before <= minutes.began <= minutes.ended <= after
    assert minutes.latest is None


@pytest.mark.parametrize("ended", [False, True], ids=["it goes on", "it is over"])
async def test_an_opening_of_which_a_fallen_room_had_not_heard_has_an_end_too(
    world: World, config: Config, ended: bool
) -> None:
    room = await fallen(world, unheard=True, ended=ended)
    if not ended:
        await world.registry.enter(room)

    minutes = proven(config.data.directory, room, "minutes")
    assert minutes.began == minutes.ended
    assert minutes.latest is not None


async def test_what_cannot_be_read_of_a_fallen_room_is_not_known_and_harms_no_other(
    world: World, config: Config
) -> None:
    data = config.data.directory
    room = await fallen(world, unheard=True, ended=True, unreadable=data)
    ann, _ = await world.meeting("Ann", "Ben")

    minutes = proven(data, room, "minutes")
    assert minutes.began == minutes.ended
    assert ann.room != room
