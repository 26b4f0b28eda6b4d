"""A real TURN server on loopback: Debian's coturn, where it is installed."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SECRET = "north"  # noqa: S105 - of a server that lives for a test
WITHIN = 20.0
"""Seconds for it to start."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where it is, and its secret in a file."""

    port: int
    secret_file: Path

    @property
    def url(self) -> str:
        return f"turn:127.0.0.1:{self.port}"

    @property
    def ice(self) -> dict[str, object]:
        """A server of the configuration."""
        return {"urls": self.url, "secret_file": self.secret_file}


@asynccontextmanager
async def coturn(folder: Path) -> AsyncIterator[Turn]:
    """A server that takes who has credentials made of `SECRET`."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("There is no coturn here: what needs a TURN server is not tested.")
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before it starts
    secret_file = folder / "turn"
    secret_file.write_text(SECRET)
    secret_file.chmod(0o600)
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program, "-n", "--no-cli", "--no-tls", "--no-dtls", "--no-rfc5780",
        "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers",
        f"--listening-port={port}", "--realm=test", "--fingerprint",
        "--use-auth-secret", f"--static-auth-secret={SECRET}",
        "--log-file=stdout", f"--pidfile={folder / 'pid'}", f"--userdb={folder / 'db'}",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        cwd=folder,
    )  # fmt: skip
    try:
        await listens(port, process)
        yield Turn(port, secret_file)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def free_port() -> int:
    """One of loopback's, as long as nobody else takes it."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


async def listens(port: int, process: asyncio.subprocess.Process) -> None:
    """Return once somebody answers there."""
    async with asyncio.timeout(WITHIN):
        while True:
            assert process.returncode is None, "it has ended"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
