"""
PeerServer, npm `peer`: a signaling server for Node that relays as ours does.

It is no dependency: the first run installs what `peer/package-lock.json` names, with
`npm`. Its clients name themselves in the address, and it says who sends what.
"""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import process
from tests.bench.child import free_port
from tests.node import node

FOLDER = Path(__file__).parent / "peer"
_PROGRAM = FOLDER / "node_modules" / "peer" / "dist" / "bin" / "peerjs.js"
_HOUR = str(3_600_000)
"""Milliseconds; clients that do not say that they are alive are cut off after these."""


class PeerServer:
    """Its process, seen from outside."""

    def __init__(self, pid: int, port: int) -> None:
        self._pid = pid
        self.url = f"http://127.0.0.1:{port}"

    def cpu(self) -> float:
        """Seconds of user and system time so far, all threads together."""
        return process.cpu(self._pid)


@contextmanager
def serving() -> Iterator[PeerServer]:
    """PeerServer as it comes. Raises `OSError` without Node and npm."""
    if not _PROGRAM.is_file():
        _run_npm()
    port = free_port()
    arguments = ("--port", str(port), "--alive_timeout", _HOUR)
    with subprocess.Popen(
        [node(), _PROGRAM, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_until_it_answers(server, port)
            yield PeerServer(server.pid, port)
        finally:
            server.kill()


def path(name: str) -> str:
    """Where the client `name` connects."""
    return f"/peerjs?key=peerjs&id={name}&token={name}"


def _run_npm() -> None:
    npm = Path(sys.executable).with_name("npm")
    command = str(npm) if npm.exists() else "npm"
    subprocess.run(  # what is run is named here
        [command, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=FOLDER,
        check=True,
    )


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/peerjs/id", timeout=5)
        except urllib.error.HTTPError:
            return  # it speaks
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PeerServer does not start")
