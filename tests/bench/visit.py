"""
A first visit: how long the lobby takes over a slow network, and a known page over none.

The client is as a wheel carries it. A real Chromium with an empty cache, held to 150 ms
and 1.6 Mbit/s by its own emulation (what Lighthouse calls slow 4G), until one can press
Join.
"""

import asyncio
import json
import statistics
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, Page

import hatch_build
from tests.bench import ours
from tests.bench.table import Result
from tests.browser.chromium import chromium

TIMES = 5
SLOW = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
"""Milliseconds, and bytes per second: 1.6 Mbit/s down, 0.8 up."""
FAIR = {"latency": 60, "downloadThroughput": 1_250_000, "uploadThroughput": 600_000}
"""10 Mbit/s down."""
READY = """
() => new Promise(resolve => {
  const ready = () => [...document.querySelectorAll('button')]
    .some(each => each.textContent.startsWith('Join') && each.offsetParent !== null)
  const look = () => ready() ? resolve(performance.now()) : requestAnimationFrame(look)
  look()
})
"""
FETCHED = """
() => {
  const all = performance.getEntriesByType('resource')
  return [all.length, all.reduce((sum, {transferSize}) => sum + transferSize, 0)]
}
"""


def run() -> dict[str, Result]:
    """Seconds from the address to a lobby that can be used."""
    return asyncio.run(_run())


async def _run() -> dict[str, Result]:
    tool = hatch_build.esbuild()
    if tool is None:
        raise SystemExit("There is no esbuild: npm ci --prefix tests/js brings it.")
    with TemporaryDirectory() as folder, ExitStack() as stack:
        hatch_build.bundle(tool, Path(folder))
        sources = stack.enter_context(ours.serving(60.0))
        server = stack.enter_context(ours.serving(60.0, Path(folder)))
        address = f"{server.url}/m/{room(server.url)}"
        async with chromium() as browser:
            plain = await _visit(browser, f"{sources.url}/m/{room(sources.url)}", SLOW)
            slow = [await _visit(browser, address, SLOW) for _ in range(TIMES)]
            fair = [await _visit(browser, address, FAIR) for _ in range(TIMES)]
            known = await _known(browser, address)
    requests, size = slow[0][1]
    detail = f"{requests} requests, {size / 1024:,.0f} KiB"
    detail += f"; {plain[0]:.1f} s of a checkout, {plain[1][0]} requests"
    return {
        "page_load_s": _result(_middle(slow), f"150 ms, 1.6 Mbit/s; {detail}"),
        "page_load_fair_s": _result(_middle(fair), f"60 ms, 10 Mbit/s; {detail}"),
        "page_known_s": _result(known, "no throttle, once seen"),
    }


def _result(value: float, how: str) -> Result:
    how = f"until Join can be pressed, the middle of {TIMES}: {how}"
    return {"value": round(value, 2), "unit": "s", "baseline": "", "how": how}


def _middle(visits: list[tuple[float, tuple[int, int]]]) -> float:
    return statistics.median(seconds for seconds, _ in visits)


async def _visit(
    browser: Browser, address: str, network: dict[str, int]
) -> tuple[float, tuple[int, int]]:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    conditions = {"offline": False, **network}
    await devtools.send("Network.emulateNetworkConditions", conditions)
    seconds = await _opened(page, address)
    requests, size = await page.evaluate(FETCHED)
    await context.close()
    return seconds, (requests, size)


async def _known(browser: Browser, address: str) -> float:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    times = [await _opened(page, address) for _ in range(TIMES + 1)]
    await context.close()
    return statistics.median(times[1:])


async def _opened(page: Page, address: str) -> float:
    await page.goto(address, wait_until="commit")
    milliseconds: float = await page.evaluate(READY)
    return milliseconds / 1000


def room(url: str) -> str:
    """A new one."""
    body = {"title": "Tea", "language": "en", "features": ["recording"]}
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{url}/api/rooms",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        name: str = json.load(answer)["room"]
    return name
