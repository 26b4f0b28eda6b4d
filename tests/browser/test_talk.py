"""Space, held: one is heard for as long; and it answers nothing (fair-consent K2)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Invite, gather
from tests.browser.guest import Guest
from tests.browser.test_axe import clean
from tests.browser.test_left import LATE_MEDIA, late
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

MICROPHONE = "[data-tool=microphone]"
AWAY = "document.activeElement.blur()"


Two = tuple[Guest, Guest]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(call_all: Invite, world: World) -> Two:
    """Mara and Tomas: each test leaves their microphones on, and nothing asked."""
    mara, tomas = await gather(call_all, world, "Mara", "Tomas")
    return mara, tomas


async def unmuted(guest: Guest) -> None:
    await guest.page.evaluate(AWAY)
    await guest.page.keyboard.press("m")
    await expect(guest.tile()).to_have_attribute("data-microphone", "on")


async def muted(guest: Guest) -> Locator:
    """With the microphone off, and the focus nowhere; what is said of a held key."""
    await guest.page.keyboard.press("m")
    await expect(guest.tile()).to_have_attribute("data-microphone", "off")
    await guest.page.evaluate(AWAY)
    return guest.page.get_by_role("status").filter(has_text="while you hold Space")


async def is_heard(guest: Guest, other: Guest, heard: bool) -> None:
    state = "on" if heard else "off"
    await expect(guest.tile()).to_have_attribute("data-microphone", state)
    await expect(other.tile(guest)).to_have_attribute("data-microphone", state)
    tool = guest.page.locator(MICROPHONE)
    await expect(tool).to_have_attribute("data-state", state)


async def test_who_holds_space_is_heard_for_as_long_and_told_so_once(
    two: Two,
) -> None:
    mara, tomas = two
    said = await muted(mara)
    keyboard = mara.page.keyboard
    await is_heard(mara, tomas, False)
    mark = len(mara.said)
    await keyboard.down("Space")
    await is_heard(mara, tomas, True)
    await expect(said).to_have_count(1)
    told = await said.locator("p").element_handle()
    for _ in range(5):  # as a key that is down repeats
        await keyboard.down("Space")
    assert await told.evaluate("node => node.isConnected")
    await clean(mara.page)
    await keyboard.up("Space")
    await is_heard(mara, tomas, False)
    await expect(said).to_have_count(0)
    sent = [f["microphone"] for f in mara.said[mark:] if f["type"] == "media"]
    assert sent == [True, False]

    await keyboard.press("m")
    await is_heard(mara, tomas, True)
    await mara.page.evaluate(AWAY)
    await keyboard.press("Space")
    await is_heard(mara, tomas, True)


async def test_where_space_is_for_something_else_it_is_for_that(two: Two) -> None:
    mara, _ = two
    said = await muted(mara)
    page = mara.page
    mark = len(mara.said)
    await mara.show("Chat")
    await page.get_by_role("textbox", name="Message").press_sequentially("a b")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("a b")
    hand = page.get_by_role("button", name="Hand")
    await hand.focus()
    await mara.sees_ready(hand)
    await page.keyboard.press("Space")
    await expect(hand).to_have_attribute("aria-pressed", "true")
    assert not [f for f in mara.said[mark:] if f["type"] == "media"]
    await expect(said).to_have_count(0)
    await expect(mara.tile()).to_have_attribute("data-microphone", "off")
    await page.get_by_role("textbox", name="Message").fill("")
    await unmuted(mara)


ELSEWHERE: dict[str, Callable[[Page], Awaitable[Any]]] = {
    "another window": lambda page: page.evaluate("dispatchEvent(new Event('blur'))"),
    "a tab that is hidden": lambda page: page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange'))"
    ),
    "a field": lambda page: page.get_by_role("textbox", name="Message").focus(),
}


async def test_whatever_takes_ones_hand_off_it_mutes(two: Two) -> None:
    mara, _ = two
    await muted(mara)
    await mara.show("Chat")
    keyboard = mara.page.keyboard
    for what, happens in ELSEWHERE.items():
        await mara.page.evaluate(AWAY)
        await keyboard.down("Space")
        await expect(mara.tile()).to_have_attribute("data-microphone", "on")
        await happens(mara.page)
        await expect(mara.tile(), what).to_have_attribute("data-microphone", "off")
        await keyboard.down("Space")  # it repeats, and opens nothing
        await keyboard.up("Space")
        await expect(mara.tile(), what).to_have_attribute("data-microphone", "off")
    field = mara.page.get_by_role("textbox", name="Message")
    await expect(field).to_have_value("")
    await mara.show("Gate")
    await unmuted(mara)


async def test_K2_a_question_mutes_and_the_key_that_is_down_answers_nothing(
    two: Two,
) -> None:
    mara, tomas = two
    await muted(tomas)
    page = tomas.page
    await page.keyboard.down("Space")
    await is_heard(tomas, mara, True)
    await mara.ask("recording")
    await expect(tomas.prompt).to_be_visible()
    await is_heard(tomas, mara, False)
    answers = tomas.prompt.locator("button")
    await tomas.sees_ready(answers.first)
    for number in range(2):
        await answers.nth(number).focus()
        for _ in range(3):
            await page.keyboard.down("Space")
    await page.keyboard.up("Space")
    await expect(tomas.prompt).to_be_visible()
    assert tomas.decisions() == []

    await tomas.prompt.get_by_role("heading").focus()
    await page.keyboard.press("Space")
    await is_heard(tomas, mara, False)
    await tomas.reply("declined")
    await page.evaluate(AWAY)
    await page.keyboard.down("Space")
    await is_heard(tomas, mara, True)
    await page.keyboard.up("Space")
    await is_heard(tomas, mara, False)


LATE = "Object.assign(late, {held: true})"


async def test_R17_a_microphone_that_comes_after_the_release_stays_off(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    noor = await invite("Noor", world.url, permissions=[])
    await noor.context.add_init_script(LATE_MEDIA)
    await noor.join(room)
    page = noor.page
    await page.evaluate(AWAY)
    await page.evaluate(LATE)
    await page.keyboard.down("Space")
    await until(lambda: late(page, "asked === 1"), "the microphone is asked for")
    await page.keyboard.up("Space")
    await late(page, "release()")
    await until(lambda: late(page, "given === 1"), "the microphone has come")

    assert await late(page, "live()") == []
    await expect(noor.tile()).to_have_attribute("data-microphone", "off")
