"""Left means left: no track lives on, whatever was under way (design.md, rule 17)."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.conftest import ALL, Face, Invite
from tests.browser.guest import Guest, script
from tests.browser.opposite import Opposite
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

LATE_MEDIA = f"({script('late_media.js')})()"

Going = Callable[[Opposite, Guest], Awaitable[None]]


async def leave(host: Opposite, guest: Guest) -> None:
    await guest.page.get_by_role("button", name="Leave").click()


async def be_replaced(host: Opposite, guest: Guest) -> None:
    """Join in a second tab, which is the guest's page from then on."""
    room = guest.page.url.rpartition("/")[2]
    guest.page = await guest.context.new_page()
    guest.listen(guest.page)
    await guest.join(room)


async def be_ended(host: Opposite, guest: Guest) -> None:
    await host.person.say(type="end")


async def late(page: Page, what: str) -> object:
    """Look at, or do, something of `late_media.js`."""
    return await page.evaluate(f"late.{what}")


async def opens_devices(guest: Guest, room: str) -> None:
    """Leave the camera on its way, and the dialog for a screen open."""
    await guest.join(room)
    await expect(guest.tile()).to_have_attribute("data-camera", "on")
    assert await late(guest.page, "live()") == ["audio", "video"]
    await guest.page.keyboard.press("v")
    await expect(guest.tile()).to_have_attribute("data-camera", "off")
    await late(guest.page, "held = true")
    await guest.page.keyboard.press("v")
    await guest.page.get_by_role("button", name="Share").click()
    assert await late(guest.page, "asked") == 3


async def test_R17_left_no_track_is_live_after_a_meeting_that_devices_come_too_late_for(
    face: Face, invite: Invite, world: World
) -> None:
    (mara,) = await face()
    tomas = await invite("Tomas", world.url)
    await tomas.context.add_init_script(LATE_MEDIA)
    room = mara.room
    goings: tuple[Going, ...] = (leave, be_replaced, be_ended)
    for go in goings:
        await opens_devices(tomas, room)
        page = tomas.page
        await go(mara, tomas)
        over = page.locator("main.ending").get_by_role("heading", level=1)
        await expect(over).to_be_visible()
        assert await late(page, "live()") == []
        await late(page, "release()")
        came = partial(late, page, "given === 3")
        await until(came, f"the devices have come, after {go.__name__}")
        assert await late(page, "live()") == []


async def test_R17_left_a_camera_turned_off_while_it_starts_is_never_on(
    invite: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    tomas = await invite("Tomas", world.url)
    await tomas.context.add_init_script(LATE_MEDIA)
    await tomas.context.add_init_script("if (globalThis.late) late.held = true")
    await tomas.open(room)
    camera = tomas.page.get_by_role("button", name="Turn the camera off")
    await camera.click()
    await late(tomas.page, "release()")
    await until(lambda: late(tomas.page, "given === 1"), "the devices have come")
    assert await late(tomas.page, "live()") == ["audio"]
    assert await late(tomas.page, "asked") == 1
    await tomas.enter()

    await expect(tomas.tile()).to_have_attribute("data-camera", "off")
    assert await late(tomas.page, "live()") == ["audio"]


async def test_R17_left_while_the_connection_is_lost_the_page_says_what_it_knows(
    face: Face, invite: Invite, world: World
) -> None:
    (mara,) = await face()
    tomas = await invite("Tomas", world.url)
    sockets: list[WebSocketRoute] = []
    lost = False

    async def route(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if lost:
            await socket.close(code=1012)
        else:
            socket.connect_to_server()

    await tomas.page.route_web_socket(re.compile("/socket$"), route)
    await tomas.join(mara.room)
    await mara.choose("recording", "granted")
    await mara.ask("recording")
    await tomas.reply("granted")
    for guest in (mara, tomas):
        await guest.sees_sign("recording", "on")
    said = tomas.page.get_by_role("status").filter(has_text="Recording is on")
    went_on = await said.locator("p").element_handle()

    lost = True
    await sockets[-1].close(code=1012)
    await expect(tomas.page.get_by_text("Connection lost.")).to_be_visible()
    plates = tomas.page.get_by_role("banner").get_by_role("listitem")
    await expect(plates.filter(has_text="not known")).to_have_count(len(ALL))
    await expect(tomas.plate("recording").get_by_role("button")).to_be_visible()
    await expect(tomas.page.get_by_text("Nothing of you is captured")).to_have_count(0)
    await tomas.write("Can you hear me?")
    waiting = tomas.page.get_by_role("log", name="Messages that are not sent yet")
    await expect(waiting).to_contain_text("Can you hear me?")

    lost = False
    await tomas.page.evaluate("dispatchEvent(new Event('online'))")
    await tomas.sees_sign("recording", "on")
    gone = partial(went_on.evaluate, "node => !node.isConnected")
    await until(gone, "what was said then is not what is said now")
    await expect(said).to_be_visible()
    await expect(waiting).to_be_hidden()
    await mara.hears("chat-line", text="Can you hear me?")
    await tomas.settle()
    assert [line["text"] for line in mara.frames("chat-line")] == [
        "Can you hear me?",
        "Is everybody here?",
    ]
