"""Names that are hard to show: long ones, the same ones, ones that nobody can see."""

import re
from functools import partial

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Invite, Sit
from tests.browser.guest import Guest
from tests.browser.opposite import Opposite
from tests.browser.waiting import until
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE = "W" * 64
OVERFLOWS = """
() => [...document.querySelectorAll('main, side-panel, .panel, .talk, .tile, header')]
  .filter(node => node.scrollWidth > node.clientWidth + 1)
  .map(node => `${node.className || node.localName} ${node.scrollWidth}`)
"""


async def enter_as(guest: Guest, name: str) -> None:
    lobby = guest.page.get_by_role("region", name="Ready")
    await lobby.get_by_role("textbox").fill(name)
    await guest.page.keyboard.press("Enter")


async def test_a_name_that_cannot_be_seen_is_refused_where_it_was_typed(
    call: Invite, world: World
) -> None:
    room, _ = await world.room("recording")
    mara = await call("Mara", world.url)
    await mara.open(room)

    await enter_as(mara, "\u2060\u2060")

    field = mara.page.get_by_role("textbox")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_be_focused()
    await expect(mara.page.get_by_text("That name cannot be used")).to_be_visible()
    await enter_as(mara, "Mara")
    await mara.seated()


async def fits(guest: Guest) -> bool:
    return bool(await guest.page.evaluate(OVERFLOWS) == [])


async def test_long_names_break_and_namesakes_are_told_apart(
    call: Invite, sit: Sit, world: World
) -> None:
    room, _ = await world.room("recording")
    mara, sam = [await call(who, world.url) for who in ("Mara", "Tomas")]
    for guest, name in ((mara, WIDE), (sam, "Sam")):
        await guest.open(room)
        await enter_as(guest, name)
        await guest.seated()
    namesake = await sit(room, "Sam")

    people: list[Guest | Opposite] = [mara, sam, namesake]
    for number, person in enumerate(people, 1):
        await person.write("Good morning")
        await expect(mara.page.get_by_text("Good morning")).to_have_count(number)
    said = mara.page.locator(".talk-line b")
    await expect(said).to_have_text([WIDE, "Sam", "Sam (2)"])
    for other, name in ((sam.id, "Sam"), (namesake.person.id, "Sam (2)")):
        tile = mara.page.get_by_role("main").locator(f"[data-participant='{other}']")
        await expect(tile).to_contain_text(re.compile(rf"{re.escape(name)}\b|\("))
    for width in (1440, 1024, 390, 320):
        for guest in (mara, sam):
            await guest.page.set_viewport_size({"width": width, "height": 800})
            # Tiles are laid out anew in the frame after.
            await until(partial(fits, guest), f"all has room at {width}")


MARKUP = "<img src=x onerror=document.body.dataset.ran=1>"
INSERTED = """
() => {
  const made = document.querySelectorAll('img, script:not([src]), [onerror]')
  return [document.body.dataset.ran ?? '', ...Array.from(made, node => node.outerHTML)]
}
"""


async def test_markup_in_a_title_a_name_and_a_line_of_chat_is_text(
    call: Invite, world: World
) -> None:
    said = {"title": f"Roof {MARKUP}", "language": "en", "features": ["recording"]}
    async with world.http.post(f"{world.url}/api/rooms", json=said) as answer:
        room = (await answer.json())["room"]
    mara, tomas = [await call(who, world.url) for who in ("Mara", "Tomas")]
    for guest, name in ((mara, MARKUP), (tomas, "Tomas")):
        await guest.open(room)
        await expect(guest.page.get_by_text(f"Roof {MARKUP}")).to_be_visible()
        await enter_as(guest, name)
        await guest.seated()

    await mara.write(f"{MARKUP} <script>document.body.dataset.ran=1</script>")

    await tomas.show("Chat")
    await expect(tomas.page.locator(".talk-line b")).to_have_text(MARKUP)
    await expect(tomas.page.locator(".talk-text")).to_contain_text("<script>")
    await expect(tomas.tile(mara)).to_contain_text(MARKUP)
    for guest in (mara, tomas):
        assert await guest.page.evaluate(INSERTED) == [""]
