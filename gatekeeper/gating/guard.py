"""The guard of a sink: it closes with its permit, however its tasks end."""

import asyncio
from collections.abc import Awaitable, Callable

from gatekeeper.gating.sink import Opened


def guarded(
    opened: Opened,
    close: Callable[[], None],
    then: Callable[[], Awaitable[None]] | None = None,
    over: Callable[[], None] | None = None,
    *,
    name: str,
) -> None:
    """
    Have `close` called, once, when the permit has ended or the tasks are cancelled.

    What takes longer is awaited `then`, unless all is cancelled. `over` is called when
    that is done, or will not be.
    """
    closed = False

    def close_once() -> None:
        nonlocal closed
        if not closed:
            closed = True
            close()

    async def guard() -> None:
        try:
            await opened.permit.ended()
        finally:
            close_once()
        if then is not None:
            await then()

    def gone(_: "asyncio.Task[None]") -> None:
        # A task that is cancelled before its first step does not reach its `finally`.
        close_once()
        if over is not None:
            over()

    opened.tasks.create_task(guard(), name=name).add_done_callback(gone)
