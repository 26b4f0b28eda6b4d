"""
In another site's page: what somebody unfolds moves no answer. What they unfold and what
they answer changes nothing of what that page is told, nor when it is told.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from gatekeeper.consent.types import RoomId
from tests.browser.embedding import Embedding, Framed, press
from tests.browser.guest import Decision, answer
from tests.browser.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

AROUND = """<!doctype html>
<style>
  body { margin: 24px; font: 16px/1.5 Georgia, serif; }
  [data-high] consent-gate::part(frame) { block-size: var(--high) !important; }
</style>
<h1>App</h1>
<script>
  window.sizes = []
  window.states = 0
  addEventListener('message', ({data}) => {
    if (data.gatekeeper === 'size') sizes.push(data.height)
    if (data.gatekeeper === 'state') states += 1
  })
  window.make = high => {
    document.body.toggleAttribute('data-high', high !== null)
    document.body.style.setProperty('--high', `${high}px`)
  }
</script>
<script type="module" src="URL/embed/consent-gate.js"></script>
<consent-gate src="URL/m/ROOM" entry="ENTRY" name="NAME" shape="SHAPE" language="en">
</consent-gate>"""
SIZES = ((1000, None), (1000, 420), (340, None), (340, 900), (340, 260), (340, 150))
"""How wide the page is, and how high the frame: as it says, or as that page has it."""
STEPS = "details.steps"
PLACES = """
all => all.filter(node => node.checkVisibility()).map(node => {
  const {x, y, width, height} = node.getBoundingClientRect()
  return [x, y, width, height]
})
"""
READ = """
node => {
  const {top, bottom} = node.getBoundingClientRect()
  return top < innerHeight && bottom > 0 && node.clientHeight > 0
}
"""


@dataclass
class Inside:
    """Somebody in a frame, and the page around it."""

    framed: Framed

    @property
    def page(self) -> Page:
        return self.framed.page

    def find(self, selector: str) -> Locator:
        return self.framed.frame.locator(selector)

    async def places(self) -> list[list[float]]:
        """Of all answers that are there, in the frame."""
        found: list[list[float]] = await self.find("button[data-answer]").evaluate_all(
            PLACES
        )
        return found

    async def sizes(self) -> list[int]:
        """Each height that the page around has been told."""
        found: list[int] = await self.page.evaluate("sizes")
        return found

    async def presses(self, place: str, decision: Decision) -> None:
        """An answer, once a press on it counts there."""
        pick = self.find(f"{place} {answer(decision)}")
        await pick.scroll_into_view_if_needed()
        await self.framed.is_armed(pick)
        await self.framed.press(await self.framed.place(pick))
        await expect(pick).to_have_attribute("aria-pressed", "true")

    async def unfolds(self, place: str) -> None:
        """By key, what happens: nothing moves and nothing is told; then it folds it."""
        summary = self.find(f"{place} {STEPS} summary")
        await summary.focus()
        before, told = await self.places(), await self.sizes()
        await self.page.keyboard.press("Enter")
        steps = self.find(f"{place} {STEPS}")
        await expect(steps).to_have_attribute("open", "")
        await drawn(self.page)
        assert await self.places() == before, place
        assert len(before) > 0
        last = steps.locator("li").last
        await last.evaluate("node => node.scrollIntoView({block: 'nearest'})")
        assert await last.evaluate(READ), place
        await summary.focus()
        await self.page.keyboard.press("Enter")
        await expect(steps).not_to_have_attribute("open", "")
        await drawn(self.page)
        assert await self.sizes() == told, place

    async def at_each_size(self, done: Callable[[], Awaitable[None]]) -> None:
        for width, high in SIZES:
            await self.page.set_viewport_size({"width": width, "height": 700})
            await self.page.evaluate("high => make(high)", high)
            await drawn(self.page)
            await until(partial(self.is_so_high, high), "the frame is so high")
            await done()
        await self.page.evaluate("make(null)")

    async def is_so_high(self, high: int | None) -> bool:
        """Whether the frame is, and is told nothing new any more."""
        told = await self.sizes()
        await drawn(self.page)
        wanted = high or (told[-1] if told else None)
        is_so = await self.framed.frame.evaluate("innerHeight") == wanted
        return is_so and await self.sizes() == told


DRAWN = """
async () => {
  for (let frames = 0; frames < 2; frames += 1)
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
}
"""


async def drawn(page: Page) -> None:
    """Two frames later: what a page does when it has been resized is told."""
    for each in page.frames:
        await each.evaluate(DRAWN)


async def comes(
    browser: Browser, gate: Embedding, room: str, name: str, shape: str = "panel"
) -> Inside:
    """Somebody with a browser of their own, before the lobby."""
    context = await browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 700, "height": 1600}
    )
    page = await context.new_page()
    html = AROUND.replace("URL", gate.world.url).replace("ROOM", room)
    for key, value in {
        "ENTRY": await gate.entry(room, name),
        "NAME": name,
        "SHAPE": shape,
    }.items():
        html = html.replace(key, value)
    gate.site.pages[f"/{name}"] = html
    await page.goto(f"{gate.site.origin}/{name}")
    inside = Inside(await Framed.within(page))
    await expect(inside.find(".join [data-rank=first]")).to_be_visible()
    return inside


async def test_R16_what_is_unfolded_moves_no_answer_however_high_the_frame_is(
    browser: Browser, gate: Embedding
) -> None:
    room = await gate.room()
    ben = await gate.world.person(RoomId(room), "Ben")
    await ben.join(entry=await gate.entry(room, "ben"))
    ann = await comes(browser, gate, room, "Ann")
    await ann.at_each_size(lambda: ann.unfolds("consent-card"))
    await press(ann.find(".join [data-rank=first]"))
    await expect(ann.find("gate-room")).to_be_visible()
    await gate.asks(room)
    await expect(ann.find("consent-prompt")).to_be_visible()
    await ann.at_each_size(lambda: ann.unfolds("consent-prompt"))
    await ann.find("gate-row .gate-more button").first.focus()
    await ann.page.keyboard.press("Enter")
    await expect(ann.find("gate-row .gate-facts")).to_be_visible()
    await ann.at_each_size(lambda: ann.unfolds("gate-row"))
    await ann.page.context.close()


async def test_P1_no_answer_and_nothing_unfolded_is_told_by_the_height_of_a_frame(
    browser: Browser, gate: Embedding
) -> None:
    """Of two who do the same but for what is their own, and are told of alike."""
    room = await gate.room()
    ann = await comes(browser, gate, room, "Ann")
    ben = await comes(browser, gate, room, "Ben")
    both = (ann, ben)

    async def alike(when: str) -> list[int]:
        for each in both:
            await drawn(each.page)
        told = [await each.sizes() for each in both]
        assert told[0] == told[1], when
        return told[0]

    await ann.presses("consent-card", "declined")
    await ben.presses("consent-card", "granted")
    await ann.unfolds("consent-card")
    assert len(await alike("in the lobby")) == 1
    for each in both:
        await press(each.find(".join [data-rank=first]"))
        await expect(each.find("gate-room")).to_be_visible()
    await alike("in the room")

    asking = gate.service.asks(
        "POST", f"/rooms/{room}/permits?wait=30", {"feature": "minutes"}
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(asking)
        await expect(ann.find("gate-row .mark")).to_be_visible()
        await expect(ben.find("gate-row .mark")).to_be_hidden()
        await alike("asked, after a no and after a yes")
        await ann.presses("gate-row", "granted")
    for each in both:
        lamp = each.find("gate-row[data-state=on]")
        await expect(lamp).to_be_visible()
    on = await alike("it is on")

    await ann.presses("gate-row", "declined")
    await expect(ann.find("[data-end]").first).to_be_visible()
    await expect(ben.find("gate-row[data-state=off]")).to_be_visible()
    assert await alike("one has taken their yes back") == on
    for selector in ("gate-row .gate-more button", ".panel-foot button"):
        await ann.find(selector).first.focus()
        await ann.page.keyboard.press("Enter")
        assert await alike(f"one has pressed {selector}") == on
    for width in (400, 340, 1000):
        for each in both:
            await each.page.set_viewport_size({"width": width, "height": 900})
        await alike(f"at {width}")
    for each in both:
        await each.page.context.close()
