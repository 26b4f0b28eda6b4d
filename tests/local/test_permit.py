"""A permit in the gate's own process: over within the call that closes the gate."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial

import pytest
from structlog.testing import capture_logs

from gatekeeper.client import PermitEnded
from gatekeeper.gating.events import Admitted
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.gating.leases import LONGEST, Lent
from gatekeeper.local.permit import LocalPermit, PermitContext
from tests.consent.people import ALICE, BOB, CAROL, RECORDING
from tests.gating.test_lending import Hands, LentRoom, hands, lent
from tests.gating.tiny import calm, yes

__all__ = ["hands"]

TURNS = 12
"""Of the event loop, in which something may happen to a body; it has fewer awaits."""


def permit(here: LentRoom, *, cancel: bool = True, wait: float = 0) -> PermitContext:
    def hold(ended: Callable[[], None]) -> Awaitable[object]:
        return here.lending.lend(RECORDING, wait, take=partial(Lent.hold, ended=ended))

    return PermitContext(hold, cancel=cancel)  # type: ignore[arg-type]


@dataclass
class Told:
    """What a body did, and when its gate was closed."""

    steps: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    permits: list[LocalPermit] = field(default_factory=list)


Body = Callable[[Told], Awaitable[None]]


async def awaits(told: Told) -> None:
    for number in range(4):
        told.steps.append(f"step {number}")
        await asyncio.sleep(0)


async def waits_for_others(told: Told) -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in range(3):
        loop.call_soon(queue.put_nowait, number)
        told.steps.append(f"packet {await queue.get()}")


async def has_a_group(told: Told) -> None:
    async def child() -> None:  # cancelled by its group, a turn later: so it asks
        for number in range(2):
            await asyncio.sleep(0)
            told.permits[0].check()
            told.steps.append(f"child {number}")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(child())
        tasks.create_task(child())


async def has_a_limit(told: Told) -> None:
    async with asyncio.timeout(60):
        await awaits(told)


async def tidies_up(told: Told) -> None:
    try:
        await awaits(told)
    finally:
        await asyncio.sleep(0)
        await asyncio.sleep(0)


async def loops_over_a_generator(told: Told) -> None:
    async def packets() -> AsyncGenerator[int, None]:
        for number in range(3):
            await asyncio.sleep(0)
            yield number

    async with aclosing(packets()) as source:
        async for packet in source:
            told.steps.append(f"packet {packet}")
            await asyncio.sleep(0)


BODIES = [
    awaits,
    waits_for_others,
    has_a_group,
    has_a_limit,
    tidies_up,
    loops_over_a_generator,
]


async def under(here: LentRoom, body: Body, told: Told) -> None:
    async with permit(here) as held:
        told.permits.append(held)
        told.begun.set()
        await body(told)


async def nested(here: LentRoom, body: Body, told: Told) -> None:
    async with permit(here) as held:
        told.permits.append(held)
        await under(here, body, told)


Holder = Callable[[LentRoom, Body, Told], Awaitable[None]]


async def with_a_closing(
    holder: Holder, body: Body, *, closes: int, cancels: int | None, first: bool
) -> None:
    """One body; at turn `closes` there is a no, at `cancels` somebody cancels it."""
    async with lent() as here:
        here.joins(ALICE, BOB)
        told = Told()

        async def holds() -> None:
            await holder(here, body, told)
            current = asyncio.current_task()
            assert current is not None
            assert current.cancelling() == 0

        holding = asyncio.get_running_loop().create_task(holds())
        await told.begun.wait()
        heard, over, kept = False, False, 0
        for turn in range(TURNS):
            if turn == cancels and first:
                heard = holding.cancel()
            if turn == closes:
                over = holding.done()
                here.declines(BOB)
                assert not any(each.alive for each in told.permits)
                kept = len(told.steps)
            if turn == cancels and not first:
                heard = holding.cancel()
            await asyncio.sleep(0)
        await asyncio.wait({holding})
        await calm()

        assert not here.sign
        assert len(told.steps) == kept, "it went on under a dead permit"
        if heard:
            assert holding.cancelled(), "somebody's cancelling was swallowed"
        elif not holding.cancelled():
            fault = holding.exception()
            assert fault is None if over else isinstance(fault, PermitEnded | None)
            if fault is None:
                assert over or kept == len(told.steps)


@pytest.mark.parametrize("holder", [under, nested], ids=["one", "nested"])
@pytest.mark.parametrize("body", BODIES)
async def test_at_whatever_await_the_gate_closes_the_body_goes_no_further(
    body: Body, holder: Holder
) -> None:
    for closes in range(TURNS):
        await with_a_closing(holder, body, closes=closes, cancels=None, first=False)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("body", BODIES)
async def test_whoever_cancels_it_at_the_same_time_is_heard(
    body: Body, first: bool
) -> None:
    for closes in range(8):
        for cancels in range(max(0, closes - 1), closes + 3):
            for holder in (under, nested):
                await with_a_closing(
                    holder, body, closes=closes, cancels=cancels, first=first
                )


def is_refused_meanwhile(here: LentRoom) -> Body:
    async def body(told: Told) -> None:
        asyncio.get_running_loop().call_soon(here.declines, BOB)
        await asyncio.Event().wait()

    return body


def refuses_itself(here: LentRoom) -> Body:
    async def body(told: Told) -> None:
        here.declines(BOB)
        assert not told.permits[0].alive
        told.steps.append("before its next await")
        await asyncio.Event().wait()

    return body


def ends_the_room(here: LentRoom) -> Body:
    async def body(told: Told) -> None:
        asyncio.get_running_loop().call_soon(here.room.gates.close_down)
        await asyncio.Event().wait()

    return body


def fails(fault: type[BaseException]) -> Body:
    async def body(told: Told) -> None:
        raise fault

    return body


def fails_at_its_end(here: LentRoom) -> Body:
    async def body(told: Told) -> None:
        asyncio.get_running_loop().call_soon(here.declines, BOB)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            _ = 1 / 0

    return body


async def test_a_body_that_is_ended_says_so() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        told = Told()
        with pytest.raises(PermitEnded):
            await under(here, is_refused_meanwhile(here), told)
        (held,) = told.permits
        assert not held.alive
        assert held.left == 0
        with pytest.raises(PermitEnded):
            held.check()
        await held.ended()


async def test_the_body_is_cancelled_in_the_turn_in_which_the_gate_closes() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        began = asyncio.Event()

        async def holds() -> None:
            async with permit(here):
                began.set()
                await asyncio.Event().wait()

        holding = asyncio.get_running_loop().create_task(holds())
        await began.wait()
        here.declines(BOB)
        assert holding.cancelling() == 1
        await asyncio.wait({holding})
        assert isinstance(holding.exception(), PermitEnded)


async def test_a_body_that_closes_the_gate_itself_hears_of_it_at_its_next_await() -> (
    None
):
    async with lent() as here:
        here.joins(ALICE, BOB)
        told = Told()
        with pytest.raises(PermitEnded):
            await under(here, refuses_itself(here), told)
        assert told.steps == ["before its next await"]


async def test_one_that_closes_the_gate_and_leaves_is_not_cancelled_behind_it() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        async with permit(here):
            here.declines(BOB)
        for _ in range(3):
            await asyncio.sleep(0)
        current = asyncio.current_task()
        assert current is not None
        assert current.cancelling() == 0


async def test_without_cancelling_it_is_told_and_may_tidy_up() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        called: list[str] = []
        async with permit(here, cancel=False) as held:
            held.when_it_ends(lambda: called.append("over"))
            here.declines(BOB)
            assert called == [], "not from within the closing"
            await held.ended()
            await asyncio.sleep(0)
            assert called == ["over"]
            assert here.sign, "it has not ended yet"
            held.when_it_ends(lambda: called.append("already"))
            await asyncio.sleep(0)
        await calm()
        assert called == ["over", "already"]
        assert not here.sign


async def test_what_is_called_at_the_end_may_fail_and_everything_has_closed() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loop = asyncio.get_running_loop()
        told: list[object] = []
        loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
        async with permit(here, cancel=False) as held:
            held.when_it_ends(lambda: 1 / 0)  # type: ignore[arg-type]
            here.declines(BOB)
            await calm()
            assert not here.is_open
        loop.set_exception_handler(None)

        assert [type(each) for each in told] == [ZeroDivisionError]


async def test_R5_R14_until_it_has_ended_the_sign_is_on_and_nobody_let_in() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        may_end = asyncio.Event()
        began = asyncio.Event()

        async def holds() -> None:
            async with permit(here):
                began.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    await may_end.wait()  # it closes its file, say

        holding = asyncio.get_running_loop().create_task(holds())
        await began.wait()
        here.joins(CAROL, agreed=False)
        await calm()
        assert seen(here) == (True, False)
        may_end.set()
        await asyncio.wait({holding})
        await calm()

        assert seen(here) == (False, True)


def seen(here: LentRoom) -> tuple[bool, bool]:
    """Whether the sign is on, and whether Carol was let in."""
    return here.sign, Admitted(CAROL) in here.room.heard


async def test_a_body_that_shields_itself_holds_nobody_up_for_longer_than_a_lease(
    hands: Hands,
) -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        ends, began = asyncio.Event(), asyncio.Event()
        permits: list[LocalPermit] = []

        async def holds() -> None:
            async with permit(here) as held:
                permits.append(held)
                began.set()
                while not ends.is_set():
                    with suppress(asyncio.CancelledError):
                        await ends.wait()

        holding = asyncio.get_running_loop().create_task(holds())
        await began.wait()
        here.joins(CAROL, agreed=False)
        await hands.move(LONGEST - 0.001)
        assert Admitted(CAROL) not in here.room.heard
        with capture_logs() as lines:
            await hands.move(0.001)
        assert Admitted(CAROL) in here.room.heard
        assert not here.sign
        assert [line["event"] for line in lines] == ["permit.held-on"]
        assert not permits[0].alive, "what it keeps now is its own doing"
        ends.set()
        await asyncio.wait({holding})


async def test_nothing_makes_it_live_again() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        async with permit(here, cancel=False) as held:
            here.declines(BOB)
            here.room.gates.grant(yes(BOB, RECORDING))
            await calm()
            assert here.is_open
            lives = [held.alive]
        async with permit(here) as other:
            lives += [other.alive, held.alive]

        assert lives == [False, True, False]
        assert other.opening != held.opening


async def test_after_the_context_it_is_over_though_the_gate_is_open() -> None:
    async with lent(at_once=True) as here:
        here.joins(ALICE, BOB)
        here.room.gates.request(RECORDING)
        async with permit(here) as held:
            held.check()
            assert held.people == tuple(sorted((ALICE, BOB)))
        assert here.is_open
        assert not held.alive
        with pytest.raises(PermitEnded):
            held.check()


async def test_a_context_is_entered_once() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        context = permit(here)
        async with context:
            pass
        with pytest.raises(RuntimeError, match="once"):
            async with context:
                pass


async def test_without_everybodys_yes_the_body_does_not_begin() -> None:
    async with lent() as here:
        here.joins(ALICE)
        here.joins(BOB, agreed=False)
        with pytest.raises(ConsentRequired):
            async with permit(here):
                raise AssertionError("it has begun")


async def test_a_permit_of_a_room_that_has_ended_is_over() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        with pytest.raises(PermitEnded):
            await under(here, ends_the_room(here), Told())


async def test_what_goes_wrong_in_the_body_is_told_as_it_is() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        for fault in (ZeroDivisionError, TimeoutError, asyncio.CancelledError):
            with pytest.raises(fault):
                await under(here, fails(fault), Told())
        with pytest.raises(ZeroDivisionError):
            await under(here, fails_at_its_end(here), Told())


async def test_a_limit_outside_and_the_end_at_once_are_both_heard() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loop = asyncio.get_running_loop()

        async def is_timed() -> None:
            async with asyncio.timeout(None) as limit, permit(here):
                limit.reschedule(loop.time())
                loop.call_soon(here.declines, BOB)
                await asyncio.Event().wait()

        with pytest.raises(TimeoutError):
            await is_timed()
        current = asyncio.current_task()
        assert current is not None
        assert current.cancelling() == 0


# ---- Generators that hold one -------------------------------------------------------


async def held_packets(here: LentRoom) -> AsyncGenerator[int, None]:
    async with permit(here):
        for number in range(1000):
            yield number


async def test_who_closes_a_generator_that_holds_one_is_told_that_it_is_over() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)

        async def reads() -> None:
            async with aclosing(held_packets(here)) as packets:
                async for packet in packets:
                    if packet == 3:
                        asyncio.get_running_loop().call_soon(here.declines, BOB)
                    await asyncio.sleep(0)

        with pytest.raises(PermitEnded):
            await reads()
        current = asyncio.current_task()
        assert current is not None
        assert current.cancelling() == 0
        await calm()
        assert not here.sign


async def test_one_that_nobody_closes_ends_all_the_same_and_cancels_nobody_else() -> (
    None
):
    async with lent() as here:
        here.joins(ALICE, BOB)
        began = asyncio.Event()

        async def holds() -> None:
            async for _ in held_packets(here):
                began.set()
                await asyncio.sleep(0)

        holding = asyncio.get_running_loop().create_task(holds())
        await began.wait()
        here.declines(BOB)
        await asyncio.wait({holding})
        cancelled = holding.cancelled()
        del holding
        await calm()

        assert cancelled
        assert not here.sign
