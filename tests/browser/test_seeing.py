"""
How one sees is for oneself alone: a pin, the speaker view, one's own picture hidden,
the whole screen. In real meetings: nobody is told, and what is kept is the same (C2).
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import av
import pytest
from playwright.async_api import expect

from tests.browser.conftest import ALL, Invite, configured
from tests.browser.filming import Filming, filmed, join_in, listen
from tests.browser.films import assert_alike
from tests.browser.guest import Guest, answer, script
from tests.browser.live import plays
from tests.browser.media import owners, streams
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

ACTS = script("sending.js")
"""Notes what a page does to its connections, and tells what they send."""
CLOCKED = {"ping", "here", "probe"}
"""Messages that come as the clock has it."""
LARGE = "video-tile[data-large]"


async def sees_large(guest: Guest, other: Guest | None) -> None:
    """Who is large on the stage; nobody: everybody is alike."""
    large = guest.page.locator(LARGE)
    if other is None:
        await expect(large).to_have_count(0)
    else:
        await expect(large).to_have_attribute("data-participant", other.id)


async def test_a_pin_is_one_at_a_time_and_goes_with_whom_it_is_on(
    invite: Invite, call: Invite, world: World
) -> None:
    room, secret = await world.room(*ALL)
    mara, tomas = await call("Mara", world.url), await call("Tomas", world.url)
    noor = await invite("Noor", world.url)
    await mara.join(room, secret)
    await tomas.join(room)
    await noor.join(room)
    page = noor.page
    pins = {
        name: page.get_by_role("button", name=f"Keep {name} large")
        for name in ("Mara", "Tomas")
    }
    await expect(pins["Mara"]).to_have_css("opacity", "0")
    await pins["Mara"].focus()
    await page.keyboard.press("Shift+Tab")  # so that the next one is by key, and seen
    await page.keyboard.press("Tab")
    await expect(pins["Mara"]).to_have_css("opacity", "1")
    said = len(noor.said)

    await page.keyboard.press("Enter")

    await sees_large(noor, mara)
    await expect(pins["Mara"]).to_be_focused()
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("g")  # the speaker view: a pin is before it
    await page.keyboard.press("Space")
    await sees_large(noor, mara)  # who came first, until somebody speaks
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "false")
    await noor.tile(tomas).hover()
    await pins["Tomas"].click()
    await sees_large(noor, tomas)
    await expect(pins["Mara"]).to_have_attribute("aria-pressed", "false")

    # A screen that begins is beside a pin, and large by one press.
    await mara.page.get_by_role("button", name="Share", exact=True).click()
    show = page.get_by_role("button", name="screen large").and_(
        page.locator(".screen-choice")
    )
    await expect(show).to_be_visible()
    await sees_large(noor, tomas)
    await show.click()
    await sees_large(noor, None)
    await expect(page.locator("figure.shared")).to_contain_text("Mara shares")
    await noor.tile(tomas).hover()
    await pins["Tomas"].click()
    await sees_large(noor, tomas)

    await tomas.go()

    await expect(page.locator("video-tile")).to_have_count(2)
    await expect(page.locator("figure.shared")).to_contain_text("Mara shares")
    await tomas.join(room)
    await expect(page.locator("video-tile")).to_have_count(3)
    await expect(pins["Tomas"]).to_have_attribute("aria-pressed", "false")
    told = [f["type"] for f in noor.said[said:] if f["type"] not in CLOCKED]
    assert set(told) <= {"signal"}  # of who came and went


async def test_R17_who_hides_their_own_picture_is_told_that_the_camera_is_on(
    invite: Invite, call: Invite, world: World
) -> None:
    room, secret = await world.room(*ALL)
    mara = await call("Mara", world.url)
    noor = await invite("Noor", world.url)
    await mara.join(room, secret)
    await noor.join(room)
    page = noor.page
    mark = page.get_by_role("button", name="Your camera is on")
    await expect(mark).to_have_count(0)
    await noor.tile().hover()
    await page.get_by_role("button", name="Hide my own picture").click()

    await expect(noor.tile()).to_have_count(0)
    await expect(mark).to_be_visible()
    await page.mouse.move(0, 0)
    for width, height in ((1440, 900), (390, 844), (844, 390), (320, 256)):
        await page.set_viewport_size({"width": width, "height": height})
        if width == 390:
            await page.keyboard.press("Escape")
        await mark.scroll_into_view_if_needed()
        await expect(mark).to_be_in_viewport(ratio=1)
        await expect(mark).to_have_css("opacity", "1")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await expect(mara.tile(noor)).to_have_attribute("data-camera", "on")
    await page.keyboard.press("v")
    await expect(mark).to_have_count(0)
    await page.keyboard.press("v")
    await expect(mark).to_be_visible()

    # It is remembered, and so is the view.
    await page.keyboard.press("g")
    await noor.open(room)
    await page.get_by_role("region", name="Ready").get_by_role("textbox").fill("Noor")
    await page.keyboard.press("Enter")
    await expect(mark).to_be_visible()
    await expect(page.locator("stage-bar [aria-pressed=true]")).to_have_count(1)
    await mark.click()
    await expect(noor.tile()).to_be_visible()


async def test_A1_what_fills_the_screen_has_the_sign_and_the_question(
    invite: Invite, call: Invite, world: World
) -> None:
    room, secret = await world.room(*ALL)
    mara = await call("Mara", world.url)
    noor = await invite("Noor", world.url)
    await mara.join(room, secret)
    await noor.join(room)
    page = noor.page
    element = page.locator("meeting-room")

    await page.keyboard.press("f")

    await expect(element).to_have_attribute("data-full", "")
    await expect(element).to_have_attribute("data-panel", "none")
    await mara.ask("recording")
    await expect(noor.prompt).to_be_visible()
    await noor.reply("granted")
    await mara.reply("granted")
    await noor.sees_sign("recording", "on")
    assert await page.evaluate("document.fullscreenElement?.localName") == "html"
    await noor.plate("recording").locator(answer("declined")).click()
    await noor.sees_sign("recording", "off")
    await mara.sees_sign("recording", "off")
    await page.locator("[data-tool=more]").click()
    await page.locator("#pop-more").get_by_text("Leave the full screen").click()
    await expect(element).not_to_have_attribute("data-full", "")

    await page.locator("stage-bar").get_by_role("button").nth(1).focus()
    await page.keyboard.press("Enter")
    await expect(element).to_have_attribute("data-full", "")
    await page.locator("[data-tool=leave]").click()
    await expect(page.locator("meeting-end")).to_be_visible()
    await until(
        lambda: page.evaluate("document.fullscreenElement === null"), "it is over"
    )


async def test_where_a_page_cannot_fill_the_screen_nothing_offers_it(
    invite: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    noor = await invite("Noor", world.url)
    await noor.context.add_init_script("delete Element.prototype.requestFullscreen")
    await noor.join(room, secret)
    page = noor.page

    await expect(page.locator("stage-bar .stage-act:not([hidden])")).to_have_count(1)
    await page.locator("[data-tool=settings]").click()
    await expect(page.get_by_text("Show my own picture")).to_be_visible()
    assert await page.get_by_text("Fill the screen", exact=True).count() >= 2
    await expect(
        page.locator("button:visible").filter(has_text="Fill the screen")
    ).to_have_count(0)


# ---- Two meetings that differ in how one of them sees --------------------------------


NAMES = ("Mara", "Noor")


@dataclass
class Kept:
    """What is left of a meeting."""

    told: dict[str, list[str]]
    """What each told the server while one of them saw otherwise, or did not."""
    sent: dict[str, Any]
    """What each sent, and how."""
    film: Filming
    tracks: Callable[[], dict[str, Any]]
    """Asks for `tracks_of` it, once it has a film."""


async def recorded(
    world: World, data: Path, people: dict[str, Guest], *, otherwise: bool
) -> Kept:
    """A meeting of two that is recorded; Noor sees it `otherwise`, or as it is."""
    mara, noor = people.values()
    room, secret = await world.room("recording")
    await mara.join(room, secret, recording="granted")
    await noor.join(room, recording="granted")
    await plays(mara, mara.tile(noor))
    await plays(noor, noor.tile(mara))
    await listen(noor)
    await mara.ask("recording")
    for guest in people.values():
        await guest.sees_sign("recording", "on")
    await join_in(data, mara, noor)
    files = data / "recordings" / room

    async def grows() -> None:
        def sizes() -> dict[Path, int]:
            return {f: f.stat().st_size for f in files.rglob("*.webm")}

        await until(lambda: len(sizes()) == 4, "four files")
        for _ in range(3):
            before = sizes()

            def grown(before: dict[Path, int] = before) -> bool:
                return all(size > before[file] for file, size in sizes().items())

            await until(grown, "every file grows")

    await grows()
    marks = {name: len(guest.said) for name, guest in people.items()}
    sent = {n: await g.page.evaluate("sending()") for n, g in people.items()}
    if otherwise:
        await sees_otherwise(noor, mara)
    await grows()
    later = {n: await g.page.evaluate("sending()") for n, g in people.items()}
    assert later == sent
    told = {
        name: [f["type"] for f in g.said[marks[name] :] if f["type"] not in CLOCKED]
        for name, g in people.items()
    }
    owner = {guest.id: name for name, guest in people.items()}
    return Kept(
        told,
        {name: found["sent"] for name, found in sent.items()},
        await filmed(data, mara, noor),
        partial(tracks_of, files, owner),
    )


async def sees_otherwise(noor: Guest, mara: Guest) -> None:
    """All that there is: pin, own picture hidden, speaker view, the whole screen."""
    page = noor.page
    await noor.tile(mara).hover()
    await page.get_by_role("button", name="Keep Mara large").click()
    await sees_large(noor, mara)
    await noor.tile().hover()
    await page.get_by_role("button", name="Hide my own picture").click()
    await expect(noor.tile()).to_have_count(0)
    await page.keyboard.press("g")
    await page.keyboard.press("f")
    await expect(page.locator("meeting-room")).to_have_attribute("data-full", "")


def tracks_of(folder: Path, owner: dict[str, str]) -> dict[str, Any]:
    """Of each track: how it is coded, how large its pictures are, whose they are."""
    found = {}
    for file in sorted(folder.rglob("*.webm")):
        who, _, source = file.stem.rpartition("-")
        sizes: Counter[tuple[int, int]] = Counter()
        if source != "microphone":
            with av.open(str(file)) as film:
                sizes.update((f.width, f.height) for f in film.decode(video=0))
        whose = owners(file)
        assert whose.total() > 5
        found[f"{owner[who]} {source}"] = [streams(file), set(sizes), set(whose)]
    return found


async def test_C2_what_is_sent_and_kept_does_not_depend_on_how_one_sees(
    invite: Invite, tmp_path: Path
) -> None:
    """Up to time: the same film and tracks, and the same senders."""
    data = tmp_path / "data"
    async with start(configured(data)) as world:
        people = {n: await invite(n, world.url, manner="lively") for n in NAMES}
        for guest in people.values():
            await guest.context.add_init_script(f"({ACTS})()")
        plain = await recorded(world, data, people, otherwise=False)
        other = await recorded(world, data, people, otherwise=True)
        films = await plain.film(), await other.film()

    await asyncio.to_thread(assert_alike, *films, NAMES)
    assert other.told == plain.told == {"Mara": [], "Noor": []}
    assert other.sent == plain.sent
    tracks = await asyncio.to_thread(other.tracks)
    assert tracks == await asyncio.to_thread(plain.tracks)
    assert {who: found[2] for who, found in tracks.items()} == {
        f"{name} {source}": {name}
        for name in NAMES
        for source in ("camera", "microphone")
    }
