"""The worker's process, as the server sees it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from gatekeeper.assistant.speech.pipe import (
    HEADER,
    LONGEST,
    Behind,
    FromWorker,
    Gone,
    Heard,
    Malformed,
    Sounded,
    ToWorker,
    Unfit,
    pack,
    unpack,
)

_GRACE = 5.0
"""Seconds for a worker to end by itself."""
_ENVIRONMENT = (
    "DYLD_LIBRARY_PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "OMP_NUM_THREADS",
    "PATH", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV",
)  # fmt: skip
"""What a worker gets of it: what strangers send is decoded there, so no secrets."""


class Child:
    """One process."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        self._process = process
        self._input = process.stdin
        self._output = process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def waiting(self) -> int:
        """Bytes that it has not read yet."""
        return self._input.transport.get_write_buffer_size()

    def send(self, message: ToWorker) -> None:
        """Write a message, without waiting."""
        self._input.write(pack(message))

    def finish(self) -> None:
        """Let it end once it has read what it was told, and end it if it does not."""
        self._input.close()
        asyncio.get_running_loop().call_later(_GRACE, _kill, self._process)

    async def messages(self) -> AsyncIterator[FromWorker]:
        """What it says, until it ends. Raises `Malformed`."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await self._output.readexactly(HEADER.size)
                length, kind = HEADER.unpack(head)
                if length > LONGEST:
                    raise Malformed(f"kind {kind}, {length} bytes")
                message = unpack(kind, await self._output.readexactly(length))
                if not isinstance(message, Heard | Sounded | Gone | Behind | Unfit):
                    raise Malformed(f"kind {kind} is the server's")
                yield message


@asynccontextmanager
async def child() -> AsyncIterator[Child]:
    """Start a worker; nothing of it is left after."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gatekeeper.assistant.speech.worker",
        stdin=PIPE,
        stdout=PIPE,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        # Ctrl-C at the terminal is for the server, which then ends its worker.
        start_new_session=True,
    )
    try:
        yield Child(process)
    finally:
        if process.stdin is not None and not process.stdin.is_closing():
            process.stdin.transport.abort()  # at the end of its input it ends
        try:
            async with asyncio.timeout(_GRACE):
                await process.wait()
        except TimeoutError:
            _kill(process)
            await process.wait()


def _kill(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
