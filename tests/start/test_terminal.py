"""What somebody sees who starts the server by hand."""

import asyncio
import os
import pty
import re
import signal
import sys
from pathlib import Path

import aiohttp

from tests.meeting.person import PATIENCE


class Terminal:
    """A program's, and all that it has shown."""

    def __init__(self, of: int) -> None:
        self._of = of
        self.shown = ""
        self._news = asyncio.Event()
        asyncio.get_running_loop().add_reader(of, self._read)

    def _read(self) -> None:
        try:
            self.shown += os.read(self._of, 4096).decode()
        except OSError:  # the program is gone
            asyncio.get_running_loop().remove_reader(self._of)
        self._news.set()

    async def shows(self, pattern: str) -> re.Match[str]:
        async with asyncio.timeout(PATIENCE):
            while not (found := re.search(pattern, self.shown)):
                self._news.clear()
                await self._news.wait()
        return found


async def test_it_says_where_to_go_and_how_to_stop(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "gatekeeper", "serve", "--port", "0"),
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    terminal = Terminal(ours)
    try:
        found = await terminal.shows(r"Open (http://localhost:\d+/) \(Ctrl\+C to stop")
        async with (
            aiohttp.ClientSession() as http,
            http.get(found[1], headers={"Accept": "text/html"}) as page,
        ):
            assert page.status == 200
    finally:
        program.send_signal(signal.SIGINT)
    await terminal.shows("Stopped")

    assert await program.wait() == 0
    assert "{" not in terminal.shown
    os.close(ours)
