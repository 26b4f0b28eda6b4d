"""One data directory has one server, and nobody else reads it."""

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.config import Config
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.directory import close_to_others
from tests.meeting.conftest import configured, start

CHECKOUT = Path(__file__).parents[2]


def written(folder: Path) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f"[server]\nhost = '127.0.0.1'\nport = 0\n"
        f"[data]\ndirectory = '{folder / 'data'}'\nreserve_mb = 0\n"
    )
    return file


@asynccontextmanager
async def serving(config: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it has said who it is."""
    command = [sys.executable, "-m", "gatekeeper", "serve", "--config", str(config)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL)  # noqa: ASYNC220
    try:
        lock = config.parent / "data" / "server.lock"
        async with asyncio.timeout(60):
            while not (lock.exists() and b"http" in lock.read_bytes()):
                assert process.poll() is None
                await asyncio.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def makes_private(pid: int) -> bool:
    """Whether what a process, and whatever it starts, makes is for nobody else."""
    if sys.platform != "linux":
        return True
    return "Umask:\t0077" in Path(f"/proc/{pid}/status").read_text()


async def test_a_second_server_is_told_who_has_the_directory_until_that_one_is_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path)
    config = Config.model_validate(configured(tmp_path / "data"))
    async with serving(file) as first:
        assert makes_private(first.pid)
        said = json.loads((tmp_path / "data" / "server.lock").read_text())
        with pytest.raises(DataDirectoryUnusable) as refused:
            async with start(config):
                pass
        async with asyncio.timeout(60):
            # It may be still starting, and its ledger not be there.
            while main(["verify", "--config", str(file)]) == 2:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert main(["films", "--config", str(file)]) == 0
        capsys.readouterr()
        assert main(["rotate-key", "--config", str(file), "access"]) == 2
        assert f"process {first.pid}" in capsys.readouterr().err

        first.send_signal(signal.SIGKILL)
        first.wait()
    async with start(config):
        pass

    assert said["pid"] == first.pid
    assert said["address"].startswith("http://127.0.0.1:")
    for part in (str(first.pid), said["since"], said["address"], "Stop that one"):
        assert part in str(refused.value)


async def test_a_directory_is_free_again_after_a_server_that_stopped(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path / "data")
    for _ in range(2):
        async with start(config):
            with pytest.raises(DataDirectoryUnusable, match=f"process {os.getpid()}"):
                async with start(config):
                    pass


async def test_what_was_open_to_others_is_closed_at_the_start(tmp_path: Path) -> None:
    config = configured(tmp_path / "data")
    data = config.data.directory
    async with start(config):
        pass
    for name in ("recordings", "words", "films"):
        (data / name).mkdir()
        (data / name / "note.txt").touch()
    paths = [data, *data.iterdir()]
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    (data / "keys").chmod(0o755)
    for key in (data / "keys").iterdir():
        key.chmod(0o600)

    async with start(config):
        pass

    assert {p.name: stat.S_IMODE(p.stat().st_mode) & 0o077 for p in paths} == {
        path.name: 0 for path in paths
    }


def test_a_folder_that_holds_other_things_too_is_not_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for name in ("recordings", "holiday-pictures"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)

    close_to_others(tmp_path, "recordings")

    modes = [
        stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path, tmp_path / "recordings", tmp_path / "holiday-pictures")
    ]
    assert modes == [0o755, 0o700, 0o755]
