"""What works in a thread has ended when its waiting has."""

import asyncio
import threading

import pytest

from gatekeeper.storage.in_thread import in_thread


async def test_what_it_yields_and_raises_is_what_the_work_does() -> None:
    assert await in_thread(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 7, 0)


@pytest.mark.parametrize("fails", [False, True])
async def test_who_is_cancelled_goes_when_the_work_is_done(fails: bool) -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_end.wait(20)
        ended.set()
        if fails:
            raise OSError("nobody is left to hear of it")

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(in_thread(work))
        await asyncio.to_thread(begun.wait, 20)
        for _ in range(3):  # impatient, as a TaskGroup is that fails meanwhile
            waiting.cancel()
            await asyncio.sleep(0)
            assert not waiting.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert ended.is_set()
