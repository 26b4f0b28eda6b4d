"""
A server in a process of its own, whose costs can be asked for.

Inside, the server has the main thread, and a second thread waits for questions on
standard input; it takes no time between two of them.
"""

import asyncio
import gc
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gatekeeper.app.cli import serve

Question = Callable[[], object]


class Child:
    """The server's process, seen from outside."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def children(self) -> list[int]:
        """The process ids of what the server has started."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text("ascii").split()]

    def cpu(self) -> float:
        """Seconds of user and system time so far, all threads together."""
        seconds: float = self.ask("cpu")
        return seconds

    def memory(self) -> int:
        """Bytes: the proportional set size (PSS), after a garbage collection."""
        size: int = self.ask("memory")
        return size

    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return sum(1 for _ in Path(f"/proc/{self._process.pid}/fd").iterdir())

    def kill(self) -> None:
        """As nothing but the system can."""
        self._process.kill()

    def ask(self, question: str) -> Any:
        """The answer to one of the questions that the child answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(question, file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


@contextmanager
def child(module: str, *arguments: str) -> Iterator[Child]:
    """Run `python -m module PORT ARGUMENTS`; it listens when this returns."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", module, str(port), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        try:
            _wait_until_it_listens(process, port)
            yield Child(process, port)
        finally:
            process.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait_until_it_listens(process: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server of the benchmark does not start")


# ---- Inside -----------------------------------------------------------------------


def answer(more: Mapping[str, Question] | None = None) -> None:
    """Answer questions from now on, in a thread."""
    questions = {"cpu": time.process_time, "memory": _memory, **(more or {})}

    def listen() -> None:
        for line in sys.stdin:
            reply = json.dumps(questions[line.strip()]())
            sys.stdout.write(reply + "\n")
            sys.stdout.flush()

    threading.Thread(target=listen, daemon=True).start()


def run(main: Coroutine[None, None, None]) -> None:
    """Run on the event loop that `gatekeeper serve` takes."""
    serve.run_on_the_best_loop(main)


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """That same event loop, for those who make the load."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def loop_name() -> str:
    """What it is called."""
    factory = loop_factory()
    return "the default loop" if factory is asyncio.new_event_loop else "uvloop"


def _memory() -> int:
    gc.collect()
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not tell what a process takes")
