"""A socket read by the clock, on both event loops."""

import asyncio
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest
import uvloop

from gatekeeper.media.tap.intake import LONGEST, PERIOD, Intake
from tests.media.people import until

Heard = list[tuple[bytes, float]]
LOOPS = [asyncio.new_event_loop, uvloop.new_event_loop]


class Protocol(asyncio.DatagramProtocol):
    lost = False

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True


@asynccontextmanager
async def intake(heard: Heard) -> AsyncIterator[tuple[Intake, Protocol, Any]]:
    """An intake, its protocol, and a socket that sends to it."""
    loop = asyncio.get_running_loop()
    before, protocol = await loop.create_datagram_endpoint(
        Protocol, local_addr=("127.0.0.1", 0)
    )
    taken = Intake(before, protocol, lambda data, _, at: heard.append((data, at)))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(taken.get_extra_info("sockname"))
        try:
            yield taken, protocol, sender
        finally:
            taken.close()


def on(new: Callable[[], Any], test: Callable[[], Any]) -> None:
    with asyncio.Runner(loop_factory=new) as runner:
        runner.run(test())


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's stamps")
@pytest.mark.parametrize("new", LOOPS)
def test_everything_comes_in_order_and_says_when_it_came(
    new: Callable[[], Any],
) -> None:
    async def test() -> None:
        heard: Heard = []
        began = time.monotonic()
        async with intake(heard) as (_, protocol, sender):
            # Linux begins to stamp a moment after it is asked to.
            sender.send(b"first")
            await until(lambda: bool(heard))
            await asyncio.sleep(PERIOD)
            heard.clear()
            for number in range(5):
                sender.send(bytes([number]))
                time.sleep(0.02)  # noqa: ASYNC251 - the loop is held up
            await until(lambda: len(heard) == 5)
            assert not protocol.lost

        came = [at for _, at in heard]
        assert [data for data, _ in heard] == [bytes([n]) for n in range(5)]
        # They were read together, and nobody sleeps for less than was asked.
        assert all(later - at > 0.019 for at, later in pairwise(came))
        assert began - 0.5 < came[0] < came[-1] <= time.monotonic()

    on(new, test)


@pytest.mark.parametrize("new", LOOPS)
def test_what_waits_when_it_closes_is_never_read(new: Callable[[], Any]) -> None:
    async def test() -> None:
        heard: Heard = []
        async with intake(heard) as (taken, protocol, sender):
            sender.send(b"one")
            await until(lambda: bool(heard))
            sender.send(b"two")
            taken.close()
            taken.close()
            await until(lambda: protocol.lost)
            await asyncio.sleep(2 * PERIOD)
            taken.sendto(b"nobody is there", sender.getsockname())

        assert [data for data, _ in heard] == [b"one"]

    on(new, test)


async def test_who_closes_it_while_it_reads_hears_no_more() -> None:
    heard: Heard = []
    async with intake(heard) as (taken, _, sender):

        def last(data: bytes, _: Any, at: float) -> None:
            heard.append((data, at))
            taken.close()

        taken._received = last
        for _ in range(3):
            sender.send(b"x")
        await until(lambda: taken.is_closing())

        assert len(heard) == 1


async def test_what_is_too_long_is_cut_and_an_answer_goes_back() -> None:
    heard: Heard = []
    async with intake(heard) as (taken, _, sender):
        sender.send(bytes(LONGEST + 100))
        await until(lambda: bool(heard))
        taken.sendto(b"back", sender.getsockname())

        assert len(heard[0][0]) == LONGEST
        assert await asyncio.to_thread(sender.recv, 10) == b"back"
