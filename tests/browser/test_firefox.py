"""
The main story, with people at Firefox as well as at Chromium.

Mara hosts at Chromium. Tomas and Ines are in two containers of a Firefox: he with a
camera and a microphone of the tests, she with Firefox's own. The story is told once;
each test looks at one thing about it, but the last: there a page frames a room.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import lies
from tests.browser.conftest import Invite, configured
from tests.browser.embedding import Embedding
from tests.browser.firefox import Firefox, FirefoxGuest, firefox
from tests.browser.guest import Guest
from tests.browser.live import sees
from tests.browser.media import owners, streams
from tests.browser.waiting import until
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")

AFTERWARDS = "a[data-act=after]"
LIVE = "[late.tracks.length, late.live().length]"
"""How many tracks the page was given, and how many of them still live."""
PLAYS = """
(async () => {
  const video = document.querySelector('video')
  video.muted = true
  await video.play()
  return video.currentTime > 0.3 && video.videoWidth > 0
})()
"""
"""Plays the film, and is true once it moves."""


@dataclass
class Story:
    """What was seen while the meeting was going on."""

    mara: Guest
    tomas: FirefoxGuest
    ines: FirefoxGuest
    folder: Path
    asking: int = -1
    """How many files there were while not all had said yes."""
    stopped: dict[Path, int] = field(default_factory=dict)
    """The files' sizes once the sign was off."""
    taps: list[int] = field(default_factory=list)
    """How many sources Firefox had made ready for a server that lied."""

    def sizes(self) -> dict[Path, int]:
        return {f: f.stat().st_size for f in sorted(self.folder.rglob("*.webm"))}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fox() -> AsyncIterator[Firefox]:
    async with firefox() as fox:
        yield fox


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(
    fox: Firefox, call_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Story]:
    data = tmp_path_factory.mktemp("firefox") / "data"
    async with AsyncExitStack() as stack:
        # Every Firefox plays WebM; MP4 only where the system has its codecs.
        config = configured(data, film={"format": "webm"})
        world = await stack.enter_async_context(start(config))
        room, secret = await world.room("recording")
        mara = await call_all("Mara", world.url, manner="lively")
        tomas = await fox.come("Tomas", world.url)
        ines = await fox.come("Ines", world.url, own=False)
        story = Story(mara, tomas, ines, data / "recordings" / room)
        await mara.join(room, secret)
        await tomas.join(room)
        await ines.join(room)
        await everybody_meets(story)
        await all_allow(story)
        await tomas_says_no(story)
        await the_server_lies(story)
        await mara_ends_it(story)
        yield story


async def everybody_meets(story: Story) -> None:
    """Pictures of the others: Chromium sees Firefox, Firefox sees both kinds."""
    stage = story.mara.page.get_by_role("main")
    tile = stage.locator("[data-participant]", has_text="Tomas")
    assert await sees(story.mara, tile) == "Tomas"
    for guest in (story.tomas, story.ines):
        playing = (
            "[...document.querySelectorAll('main [data-participant] video')].filter("
            "video => video.videoWidth > 0 && video.currentTime > 0).length >= 3"
        )
        await guest.is_true(playing, "sees everybody")


async def all_allow(story: Story) -> None:
    mara, tomas, ines = story.mara, story.tomas, story.ines
    await mara.ask("recording")
    await mara.reply("granted")
    await tomas.reply("granted")
    story.asking = len(story.sizes())
    await ines.reply("granted")
    await mara.sees_sign("recording", "on")
    for guest in (tomas, ines):
        await guest.sees_sign("recording", "on")

    def grown() -> bool:
        sizes = story.sizes().values()
        return len(sizes) == 6 and min(sizes) > 2_000

    await until(grown, "six files grow")


async def tomas_says_no(story: Story) -> None:
    await story.tomas.choose("recording", "declined")
    await story.mara.sees_sign("recording", "off")
    await story.ines.sees_sign("recording", "off")
    story.stopped = story.sizes()


async def the_server_lies(story: Story) -> None:
    """Tomas allows it again, and Ines's yes is not shown to anybody."""
    check = "gate-row[data-feature=recording] grants-check"
    you = "document.querySelector('main [data-you]').dataset.participant"
    ines = await story.ines.do("evaluate", you)
    for guest in (story.tomas, story.ines):
        await guest.do("evaluate", lies.WATCH)
    with lies.leaving_out(ines):
        await story.tomas.choose("recording", "granted")
        for guest in (story.tomas, story.ines):
            await guest.sees(f"{check}[data-state=unproved]")
            story.taps.append(await guest.do("evaluate", lies.TAPS))
        await story.tomas.choose("recording", "declined")


async def mara_ends_it(story: Story) -> None:
    page = story.mara.page
    await page.get_by_role("button", name="Leave").click()
    await page.get_by_role("button", name="End for everyone").click()
    await expect(page.get_by_role("link", name="What was kept")).to_be_visible()


async def test_nothing_is_written_before_the_third_yes(story: Story) -> None:
    assert story.asking == 0


async def test_a_no_in_firefox_ends_every_file(story: Story) -> None:
    assert len(story.stopped) == 6
    assert story.sizes() == story.stopped


async def test_R20_firefox_sends_nothing_to_a_server_that_lies(story: Story) -> None:
    assert story.taps == [0, 0]


async def test_files_of_both_browsers_hold_their_owners(story: Story) -> None:
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for file in story.sizes():
        participant, _, source = file.stem.rpartition("-")
        found[participant][source] = set(owners(file))
    # Firefox's own camera has all colours in turn: for a moment it may be anybody's.
    for who in (story.mara, story.tomas):
        theirs = {"camera": {who.name}, "microphone": {who.name}}
        assert list(found.values()).count(theirs) == 1
    for file in story.sizes():
        sound = file.stem.endswith("-microphone")
        assert streams(file) == [("audio", "opus") if sound else ("video", "vp8")]


async def test_R17_left_no_track_is_live_in_firefox_after_the_end(story: Story) -> None:
    for guest in (story.tomas, story.ines):
        await guest.sees(AFTERWARDS)
        given, live = await guest.do("evaluate", LIVE)
        assert given >= 2
        assert live == 0


async def test_the_film_plays_in_firefox(story: Story) -> None:
    tomas = story.tomas
    await tomas.do("click", AFTERWARDS)

    await tomas.sees("film-player video")
    await tomas.is_true(PLAYS, "the film plays")


async def test_firefox_has_a_window_of_its_own(fox: Firefox, gate: Embedding) -> None:
    room = await gate.room()
    entry = await gate.entry(room)
    src = f"{gate.world.url}/m/{room}"
    gate.site.pages["/firefox"] = f"""<!doctype html><meta charset="utf-8">
      <script>
        window.said = []
        for (const type of ['ready', 'gatechange', 'fault'])
          addEventListener(type, event => said.push([type, event.detail]), true)
      </script>
      <script type="module" src="{gate.world.url}/embed/consent-gate.js"></script>
      <consent-gate src="{src}" entry="{entry}" name="Noor" language="en">
      </consent-gate>"""
    noor = await fox.come("Noor", gate.site.origin, own=False)
    await noor.do("goto", f"{gate.site.origin}/firefox")
    await noor.is_true("said.some(([type]) => type === 'ready')", "the gate is there")
    assert await noor.do("frames", "[data-answer]") == 0
    await noor.do("popup", "[data-act=own-window]")

    await noor.do("click", ".join [data-rank=first]")
    await noor.sees("gate-room")
    await noor.do("click", "gate-row [data-answer=granted]")
    await noor.sees("gate-row .choice[data-answer=granted]")

    async def asks() -> bool:
        where = f"/rooms/{room}/permits?wait=5"
        status, _ = await gate.service.asks("POST", where, {"feature": "minutes"})
        return status == 201

    assert await asks()
    await noor.do("back")
    on = "said.some(([type, detail]) => detail?.features?.minutes)"
    await noor.is_true(on, "the page is told")
