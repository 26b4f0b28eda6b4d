"""What is on record of a meeting cannot be read: the server starts, others go on."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import aiohttp

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.audit import verify_ledger
from tests.archive.past import Meeting, lay, meeting
from tests.archive.test_own import config, no_films
from tests.meeting.conftest import World, start

__all__ = ["config", "no_films"]

Tamper = Callable[[sqlite3.Connection, str], object]


def entry(value: object) -> Tamper:
    """The body of an entry is something else."""
    return lambda ledger, room: ledger.execute(
        "UPDATE ledger SET body = ? WHERE meeting = ? AND seq = 4", (value, room)
    )


def registered(column: str, value: object) -> Tamper:
    """The register holds something else of the room."""
    return lambda ledger, room: ledger.execute(
        f"UPDATE rooms SET {column} = ? WHERE id = ?",  # noqa: S608
        (value, room),
    )


DAMAGE: dict[str, Tamper] = {
    "no JSON": entry(b"\xff{"),
    "no entry": entry(b"{}"),
    "text": entry("{}"),
    "nothing": entry(None),
    "a number": entry(7),
    "last": lambda ledger, room: ledger.execute(
        "UPDATE ledger SET body = x'00' WHERE meeting = ? AND seq = "
        "(SELECT max(seq) FROM ledger WHERE meeting = ?)",
        (room, room),
    ),
    "features": registered("features", "no JSON"),
    "when": registered("opened_at", "yesterday"),
    "ended": registered("ended_at", "9999"),
    "sealed": registered("sealed", 0),
}


def allow_null(data: Path) -> None:
    """Columns take what a disk may put there."""
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("PRAGMA writable_schema = ON")
        ledger.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'body BLOB NOT NULL', "
            "'body BLOB') WHERE name = 'ledger'"
        )


async def has_found(world: World, broken: set[RoomId]) -> None:
    """Return once the server itself has found all of them."""
    ledger = world.context.ledger
    async with asyncio.timeout(30):
        while any(ledger.is_trusted(room) for room in broken):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def page(world: World, of: Meeting) -> int:
    """What somebody who was there gets of the page afterwards."""
    root = f"{world.url}/api/rooms/{of.room}/after"
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        said = {"capability": of.capability(of.people[0])}
        async with http.post(f"{root}/session", json=said) as answer:
            assert answer.status == 204
        async with http.get(root) as answer:
            return answer.status


async def record(world: World) -> None:
    """A new meeting in which something is on."""
    room, secret = await world.room("recording")
    ann = await world.person(room, "Ann")
    await ann.join(host=secret, allow=("recording",))
    ben = await world.person(room, "Ben")
    await ben.join(host=None, allow=("recording",))
    await ann.say(type="request", feature="recording")
    await ben.hears("receipt")


async def test_rows_that_cannot_be_read_are_their_meetings_damage(
    config: Config,
) -> None:
    data = config.data.directory
    good = meeting(data, "good")
    goes_on = meeting(data, "goes", ends=False)
    bad = {what: meeting(data, "q1") for what in DAMAGE}
    await lay(good, goes_on, *bad.values())
    allow_null(data)
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as ledger, ledger:
        for what, tamper in DAMAGE.items():
            tamper(ledger, bad[what].room)
        entry(b"{")(ledger, goes_on.room)
    broken = {one.room for one in (*bad.values(), goes_on)}
    files = {one.place(one.people[0]) for one in (*bad.values(), goes_on)}

    async with start(config) as world:
        await has_found(world, broken)
        assert world.context.ledger.is_trusted(good.room)
        assert await page(world, good) == 200
        assert await page(world, bad["no entry"]) == 503
        await record(world)

    assert all(file.exists() for file in files), "nothing is deleted on a guess"
    assert {c.meeting for c in verify_ledger(data).chains if c.fault} == broken


async def test_a_page_that_cannot_be_read_is_the_damage_of_whose_it_is(
    config: Config,
) -> None:
    data = config.data.directory
    good, bad = meeting(data, "good"), meeting(data, "q1", "q2", "q3")
    await lay(good, bad)
    file = data / "ledger.sqlite3"
    with closing(sqlite3.connect(file)) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw, size = bytearray(file.read_bytes()), 4096
    pages = [raw[at : at + size] for at in range(0, len(raw), size)]
    own = [
        n
        for n, each in enumerate(pages)
        if each[0] == 0x0D  # a leaf of a table (sqlite.org/fileformat2.html, 1.6)
        and b'"type":"gate.opened"' in each
        and bad.room.encode() in each
        and good.room.encode() not in each
    ]
    raw[own[0] * size : own[0] * size + 64] = bytes(range(64))
    file.write_bytes(raw)

    async with start(config) as world:
        await has_found(world, {bad.room})
        assert world.context.ledger.is_trusted(good.room)
        assert await page(world, good) == 200
        await record(world)
    assert bad.place(bad.people[0]).exists()
    assert [c.meeting for c in verify_ledger(data).chains if c.fault] == [bad.room]
