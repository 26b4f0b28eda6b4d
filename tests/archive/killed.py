"""
Commands that are killed at a step of their own.

A step is whatever goes to the disk: a file made, moved, deleted or synced, and before
and after each transaction. What a command imports is imported once, and forked.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from gatekeeper.app.cli import main
from gatekeeper.storage.transactions import Transactions

STEPS = ("unlink", "rename", "replace", "link", "mkdir", "rmdir", "fsync", "chmod")

Killed = Callable[..., Any]
"""Runs a command that is killed at that step; returns how many steps it took."""


@asynccontextmanager
async def killing() -> AsyncIterator[Killed]:
    """`await killed(step, *arguments)` until the end of the context."""
    pipe = asyncio.subprocess.PIPE
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.archive.killed", stdin=pipe, stdout=pipe
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    asked, told = parent.stdin, parent.stdout

    async def killed(step: int, *arguments: str) -> int:
        asked.write(json.dumps([step, *arguments]).encode() + b"\n")
        steps = int(await told.readline())
        assert steps >= 0, f"{arguments} failed"
        return steps

    try:
        yield killed
    finally:
        asked.close()
        await parent.wait()


def _run(step: int, arguments: list[str]) -> int:
    """In a child; how many steps it took, -1 if it failed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        done = _count(step)
        code = main(arguments)
        os.write(write, str(done() if code == 0 else -1).encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as said:
        told = said.read()
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return step
    return int(told or -1)


def _count(left: int) -> Callable[[], int]:
    """Have each step counted, and the process killed at the last of them."""
    done = 0

    def step() -> None:
        nonlocal done
        if done == left:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*arguments: Any, **named: Any) -> Any:
            step()
            return call(*arguments, **named)

        return watching

    for name in STEPS:
        setattr(os, name, watched(getattr(os, name)))
    transact = Transactions._transact

    def transacting(self: Transactions, *arguments: Any, **named: Any) -> None:
        step()
        transact(self, *arguments, **named)
        step()

    Transactions._transact = transacting  # type: ignore[method-assign]
    return lambda: done


if __name__ == "__main__":
    import gatekeeper.app.wiring.offline  # noqa: F401 - so that no child has to

    for line in sys.stdin:
        at, *rest = json.loads(line)
        print(_run(at, rest), flush=True)  # noqa: T201 - whoever asked reads it
