"""
A stay: what lasts from the startup of an application to its cleanup.

Rule: it is one task, which alone enters and leaves what it holds. Startup and cleanup
may be two tasks of somebody else's, and a task group, of which there are several
within, belongs to the task that made it: a fault in there would cancel whoever
happened to start us.
"""

import asyncio
from contextlib import AbstractAsyncContextManager

import structlog

log = structlog.get_logger(__name__)


class Stay:
    """Holds one context; owns the task in which it does."""

    def __init__(self, context: AbstractAsyncContextManager[object]) -> None:
        self._context = context
        self._begun = asyncio.Event()
        """Set when it is entered, or never will be."""
        self._entered = False
        self._end = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(self._last(), name="gatekeeper")

    async def begin(self) -> None:
        """Return once the context is entered. Raises what entering it raised."""
        try:
            await self._begun.wait()
        except asyncio.CancelledError:
            self._task.cancel()
            await asyncio.wait((self._task,))
            raise
        if not self._entered:
            await self._task

    async def end(self) -> None:
        """Leave the context. Raises what ended it before, or what leaving it raised."""
        self._end.set()
        await self._task

    async def watch(self) -> None:
        """Return when it is over. Raises what ended it."""
        await asyncio.shield(self._task)

    async def _last(self) -> None:
        try:
            async with self._context:
                self._entered = True
                self._begun.set()
                await self._end.wait()
        except Exception:
            if self._entered:  # else whoever begins it is told
                log.exception("gatekeeper.crashed")
            raise
        finally:
            self._begun.set()
