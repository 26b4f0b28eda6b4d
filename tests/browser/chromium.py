"""
The Chromium of the tests: the system's own if there is one, else Playwright's.

Its headless shell before the whole browser: the same engine, which draws no window.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.waiting import PATIENCE

WHOLE = ("chromium", "chromium-browser", "google-chrome")
"""With a profile, and the settings that it holds."""
NAMES = ("chromium-headless-shell", *WHOLE)
SWITCHES = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    # Sound needs no press here: the pages' tones start by themselves.
    "--autoplay-policy=no-user-gesture-required",
    # A machine without multicast cannot resolve the .local names of host candidates.
    "--disable-features=WebRtcHideLocalIpsWithMdns",
)


@asynccontextmanager
async def chromium(*more: str) -> AsyncIterator[Browser]:
    """One browser, with `more` switches; each participant gets a context in it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found, args=[*SWITCHES, *more, *root]
        )
        try:
            yield browser
        finally:
            await browser.close()
