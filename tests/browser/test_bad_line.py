"""Whose line is bad: what is fetched and sent, and that nothing kept depends on it."""

import asyncio
import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Invite, Regulars, configured
from tests.browser.filming import Filming, filmed, join_in, lasts, listen
from tests.browser.films import assert_alike
from tests.browser.guest import Guest, answer
from tests.browser.live import hears, plays, sees
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

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
SAID = {"join", "decide", "request", "tap-offer", "media"}
CONNECTIONS = """
(() => {
  if (window.connections) return
  window.connections = []
  const Real = RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given)
      connections.push(this)
    }
  }
})()
"""
"""To run before a page's own scripts."""
SENT = """
() => {
  const live = connections.filter(each => each.connectionState === 'connected')
  const found = live.map(each => ({
    tap: each.remoteDescription.sdp.includes('a=recvonly'),
    encodings: each.getSenders().filter(({track}) => track?.kind === 'video')
      .map(sender => sender.getParameters().encodings[0]),
  }))
  const shown = ({active, scaleResolutionDownBy, maxBitrate, maxFramerate}) =>
    [active, scaleResolutionDownBy, maxBitrate, maxFramerate ?? null]
  const of = tap => found.filter(each => each.tap === tap)
    .map(({encodings}) => encodings.map(shown)).sort()
  return {tap: of(true), others: of(false)}
}
"""
"""How each picture is sent: whether, how much smaller, in how many bits."""
RECEIVED = """
async () => {
  const sums = {audio: 0, video: 0}
  for (const connection of connections)
    for (const stat of (await connection.getStats()).values())
      if (stat.type === 'inbound-rtp') sums[stat.kind] += stat.bytesReceived
  return sums
}
"""


async def saves(guest: Guest, value: str) -> None:
    """Choose it in the settings."""
    settings = guest.page.get_by_role("button", name="Settings", exact=True)
    await settings.click()
    field = guest.page.get_by_role("combobox", name="Save data")
    await field.select_option(value)
    await guest.page.keyboard.press("Escape")
    await expect(field).to_be_hidden()


async def shown(guest: Guest, other: Guest, value: str) -> None:
    await expect(guest.tile(other)).to_have_attribute("data-camera", value)


async def scales(guest: Guest) -> list[Any]:
    """How much smaller than it is each of the others gets the picture; None: not."""
    sent = await guest.page.evaluate(SENT)
    return [scale if active else None for ((active, scale, *_),) in sent["others"]]


async def pictures_still(guest: Guest) -> bool:
    """Whether sound comes, and no picture."""
    before = await guest.page.evaluate(RECEIVED)
    await until(
        lambda: _heard_since(guest, before["audio"]), f"{guest.name} gets sound"
    )
    return bool((await guest.page.evaluate(RECEIVED))["video"] == before["video"])


async def _heard_since(guest: Guest, before: int) -> bool:
    return bool((await guest.page.evaluate(RECEIVED))["audio"] > before + 4000)


async def test_who_saves_data_is_sent_no_picture_and_the_film_is_the_same(
    regulars: Regulars, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with start(configured(data)) as world, regulars.outing() as call:
        guests = [await call(name, url=world.url, manner="lively") for name in NAMES]
        for guest in guests:
            await guest.page.context.add_init_script(CONNECTIONS)
        plain = await meeting(world, guests, data, "off")
        saving = await meeting(world, guests, data, "audio")
        films = await plain.film(), await saving.film()

    assert saving.taps == plain.taps
    assert saving.said == plain.said
    await asyncio.to_thread(assert_alike, *films, NAMES)


@dataclass
class Kept:
    """What is left of a meeting."""

    taps: dict[str, Any]
    """How each one's copy for the server was sent."""
    said: dict[str, list[str]]
    """What the server was told by each."""
    film: Filming


async def meeting(world: World, guests: list[Guest], data: Path, value: str) -> Kept:
    """The three meet and record; Ines saves data, or does not."""
    mara, tomas, ines = guests
    room, secret = await world.room("recording")
    for guest in guests:
        await guest.join(room, secret if guest is mara else None)
    await listen(tomas, ines)
    for other in (mara, tomas):
        assert await sees(ines, ines.tile(other)) == other.name
    if value == "audio":
        await saves(ines, value)
        for other in (mara, tomas):
            await shown(ines, other, "off")
            await until(partial(_spares, other), "they send her none")
    await mara.ask("recording")
    for guest in guests:
        await guest.reply("granted")
    for guest in guests:
        await guest.sees_sign("recording", "on")
    await join_in(data, mara, tomas, ines)
    await lasts(data, *guests, seconds=2.5)
    if value == "audio":
        assert await pictures_still(ines)
        assert await sees(tomas, tomas.tile(ines)) == "Ines"
        assert await hears(ines, ines.tile(tomas)) == "Tomas"
        await plays(tomas, tomas.tile(mara))
    taps = {g.name: (await g.page.evaluate(SENT))["tap"] for g in guests}
    said = {g.name: [f["type"] for f in g.said if f["type"] in SAID] for g in guests}
    if value == "audio":
        await saves(ines, "off")
        await shown(ines, mara, "on")
        await plays(ines, ines.tile(mara))
    return Kept(taps, said, await filmed(data, *guests))


async def _spares(other: Guest) -> bool:
    return None in await scales(other)


async def test_pictures_are_as_large_as_they_are_shown_and_P1_tell_no_answer(
    call: Invite, world: World
) -> None:
    room, secret = await world.room("recording")
    guests = [await call(name, world.url, manner="lively") for name in NAMES]
    for guest in guests:
        await guest.page.context.add_init_script(CONNECTIONS)
    mara, _, ines = guests
    await ines.page.set_viewport_size(SMALL)
    for guest in guests:
        await guest.join(room, secret if guest is mara else None)

    async def sends(*wanted: float | None) -> bool:
        found = await scales(mara)
        return sorted(found, key=str) == sorted(wanted, key=str)

    async def lines(count: int) -> bool:
        return bool(await ines.tile(mara).locator("video").evaluate(LINES) == count)

    await until(lambda: sends(1, 2), "Mara sends Ines a small picture")
    await until(lambda: lines(90), "Ines sees it small")

    await ines.page.set_viewport_size(WIDE)
    await until(lambda: sends(1, 1), "Mara sends Ines a large picture")
    await until(lambda: lines(180), "Ines sees it sharp")

    before = wants(ines)
    await mara.ask("recording")
    for guest in guests:
        await guest.reply("granted")
    await ines.sees_sign("recording", "on")
    room_element = ines.page.locator("meeting-room")
    await ines.page.get_by_role("button", name="Gate", exact=True).click()
    await expect(room_element).to_have_attribute("data-panel", "none")
    await ines.plate("recording").locator(answer("declined")).click()
    await ines.sees_sign("recording", "off")
    await expect(room_element).to_have_attribute("data-panel", "gate")
    # Longer than less of something waits until it is said.
    pings = len([f for f in ines.said if f["type"] == "ping"])
    await until(
        lambda: len([f for f in ines.said if f["type"] == "ping"]) > pings + 1,
        "Ines says that she is there, twice",
    )
    assert wants(ines) == before


def wants(guest: Guest) -> list[str]:
    """What one has said of how large one can use the others' pictures."""
    said = [f["payload"] for f in guest.said if f["type"] == "signal"]
    return [payload for payload in said if json.loads(payload)["kind"] == "wants"]


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
