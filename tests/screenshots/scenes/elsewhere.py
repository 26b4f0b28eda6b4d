"""Rooms whose people meet elsewhere: their own page, and the gate in another site's."""

import asyncio

from playwright.async_api import Frame, Page, expect

from gatekeeper.consent.types import RoomId
from tests.browser.embedding import Embedding, Framed, embedding, press
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import NAMES, Stage

AROUND = """
<!doctype html><html lang="en"><title>App</title>
<meta name="viewport" content="width=device-width">
<style>body {{ margin: 24px; font: 16px/1.5 Georgia, serif; }}</style>
<h1>App</h1>
<script type="module" src="{url}/embed/consent-gate.js"></script>
<consent-gate src="{url}/m/{room}" entry="{entry}" shape="{shape}" language="{tag}">
</consent-gate>
"""
STATES = ("elsewhere-lobby", "elsewhere-asked", "elsewhere-room", "framed-lobby")


@scene("meeting.html", "gate.html", states=(*STATES, "framed-panel", "framed-window"))
async def elsewhere(stage: Stage, camera: Camera) -> None:
    tag, names = stage.language, NAMES[stage.language]
    gate = await stage.stack.enter_async_context(
        embedding(stage.folder / "elsewhere", framed_answers=True)
    )
    room = await gate.room(title=stage.title, language=tag)
    ben = await gate.world.person(RoomId(room), names["Tomas"])
    await ben.join(allow=("minutes",), entry=await gate.entry(room, "ben"))
    page = await stage.page()
    await page.goto(f"{gate.world.url}/m/{room}#entry={await gate.entry(room)}")
    await page.locator("#name").fill(names["Mara"])
    await camera.take("elsewhere-lobby", page)
    await press(page.locator(".join [data-rank=first]"))
    async with asyncio.TaskGroup() as tasks:
        where = f"/rooms/{room}/permits?wait=60"
        wanted = gate.service.asks("POST", where, {"feature": "minutes"})
        asking = tasks.create_task(wanted)
        await expect(page.locator("consent-prompt")).to_be_visible()
        await camera.take("elsewhere-asked", page)
        await press(page.locator("consent-prompt [data-answer=granted]"))
    assert asking.result()[0] == 201
    await camera.take("elsewhere-room", page)

    for shape in ("lobby", "panel"):
        frame = await _framed(page, gate, room, shape, tag)
        await expect(frame.locator(".join [data-rank=first]")).to_be_visible()
        await camera.take(f"framed-{shape}", page)

    async with embedding(stage.folder / "window") as gate:
        room = await gate.room(title=stage.title, language=tag)
        frame = await _framed(page, gate, room, "panel", tag)
        button = frame.locator("[data-act=own-window]")
        await expect(button).to_have_attribute("data-ready", "")
        await camera.take("framed-window", page)


async def _framed(
    page: Page, gate: Embedding, room: str, shape: str, tag: str
) -> Frame:
    entry = await gate.entry(room, shape)
    gate.site.pages[f"/{shape}"] = AROUND.format(
        url=gate.world.url, room=room, entry=entry, shape=shape, tag=tag
    )
    await page.goto(f"{gate.site.origin}/{shape}")
    return (await Framed.within(page)).frame
