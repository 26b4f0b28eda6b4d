"""
One meeting, recorded while everyone allows it, and not a byte longer.

Mara hosts, Tomas and Ines are there from the start, Noor comes later. The story is told
once (`story`); each test looks at one thing about it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Route

from tests.browser.conftest import Invite, Regulars, configured
from tests.browser.guest import Frame, Guest, script
from tests.browser.live import hears, plays, sees
from tests.browser.media import owners, streams
from tests.browser.waiting import PATIENCE, until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITNESS = script("witness.js")
PLAY = script("play.js")
NAMES = ("Mara", "Tomas", "Ines")
SOURCES = ("camera", "microphone")

Sizes = dict[Path, int]


@dataclass
class Look:
    """What one person sees of the room at one moment."""

    tiles: list[str]
    """The participants on the stage, in order."""
    media: list[str]
    """What each tile says about camera and microphone."""
    places: list[dict[str, float]]
    tracks: list[str]
    """Of the sound and pictures received: kind, state, muted."""

    @classmethod
    async def at(cls, guest: Guest) -> "Look":
        return cls(**await guest.page.get_by_role("main").evaluate(LOOK))


LOOK = """
stage => {
  const tiles = [...stage.querySelectorAll('[data-participant]')]
  return {
    tiles: tiles.map(tile => tile.dataset.participant),
    media: tiles.map(({dataset}) => `${dataset.camera} ${dataset.microphone}`),
    places: tiles.map(tile => tile.getBoundingClientRect().toJSON()),
    tracks: tiles.flatMap(tile => tile.querySelector('video').srcObject.getTracks())
      .map(track => [track.kind, track.readyState, track.muted, track.enabled].join()),
  }
}
"""


@dataclass
class Story:
    """What was seen while the meeting was going on."""

    guests: dict[str, Guest]
    folder: Path
    after: dict[str, Sizes] = field(default_factory=dict)
    """The files' sizes, by moment."""
    looks: dict[str, dict[str, Look]] = field(default_factory=dict)
    """What everybody saw, by moment."""
    frames: dict[str, list[Frame]] = field(default_factory=dict)
    """What each of the others heard of Tomas's no, from before it until later."""
    texts: dict[str, list[str]] = field(default_factory=dict)
    """What came to stand on the others' screens meanwhile."""
    entry: dict[str, Sizes] = field(default_factory=dict)
    """The files' sizes when each of the others heard of Noor."""
    states: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What the others' screens showed around Noor's arrival."""

    def sizes(self) -> Sizes:
        return {f: f.stat().st_size for f in sorted(self.folder.rglob("*.webm"))}

    def note(self, moment: str) -> None:
        self.after[moment] = self.sizes()

    async def look(self, moment: str) -> None:
        self.looks[moment] = {n: await Look.at(self.guests[n]) for n in NAMES}

    def openings(self, moment: str) -> set[str]:
        return {file.parent.name for file in self.after[moment]}

    def owner(self, file: Path) -> str:
        identity = file.stem.rpartition("-")[0]
        return next(n for n, g in self.guests.items() if g.id == identity)

    async def grows(self, opening_not_in: str | None = None) -> None:
        """Wait until every file of whoever is in the room grows."""
        old = self.openings(opening_not_in) if opening_not_in else set()

        def new() -> Sizes:
            return {f: s for f, s in self.sizes().items() if f.parent.name not in old}

        await until(lambda: len(new()) == 6, "six files begin")
        for _ in range(3):
            before = new()

            def grown(before: Sizes = before) -> bool:
                return all(size > before[file] for file, size in new().items())

            await until(grown, "every file grows")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(
    regulars: Regulars, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Story]:
    data = tmp_path_factory.mktemp("story") / "data"
    async with start(configured(data)) as world, regulars.outing() as call:
        come = partial(call, url=world.url, manner="lively")
        room, secret = await world.room("recording")
        guests = {name: await come(name) for name in NAMES}
        for name, guest in guests.items():
            await guest.join(room, secret if name == "Mara" else None)
        story = Story(guests, data / "recordings" / room)
        await everybody_meets(story)
        await the_third_yes(story)
        await tomas_says_no(story)
        await tomas_allows_again(story)
        guests["Noor"] = await come("Noor")
        await noor_arrives(story, room)
    yield story


async def everybody_meets(story: Story) -> None:
    pairs = permutations(story.guests.values(), 2)
    await asyncio.gather(*(meets(one, other) for one, other in pairs))


async def meets(guest: Guest, other: Guest) -> None:
    assert await sees(guest, guest.tile(other)) == other.name


async def the_third_yes(story: Story) -> None:
    mara, tomas, ines = (story.guests[name] for name in NAMES)
    await mara.ask("recording")
    for guest in (mara, tomas, ines):
        await guest.prompt.wait_for()
    story.note("asking")
    await asyncio.gather(mara.reply("granted"), ines.reply("granted"))
    for guest in (mara, ines):
        await guest.hears("decided", decision="granted")
    story.note("two yes")
    await tomas.reply("granted")
    for guest in (mara, tomas, ines):
        await guest.sees_sign("recording", "on")
    await story.grows()
    story.note("all yes")


async def tomas_says_no(story: Story) -> None:
    mara, tomas, ines = (story.guests[name] for name in NAMES)
    for guest in (mara, ines):
        await guest.page.evaluate(WITNESS, "Tomas")
    await story.look("before the no")
    marks = {guest.name: len(guest.heard) for guest in (mara, ines)}
    await tomas.choose("recording", "declined")
    for guest in (mara, tomas, ines):
        await guest.sees_sign("recording", "off")
    story.note("sign off")
    orders = ((mara, tomas, ines), (tomas, mara, ines), (ines, mara, tomas))
    await asyncio.gather(*(talks_on(*order) for order in orders))
    await tomas.hears("receipt", event="withdrawn")
    story.note("later")
    await story.look("after the no")
    for guest in (mara, ines):
        story.frames[guest.name] = guest.heard[marks[guest.name] :]
        story.texts[guest.name] = await guest.page.evaluate("window.witness.texts")


async def talks_on(guest: Guest, *others: Guest) -> None:
    """One after the other: a page listens to one person at a time."""
    for other in others:
        await plays(guest, guest.tile(other))
        await meets(guest, other)
        assert await hears(guest, guest.tile(other)) == other.name


async def tomas_allows_again(story: Story) -> None:
    mara, tomas, ines = (story.guests[name] for name in NAMES)
    await tomas.choose("recording", "granted")
    for guest in (mara, tomas, ines):
        await guest.sees_sign("recording", "on")
    await story.grows(opening_not_in="later")
    story.note("again")


async def noor_arrives(story: Story, room: str) -> None:
    noor = story.guests["Noor"]
    others = [story.guests[name] for name in NAMES]
    for guest in others:
        await guest.page.evaluate(WITNESS, "Noor")
        note_entry(story, guest)
    await noor.join(room)
    await asyncio.gather(*(welcomes(story, guest, noor) for guest in others))
    story.note("with Noor")


async def welcomes(story: Story, guest: Guest, noor: Guest) -> None:
    await guest.page.wait_for_selector("text=Noor >> nth=0")
    await meets(noor, guest)
    await meets(guest, noor)
    assert await hears(guest, guest.tile(noor)) == "Noor"
    story.states[guest.name] = await guest.page.evaluate("window.witness.states")


def note_entry(story: Story, guest: Guest) -> None:
    """Take the files' sizes at the very frame that tells `guest` of somebody new."""

    def note(frame: Frame) -> None:
        if frame["type"] == "joined":
            story.entry.setdefault(guest.name, story.sizes())

    guest.on_frame.append(note)


async def test_nothing_is_written_before_the_third_yes(story: Story) -> None:
    assert story.after["asking"] == {}
    assert story.after["two yes"] == {}


async def test_after_the_third_yes_everybodys_files_grow(story: Story) -> None:
    written = {(story.owner(f), f.stem.rsplit("-")[-1]) for f in story.after["all yes"]}

    assert written == {(name, source) for name in NAMES for source in SOURCES}


async def test_after_a_no_no_file_grows_by_a_byte(story: Story) -> None:
    at_once = story.after["sign off"]

    assert at_once == story.after["later"]
    assert at_once == {
        f: s for f, s in story.after["with Noor"].items() if f in at_once
    }


async def test_C2_nobody_is_muted_or_moved_by_a_no(story: Story) -> None:
    assert story.looks["before the no"] == story.looks["after the no"]
    look = story.looks["after the no"]["Mara"]
    assert len(look.tiles) == 3
    assert set(look.media) == {"on on"}
    assert all(
        track.split(",")[1:] == ["live", "false", "true"] for track in look.tracks
    )


async def test_P1_nobody_elses_messages_say_who_said_no(story: Story) -> None:
    tomas = story.guests["Tomas"]

    for frames in story.frames.values():
        told = [f for f in frames if f["type"] not in ("pong", "signal-from")]
        assert sorted(f["type"] for f in told) == ["sign", "tap-closed"]
        assert tomas.id not in repr(told)
        assert "Tomas" not in repr(told)


async def test_P1_nobody_elses_screen_says_who_said_no(story: Story) -> None:
    for texts in story.texts.values():
        said = " ".join(texts)
        assert "Recording is off. The meeting goes on." in said
        assert not re.search(
            "Tomas|Ines|Mara|somebody|someone|declin|refus|said no", said
        )


async def test_a_decliner_who_allows_again_goes_on_in_new_files(story: Story) -> None:
    first, again = story.openings("later"), story.openings("again")

    assert len(first) == 1
    assert len(again - first) == 1
    fresh = [f for f in story.after["again"] if f.parent.name in again - first]
    assert {story.owner(f) for f in fresh} == set(NAMES)


async def test_it_has_stopped_before_a_newcomers_name_is_anywhere(story: Story) -> None:
    for name in NAMES:
        states = story.states[name]
        assert states[0] == {"sign": "on", "named": False}
        first = next(state for state in states if state["named"])
        assert first["sign"] == "off"
        told = [f for f in story.guests[name].heard if f["type"] in ("sign", "joined")]
        came = next(
            i for i, f in enumerate(told) if f.get("person", {}).get("name") == "Noor"
        )
        assert (told[came - 1]["type"], told[came - 1]["on"]) == ("sign", False)


async def test_no_file_grows_once_anybody_has_heard_of_a_newcomer(story: Story) -> None:
    for name in NAMES:
        assert story.entry[name] == story.after["with Noor"]


async def test_a_newcomers_media_is_in_no_file(story: Story) -> None:
    assert "Noor" not in {story.owner(file) for file in story.after["with Noor"]}
    assert story.guests["Noor"].frames("tap") == []


async def test_every_file_holds_its_owner_and_nobody_else(story: Story) -> None:
    files = list(story.after["with Noor"])

    assert len(files) == 12
    for file in files:
        found = owners(file)
        assert set(found) == {story.owner(file)}, f"{file.name}: {found}"
        assert found.total() >= 8


async def test_every_file_can_be_read_to_its_end(story: Story) -> None:
    for file in story.after["with Noor"]:
        sound = file.stem.endswith("-microphone")
        assert streams(file) == [("audio", "opus") if sound else ("video", "vp8")]


async def test_every_file_plays_in_chromium(
    story: Story, call: Invite, world: World
) -> None:
    page = (await call("Noor", world.url)).page

    async def serve(route: Route) -> None:
        if name := route.request.url.partition("/kept/")[2]:
            await route.fulfill(path=story.folder / name, content_type="video/webm")
        else:  # a page without scripts, which takes no player away
            await route.fulfill(body="<!doctype html>", content_type="text/html")

    await page.route("**/kept/**", serve)
    await page.goto(f"{world.url}/kept/")
    files = list(story.after["with Noor"])
    urls = [f"/kept/{file.relative_to(story.folder)}" for file in files]
    async with asyncio.timeout(PATIENCE):
        ends = await asyncio.gather(*(page.evaluate(PLAY, url) for url in urls))
    assert ends == ["ended"] * 12
