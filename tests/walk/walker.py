"""Somebody who presses, types, turns, reloads and loses their network at random."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Error, Page, expect

from tests.browser.guest import Guest, script

KEYS = [
    *("m", "v", "s", "h", "r", "g", "f", "p", "c", "a", "u", "t", "n", "o", "?"),
    *("Escape", "Tab", "Shift+Tab", "Enter", "Space"),
]
LINES = [
    "@A",
    "@Ben good morning",
    "see https://example.org/x",
    "\u200f\u0645\u0631\u062d\u0628\u0627",
]
WINDOWS = [
    *((1440, 900), (1024, 640), (390, 844), (844, 390), (320, 256), (320, 568)),
    *((768, 1024), (1920, 1080)),
]
OFFLINE = (0.5, 4.0, 9.0)
"""Seconds: unnoticed, noticed, and longer than a seat waits for one who is silent."""
PAUSES = (0.0, 0.03, 0.12, 0.7)
"""Seconds between two acts: quicker than a press counts, and slower."""
AGAIN = 0.4
"""Seconds after which what is wrong is no longer something that was on its way."""
REMEMBERED = 12

STAYS = """
for (const type of ['meeting-leave', 'participant-remove'])
  addEventListener(type, event => event.stopImmediatePropagation(), true)
"""
"""To run in each page before its own scripts: nobody leaves, or is sent away."""

GOING = (
    "Execution context was destroyed",
    "because of a navigation",
    "frame was detached",
    "fullscreen window",
)
"""In what Playwright says of a page that goes, or fills the screen."""

LOOKS = script("../walk/looks.js")
SPOTS = script("../walk/spots.js")


class Walker:
    """
    One person, and what they did last.

    All that a person decides is decided by their own `random.Random`: the same seed
    begins the same walk. It goes on as the others' walks and the machine have it.
    """

    def __init__(self, guest: Guest, seed: str) -> None:
        self.guest = guest
        self.trail: deque[str] = deque(maxlen=REMEMBERED)
        self.acts = 0
        self._random = random.Random(seed)  # noqa: S311 - nothing is secret

    async def walks(self, acts: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(acts):
            try:
                await self._acts()
            except Error as exc:
                if not any(said in exc.message for said in GOING):
                    raise
            self.acts += 1
            await asyncio.sleep(self._random.choice(PAUSES))

    async def wrong(self) -> list[str]:
        """What is wrong in their page, and is so a moment later."""
        first = set(await self._looks())
        if not first:
            return []
        await asyncio.sleep(AGAIN)
        return [each for each in await self._looks() if each in first]

    async def _acts(self) -> None:
        acts: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (50, self._presses),
            (30, self._types),
            (6, self._turns),
            (4, self._scrolls),
            (3, self._reloads),
            (2, self._is_offline),
        ]
        weights = [weight for weight, _ in acts]
        (act,) = self._random.choices([act for _, act in acts], weights)
        await act()

    async def _looks(self) -> list[str]:
        found: list[str] = await self.guest.page.evaluate(LOOKS)
        return found

    async def _presses(self) -> None:
        found: list[dict[str, Any]] = await self.guest.page.evaluate(SPOTS)
        if not found:
            return
        chosen = self._random.choice(found)
        self.trail.append(f"presses {' '.join(chosen['name'].split())!r}")
        for _ in range(self._random.choice((1, 1, 2))):
            await self.guest.page.mouse.click(*chosen["spot"])
        if chosen["writes"]:
            await self.guest.page.keyboard.type(self._random.choice(LINES))
            await self.guest.page.keyboard.press(
                self._random.choice(("Enter", "Tab", "Escape"))
            )

    async def _types(self) -> None:
        key = self._random.choice(KEYS)
        self.trail.append(f"key {key}")
        await self.guest.page.keyboard.press(key)

    async def _turns(self) -> None:
        await leaves_the_whole_screen(self.guest.page)
        width, height = self._random.choice(WINDOWS)
        self.trail.append(f"window {width} by {height}")
        await self.guest.page.set_viewport_size({"width": width, "height": height})

    async def _scrolls(self) -> None:
        by = self._random.choice((-200, 200, 600))
        self.trail.append(f"scrolls by {by}")
        await self.guest.page.mouse.wheel(0, by)

    async def _reloads(self) -> None:
        self.trail.append("reloads")
        await self.guest.page.reload()
        await back(self.guest)

    async def _is_offline(self) -> None:
        seconds = self._random.choice(OFFLINE)
        self.trail.append(f"offline for {seconds} s")
        await self.guest.context.set_offline(True)
        await asyncio.sleep(seconds)
        await self.guest.context.set_offline(False)


async def back(guest: Guest) -> None:
    """In the room, whatever the walk has led to."""
    room = guest.page.locator("meeting-room")
    lobby = guest.page.locator("meeting-lobby")
    await expect(room.or_(lobby)).to_be_visible()
    if await lobby.count():
        await guest.enter()


async def leaves_the_whole_screen(page: Page) -> None:
    """A window that fills it has no other size."""
    await page.evaluate("document.fullscreenElement && document.exitFullscreen()")
