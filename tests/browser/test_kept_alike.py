"""
What is kept of a meeting does not depend on how somebody sees it: they pin, hide their
own picture, fill their screen, save data. And nobody is told.

Two meetings of the same two people are recorded. In one, Noor sees as it is; in the
other she saves data first, and then sees otherwise. Up to time, both leave the same.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Invite, configured
from tests.browser.filming import filmed, join_in, lasts, listen, underway
from tests.browser.films import Film, assert_alike
from tests.browser.guest import Guest
from tests.browser.lines import (
    NOTED,
    pictures_still,
    saves,
    sending,
    sends,
    shown,
    taps,
)
from tests.browser.live import hears, plays, sees
from tests.browser.media import owners, streams
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = ("Mara", "Noor")
CLOCKED = {"ping", "here", "probe"}
"""Messages that come as the clock has it."""
SAID = {"join", "decide", "request", "tap-offer", "media"}
LASTS = 2.5
"""Seconds in which one sees in one way: more than a film may miss at its end."""


@dataclass
class Kept:
    """What is left of a meeting."""

    owner: dict[str, str]
    """Names, by participant id."""
    folder: Path
    sparing: dict[str, Any] = field(default_factory=dict)
    """What each sent the server while Noor saved data."""
    before: dict[str, Any] = field(default_factory=dict)
    """What each had done to send, and sent to everybody, when she saw as it is."""
    later: dict[str, Any] = field(default_factory=dict)
    """The same, when she had seen otherwise, or had not."""
    said: dict[str, list[str]] = field(default_factory=dict)
    """What each told the server of the meeting."""
    told: dict[str, list[str]] = field(default_factory=dict)
    """What each told anybody while one of them saw otherwise, or did not."""
    film: Film | None = None

    def tracks(self) -> dict[str, Any]:
        """Of each: how it is coded, how large its pictures are, whose they are."""
        found = {}
        for file in sorted(self.folder.rglob("*.webm")):
            who, _, source = file.stem.rpartition("-")
            sizes: Counter[tuple[int, int]] = Counter()
            if source != "microphone":
                with av.open(str(file)) as film:
                    sizes.update((f.width, f.height) for f in film.decode(video=0))
            whose = owners(file)
            assert whose.total() > 5
            track = f"{self.owner[who]} {source}"
            found[track] = [streams(file), set(sizes), set(whose)]
        return found


@dataclass
class Meetings:
    """Two that differ in how one of two sees them."""

    plain: Kept
    other: Kept


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def meetings(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> Meetings:
    data = tmp_path_factory.mktemp("alike") / "data"
    async with start(configured(data)) as world:
        people = [await invite_all(n, world.url, manner="lively") for n in NAMES]
        for guest in people:
            await guest.context.add_init_script(NOTED)
        found = []
        for otherwise in (False, True):
            kept = await recorded(world, data, *people, otherwise=otherwise)
            found.append((kept, await filmed(data, *people)))
        for kept, film in found:
            kept.film = await film()
    return Meetings(*(kept for kept, _ in found))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def same_film(meetings: Meetings) -> None:
    """The film of one is that of the other."""
    assert meetings.plain.film
    assert meetings.other.film
    films = meetings.plain.film, meetings.other.film
    await asyncio.to_thread(assert_alike, *films, NAMES)


async def recorded(
    world: World, data: Path, mara: Guest, noor: Guest, *, otherwise: bool
) -> Kept:
    """A meeting of two that is recorded; Noor sees it `otherwise`, or as it is."""
    people = {guest.name: guest for guest in (mara, noor)}
    room, secret = await world.room("recording")
    await mara.join(room, secret, recording="granted")
    await noor.join(room, recording="granted")
    if otherwise:  # first, for it takes a while
        assert await sees(noor, noor.tile(mara)) == "Mara"
        await saves(noor, "audio")
    else:
        await plays(noor, noor.tile(mara))
    await plays(mara, mara.tile(noor))
    kept = Kept(
        {guest.id: name for name, guest in people.items()}, data / "recordings" / room
    )
    await listen(noor)
    if otherwise:
        await shown(noor, mara, "off")
        await sends(mara, None)
    await mara.ask("recording")
    for guest in people.values():
        await guest.sees_sign("recording", "on")
    await join_in(data, mara, noor)
    await underway(data, mara, noor)
    if otherwise:
        await lasts(data, mara, noor, seconds=LASTS)
        kept.sparing = {n: await taps(g) for n, g in people.items()}
        await goes_without_pictures(noor, mara)
    marks = {name: len(guest.said) for name, guest in people.items()}
    kept.before = {name: await sending(guest) for name, guest in people.items()}
    if otherwise:
        await sees_otherwise(noor, mara)
    await lasts(data, mara, noor, seconds=LASTS)
    kept.later = {name: await sending(guest) for name, guest in people.items()}
    for name, guest in people.items():
        types = [frame["type"] for frame in guest.said]
        kept.said[name] = [each for each in types if each in SAID]
        kept.told[name] = [each for each in types[marks[name] :] if each not in CLOCKED]
    return kept


async def goes_without_pictures(noor: Guest, mara: Guest) -> None:
    """For a while; then she has them again."""
    assert await pictures_still(noor)
    assert await sees(mara, mara.tile(noor)) == "Noor"
    assert await hears(noor, noor.tile(mara)) == "Mara"
    await saves(noor, "off")
    await shown(noor, mara, "on")
    await plays(noor, noor.tile(mara))
    await sends(mara, 1)


async def sees_otherwise(noor: Guest, mara: Guest) -> None:
    """All that there is: pin, own picture hidden, speaker view, the whole screen."""
    page = noor.page
    await noor.tile(mara).hover()
    await page.get_by_role("button", name="Keep Mara large").click()
    large = page.locator("video-tile[data-large]")
    await expect(large).to_have_attribute("data-participant", mara.id)
    await noor.tile().hover()
    await page.get_by_role("button", name="Hide my own picture").click()
    await expect(noor.tile()).to_have_count(0)
    await page.keyboard.press("g")
    await page.keyboard.press("f")
    await expect(page.locator("meeting-room")).to_have_attribute("data-full", "")


async def test_who_saves_data_is_sent_no_picture_and_the_film_is_the_same(
    meetings: Meetings, same_film: None
) -> None:
    plain, other = meetings.plain, meetings.other

    assert other.sparing == {
        name: [each for each in found["sent"] if each["tap"]]
        for name, found in plain.before.items()
    }
    assert other.said == plain.said


async def test_C2_what_is_sent_and_kept_does_not_depend_on_how_one_sees(
    meetings: Meetings, same_film: None
) -> None:
    """Up to time: the same film and tracks, and the same senders."""
    plain, other = meetings.plain, meetings.other

    assert other.told == plain.told == {"Mara": [], "Noor": []}
    for name in NAMES:
        assert other.before[name]["sent"] == plain.before[name]["sent"]
    assert other.later == other.before
    assert plain.later == plain.before
    tracks = await asyncio.to_thread(other.tracks)
    assert tracks == await asyncio.to_thread(plain.tracks)
    assert {who: found[2] for who, found in tracks.items()} == {
        f"{name} {source}": {name}
        for name in NAMES
        for source in ("camera", "microphone")
    }
