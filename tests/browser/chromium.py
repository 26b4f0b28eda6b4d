"""
The Chromium of the tests: the system's own if there is one, else Playwright's.

Its headless shell before the whole browser: the same engine, which draws no window.
"""

import os
import shutil
from collections.abc import AsyncIterator, Sequence
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
    async with _launched(NAMES, (*SWITCHES, *more)) as browser:
        yield browser


@asynccontextmanager
async def sharing(title: str) -> AsyncIterator[Browser]:
    """
    One that really shares: in its dialog the tab of that title is chosen, with sound.

    That takes the whole browser, whose window is drawn nowhere; its shell has no such
    dialog. Nothing is muted (Playwright mutes otherwise): silence would be shared.
    """
    switches = [each for each in SWITCHES if "media-stream" not in each]
    chosen = f"--auto-select-tab-capture-source-by-title={title}"
    without = ["--headless", "--mute-audio"]
    given = ("--headless=new", chosen, *switches)
    async with _launched(WHOLE, given, without) as browser:
        yield browser


@asynccontextmanager
async def _launched(
    names: Sequence[str], switches: Sequence[str], without: Sequence[str] = ()
) -> AsyncIterator[Browser]:
    """The first that is there. `without`: what Playwright would add."""
    found = next(filter(None, map(shutil.which, names)), None)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found,
            args=[*switches, *root],
            ignore_default_args=list(without),
        )
        try:
            yield browser
        finally:
            await browser.close()
