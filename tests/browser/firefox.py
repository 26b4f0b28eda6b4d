"""Somebody at a Firefox: the system's own, one instance a person."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from tests.browser.guest import Decision, answer, own_media
from tests.browser.media import PALETTE
from tests.browser.waiting import PATIENCE, until

DRIVER = Path(__file__).parents[1] / "js" / "firefox.js"
_NAMES = ("firefox-esr", "firefox")
_LINE = 1024 * 1024


class FirefoxGuest:
    """One person at one Firefox; speaks as `Guest` does, of what both can do."""

    def __init__(self, name: str, url: str, driver: asyncio.subprocess.Process) -> None:
        self.name = name
        self.url = url
        self.mistakes: list[str] = []
        """Errors of the page itself."""
        self._driver = driver
        self._number = 0

    # ---- Getting in -----------------------------------------------------------------

    async def join(
        self, room: str, host: str | None = None, **choices: Decision
    ) -> None:
        """Open, answer by `choices`, and enter. Returns once in the room."""
        fragment = f"#host={host}" if host else ""
        await self.do("goto", f"{self.url}/m/{room}{fragment}")
        for feature, decision in choices.items():
            card = f"article[data-feature={feature}]"
            await self.do("click", f"{card} {answer(decision)}")
        await self.do(
            "fill",
            ".ready-form input[type=text], .ready-form input:not([type])",
            self.name,
        )
        await self.do("press", "Enter")
        await self.do("wait", "main [data-you]")

    # ---- Doing ----------------------------------------------------------------------

    async def reply(self, decision: Decision) -> None:
        """Answer the question that is open, and see it go."""
        await self.do("click", f"consent-prompt {answer(decision)}")
        await self.do("gone", "consent-prompt dialog")

    async def choose(self, feature: str, decision: Decision) -> None:
        """Answer in the gate panel."""
        await self.do("click", f"gate-row[data-feature={feature}] {answer(decision)}")

    async def sees_sign(self, feature: str, state: Literal["on", "off"]) -> None:
        """Wait until the sign says so."""
        await self.sees(f"on-air-sign li[data-feature={feature}][data-state={state}]")

    async def sees(self, selector: str) -> None:
        """Wait until it is in view."""
        await self.do("wait", selector)

    async def is_true(self, expression: str, what: str) -> None:
        """Wait until it is true of the page."""
        await until(lambda: self.do("evaluate", expression), f"{self.name}: {what}")

    async def do(self, act: str, *given: str) -> Any:
        """Have the driver do something; what came of it. Raises `AssertionError`."""
        self._number += 1
        line = json.dumps({"id": self._number, "act": act, "given": given})
        assert self._driver.stdin
        self._driver.stdin.write(line.encode() + b"\n")
        answered = await self.hear(self._number)
        assert "fault" not in answered, f"{self.name}: {act}{given}: {answered}"
        return answered["value"]

    async def hear(self, number: int | None = None) -> dict[str, Any]:
        """The driver's answer of that number; mistakes before it are noted."""
        assert self._driver.stdout
        async with asyncio.timeout(PATIENCE):
            while line := await self._driver.stdout.readline():
                said: dict[str, Any] = json.loads(line)
                if "mistake" in said:
                    self.mistakes.append(said["mistake"])
                elif said.get("id") == number:
                    return said
        raise AssertionError(f"the Firefox of {self.name} has gone")


@asynccontextmanager
async def firefox(
    name: str, url: str, *, own: bool = True
) -> AsyncIterator[FirefoxGuest]:
    """
    Somebody with a Firefox, until this is over; their pages must have made no mistake.

    `own`: whether camera and microphone are those of `PALETTE`, which tell whose they
    are, instead of Firefox's own fake ones.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, "there is no Firefox: tests/system.sh installs one"
    preload = own_media(PALETTE[name], {}, "lively") if own else ""
    driver = await asyncio.create_subprocess_exec(
        "node", str(DRIVER), found, preload, stdin=PIPE, stdout=PIPE, limit=_LINE
    )
    guest = FirefoxGuest(name, url, driver)
    try:
        await guest.hear()
        yield guest
    finally:
        assert driver.stdin
        driver.stdin.close()
        await driver.wait()
    assert not guest.mistakes, guest.mistakes
