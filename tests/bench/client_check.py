"""
What it costs a browser not to believe the server: everybody's yes, checked.

A real Chromium, twelve people, statements that it has never seen: from the message with
everybody's grants to the moment in which the tap is offered. The wait for the network
and the tap itself are none of it.
"""

import asyncio
from pathlib import Path
from statistics import median

from playwright.async_api import Page

from tests.bench import ours
from tests.bench.table import Result
from tests.browser.chromium import chromium

PEOPLE, TURNS = 12, 60
CHECK = Path(__file__).with_suffix(".js").read_text("utf-8").split("*/\n", 1)[1]


def run() -> dict[str, Result]:
    """Milliseconds, in the middle of many turns."""
    return asyncio.run(_run())


async def _run() -> dict[str, Result]:
    with ours.serving(60.0) as server:
        async with chromium() as browser:
            page = await browser.new_page()
            await page.goto(f"{server.url}/promise")
            own = await _times(page, "Ed25519")
            nist = median(await _times(page, "P-256"))
            plain = median(await _times(page, "plain"))
    worst = f"the middle of {TURNS} turns, the longest {max(own):.1f}"
    return {
        "client_check_ms": {
            "value": round(median(own), 1),
            "unit": "ms",
            "baseline": f"P-256: {nist:.1f} ms; Ed25519 in plain arithmetic, where the "
            f"browser has none: {plain:.0f} ms",
            "how": f"to check the yes of {PEOPLE} people in Chromium, from the message "
            f"to the offer of a tap: {worst}",
        }
    }


async def _times(page: Page, kind: str) -> list[float]:
    given = {"people": PEOPLE, "turns": TURNS, "kind": kind}
    times: list[float] = await page.evaluate(CHECK, given)
    return times[TURNS // 10 :]
