"""
Work in a thread that belongs to whoever waits for it.

Rule: when the waiting is over, the work is. `asyncio.to_thread` lets it go on after a
cancellation: then it reads and writes in a data directory that is closed already, and
may be somebody else's.
"""

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """As `asyncio.to_thread`, and whoever is cancelled goes when the work is done."""
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    working = loop.run_in_executor(None, partial(context.run, work, *args, **kwargs))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        while not working.done():
            with suppress(asyncio.CancelledError):  # told once is enough
                await asyncio.wait([working])
        working.exception()  # nobody is left to hear of it
        raise
