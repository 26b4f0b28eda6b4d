"""
A command that is killed at a step of its own: `killed.py STEP ARGUMENTS`.

A step is whatever goes to the disk: a call that writes, a transaction, a file deleted.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

STEPS = {
    "os": ("unlink", "rename", "replace", "link", "mkdir", "rmdir", "fsync", "chmod"),
    "sqlite3": (),
}


async def killed(step: int, *arguments: str) -> int:
    """Run a command that is killed at that step; how many steps it took."""
    command = [sys.executable, "-m", "tests.archive.killed", str(step), *arguments]
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, error = await child.communicate()
    assert child.returncode in (0, -signal.SIGKILL), error.decode()
    return int(said.split()[-1]) if child.returncode == 0 else step


def _count() -> Callable[[], int]:
    """Have each step counted, and the process killed at the last of them."""
    left, done = int(sys.argv[1]), 0

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

    for name in STEPS["os"]:
        setattr(os, name, watched(getattr(os, name)))

    from gatekeeper.storage.transactions import Transactions

    transact = Transactions._transact

    def transacting(self: Transactions, *arguments: Any, **named: Any) -> None:
        step()
        transact(self, *arguments, **named)
        step()

    Transactions._transact = transacting  # type: ignore[method-assign]
    return lambda: done


if __name__ == "__main__":
    steps = _count()
    from gatekeeper.app.cli import main

    code = main(sys.argv[2:])
    print(steps())  # noqa: T201 - whoever started it reads it
    sys.exit(code)
