"""What may befall a server's machine while people answer."""

import asyncio
import os
import resource
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

Strait = Callable[[], AbstractAsyncContextManager[None]]
_STILL, _MOVES = 0.08, 0.02
"""Seconds for which the loop stands still, and does what has come meanwhile."""
SPARE = 4
"""Descriptors by which the limit is above what is open, until these are taken, too."""


@asynccontextmanager
async def loop_that_stands_still() -> AsyncIterator[None]:
    """While inside, the server's loop does nothing most of the time."""

    async def stand() -> None:
        while True:
            time.sleep(_STILL)  # noqa: ASYNC251 - this is what it is for
            await asyncio.sleep(_MOVES)

    async with asyncio.TaskGroup() as tasks:
        standing = tasks.create_task(stand())
        try:
            yield
        finally:
            standing.cancel()


@asynccontextmanager
async def no_descriptors() -> AsyncIterator[None]:
    """While inside, this process can open no file and no connection."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    some = len(os.listdir("/proc/self/fd")) + SPARE
    taken = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (some, before[1]))
        while True:
            try:
                taken.append(os.open(os.devnull, os.O_RDONLY))
            except OSError:
                break
        yield
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
