"""Who fetched what of a meeting, for those who are in it; and no line, no file."""

import asyncio
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest

from gatekeeper.config import Config
from gatekeeper.consent.types import RoomId
from gatekeeper.storage.fetches import Fetch, FetchLog, fetched_of
from gatekeeper.storage.transactions import Transactions
from gatekeeper.web.kept.operations import KEPT
from gatekeeper.web.kept.visitors import ROOT as ROOT_OF_PAGE
from tests.archive.past import Human, Meeting
from tests.archive.test_own import config, no_films, past
from tests.archive.test_proof import page
from tests.evidence.conftest import database, path, writer
from tests.evidence.people import NOON, RECORDING
from tests.meeting.conftest import start

__all__ = ["config", "database", "no_films", "past", "path", "writer"]

Line = dict[str, object]


@dataclass
class Page:
    """Somebody's page afterwards."""

    past: Meeting
    who: Human
    http: aiohttp.ClientSession

    async def told(self) -> dict[str, list[Line]]:
        async with self.http.get(f"/api/rooms/{self.past.room}/after") as answer:
            return dict(await answer.json())

    async def lines(self) -> list[Line]:
        return (await self.told())["fetched"]

    async def fetch(self, name: str, status: int = 200, **headers: str) -> bytes:
        async with self.http.get(name, headers=headers) as answer:
            assert answer.status == status, name
            return await answer.read()

    def track(self, of: Human) -> str:
        return f"recording/tracks/{self.past.opening(RECORDING)}/{of.id}-camera.webm"


def brief(lines: list[Line]) -> set[tuple[object, ...]]:
    return {(li["who"], li["what"], li["subject"], li["times"]) for li in lines}


async def test_R19_those_who_are_in_it_read_who_fetched_what(
    past: Meeting, config: Config
) -> None:
    ana, ben, cid = past.people
    stranger = Human("q9")
    async with (
        start(config) as world,
        await page(world, past, ben) as first,
        await page(world, past, ana) as second,
        await page(world, past, stranger) as third,
    ):
        his, hers = Page(past, ben, first), Page(past, ana, second)
        nobody = Page(past, stranger, third)
        assert await his.lines() == []
        assert await his.fetch(his.track(ana)) == ana.sound
        for name in ("transcript/lines", "transcript/transcript.txt"):
            await his.fetch(name)
        await his.fetch("summary/summary.md")
        copy = await his.fetch("mine")

        seen = brief(await hers.lines())
        assert seen == {
            (ben.id, "summary", None, 1),
            (ben.id, "track", ana.id, 1),
            (ben.id, "transcript", None, 2),
        }
        names = {each["id"]: each["name"] for each in (await hers.told())["people"]}
        assert names[ben.id] == ben.name
        own = [line for line in await his.lines() if line["what"] == "copy"]
        assert {line["subject"] for line in own} == {ben.id}
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            about = json.loads(archive.read("about-you.json"))
        assert {each["what"] for each in about["fetched"]} == {
            "summary",
            "transcript",
        }

        assert await nobody.lines() == [], "who is not in it reads nothing"
        await nobody.fetch(nobody.track(cid), 404)
        await nobody.fetch("transcript/lines", 404)
        assert brief(await hers.lines()) == seen, "nor is it told that they came"


GIVEN = {
    "transcript/lines",
    "transcript/transcript.json",
    "transcript/transcript.vtt",
    "transcript/transcript.txt",
    "recording/captions.vtt",
    "summary/summary",
    "summary/summary.json",
    "summary/summary.md",
    "mine",
    "export",
}
"""What leaves a line, beside films and tracks."""


def test_whatever_gives_something_is_among_what_leaves_a_line() -> None:
    after = f"GET {ROOT_OF_PAGE}/"
    given = {name.removeprefix(after) for name in KEPT if name.startswith(after)}
    by_feature = {each for each in given if each.startswith("{feature}")}

    assert by_feature == {
        "{feature}/film",
        "{feature}/film/poster",  # shown with the page
        "{feature}/tracks/{opening}/{name}.webm",
    }
    assert given - by_feature - {"proof"} == GIVEN, "a proof is of one's own words"


async def test_R15_without_a_line_nothing_is_sent(
    past: Meeting, config: Config
) -> None:
    ana, ben, _ = past.people
    async with start(config) as world, await page(world, past, ben) as http:
        his = Page(past, ben, http)
        with closing(sqlite3.connect(config.data.directory / "ledger.sqlite3")) as base:
            base.execute(
                "CREATE TRIGGER full BEFORE INSERT ON fetches "
                "BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        for name in (his.track(ana), *(GIVEN - {"export"})):  # it has none of these
            async with http.get(name) as answer:
                assert answer.status >= 500, name
                held = await answer.read()
            assert not any(who.mark.encode() in held for who in past.people), name


async def test_what_names_somebody_goes_with_their_part(
    past: Meeting, config: Config
) -> None:
    ana, ben, cid = past.people
    async with (
        start(config) as world,
        await page(world, past, ben) as first,
        await page(world, past, cid) as second,
    ):
        his, theirs = Page(past, ben, first), Page(past, cid, second)
        await his.fetch(his.track(ana))
        await his.fetch("transcript/lines")
        await theirs.fetch(theirs.track(ana))
        await theirs.fetch(theirs.track(ben))
        async with first.post("erase") as said:
            assert said.status == 202
        async with asyncio.timeout(30):
            while len(await theirs.lines()) > 1:  # noqa: ASYNC110 - another thread
                await asyncio.sleep(0.01)
        assert brief(await theirs.lines()) == {(cid.id, "track", ana.id, 1)}
    with closing(sqlite3.connect(config.data.directory / "ledger.sqlite3")) as base:
        left = base.execute("SELECT who, subject FROM fetches").fetchall()
    assert left == [(cid.id, ana.id)]


ROOM = RoomId("a-meeting")
FILM = Fetch(ROOM, "participant", "a", RECORDING, "film")


async def test_the_same_within_an_hour_is_one_line(writer: Transactions) -> None:
    now = [NOON]
    log = FetchLog(writer, lambda: now[0])
    for minutes, goes_on in ((0, False), (1, True), (2, True), (30, False), (61, True)):
        now[0] = NOON + timedelta(minutes=minutes)
        await log.note(FILM, goes_on=goes_on)
    await FetchLog(writer, lambda: now[0]).note(FILM, goes_on=True)

    lines = await writer.run(lambda on: fetched_of(ROOM, on))
    assert [(line.at - NOON, line.times) for line in lines] == [
        (timedelta(minutes=61), 1),
        (timedelta(0), 2),
    ]


@pytest.mark.parametrize("first", ["bytes=0-", "bytes=4096-"])
async def test_a_player_that_asks_piece_by_piece_has_fetched_it_once(
    past: Meeting, config: Config, first: str
) -> None:
    ana, ben, _ = past.people
    async with start(config) as world, await page(world, past, ben) as http:
        his = Page(past, ben, http)
        for piece in (first, "bytes=4096-8191", "bytes=8192-"):
            await his.fetch(his.track(ana), 206, Range=piece)

        assert brief(await his.lines()) == {(ben.id, "track", ana.id, 1)}
