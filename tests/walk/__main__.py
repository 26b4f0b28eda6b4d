"""
`python -m tests.walk [--minutes 30] [--seed N]`: a room, three people, and no plan.

They press, type, turn their windows, load their pages again and lose their networks, on
a real server and in real browsers. Now and then all of them stand still, and it is
looked at whether

* a page has made a mistake, or shows something wrong (`looks.js`),
* all pages show the same to be on,
* whatever is on has been allowed by everybody, by the last word that left their pages.

What is found is printed with what its person did last, and a picture of it is put into
`build/walk`; the exit code is 1 then.
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import structlog
from playwright.async_api import Error

from tests.browser import pressing
from tests.browser.chromium import chromium
from tests.browser.conftest import ALL, company, configured
from tests.browser.guest import Guest
from tests.browser.waiting import until
from tests.meeting.conftest import start
from tests.walk.walker import STAYS, Walker, back, leaves_the_whole_screen

BUILD = Path(__file__).parents[2] / "build" / "walk"
NAMES = ("Mara", "Tomas", "Ines")
ACTS = range(2, 20)
"""That each does from one stop to the next: few, so that something may still be on."""

ASKED = "recording"

ON = """
() => [...document.querySelectorAll('on-air-sign [data-state=on]')]
  .map(plate => plate.dataset.feature).sort()
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.walk")
    parser.add_argument("--minutes", type=float, default=30, metavar="N")
    parser.add_argument("--seed", type=int, metavar="N")
    options = parser.parse_args()
    seed = options.seed or random.SystemRandom().randrange(10**6)
    pressing.install()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
    )
    _print(f"{len(NAMES)} people, {options.minutes:g} minutes, seed {seed}")
    return asyncio.run(_walked(seed, options.minutes * 60))


async def _walked(seed: int, seconds: float) -> int:
    """The exit code, after so many seconds."""
    found = looked = on = 0
    async with _room() as guests:
        walkers = [Walker(guest, f"{seed} {guest.name}") for guest in guests]
        stretch = random.Random(seed)  # noqa: S311 - nothing is secret
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            async with _pictured(guests):
                await _agree(guests)
            acts = stretch.choice(ACTS)
            async with asyncio.TaskGroup() as tasks:
                for walker in walkers:
                    tasks.create_task(walker.walks(acts))
            faults = await _faults(walkers)
            features = await _on(walkers)
            faults += _without_a_yes(walkers, features)
            found += await _told(faults)
            looked += 1
            on += bool(features)
        done = sum(walker.acts for walker in walkers)
        _print(f"{done} acts; {looked} looks, something was on in {on}; {found} faults")
    return 1 if found else 0


@asynccontextmanager
async def _room() -> AsyncIterator[list[Guest]]:
    """Three in a new room; the first one is the host."""
    async with AsyncExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        world = await stack.enter_async_context(start(configured(Path(data) / "data")))
        browser = await stack.enter_async_context(chromium())
        invite = await stack.enter_async_context(company(browser))
        room, secret = await world.room(*ALL)
        guests = [await invite(name, world.url) for name in NAMES]
        for number, guest in enumerate(guests):
            await guest.context.add_init_script(STAYS)
            await guest.join(room, None if number else secret)
        yield guests


@asynccontextmanager
async def _pictured(guests: Sequence[Guest]) -> AsyncIterator[None]:
    """What each saw when it went wrong is put beside the other pictures."""
    try:
        yield
    except Exception:
        for guest in guests:
            await guest.page.screenshot(path=BUILD / f"{guest.name}.png")
        raise


async def _agree(guests: Sequence[Guest]) -> None:
    """Each stretch begins with something on: by chance, three seldom agree."""
    for guest in guests:
        await leaves_the_whole_screen(guest.page)
        await guest.page.set_viewport_size({"width": 1440, "height": 900})
        await guest.page.evaluate("localStorage.clear()")
        await guest.page.reload()
        await back(guest)
        while await guest.prompt.count():
            await guest.reply("granted")
        await guest.choose(ASKED, "granted")

    host = guests[0]

    async def runs() -> bool:
        asks = host.row(ASKED).locator("[data-act=ask]")
        with suppress(Error):  # it may be asked for already, and begin just now
            if await asks.count():
                await asks.click(timeout=1000)
        return ASKED in await host.page.evaluate(ON)

    await until(runs, f"{ASKED}, which all allow, is on")


Fault = tuple[Walker, str]


async def _faults(walkers: Sequence[Walker]) -> list[Fault]:
    """What is wrong in their pages, and what mistakes these have made."""
    found: list[Fault] = []
    for walker in walkers:
        wrong = [*await walker.wrong(), *walker.guest.mistakes]
        found += [(walker, each) for each in wrong]
        walker.guest.mistakes.clear()
    for walker in walkers:
        await back(walker.guest)
    return found


async def _on(walkers: Sequence[Walker]) -> list[str]:
    """What all of their pages show to be on."""

    async def shown() -> list[list[str]]:
        return [await walker.guest.page.evaluate(ON) for walker in walkers]

    async def alike() -> bool:
        first, *others = await shown()
        return all(other == first for other in others)

    await until(alike, "all pages show the same to be on")
    return (await shown())[0]


def _without_a_yes(walkers: Sequence[Walker], features: Sequence[str]) -> list[Fault]:
    return [
        (walker, f"{feature} is on, which they have not allowed")
        for feature in features
        for walker in walkers
        if last_words(walker.guest).get(feature) != "granted"
    ]


def last_words(guest: Guest) -> dict[str, str]:
    """What their page has said last of each feature, since they came in."""
    words: dict[str, str] = {}
    for frame in guest.said:
        if frame["type"] == "join":
            words = {each["feature"]: each["decision"] for each in frame["answers"]}
        elif frame["type"] == "decide":
            words[frame["feature"]] = frame["decision"]
    return words


async def _told(faults: Sequence[Fault]) -> int:
    """How many there were."""
    for number, (walker, what) in enumerate(faults):
        page = walker.guest.page
        picture = BUILD / f"{walker.guest.name}-{walker.acts}-{number}.png"
        await page.screenshot(path=picture)
        _print(f"{walker.guest.name}, {page.viewport_size}: {what}")
        _print(f"  after {', '.join(walker.trail)}; {picture}")
    return len(faults)


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    sys.exit(main())
