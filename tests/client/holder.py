"""A program in Node that holds permits (`holder.js`), and what it says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.meeting.person import PATIENCE
from tests.node import node

PROGRAM = Path(__file__).with_name("holder.js")

Line = dict[str, Any]


class Holder:
    """Its process; all of its lines are kept in `said`, in order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[Line] = []
        self._news = asyncio.Condition()

    async def does(self, act: str, **more: Any) -> Line:
        """Have it do something; what came of it."""
        since = len(self.said)
        await self.begins(act, **more)
        return await self.says(lambda line: line.get("did") == act, since=since)

    async def begins(self, act: str, **more: Any) -> None:
        """The same, without waiting for what comes of it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": act, **more}).encode() + b"\n")
        await self.process.stdin.drain()

    async def says(self, where: Callable[[Line], bool], *, since: int = 0) -> Line:
        """The first such line from number `since` on."""

        def found() -> Line | None:
            return next((line for line in self.said[since:] if where(line)), None)

        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: found() is not None)
        line = found()
        assert line is not None
        return line

    async def over(self, name: str) -> Line:
        """What it says once that permit is over."""
        return await self.says(lambda line: line.get("over") == name)

    async def exits(self) -> int:
        """Nothing more is asked of it; the status with which it ends by itself."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            async with self._news:
                self.said.append(json.loads(line))
                self._news.notify_all()


@asynccontextmanager
async def holder(url: str, key: str) -> AsyncIterator[Holder]:
    process = await asyncio.create_subprocess_exec(
        node(),
        PROGRAM,
        url,
        key,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    held = Holder(process)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(held._listen())
        try:
            yield held
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
