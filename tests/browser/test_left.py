"""Left means left: no track lives on, whatever was under way (design.md, rule 17)."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ALL, Invite, gather
from tests.browser.guest import Guest, script
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Going = Callable[[Guest, Guest], Awaitable[None]]


async def leave(host: Guest, guest: Guest) -> None:
    await guest.page.get_by_role("button", name="Leave").click()


async def be_ended(host: Guest, guest: Guest) -> None:
    await host.page.get_by_role("button", name="Leave").click()
    await host.page.get_by_role("button", name="End for everyone").click()


async def be_replaced(host: Guest, guest: Guest) -> None:
    second = await guest.context.new_page()
    await second.goto(guest.page.url)
    lobby = second.get_by_role("region", name=re.compile("Ready"))
    await lobby.get_by_role("textbox").fill(guest.name)
    await second.keyboard.press("Enter")
    await expect(second.get_by_role("main").locator("[data-you]")).to_be_visible()


async def late(guest: Guest, what: str) -> object:
    """Look at, or do, something of `late_media.js`."""
    return await guest.page.evaluate(f"late.{what}")


@pytest.mark.parametrize("go", [leave, be_ended, be_replaced])
async def test_R17_left_no_track_is_live_after_a_meeting_that_devices_come_too_late_for(
    invite: Invite, world: World, go: Going
) -> None:
    mara, tomas = await gather(invite, world, "Mara", "Tomas")
    await tomas.context.add_init_script(f"({script('late_media.js')})()")
    await tomas.join(tomas.page.url.rpartition("/")[2])
    await expect(tomas.tile()).to_have_attribute("data-camera", "on")
    assert await late(tomas, "live()") == ["audio", "video"]
    await tomas.page.keyboard.press("v")
    await expect(tomas.tile()).to_have_attribute("data-camera", "off")

    await late(tomas, "held = true")
    await tomas.page.keyboard.press("v")
    await tomas.page.get_by_role("button", name="Share").click()
    assert await late(tomas, "asked") == 3
    await go(mara, tomas)
    over = tomas.page.get_by_role("heading", level=1, name=re.compile("left|ended|tab"))
    await expect(over).to_be_visible()
    assert await late(tomas, "live()") == []
    await late(tomas, "release()")

    await until(lambda: late(tomas, "given === 3"), "the devices have come")
    assert await late(tomas, "live()") == []


async def test_R17_left_a_camera_turned_off_while_it_starts_is_never_on(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    tomas = await invite("Tomas", world.url)
    await tomas.context.add_init_script(f"({script('late_media.js')})()")
    await tomas.context.add_init_script("if (globalThis.late) late.held = true")
    await tomas.open(room)
    camera = tomas.page.get_by_role("button", name="Turn the camera off")
    await camera.click()
    await late(tomas, "release()")
    await until(lambda: late(tomas, "given === 1"), "the devices have come")
    assert await late(tomas, "live()") == ["audio"]
    assert await late(tomas, "asked") == 1
    await tomas.enter()

    await expect(tomas.tile()).to_have_attribute("data-camera", "off")
    assert await late(tomas, "live()") == ["audio"]


async def test_R17_left_while_the_connection_is_lost_the_page_says_what_it_knows(
    invite: Invite, world: World
) -> None:
    mara, tomas = await gather(invite, world, "Mara", "Tomas")
    await mara.ask("recording")
    for guest in (mara, tomas):
        await guest.reply("granted")
    for guest in (mara, tomas):
        await guest.sees_sign("recording", "on")
    said = tomas.page.get_by_role("status").filter(has_text="Recording is on")
    await expect(said).to_have_count(0)

    await tomas.context.set_offline(True)
    # Another network, and the socket must prove itself: sooner than by its silence.
    await tomas.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(tomas.page.get_by_text("Connection lost.")).to_be_visible()
    plates = tomas.page.get_by_role("banner").get_by_role("listitem")
    await expect(plates.filter(has_text="not known")).to_have_count(len(ALL))
    await expect(tomas.plate("recording").get_by_role("button")).to_be_visible()
    await expect(tomas.page.get_by_text("Nothing of you is captured")).to_have_count(0)
    await tomas.write("Can you hear me?")
    waiting = tomas.page.get_by_role("log", name="Messages that are not sent yet")
    await expect(waiting).to_contain_text("Can you hear me?")

    await tomas.context.set_offline(False)
    await tomas.sees_sign("recording", "on")
    await expect(said).to_be_visible()
    await expect(waiting).to_be_hidden()
    await mara.hears("chat-line", text="Can you hear me?")
    await tomas.settle()
    assert [line["text"] for line in mara.frames("chat-line")] == [
        "Can you hear me?",
        "Is everybody here?",
    ]
