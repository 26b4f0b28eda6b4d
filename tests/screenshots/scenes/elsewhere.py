"""Rooms whose people meet elsewhere: their own page, and the gate in another site's."""

import asyncio

from playwright.async_api import expect

from gatekeeper.consent.types import RoomId
from tests.browser.embedding import Framed, embedding
from tests.browser.test_gate_room import press
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


@scene("meeting.html", "gate.html", states=(*STATES, "framed-panel"))
async def elsewhere(stage: Stage, camera: Camera) -> None:
    tag, names = stage.language, NAMES[stage.language]
    gate = await stage.stack.enter_async_context(embedding(stage.folder / "elsewhere"))
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
        entry = await gate.entry(room, shape)
        gate.site.pages[f"/{shape}"] = AROUND.format(
            url=gate.world.url, room=room, entry=entry, shape=shape, tag=tag
        )
        await page.goto(f"{gate.site.origin}/{shape}")
        framed = await Framed.within(page)
        await expect(framed.frame.locator(".join [data-rank=first]")).to_be_visible()
        await camera.take(f"framed-{shape}", page)
