"""What a supervisor and a load balancer ask."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.evidence.ledger import Ledger
from gatekeeper.web import health
from tests.meeting.conftest import World, configured, start


async def ready(world: World) -> tuple[int, list[str]]:
    async with world.http.get(f"{world.url}/readyz") as answer:
        told = await answer.json()
        assert told["ready"] is (answer.status == 200)
        assert all(cause["fix"] for cause in told["causes"])
        return answer.status, [cause["part"] for cause in told["causes"]]


async def test_a_server_that_is_well_is_alive_and_ready(world: World) -> None:
    async with world.http.get(f"{world.url}/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"alive": True})

    assert await ready(world) == (200, [])


def full_disk(patch: pytest.MonkeyPatch, _: Path) -> None:
    usage = shutil.disk_usage
    patch.setattr(shutil, "disk_usage", lambda where: usage(where)._replace(free=-1))


def no_disk(patch: pytest.MonkeyPatch, _: Path) -> None:
    def gone(where: Path) -> None:
        raise OSError

    patch.setattr(shutil, "disk_usage", gone)


def lost_key(_: pytest.MonkeyPatch, data: Path) -> None:
    (data / "keys" / "receipt.pem").unlink()


def emptied_key(_: pytest.MonkeyPatch, data: Path) -> None:
    (data / "keys" / "access.key").write_bytes(b"")


def stuck_ledger(patch: pytest.MonkeyPatch, _: Path) -> None:
    async def fails(ledger: Ledger) -> bool:
        return False

    patch.setattr(Ledger, "probe", fails)


def list_replaced(_: pytest.MonkeyPatch, data: Path) -> None:
    """Somebody has put a folder in the place of the list of deletions."""
    (data.parent / "deletions").unlink()
    (data.parent / "deletions").mkdir()


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        (full_disk, "disk"),
        (no_disk, "disk"),
        (lost_key, "keys"),
        (emptied_key, "keys"),
        (stuck_ledger, "ledger"),
        (list_replaced, "deletions"),
    ],
)
async def test_what_is_not_well_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[pytest.MonkeyPatch, Path], None],
    part: str,
) -> None:
    outside = {"deletions": tmp_path / "deletions"}
    async with start(configured(tmp_path / "data", backup=outside)) as world:
        fault(monkeypatch, tmp_path / "data")

        assert await ready(world) == (503, [part])
        monkeypatch.undo()


async def test_who_asks_without_end_has_it_looked_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    probe = Ledger.probe

    async def counted(ledger: Ledger) -> bool:
        nonlocal looks
        looks += 1
        return await probe(ledger)

    monkeypatch.setattr(Ledger, "probe", counted)
    monkeypatch.setattr(health, "FRESH", 3600.0)

    await asyncio.gather(*(ready(world) for _ in range(50)))

    assert looks == 1
