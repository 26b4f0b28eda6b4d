"""Fair consent, "Withdrawal and after", and the sign as the sink's word."""

import base64
import json
import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import Face, Invite, Meet, configured, seated
from tests.browser.guest import DONT_ALLOW, Guest, answer
from tests.browser.measure import (
    HEIGHTS,
    NARROW,
    PHONE,
    WIDE,
    assert_alike,
    gap,
    looks,
    measure_all,
)
from tests.browser.opposite import Opposite
from tests.browser.waiting import until
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def running(
    face: Face, name: str = "Tomas", feature: str = "transcript"
) -> tuple[Opposite, Guest]:
    """Two people who both allow a feature that runs."""
    mara, guest = await face(name)
    await mara.ask(feature)
    await mara.choose(feature, "granted")
    await guest.reply("granted")
    for each in (mara, guest):
        await each.sees_sign(feature, "on")
    return mara, guest


def stop(guest: Guest) -> Locator:
    """The withdrawal on the sign."""
    return guest.plate("transcript").locator(answer("declined"))


async def test_A5_each_yes_and_each_withdrawal_gives_a_receipt_to_keep(
    face: Face,
) -> None:
    _, noor = await running(face, "Noor")
    await noor.hears("receipt", event="granted")
    await stop(noor).click()
    await noor.hears("receipt", event="withdrawn")
    page = noor.page
    await page.get_by_role("button", name="Your receipts (2)").click()
    for papers in (page.get_by_role("tabpanel"), page.get_by_role("main")):
        summaries = papers.locator("receipt-list summary")
        await expect(summaries).to_have_count(2)
        kept = []
        for summary in await summaries.all():
            await summary.click()
            save = papers.get_by_role("button", name="Save receipt").and_(
                page.locator(":visible")
            )
            async with page.expect_download() as downloading:
                await save.last.click()
            download = await downloading.value
            kept.append(payload(await download.path()))
            await summary.click()
        assert len(kept) == 2
        assert kept[0] != kept[1]
        assert all("transcript" in json.dumps(each) for each in kept)
        await expect(
            page.locator("input[type=email], input[type=password]")
        ).to_have_count(0)
        if await page.get_by_role("button", name="Leave").is_visible():
            await page.get_by_role("button", name="Leave").click()
            await expect(page.get_by_role("heading", name="You left")).to_be_visible()


def payload(file: Path) -> dict[str, Any]:
    """What the compact JWS in a file says."""
    body = file.read_text("ascii").split(".")[1]
    said: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    )
    return said


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("changed", [True, False])
async def test_A6_changed_words_are_asked_again_as_new_and_unchanged_ones_are_not(
    call: Invite, tmp_path: Path, changed: bool
) -> None:
    server = {"port": free_port(), "host": "localhost"}
    before = configured(tmp_path / "data", server=server)
    after = configured(
        tmp_path / "data", server=server, controller={"name": "Somebody new"}
    )
    async with start(before) as world:
        room, secret = await world.room("recording")
        mara = await seated(world, room, "Mara", secret)
        noor = await call("Noor", world.url)
        await noor.join(room)
        for guest in (mara, noor):
            await guest.choose("recording", "granted")
        await mara.ask("recording")
        await noor.sees_sign("recording", "on")
    mark = len(noor.heard)
    async with start(after if changed else before):
        await noor.hears("welcome", since=mark)
        if not changed:
            choice = noor.row("recording").get_by_role("group")
            await expect(choice).to_have_attribute("data-answer", "granted")
            await expect(noor.prompt).to_be_hidden()
            return
        await expect(noor.prompt).to_contain_text("run by Somebody new")
        await expect(noor.prompt.locator("ins").first).to_contain_text("Somebody")
        await noor.reply("granted")
        await noor.hears("decided", since=mark, decision="granted")


HOLD = """
() => {
  const send = WebSocket.prototype.send
  window.held = []
  WebSocket.prototype.send = function (text) {
    const go = () => send.call(this, text)
    if (window.held && text.includes('"tap-offer"')) window.held.push(go)
    else go()
  }
}
"""
LET_GO = (
    "() => { const held = window.held; window.held = null; held.forEach(go => go()) }"
)


async def test_M3_the_sign_is_off_until_the_sink_says_that_it_runs(meet: Meet) -> None:
    mara, noor = await meet("Mara", "Noor")
    for guest in (mara, noor):
        await guest.page.evaluate(HOLD)
        await guest.choose("recording", "granted")
    await mara.ask("recording")
    for guest in (mara, noor):
        await guest.hears("tap")
        await until(partial(guest.page.evaluate, "held.length"), "a tap is ready")
        await guest.settle()
        assert guest.frames("sign") == []
        await guest.sees_sign("recording", "off")
        await expect(guest.plate("recording")).to_contain_text("Recording off")

    for guest in (mara, noor):
        await guest.page.evaluate(LET_GO)

    for guest in (mara, noor):
        await guest.sees_sign("recording", "on")
        assert [f["on"] for f in guest.frames("sign")] == [True]


@pytest_asyncio.fixture(loop_scope="session")
async def granted(two: tuple[Opposite, Guest]) -> tuple[Opposite, Guest]:
    """The two, who both allow a transcript that runs, as if for the first time."""
    mara, tomas = two
    since = len(tomas.heard)
    for guest in two:
        await guest.choose("transcript", "granted")
    await mara.ask("transcript")
    for guest in two:
        await guest.sees_sign("transcript", "on")
    await tomas.hears("receipt", since=since, event="granted")
    return two


FREE = """
button => {
  const {x, y, width, height} = button.getBoundingClientRect()
  const top = document.elementFromPoint(x + width / 2, y + height / 2)
  return button.contains(top) && y >= 0 && y + height <= innerHeight && x >= 0 &&
    x + width <= innerWidth && !button.closest('[inert]')
}
"""


async def test_A1_withdrawing_is_one_press_from_everywhere(
    granted: tuple[Opposite, Guest],
) -> None:
    mara, tomas = granted
    page = tomas.page
    await expect(stop(tomas)).to_have_accessible_name(f"{DONT_ALLOW} transcript")
    for name in ("People", "Chat", "Gate"):
        await tomas.show(name)
        assert await stop(tomas).evaluate(FREE), name
    await page.get_by_role("button", name="Settings").click()
    assert await stop(tomas).evaluate(FREE), "settings"
    await page.keyboard.press("Escape")
    for width in (PHONE, NARROW):
        await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert await stop(tomas).evaluate(FREE), f"sheet at {width}"
    await mara.ask("summary")
    await expect(tomas.prompt).to_be_visible()
    for width in (NARROW, PHONE, WIDE):
        await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert await stop(tomas).evaluate(FREE), f"asked at {width}"
    mark = len(tomas.heard)

    await stop(tomas).click()

    await tomas.hears("decided", since=mark, feature="transcript", decision="declined")
    await mara.sees_sign("transcript", "off")
    await tomas.reply("declined")


async def test_A1_one_press_in_the_panel_and_nobody_asks_are_you_sure(
    granted: tuple[Opposite, Guest],
) -> None:
    mara, tomas = granted
    await tomas.choose("transcript", "declined")

    await mara.sees_sign("transcript", "off")
    await expect(tomas.page.get_by_role("dialog")).to_have_count(0)
    await expect(tomas.page.get_by_role("alertdialog")).to_have_count(0)
    choice = tomas.row("transcript").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "declined")


async def test_A2_a_withdrawal_shows_at_once_and_the_sink_confirms_it(
    granted: tuple[Opposite, Guest],
) -> None:
    _, tomas = granted
    mark = len(tomas.heard)
    await stop(tomas).click()
    await tomas.hears("receipt", since=mark, event="withdrawn")

    kinds = [f["type"] for f in tomas.heard[mark:] if f["type"] != "pong"]
    assert kinds.index("sign") < kinds.index("receipt")
    assert tomas.frames("sign", mark)[0]["on"] is False


async def test_A3_stopping_and_erasing_have_equal_weight(
    granted: tuple[Opposite, Guest],
) -> None:
    _, tomas = granted
    await stop(tomas).click()
    ends = tomas.page.locator("button[data-end]")
    await expect(ends).to_have_count(2)
    await expect(ends.first).to_contain_text("Stop from now")
    await expect(ends.last).to_contain_text("Stop and erase my part")
    await tomas.page.mouse.move(0, 0)
    async for where in looks(tomas.page, WIDE, PHONE, NARROW):
        one, other = await measure_all(ends)
        assert_alike(one, other, where)
        assert one.drawing == other.drawing
        assert gap(one, other) >= 8
        assert min(one.box["height"], one.box["width"]) >= 44
    for end in await ends.all():
        await expect(end).not_to_be_focused()
