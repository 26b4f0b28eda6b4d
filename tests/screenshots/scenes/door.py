"""The door of a room: who knocks, who waits, and who finds it locked."""

from playwright.async_api import expect

from tests.browser.conftest import ALL
from tests.browser.guest import Guest
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import Stage


async def knock(guest: Guest, room: str) -> None:
    await guest.open(room)
    await guest.page.get_by_role("textbox").fill(guest.name)
    await guest.page.keyboard.press("Enter")


@scene("meeting.html", states=("waiting", "knocking", "door-host", "locked", "alone"))
async def door(stage: Stage, camera: Camera) -> None:
    world = await stage.house(stage.config())
    room, secret = await stage.room(world, *ALL, knock=True)
    mara = await stage.guest("Mara", world)
    await mara.join(room, secret)
    await camera.take("alone", mara.page)
    tomas, ines = [await stage.guest(who, world) for who in ("Tomas", "Ines")]
    await knock(tomas, room)
    await mara.hears("knock")
    await expect(tomas.page.locator(".wait")).to_be_visible()
    await camera.take("waiting", tomas.page)
    await camera.take("knocking", mara.page)
    await mara.page.locator("[data-tool=people]").click()
    await camera.take("door-host", mara.page)
    await mara.page.locator("knock-strip [data-act=admit]").click()
    await tomas.seated()
    await mara.page.get_by_role("switch").nth(1).click()
    await mara.hears("door", locked=True)
    await knock(ines, room)
    await expect(ines.page.get_by_role("alert").first).to_be_visible()
    await camera.take("locked", ines.page)
