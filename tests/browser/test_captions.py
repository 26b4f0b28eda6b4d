"""Captions as one reads them best: with a place of their own, whatever is chosen."""

from itertools import count

import pytest
from playwright.async_api import Locator, expect

from gatekeeper.consent.types import ParticipantId
from gatekeeper.wire.assistant import Caption
from tests.browser.conftest import Face
from tests.browser.guest import Guest
from tests.browser.sizes import some_sizes, swept
from tests.browser.test_axe import clean
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = "The roof comes first, and then the windows, before it rains again in autumn."
NUMBERS = count()
SIZES = {"normal": 17, "large": 22, "largest": 30}

OVERLAPS = """
() => {
  const bar = document.querySelector('.caption-box')
  const box = bar.getBoundingClientRect()
  const others = ['.tile', '.sign li', '.dock .tool', '.room-head', '.panel', '.banner']
  const seen = others.flatMap(each => [...document.querySelectorAll(each)])
    .filter(node => node.checkVisibility() && !bar.contains(node))
  const meets = other => other.width > 0 &&
    box.left < other.right - 0.5 && box.right > other.left + 0.5 &&
    box.top < other.bottom - 0.5 && box.bottom > other.top + 0.5
  return seen.filter(node => meets(node.getBoundingClientRect()))
    .map(node => node.className)
}
"""
"""What the words lie on, or under; a sheet over the stage is inert's matter."""


async def speak(world: World, guest: Guest, speaker: str) -> None:
    """A line from `speaker`, as the server tells it."""
    room = world.registry.living(guest.room)
    assert room
    for _ in range(3):
        room._roster.tell_all(
            Caption(
                line=f"{next(NUMBERS):016}",
                sender=ParticipantId(speaker),
                name="Mara",
                at="2026-11-22T11:06:00Z",
                text=TEXT,
                final=True,
            )
        )


async def prefer(guest: Guest, name: str, value: str) -> None:
    await guest.page.evaluate(
        """([name, value]) => {
          const select = document.querySelector(`[data-preference='${name}']`)
          select.value = value
          select.dispatchEvent(new Event('change'))
        }""",
        [name, value],
    )


def bar(guest: Guest) -> Locator:
    return guest.page.get_by_role("region", name="Captions")


async def test_size_contrast_and_place_are_chosen_and_nothing_is_covered(
    face: Face, world: World
) -> None:
    mara, tomas = await face("Tomas")
    page = tomas.page
    await mara.ask("transcript")
    await mara.choose("transcript", "granted")
    await tomas.reply("granted")
    await tomas.sees_sign("transcript", "on")
    await page.locator("[data-tool=gate]").click()
    await page.evaluate("document.activeElement.blur()")
    # This tab may have had them on before.
    tool = page.locator("[data-tool=captions]")
    if await tool.get_attribute("aria-pressed") == "false":
        await page.keyboard.press("c")
    await expect(tool).to_have_attribute("aria-pressed", "true")
    await prefer(tomas, "caption-contrast", "strong")
    note = bar(tomas).locator(".caption-note")
    await expect(note).to_have_css("background-color", "rgb(0, 0, 0)")
    await expect(note).to_have_css("color", "rgb(255, 255, 255)")
    await clean(page)
    for place in ("below", "above"):
        await prefer(tomas, "caption-place", place)
        for size, pixels in SIZES.items():
            for width in (1280, 1440):  # after a sweep, not the size that it had
                await page.set_viewport_size({"width": width, "height": 900})
            await prefer(tomas, "caption-size", size)
            await speak(world, tomas, mara.person.id)
            words = bar(tomas).locator(".caption").last
            await expect(words).to_have_css("font-size", f"{pixels}px")
            async for at in swept(page, some_sizes((844, 390))):
                await speak(world, tomas, mara.person.id)
                await expect(words).to_be_visible()
                assert await page.evaluate(OVERLAPS) == [], (place, size, at)
    await page.reload()
    await expect(page.locator("[data-preference=caption-place]")).to_have_count(0)
    await tomas.enter()
    await expect(bar(tomas)).to_have_attribute("data-place", "above")
    await expect(bar(tomas)).to_have_attribute("data-size", "largest")
    await page.evaluate("localStorage.clear(); sessionStorage.clear()")
