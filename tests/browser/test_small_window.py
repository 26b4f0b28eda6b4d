"""
The small window above all others: its "Don't allow" is one press, and it ends with the
meeting. A question is told in it, and answered in the meeting: neither answer is there.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Error, Locator, Page, expect

from tests.browser.conftest import ALL, Face, Invite, configured, seated
from tests.browser.guest import DONT_ALLOW, Guest, answer, script
from tests.browser.live import sees
from tests.browser.measure import SCHEMES
from tests.browser.test_axe import AXE, RUN, SPILLED
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = (
    *((240, 180), (240, 240), (260, 180), (300, 200), (320, 240), (360, 320)),
    *((400, 300), (480, 180), (480, 270), (240, 600), (640, 360), (800, 600)),
)
LEAST = (240, 180)

TAPS = """
() => {
  const all = []
  const Native = RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      all.push(this)
    }
  }
  const isTap = peer => !!peer.remoteDescription?.sdp.includes('a=recvonly')
  window.taps = () =>
    all.filter(peer => isTap(peer) && peer.connectionState === 'connected').length
}
"""
"""Has a page tell how many ways there are to the server, for what it captures."""

AFTER_THE_PRESS = """
() => {
  const {document: small} = documentPictureInPicture.window
  small.addEventListener('click', () => (window.left = taps()))
}
"""
"""Notes how many are left when the press has been heard."""

PLAYS = "[...document.querySelectorAll('video')].some(video => video.currentTime > 0)"

PLACES = f"""
() => {{
  const share = {script("share.js")}
  const found = [...document.querySelectorAll('button')]
    .filter(node => node.checkVisibility())
  return {{
    missed: found.filter(node => {{
      node.scrollIntoView({{block: 'nearest', behavior: 'instant'}})
      return share(node) < 1
    }}).map(node => node.outerHTML),
    small: found.filter(node => {{
      const {{width, height}} = node.getBoundingClientRect()
      return Math.min(width, height) < 43.5
    }}).map(node => node.outerHTML),
    wide: document.documentElement.scrollWidth - innerWidth,
  }}
}}
"""


async def small_window(guest: Guest) -> Page:
    """By its key."""
    async with guest.context.expect_page() as opening:
        await guest.page.keyboard.press("p")
    page = await opening.value
    await expect(page.locator("small-room")).to_be_attached()
    await page.set_viewport_size({"width": 360, "height": 320})
    return page


def stop(small: Page, feature: str) -> Locator:
    return small.locator(f"li[data-feature={feature}] {answer('declined')}")


def sizes_below(data: Path) -> dict[Path, int]:
    return {file: file.stat().st_size for file in data.rglob("*.webm")}


async def test_it_shows_who_speaks_and_switches_what_is_ones_own(
    face: Face,
) -> None:
    _, tomas = await face("Tomas")
    small = await small_window(tomas)
    dock = small.get_by_role("navigation", name="Meeting controls")
    await expect(small.locator("video-tile .tile-name")).to_have_text("Mara (host)")
    assert await small.locator("video").evaluate_all("all => all.every(v => v.muted)")
    await dock.get_by_role("button", name="Camera on").click()
    await expect(tomas.tile()).to_have_attribute("data-camera", "off")
    await small.keyboard.press("m")
    await expect(tomas.tile()).to_have_attribute("data-microphone", "off")
    await expect(dock.get_by_role("button", name="Mic off")).to_be_visible()
    pressed = tomas.page.get_by_role("button", name="Small window")
    await expect(pressed).to_have_attribute("aria-pressed", "true")

    async with small.expect_event("close"):
        with suppress(Error):  # it goes before the key is up again
            await small.keyboard.press("p")
    await expect(pressed).to_have_attribute("aria-pressed", "false")

    small = await small_window(tomas)
    async with small.expect_event("close"):
        await tomas.page.get_by_role("button", name="Leave").click()
    assert await tomas.page.evaluate("documentPictureInPicture.window") is None


async def test_where_the_browser_has_no_such_window_there_is_no_way_to_one(
    face: Face, invite: Invite, world: World
) -> None:
    (mara,) = await face()
    tomas = await invite("Tomas", world.url)
    await tomas.context.add_init_script("delete window.documentPictureInPicture")
    await tomas.join(mara.room)
    await tomas.page.keyboard.press("?")
    keys = tomas.page.get_by_role("dialog", name="Keys")
    await expect(keys.get_by_text("Camera on or off")).to_be_visible()
    await expect(keys.get_by_text("Small window")).to_have_count(0)
    await expect(tomas.page.locator("[data-tool=small]")).to_have_count(0)
    await tomas.page.keyboard.press("p")
    assert len(tomas.context.pages) == 1


async def test_R16_press_what_was_not_there_for_its_time_takes_no_press_there_either(
    face: Face,
) -> None:
    mara, tomas = await face("Tomas")
    await mara.ask("transcript")
    await mara.choose("transcript", "granted")
    small = await small_window(tomas)
    await small.evaluate(
        """() => new MutationObserver(() => {
          const stop = document.querySelector('[data-answer=declined]')
          if (!stop || window.early) return
          stop.click()
          window.early = true
        }).observe(document, {subtree: true, childList: true})"""
    )
    await tomas.reply("granted")
    await until(partial(small.evaluate, "window.early"), "it was pressed")
    assert tomas.decisions() == ["granted"]

    await expect(stop(small, "transcript")).to_have_attribute("data-ready", "")
    await stop(small, "transcript").click()
    await tomas.hears("decided", feature="transcript", decision="declined")


@dataclass
class Asked:
    """Two things run, a third is asked for; two people have a small window open."""

    tomas: Guest
    windows: list[Page]
    """His, and that of somebody who reads Arabic."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asked(invite_all: Invite, world: World) -> AsyncIterator[Asked]:
    room, secret = await world.room(*ALL)
    mara = await seated(world, room, "Mara", secret)
    tomas = await invite_all("Tomas", world.url)
    leila = await invite_all("Ines", world.url, locale="ar")
    people = (tomas, leila)
    for guest in people:
        await guest.join(room)
    for feature in ("transcript", "compose"):
        await mara.ask(feature)
        await asyncio.gather(*(guest.reply("granted") for guest in people))
        await mara.choose(feature, "granted")
    windows = [await small_window(guest) for guest in people]
    for guest in people:
        await guest.sees_sign("compose", "on")
    await mara.ask("summary")
    for small in windows:
        await expect(small.locator(".small-asked")).to_be_visible()
    yield Asked(tomas, windows)
    await mara.person.drop()


async def test_the_small_window_is_accessible(asked: Asked) -> None:
    """As a page of its own: axe-core knows no node of another window's realm."""
    tomas, small = asked.tomas, asked.windows[0]
    await expect(stop(small, "transcript")).to_be_visible()
    await expect(small.locator(".small-asked")).to_be_visible()
    text = await small.evaluate("document.documentElement.outerHTML")
    copy = await tomas.context.new_page()
    await copy.route(
        "**/small",
        lambda route: route.fulfill(
            body=f"<!doctype html>{text}", content_type="text/html"
        ),
    )
    await copy.goto(f"{tomas.url}/small")
    await copy.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = {}
    for scheme in SCHEMES:
        await copy.emulate_media(color_scheme=scheme)
        for width, height in ((360, 320), LEAST):
            await copy.set_viewport_size({"width": width, "height": height})
            faults = await copy.evaluate(RUN, None)
            spilled = await copy.evaluate(SPILLED)
            if faults or spilled:
                found[f"{scheme} {width}"] = [faults, spilled]
    await copy.close()
    assert found == {}


async def test_R16_size_neither_answer_is_in_it_and_what_stops_is_at_every_size(
    asked: Asked,
) -> None:
    tomas, windows = asked.tomas, asked.windows
    for small in windows:
        assert await small.locator("[data-answer=granted]").count() == 0
        assert await small.locator(answer("declined")).count() == 2
        for width, height in SIZES:
            await small.set_viewport_size({"width": width, "height": height})
            found = await small.evaluate(PLACES)
            where = (width, height)
            assert found == {"missed": [], "small": [], "wide": 0}, (where, found)
    assert await windows[1].evaluate("document.documentElement.dir") == "rtl"

    await windows[0].get_by_role("button", name="Answer in the meeting").click()
    await expect(tomas.prompt).to_be_visible()
    await tomas.reply("declined")
    await expect(windows[0].locator(".small-asked")).to_be_hidden()


@dataclass
class Kept:
    """Two whose pictures move, and who allow the recording; where it is kept."""

    data: Path
    mara: Guest
    tomas: Guest


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kept(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Kept]:
    data = tmp_path_factory.mktemp("small") / "data"
    async with start(configured(data)) as world:
        room, secret = await world.room("recording")
        mara = await invite_all("Mara", world.url, manner="lively")
        tomas = await invite_all("Tomas", world.url, manner="lively")
        await tomas.context.add_init_script(f"({TAPS})()")
        await mara.join(room, secret, recording="granted")
        await tomas.join(room, recording="granted")
        yield Kept(data, mara, tomas)
        for guest in (mara, tomas):
            await guest.go()


async def test_A1_one_press_in_the_small_window_and_not_a_frame_after_it(
    kept: Kept,
) -> None:
    data, mara, tomas = kept.data, kept.mara, kept.tomas
    await mara.ask("recording")
    await tomas.sees_sign("recording", "on")
    small = await small_window(tomas)
    await until(partial(tomas.page.evaluate, "taps() > 0"), "the server hears him")
    await until(lambda: sum(sizes_below(data).values()) > 0, "it is being kept")
    await tomas.page.evaluate(AFTER_THE_PRESS)
    button = stop(small, "recording")
    await expect(button).to_have_accessible_name(f"{DONT_ALLOW} recording")

    await button.click()

    assert await tomas.page.evaluate("left") == 0
    await tomas.hears("decided", feature="recording", decision="declined")
    await mara.sees_sign("recording", "off")
    await expect(button).to_have_count(0)
    await expect(small.locator("li[data-feature=recording]")).to_have_attribute(
        "data-state", "off"
    )
    before = sizes_below(data)
    for guest in (mara, tomas):
        await guest.settle()
    assert sizes_below(data) == before
    assert await tomas.page.evaluate("taps()") == 0
    await small.close()


async def test_a_page_that_is_loaded_again_while_somebody_is_seen_in_it_goes_on(
    kept: Kept,
) -> None:
    mara, tomas = kept.mara, kept.tomas
    room = tomas.room
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
    small = await small_window(tomas)
    await until(
        lambda: small.evaluate(PLAYS),
        "Mara is seen in it",
    )

    await tomas.open(room)

    await until(small.is_closed, "it is closed")
    await tomas.enter()
    assert await sees(tomas, tomas.tile(mara)) == "Mara"

    # Nor does what was seen in it before a screen was shared.
    small = await small_window(tomas)
    await until(lambda: small.evaluate(PLAYS), "Mara is seen in it again")
    await mara.page.get_by_role("button", name="Share", exact=True).click()
    await expect(small.locator("figure.shared")).to_be_visible()
    await until(lambda: small.evaluate(PLAYS), "the screen is seen in it")

    await tomas.open(room)

    await tomas.enter()
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
