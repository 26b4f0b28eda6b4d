"""Whose line is bad: what is fetched and sent, and what one is told of it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import ViewportSize, expect

from gatekeeper.consent.types import RoomId
from tests.browser.conftest import Invite
from tests.browser.guest import Guest, answer
from tests.browser.lines import LESS, NOTED, pictures_still, saves, sends, shown, taps
from tests.browser.live import hears, plays, sees
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = ("Mara", "Tomas", "Ines")
SMALL: ViewportSize = {"width": 320, "height": 256}
WIDE: ViewportSize = {"width": 900, "height": 560}
"""In which the panel, when it opens, takes a column from three tiles."""
LINES = "video => video.videoHeight"
LOSSY = {
    "urlPattern": "",
    "packetLoss": 25,
    "packetQueueLength": 0,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
}
REACH = """
button => {
  const {blockSize, inlineSize} = getComputedStyle(button, '::after')
  return [parseFloat(blockSize), parseFloat(inlineSize)]
}
"""
CONNECTING = {"signal", "join", "ping", "here", "media"}


async def test_a_bad_line_has_a_sign_whose_words_come_by_key_press_and_reader(
    call: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    mara, tomas = [await call(n, world.url, manner="lively") for n in NAMES[:2]]
    await mara.join(room, secret)
    await tomas.open(room)
    # From here on: what was connected before would stay as it is.
    control = await tomas.page.context.new_cdp_session(tomas.page)
    await control.send("Network.enable")
    await control.send(
        "Network.emulateNetworkConditionsByRule", {"matchedNetworkConditions": [LOSSY]}
    )
    await tomas.enter()
    assert await sees(tomas, tomas.tile(mara)) == "Mara"

    sign = tomas.tile(mara).locator("line-sign")
    await expect(sign).to_have_attribute("data-level", "poor")
    button = sign.get_by_role("button")
    await expect(button).to_have_accessible_name(re.compile("^Mara.*: Line: bad. "))
    await expect(tomas.page.locator("line-word")).to_contain_text("Your own line")
    words = sign.locator(".line-words")
    await expect(words).to_be_hidden()
    await button.focus()
    await tomas.page.keyboard.press("Enter")
    await expect(words).to_be_visible()
    await expect(words).to_contain_text("Line: bad")
    await clean(tomas.page)
    await button.click()
    await expect(words).to_be_hidden()
    box = await button.evaluate(REACH)
    assert min(box) >= 44
    assert not any("line" in payload for payload in said(mara, tomas))
    await control.detach()


def said(*guests: Guest) -> list[str]:
    """Everything that was sent but the signaling that there is for connecting."""
    return [str(f) for g in guests for f in g.said if f["type"] not in CONNECTING]


@dataclass
class Three:
    """Mara, Tomas and Ines, who has come with a small window."""

    room: RoomId
    mara: Guest
    tomas: Guest
    ines: Guest

    @property
    def all(self) -> tuple[Guest, ...]:
        return self.mara, self.tomas, self.ines


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def three(invite_all: Invite, world: World) -> AsyncIterator[Three]:
    room, secret = await world.room("recording")
    come = partial(invite_all, url=world.url, manner="lively")
    three = Three(room, *[await come(name) for name in NAMES])
    await three.ines.page.clock.install()
    await three.ines.page.set_viewport_size(SMALL)
    for guest in three.all:
        await guest.page.context.add_init_script(NOTED)
        await guest.join(room, secret if guest is three.mara else None)
    yield three
    for guest in three.all:
        await guest.go()


async def test_pictures_are_as_large_as_they_are_shown_and_P1_tell_no_answer(
    three: Three,
) -> None:
    mara, _, ines = three.all

    async def lines(count: int) -> bool:
        return bool(await ines.tile(mara).locator("video").evaluate(LINES) == count)

    await sends(mara, 1, 2)
    await until(lambda: lines(90), "Ines sees it small")

    await ines.page.set_viewport_size(WIDE)
    await sends(mara, 1, 1)
    await until(lambda: lines(180), "Ines sees it sharp")

    before = wants(ines)
    await mara.ask("recording")
    await asyncio.gather(*(guest.reply("granted") for guest in three.all))
    await ines.sees_sign("recording", "on")
    room_element = ines.page.locator("meeting-room")
    await ines.page.get_by_role("button", name="Gate", exact=True).click()
    await expect(room_element).to_have_attribute("data-panel", "none")
    await ines.plate("recording").locator(answer("declined")).click()
    await ines.sees_sign("recording", "off")
    await expect(room_element).to_have_attribute("data-panel", "gate")
    await ines.page.clock.fast_forward(LESS)
    await ines.settle()
    assert wants(ines) == before


def wants(guest: Guest) -> list[str]:
    """What one has said of how large one can use the others' pictures."""
    said = [f["payload"] for f in guest.said if f["type"] == "signal"]
    return [payload for payload in said if json.loads(payload)["kind"] == "wants"]


async def test_who_saves_data_is_spared_alone_and_the_server_not_at_all(
    three: Three,
) -> None:
    """What is kept is the same, picture by picture: see `test_kept_alike.py`."""
    mara, tomas, ines = three.all
    for guest in three.all:
        await guest.choose("recording", "granted")
    for guest in three.all:
        await guest.sees_sign("recording", "on")
        await until(partial(taps, guest), "the server gets a copy")
    kept = [await taps(guest) for guest in three.all]

    await saves(ines, "audio")

    await ines.page.clock.fast_forward(LESS)
    for other in (mara, tomas):
        await shown(ines, other, "off")
        await sends(other, 1, None)
    assert await pictures_still(ines)
    assert await sees(tomas, tomas.tile(ines)) == "Ines"
    assert await hears(ines, ines.tile(tomas)) == "Tomas"
    await plays(tomas, tomas.tile(mara))
    assert [await taps(guest) for guest in three.all] == kept
    await saves(ines, "off")
    await shown(ines, mara, "on")
    await plays(ines, ines.tile(mara))
