"""A sink closes with its permit, and with its tasks, whenever they are cancelled."""

import asyncio

import pytest

from gatekeeper.consent.types import FeatureId, OpeningId, RoomId
from gatekeeper.gating.guard import guarded
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened


class Watched:
    """What was called, in order."""

    def __init__(self) -> None:
        self.mint = Mint()
        self.permit = self.mint.issue(
            FeatureId("recording"), RoomId("room"), OpeningId("opening")
        )
        self.calls: list[str] = []

    async def then(self) -> None:
        self.calls.append("then")

    async def run(self, *, falls: bool = False) -> None:
        """Stand guard in a group of tasks that is over when the guard is."""
        async with asyncio.TaskGroup() as tasks:
            guarded(
                Opened(self.permit, tasks, lambda: None, lambda _: None),
                lambda: self.calls.append("close"),
                self.then,
                lambda: self.calls.append("over"),
                name="guard",
            )
            if falls:
                raise asyncio.CancelledError


async def test_it_closes_when_the_end_has_come_and_then_does_the_rest() -> None:
    watched = Watched()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watched.run())
        for _ in range(3):
            await asyncio.sleep(0)
        assert watched.calls == []
        watched.mint.revoke(watched.permit)
    assert watched.calls == ["close", "then", "over"]


async def test_it_closes_once_when_it_is_cancelled_while_it_waits() -> None:
    watched = Watched()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(watched.run())
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel()
    assert watched.calls == ["close", "over"]


async def test_it_closes_once_when_it_is_cancelled_before_its_first_step() -> None:
    watched = Watched()
    with pytest.raises(asyncio.CancelledError):
        await watched.run(falls=True)
    assert watched.calls == ["close", "over"]


@pytest.mark.parametrize("ends", [False, True])
async def test_closing_may_be_all_that_there_is_to_do(*, ends: bool) -> None:
    watched = Watched()
    opened = []

    async def run() -> None:
        async with asyncio.TaskGroup() as tasks:
            opened.append(Opened(watched.permit, tasks, lambda: None, lambda _: None))
            guarded(opened[0], lambda: watched.calls.append("close"), name="guard")

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(run())
        for _ in range(3):
            await asyncio.sleep(0)
        assert watched.calls == []
        if ends:
            watched.mint.revoke(watched.permit)
        else:
            task.cancel()
    assert watched.calls == ["close"]
