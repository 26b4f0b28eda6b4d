"""Rule 16: an act that takes its time locks first; pressed twice it happens once."""

import asyncio

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import ALL, Invite
from tests.browser.guest import Guest, answer, script
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY_TAKES = 400
"""Milliseconds; a phone needs as long."""
HELD = 0.5
"""Seconds for which an answer of the server is held back."""


async def twice(button: Locator, way: str) -> None:
    """Press it, and again at once, as a hand does that trembles."""
    await button.scroll_into_view_if_needed()
    await expect(button).to_have_attribute("data-ready", "")
    if way == "keys":
        await button.focus()
    # What says that it is ready may have been scrolled since it was looked at.
    await button.page.wait_for_timeout(700)
    if way == "keys":
        for _ in range(2):
            await button.page.keyboard.press("Enter")
        return
    box = await button.bounding_box()
    assert box
    for _ in range(2):
        await button.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)


async def held(guest: Guest, path: str) -> list[str]:
    """Hold back the answers to such requests; which were made."""
    made: list[str] = []

    async def hold(route: Route) -> None:
        made.append(route.request.method)
        await asyncio.sleep(HELD)
        await route.continue_()

    await guest.page.route(path, hold)
    return made


@pytest.mark.parametrize("way", ["mouse", "keys"])
async def test_R16_twice_one_joins_once_however_long_the_key_takes(
    invite: Invite, world: World, way: str
) -> None:
    room, _ = await world.room(*ALL)
    noor = await world.person(room, "Noor")
    await noor.join()
    mara = await invite("Mara", world.url)
    slow = f"({script('slow_key.js')})({KEY_TAKES})"
    await mara.context.add_init_script(slow)
    await mara.open(room)
    await mara.page.get_by_role("textbox", name="Your name").fill("Mara")
    await mara.card("recording").locator(answer("granted")).click()
    await twice(mara.page.locator(".join button[data-rank]"), way)

    # On the way in a yes can still be made a no.
    await mara.card("recording").locator(answer("declined")).click()

    await mara.seated()
    await mara.settle()
    await noor.settle()
    joined = [f["person"]["name"] for f in noor.heard if f["type"] == "joined"]
    assert joined == ["Mara"]
    assert [f["type"] for f in mara.said].count("join") == 1
    assert mara.decisions()[-1] == "declined"
    choice = mara.row("recording").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "declined")
    await noor.drop()


async def test_R16_twice_one_comes_back_once(call: Invite, world: World) -> None:
    room, _ = await world.room(*ALL)
    mara = await call("Mara", world.url)
    await mara.join(room)
    await mara.page.get_by_role("button", name="Leave").click()
    made = await held(mara, f"**/api/rooms/{room}")

    await twice(mara.page.get_by_role("button", name="Join again"), "mouse")

    await until(lambda: made, "the room is looked up")
    await expect(mara.page.locator("meeting-lobby")).to_have_count(1)
    mara.said.clear()
    await mara.enter()
    await mara.settle()
    assert made == ["GET"]
    assert [f["type"] for f in mara.said].count("join") == 1


async def test_R16_twice_one_room_is_opened_once(call: Invite, world: World) -> None:
    mara = await call("Mara", world.url)
    page = mara.page
    await page.goto(world.url)
    await page.get_by_label("What is the meeting about?").fill("Roof")
    made = await held(mara, "**/api/rooms")

    await twice(page.get_by_role("button", name="Open the room"), "mouse")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="The room is open")).to_be_visible()
    assert made == ["POST"]


async def test_R16_twice_in_the_room_each_act_is_asked_for_once(
    call: Invite, world: World
) -> None:
    room, secret = await world.room(*ALL)
    noor = await world.person(room, "Noor")
    await noor.join(allow=("recording",))
    mara = await call("Mara", world.url)
    await mara.join(room, secret)
    await mara.choose("recording", "granted")
    mara.said.clear()
    act = mara.row("recording").locator(".hosting button")
    for kind, sign in (("request", "on"), ("cancel", "off")):
        await twice(act, "mouse")
        await mara.sees_sign("recording", "on" if sign == "on" else "off")
        await mara.settle()
        assert [f["type"] for f in mara.said].count(kind) == 1

    await mara.ask("recording")
    await mara.sees_sign("recording", "on")
    await mara.plate("recording").locator(answer("declined")).click()
    await twice(mara.page.locator("button[data-end=erase]"), "mouse")
    await mara.hears("erased")
    assert [f["type"] for f in mara.said].count("erase") == 1
    await noor.drop()
