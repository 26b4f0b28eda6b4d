"""
Processes of a benchmark: lines of JSON in and out, and what a process has cost.

Costs are read from the kernel, so any program can be measured, not only ours.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Process:
    """One process, seen from outside."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    @property
    def pid(self) -> int:
        return self.process.pid

    def tell(self, value: object) -> None:
        """Give it one line."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """Its next line. Raises `RuntimeError` if it ends without one."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a process of the benchmark has died")
        return json.loads(line)


@contextmanager
def python(
    module: str, *arguments: str, before: tuple[str, ...] = ()
) -> Iterator[Process]:
    """Run `python -m module ARGUMENTS`, behind the command `before`; end it after."""
    with subprocess.Popen(
        [*before, sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        try:
            yield Process(process)
        finally:
            process.terminate()


def cpu(pid: int) -> float:
    """Seconds of CPU of all its threads; those that have ended do not count."""
    # In nanoseconds, where /proc/PID/stat has ticks of 10 ms.
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9


def resident(pid: int) -> float:
    """What it holds in memory (RSS), in MB of 1,000,000 bytes."""
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("this system does not tell what a process takes")
