"""Waiting for a state, never for a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar, overload

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which something that has not happened is taken never to happen."""
_PAUSE = 0.05


@overload
async def until(condition: Callable[[], Awaitable[T]], what: str) -> T: ...
@overload
async def until(condition: Callable[[], T], what: str) -> T: ...
async def until(condition: Callable[[], T | Awaitable[T]], what: str) -> T:
    """The first true value of `condition`; `what` says what did not come about."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                value = condition()
                found = await value if isinstance(value, Awaitable) else value
                if found:
                    return found
                await asyncio.sleep(_PAUSE)
    except TimeoutError:
        raise AssertionError(f"never happened: {what}") from None
