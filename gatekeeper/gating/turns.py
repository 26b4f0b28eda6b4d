"""
Turns: what waits for what stands before it, and what runs beside.

Rule: steps are performed one after the other, in the order in which they were put;
whatever ends the turns, those that are left get none.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

Step = Callable[[], Awaitable[None]]


class Turns:
    """One room's queue, and the owner of its tasks."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Step] = asyncio.Queue()
        self._tasks = asyncio.TaskGroup()
        self.over = False
        """Whether no step is performed any more."""

    def put(self, step: Step) -> None:
        """Have `step` performed in its turn."""
        self._queue.put_nowait(step)

    def call(self, call: Callable[[], None]) -> None:
        """Have `call` made in its turn."""

        async def step() -> None:
            call()

        self.put(step)

    def spawn(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        """Let `work` run beside the queue, while this runs; it ends with it."""
        return self._tasks.create_task(work, name=name)

    def end(self) -> None:
        """Perform no step after this one."""
        self.over = True

    async def run(self, last: Step) -> None:
        """Perform steps until the end or until cancelled; in the end, `last`."""
        try:
            async with self._tasks:
                while not self.over:
                    step = await self._queue.get()
                    await step()
                await last()
        finally:
            self.over = True
