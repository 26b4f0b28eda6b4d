"""People at a Firefox, the system's own, each in a container of their own."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from tests.browser.guest import Decision, answer, own_media, script, turned
from tests.browser.media import PALETTE
from tests.browser.waiting import PATIENCE, until

DRIVER = Path(__file__).parents[1] / "js" / "firefox.js"
_NAMES = ("firefox-esr", "firefox")
_LINE = 1024 * 1024


class Firefox:
    """A running Firefox, and what is said to its driver."""

    def __init__(self, driver: asyncio.subprocess.Process) -> None:
        self.mistakes: list[str] = []
        """Errors of the pages themselves, each after whose it is."""
        self._driver = driver
        self._number = 0
        self._turn = asyncio.Lock()

    async def come(self, name: str, url: str, *, own: bool = True) -> "FirefoxGuest":
        """
        Somebody new.

        `own`: whether camera and microphone are those of `PALETTE`, which tell whose
        they are, instead of Firefox's own fake ones.
        """
        media = own_media(PALETTE[name], {}, "lively") if own else ""
        late = f"({script('late_media.js')})()"
        await self.do(name, "come", "\n;".join([media, late, turned()]))
        return FirefoxGuest(name, url, self)

    async def do(self, who: str, act: str, *given: str) -> Any:
        """Have the driver do something; what came of it. Raises `AssertionError`."""
        async with self._turn:
            self._number += 1
            line = {"id": self._number, "who": who, "act": act, "given": given}
            assert self._driver.stdin
            self._driver.stdin.write(json.dumps(line).encode() + b"\n")
            answered = await self.hear(self._number)
        assert "fault" not in answered, f"{who}: {act}{given}: {answered}"
        return answered["value"]

    async def hear(self, number: int | None = None) -> dict[str, Any]:
        """The driver's answer of that number; mistakes before it are noted."""
        assert self._driver.stdout
        async with asyncio.timeout(PATIENCE):
            while line := await self._driver.stdout.readline():
                said: dict[str, Any] = json.loads(line)
                if "mistake" in said:
                    self.mistakes.append(f"{said['who']}: {said['mistake']}")
                elif said.get("id") == number:
                    return said
        raise AssertionError("the Firefox has gone")


class FirefoxGuest:
    """One person at a Firefox; speaks as `Guest` does, of what both can do."""

    def __init__(self, name: str, url: str, firefox: Firefox) -> None:
        self.name = name
        self.url = url
        self._firefox = firefox

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
        """As `Firefox.do`."""
        return await self._firefox.do(self.name, act, *given)


@asynccontextmanager
async def firefox() -> AsyncIterator[Firefox]:
    """A Firefox until this is over; no page in it may have made a mistake."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, "there is no Firefox: tests/system.sh installs one"
    driver = await asyncio.create_subprocess_exec(
        "node", str(DRIVER), found, stdin=PIPE, stdout=PIPE, limit=_LINE
    )
    running = Firefox(driver)
    try:
        await running.hear()
        yield running
    finally:
        assert driver.stdin
        driver.stdin.close()
        await driver.wait()
    assert not running.mistakes, running.mistakes
