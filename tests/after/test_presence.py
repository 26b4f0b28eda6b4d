"""
Rule 19: afterwards everybody gets what they were there for, and not a byte more.

Three people. Tomas goes, Ines comes, Ines goes, Tomas comes back; Mara is there all the
time. Then each of them asks for every address that anybody's page has, by hand too.
"""

import asyncio
import io
import re
import shutil
import time
import zipfile
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from gatekeeper.storage.directory import DESK
from gatekeeper.storage.paths import ROOT
from tests.after.conftest import Past, Visit, until
from tests.after.test_page import verifies
from tests.meeting.conftest import World, configured, start
from tests.meeting.test_two_paths import slow_ledger
from tests.proof import files
from tests.proof.guest import Guest

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = ("Mara", "Noor", "Tomas", "Ines")
STAY = ("Mara", "Noor")
PRESENT = [
    (*STAY, "Tomas"),
    STAY,
    (*STAY, "Ines"),
    STAY,
    (*STAY, "Tomas"),
]
"""Who is there, part by part: never one alone, or the gate would close (rule 18)."""
LATE = 0.25
"""Seconds by which a piece's own time may be off, or that it was under way."""


class Cut(NamedTuple):
    """Somebody comes or goes; the server does it somewhere between the two."""

    asked: float
    done: float


@dataclass
class Told:
    """A meeting that is over, and what is known of it from outside."""

    past: Past
    world: World
    data: Path
    cuts: list[Cut] = field(default_factory=list)
    """The beginnings of the parts, in seconds since 1970; the last one is the end."""

    def names(self, ids: Iterable[str]) -> set[str]:
        known = {guest.id: name for name, guest in self.past.people.items()}
        return {known[who] for who in ids}

    def clocks(self) -> dict[str, float]:
        """When each person's camera and microphone began to run."""
        wall = wall_clock() - asyncio.get_running_loop().time()
        return {n: g.clock.began + wall for n, g in self.past.people.items()}


def wall_clock() -> float:
    return time.time()


class Story:
    """Performs the meeting."""

    def __init__(self, world: World, tasks: asyncio.TaskGroup) -> None:
        self.world = world
        self.tasks = tasks
        self.people: dict[str, Guest] = {}
        self.links: dict[str, str] = {}
        self.cuts: list[Cut] = []

    async def open(self) -> None:
        self.room, self.secret = await self.world.room("recording")
        for name in NAMES:
            guest = Guest(
                self.world.http,
                self.world.url,
                self.room,
                name,
                tasks=self.tasks,
                impolite=False,
            )
            self.people[name] = await self.world.stack.enter_async_context(guest)
            self.world.stack.push_async_callback(guest.close)

    async def comes(self, name: str) -> None:
        guest = self.people[name]
        host = None if self.links else self.secret
        welcome = await guest.join(host=host, allow=("recording",), name=name)
        self.links[name] = welcome["after"]

    async def goes(self, name: str) -> None:
        guest = self.people[name]
        await guest.say(type="leave")
        await guest.over()
        guest.hang_up()
        mara = self.people["Mara"]
        await mara.hears("left", where=lambda frame: frame["participant"] == guest.id)
        mara.heard.clear()

    async def goes_on(self, *names: str) -> None:
        """A stretch of media of exactly these people."""
        guests = [self.people[name] for name in names]
        await until(lambda: all(g.live and g.live[-1].since < 1e9 for g in guests))
        lines = [guest.live[-1] for guest in guests]
        marks = [len(line.sent) for line in lines]
        await until(
            lambda: all(
                len(line.sent) > mark + 40
                for line, mark in zip(lines, marks, strict=True)
            )
        )


async def begun(world: World) -> Story:
    """Three are there, and recording is asked for."""
    tasks = await world.stack.enter_async_context(asyncio.TaskGroup())
    story = Story(world, tasks)
    await story.open()
    for name in PRESENT[0]:
        await story.comes(name)
    await story.people["Mara"].say(type="request", feature="recording")
    return story


async def hold(
    world: World, data: Path, parts: Sequence[tuple[str, ...]] = PRESENT
) -> Told:
    story = await begun(world)
    before = PRESENT[0]
    for present in parts:
        began = wall_clock()
        for gone in sorted(set(before) - set(present)):
            await story.goes(gone)
        for new in sorted(set(present) - set(before)):
            await story.comes(new)
        story.cuts.append(Cut(began, wall_clock()))
        await story.goes_on(*present)
        before = present
    began, room = wall_clock(), story.room
    await story.people["Mara"].say(type="end")
    await until(lambda: room not in {r.record.id for r in world.registry.rooms})
    story.cuts.append(Cut(began, wall_clock()))
    past = Past(room, story.secret, story.people, story.links)
    return Told(past, world, data, story.cuts)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    data = tmp_path_factory.mktemp("present")
    async with start(configured(data)) as world:
        yield await hold(world, data)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    """The same with `shared_with = "meeting"`."""
    data = tmp_path_factory.mktemp("meeting")
    features = {"recording": {"shared_with": "meeting"}}
    async with start(configured(data, features=features)) as world:
        yield await hold(world, data, PRESENT[:2])


async def page_of(told: Told, visit: Visit, tracks: int) -> dict[str, Any]:
    """Somebody's page, once all that is theirs is on it."""
    async with asyncio.timeout(30):
        while True:
            page = await visit.page()
            (recording,) = (f for f in page["features"] if f["id"] == "recording")
            if len(recording["tracks"]) >= tracks:
                return page
            await asyncio.sleep(0.05)


def files_of(present: Iterable[tuple[str, ...]]) -> int:
    return sum(2 * len(people) for people in present)


def addresses(said: object) -> set[str]:
    """Every address in a page."""
    return set(re.findall(r"/api/rooms/[^\"' ]+", str(said)))


def there(name: str) -> list[int]:
    return [number for number, people in enumerate(PRESENT) if name in people]


@pytest.mark.parametrize("name", NAMES)
async def test_R19_present_the_page_tells_what_one_was_there_for(
    told: Told, name: str
) -> None:
    mine = there(name)
    async with told.past.visit(told.world.url, name) as visit:
        page = await page_of(told, visit, files_of(PRESENT[part] for part in mine))
    (recording,) = (f for f in page["features"] if f["id"] == "recording")

    assert recording["shared_with"] == "present"
    stretches = recording["stretches"]
    assert [each["part"] for each in stretches] == mine
    for each, part in zip(stretches, mine, strict=True):
        assert told.names(each["people"]) == set(PRESENT[part])
    known = {who for part in mine for who in PRESENT[part]}
    assert {person["name"] for person in page["people"]} == known
    held = {(t["part"], *told.names([t["participant"]])) for t in recording["tracks"]}
    assert held == {(part, who) for part in mine for who in PRESENT[part]}
    strangers = set(NAMES) - known
    for stranger in strangers:
        assert stranger not in str(page)
        assert told.past.people[stranger].id not in str(page)


@pytest.mark.parametrize("name", ["Tomas", "Ines"])
async def test_R19_present_not_a_byte_of_what_one_was_not_there_for(
    told: Told, name: str, tmp_path: Path
) -> None:
    """Every address of everybody's page, and every one that can be thought of."""
    mine = there(name)
    async with told.past.visit(told.world.url, "Mara") as visit:
        everything = await page_of(told, visit, files_of(PRESENT))
    recording = everything["features"][0]
    root = f"/api/rooms/{told.past.room}/after"
    by_hand = {
        f"{root}/recording/tracks/{opening}/{guest.id}-{source}{part}.webm"
        for opening in {t["opening"] for t in recording["tracks"]}
        for guest in told.past.people.values()
        for source in ("microphone", "camera")
        for part in ("", *(f".{number}" for number in range(7)))
    }
    by_hand.add(f"{root}/recording/captions.vtt")
    theirs = {t["url"] for t in recording["tracks"] if t["part"] in mine}
    asked = addresses(everything) | by_hand
    assert len(asked) >= 50
    assert theirs < asked

    got: dict[str, bytes] = {}
    async with told.past.visit(told.world.url, name) as visit:
        for address in sorted(asked):
            ranges = [{}, {"Range": "bytes=0-"}] if address in theirs else [{}]
            for headers in ranges:
                async with visit.http.get(
                    told.world.url + address, headers=headers
                ) as answer:
                    content = await answer.read()
                    cached = answer.headers["Cache-Control"]
                    assert "no-store" in cached, address
                    if answer.status in (200, 206):
                        got[address] = content
                    else:
                        assert answer.status == 404, address
                        assert b"nothing-there" in content

    # One's own proof tells of no moment: tests/archive/test_proof.py.
    del got[f"{root}/proof"]
    exported = got.pop(f"{root}/export")
    assert set(got) == theirs
    check_export(exported, mine, got.values())
    for address, content in got.items():
        for at in moments(told, address, content, tmp_path):
            assert any(
                told.cuts[part].asked - LATE <= at <= told.cuts[part + 1].done + LATE
                for part in mine
            ), (address, at, told.cuts)


def check_export(
    archive: bytes, mine: Collection[int], tracks: Iterable[bytes]
) -> None:
    """It tells of one's own parts, and holds one's own tracks and nothing else."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        names = held.namelist()
        told = [name for name in names if name.startswith("account/")]
        media = [held.read(name) for name in names if name.startswith("tracks/")]
    assert {int(name.split(".")[1]) for name in told} == set(mine)
    assert sorted(media) == sorted(tracks)


def moments(told: Told, address: str, content: bytes, folder: Path) -> list[float]:
    """When each picture and sound in a file was taken, by its sender's own clock."""
    room, feature, opening, name = re.findall(
        r"/api/rooms/([^/]+)/after/([^/]+)/tracks/([^/]+)/([^/]+\.webm)", address
    )[0]
    file = folder / ROOT / room / feature / opening / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    kept = files.read(folder, file)
    began = told.clocks()
    owners = {piece.owner for piece in kept.pieces if piece.owner}
    assert owners == told.names([kept.place.participant])
    found = [kept.taken(piece, began) for piece in kept.pieces]
    certain = [at for at in found if at is not None]
    assert len(certain) > 5
    return certain


async def test_R19_present_with_the_whole_meeting_everybody_gets_everything(
    shared: Told,
) -> None:
    for name in ("Mara", "Tomas"):
        async with shared.past.visit(shared.world.url, name) as visit:
            page = await page_of(shared, visit, files_of(PRESENT[:2]))
            recording = page["features"][0]
            assert recording["shared_with"] == "meeting"
            assert [each["part"] for each in recording["stretches"]] == [0, 1]
            assert {t["part"] for t in recording["tracks"]} == {0, 1}
            for track in recording["tracks"]:
                async with visit.http.get(shared.world.url + track["url"]) as answer:
                    assert answer.status == 200


async def test_R19_present_a_crash_before_the_ledger_knows_widens_nothing(
    tmp_path: Path,
) -> None:
    """
    The server dies when Tomas has gone, and before that is written down.

    What it leaves is what is on the disk at that moment: a copy of it.
    """
    config = configured(tmp_path / "data")
    crashed = configured(tmp_path / "crashed")
    async with start(config) as world:
        story = await begun(world)
        await story.goes_on(*PRESENT[0])
        mara = story.people["Mara"].id
        with slow_ledger(config):
            await story.goes("Tomas")
            later = f"recordings/*/recording/*/{mara}-microphone.1.webm"
            await until(lambda: any(big(f) for f in config.data.directory.glob(later)))
            await asyncio.to_thread(
                shutil.copytree,
                config.data.directory,
                crashed.data.directory,
                ignore=shutil.ignore_patterns(DESK),
            )
        past = Past(story.room, story.secret, story.people, story.links)

    async with start(crashed) as world:
        pages = {}
        for name in ("Mara", "Tomas"):
            async with past.visit(world.url, name) as visit:
                pages[name] = (await visit.page())["features"][0]
    parts = {name: {t["part"] for t in page["tracks"]} for name, page in pages.items()}
    assert parts == {"Mara": {0, 1}, "Tomas": {0}}
    assert [each["part"] for each in pages["Mara"]["stretches"]] == [0, 1]
    assert [each["part"] for each in pages["Tomas"]["stretches"]] == [0]
    assert verifies(crashed)


def big(file: Path) -> bool:
    return file.stat().st_size > 2000
