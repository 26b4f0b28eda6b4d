"""
A whole Chromium, one of whose tabs can stand behind another.

Playwright has every page believe that it is seen, whatever is in front of it. So these
are spoken to over the Chrome DevTools Protocol alone, which leaves them as they are.
"""

import asyncio
import json
import os
import shutil
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from tests.browser.chromium import SWITCHES, WHOLE
from tests.browser.waiting import PATIENCE, until

IMPATIENT = "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/2"
"""
What a hidden page's timers are held back for is held back two seconds later.

By itself Chromium waits five minutes until timers run once a minute.
"""


_PLACE = """
selector => {
  const found = document.querySelector(selector)
  if (!found?.checkVisibility()) return null
  const {x, y, width, height} = found.getBoundingClientRect()
  return [x + width / 2, y + height / 2]
}
"""


class Tabs:
    """A running Chromium."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}

    async def open(self, url: str, script: str = "") -> "Tab":
        """A new tab in front of the others; `script` runs before its own."""
        made = await self.do("Target.createTarget", {"url": "about:blank"})
        given = {"targetId": made["targetId"], "flatten": True}
        attached = await self.do("Target.attachToTarget", given)
        tab = Tab(self, made["targetId"], attached["sessionId"])
        await tab.do("Page.enable")
        await tab.do("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        await tab.do("Page.navigate", {"url": url})
        return tab

    async def do(
        self, method: str, given: dict[str, Any] | None = None, session: str = ""
    ) -> Any:
        """Raises `AssertionError` where Chromium refuses."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": given or {}}
        if session:
            message["sessionId"] = session
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_str(json.dumps(message))
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answers[number]
        finally:
            del self._answers[number]

    async def listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            answer = self._answers.get(said.get("id", 0))
            if answer is None:
                continue
            if "error" in said:
                answer.set_exception(AssertionError(said["error"]["message"]))
            else:
                answer.set_result(said["result"])


class Tab:
    """One of its pages."""

    def __init__(self, tabs: Tabs, target: str, session: str) -> None:
        self._tabs = tabs
        self._target = target
        self._session = session

    async def do(self, method: str, given: dict[str, Any] | None = None) -> Any:
        return await self._tabs.do(method, given, self._session)

    async def evaluate(self, expression: str) -> Any:
        """Its value, once it has one. Raises `AssertionError` where it throws."""
        given = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        found = await self.do("Runtime.evaluate", {**given, "userGesture": True})
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    async def sees(self, expression: str, what: str) -> None:
        """Wait until it is true of the page."""
        await until(lambda: self.evaluate(expression), what)

    async def press(self, selector: str) -> None:
        """As a finger does, until it is gone: one that is too early does nothing."""

        async def gone() -> bool:
            place = await self.evaluate(f"({_PLACE})({json.dumps(selector)})")
            if place is None:
                return True
            at = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
            for act in ("mousePressed", "mouseReleased"):
                await self.do("Input.dispatchMouseEvent", {"type": act, **at})
            await asyncio.sleep(0.7)  # as long as the page wants it to be looked at
            return False

        await until(gone, f"{selector} is pressed")

    async def to_front(self) -> None:
        await self._tabs.do("Target.activateTarget", {"targetId": self._target})


@asynccontextmanager
async def tabs(*more: str) -> AsyncIterator[Tabs]:
    """A Chromium with these switches, until this is over."""
    found = next(filter(None, map(shutil.which, WHOLE)), None)
    assert found, "there is no whole Chromium: tests/system.sh installs one"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        given = (f"--user-data-dir={profile}", "--remote-debugging-port=0", *root)
        process = await asyncio.create_subprocess_exec(
            *(found, "--headless", *SWITCHES, *given, *more), stderr=DEVNULL
        )
        try:
            port = Path(profile) / "DevToolsActivePort"
            await until(lambda: port.is_file() and port.read_text(), "it listens")
            number, path = port.read_text("ascii").split()
            async with (
                aiohttp.ClientSession() as http,
                http.ws_connect(f"ws://127.0.0.1:{number}{path}", max_msg_size=0) as ws,
                asyncio.TaskGroup() as tasks,
            ):
                running = Tabs(ws)
                listening = tasks.create_task(running.listen())
                yield running
                listening.cancel()
        finally:
            process.terminate()
            await process.wait()
