"""A gate and an example as somebody starts them: processes, by commands."""

import asyncio
import io
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, chdir, redirect_stdout
from pathlib import Path

import aiohttp

from gatekeeper.app.cli import main
from tests.bench.child import free_port
from tests.meeting.person import PATIENCE

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
GATEKEEPER = Path(sys.executable).with_name("gatekeeper")


class Program:
    """A process of a test's."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    async def is_killed(self) -> None:
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def started(
    *command: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdout: int | None = None,
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stderr=asyncio.subprocess.PIPE,
        stdout=stdout,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def a_gate(cwd: Path) -> AsyncIterator[Program]:
    """The one of the examples' own configuration."""
    config = EXAMPLES / "gate.toml"
    command = (GATEKEEPER, "serve", "--config", config, "--port", "0")
    async with started(*command, cwd=cwd) as process:
        assert process.stderr is not None
        async for line in process.stderr:
            if at := re.search(rb'"url": "([^"]+)"', line):
                break
        else:
            raise AssertionError("the gate ended before it started")
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(_read_on(process.stderr))
            yield Program(process, at[1].decode())
            reading.cancel()


async def _read_on(lines: asyncio.StreamReader) -> None:
    async for _ in lines:
        pass


def a_key(cwd: Path, *origins: str) -> str:
    """As the examples' READMEs have it made; `origins`: whose pages frame its rooms."""
    said = io.StringIO()
    # Within this process: to load the command costs ten times what it does.
    with chdir(cwd), redirect_stdout(said):
        code = main(
            [
                *("service-key", "make", "Example"),
                *("--scope", "rooms", "--scope", "entries", "--scope", "permits"),
                *("--scope", "media"),
                *(word for origin in origins for word in ("--origin", origin)),
                *("--config", str(EXAMPLES / "gate.toml")),
            ]
        )
    assert code == 0
    return said.getvalue().strip()


@asynccontextmanager
async def an_example(
    *command: str | Path, cwd: Path, url: str, key: str, port: int = 0
) -> AsyncIterator[Program]:
    """It answers; what it writes is in `cwd`."""
    port = port or free_port()
    env = {"GATE_URL": url, "GATE_KEY": key, "PORT": str(port)}
    async with started(*command, cwd=cwd, env=env) as process:
        own = f"http://127.0.0.1:{port}"
        assert process.stderr is not None
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(_read_on(process.stderr))
            await _answers(own, process)
            yield Program(process, own)
            reading.cancel()


async def _answers(url: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            assert process.returncode is None
            try:
                async with http.get(url):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


def npm_installed(example: str, to: Path) -> Path:
    """An example with what `npm install` gives it, from what is installed here."""
    shutil.copytree(
        EXAMPLES / example, to, ignore=shutil.ignore_patterns("node_modules")
    )
    modules = to / "node_modules"
    modules.mkdir()
    for name in ("express", "react", "react-dom", "scheduler", "esbuild"):
        (modules / name).symlink_to(ROOT / "tests/js/node_modules" / name)
    (modules / "gatekeeper-client").symlink_to(ROOT / "embed/node")
    (modules / "gatekeeper-consent-gate").symlink_to(ROOT / "embed/element")
    return to
