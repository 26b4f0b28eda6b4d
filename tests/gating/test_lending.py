"""Leases: who captures elsewhere does so only while everybody agrees."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import (
    LedgerUnavailable,
    OutOfOrder,
    UnknownFeature,
    UnknownOpening,
)
from gatekeeper.gating.events import Admitted, Asked, SignSet
from gatekeeper.gating.faults import ConsentRequired
from gatekeeper.gating.leases import HELD_UP, LONGEST
from gatekeeper.gating.lending import LOOK, Lending
from gatekeeper.gating.opening import STOP_WITHIN
from gatekeeper.gating.rules import GateRules
from tests.consent.people import ALICE, BOB, CAROL, RECORDING
from tests.gating.tiny import Tape, TinyRoom, calm, told, yes

LEASE = 2.0
WAIT = 30.0
RULES = GateRules(ask_again=60, longest=4 * 3600, ends_without_host=False)


class Hands:
    """The hands of the event loop's clock: they move when a test moves them."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.now = loop.time()

    async def move(self, seconds: float) -> None:
        await calm()
        self.now += seconds
        await calm()


@pytest.fixture(autouse=True)
async def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    loop = asyncio.get_running_loop()
    hands = Hands(loop)
    monkeypatch.setattr(loop, "time", lambda: hands.now)
    return hands


class LentRoom:
    """A tiny room whose recorder is somebody else's."""

    def __init__(self, *, seconds: float, at_once: bool, fed: bool) -> None:
        self.lending = Lending(
            lambda: self.room.gates, seconds=seconds, at_once=at_once
        )
        feed = Tape if fed else None
        self.room = TinyRoom(RECORDING, rules=RULES, lending=self.lending, feed=feed)

    def joins(self, *people: ParticipantId, agreed: bool = True) -> None:
        for who in people:
            held = {RECORDING: yes(who, RECORDING)} if agreed else {}
            self.room.gates.join(who, held, host=False)

    def declines(self, who: ParticipantId) -> None:
        self.room.gates.decline(who, RECORDING, lambda: None)

    @property
    def is_open(self) -> bool:
        return self.room.gates.state.is_open(RECORDING)

    @property
    def wanted(self) -> bool:
        return self.room.gates.state.is_requested(RECORDING)

    @property
    def sign(self) -> bool:
        return self.room.gates.openings.sign(RECORDING).since is not None


@asynccontextmanager
async def lent(
    *, seconds: float = LONGEST, at_once: bool = False, fed: bool = False
) -> AsyncIterator[LentRoom]:
    here = LentRoom(seconds=seconds, at_once=at_once, fed=fed)
    async with asyncio.TaskGroup() as tasks:
        living = tasks.create_task(here.room.live())
        await calm()
        yield here
        for lent in here.lending._all():
            for lease in tuple(lent._leases):
                lent.release(lease)
        here.room.gates.close_down()
        await living


async def test_where_all_have_agreed_a_lease_is_lent_and_nobody_is_asked() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)

        assert here.sign
        assert loan.of.permit.alive
        assert loan.of.people == {ALICE, BOB}
        assert not told(here.room, Asked)


@pytest.mark.parametrize("agreed", [(), (ALICE,)], ids=["nobody", "one"])
async def test_without_everybodys_yes_there_is_none(
    agreed: Sequence[ParticipantId],
) -> None:
    async with lent() as here:
        here.joins(*agreed)
        here.joins(*{ALICE, BOB} - set(agreed), agreed=False)
        with pytest.raises(ConsentRequired):
            await here.lending.lend(RECORDING)
        await calm()

        assert not here.wanted
        assert {type(event) for event in here.room.heard} == {Admitted}


async def test_in_an_empty_room_there_is_none() -> None:
    async with lent() as here:
        for wait in (0, WAIT):
            with pytest.raises(ConsentRequired):
                await here.lending.lend(RECORDING, wait)
        here.joins(ALICE)
        await calm()

        assert not here.is_open


async def test_what_is_not_offered_cannot_be_lent() -> None:
    async with lent() as here:
        here.joins(ALICE)
        with pytest.raises(UnknownFeature):
            await here.lending.lend(FeatureId("training"))
        assert not here.lending._asked_here


async def test_who_waits_has_everybody_asked_and_gets_it_with_the_last_yes() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB, agreed=False)
        waiting = asyncio.ensure_future(here.lending.lend(RECORDING, 60))  # noqa: TID251
        await calm()
        assert told(here.room, Asked) == [Asked(RECORDING, None)]
        for who in (ALICE, BOB):
            assert not waiting.done()
            here.room.gates.grant(yes(who, RECORDING))
            await calm()
        loan = await waiting

        assert here.sign
        assert loan.of.people == {ALICE, BOB}


async def no(here: LentRoom) -> None:
    here.declines(BOB)


async def no_answer(here: LentRoom) -> None:
    pass


async def took_it_back(here: LentRoom) -> None:
    here.room.gates.grant(yes(BOB, RECORDING))
    here.declines(BOB)


async def left(here: LentRoom) -> None:
    here.room.gates.leave(BOB)


@pytest.mark.parametrize("happens", [no, no_answer, took_it_back, left])
async def test_R8_every_cause_is_the_same_error_at_the_same_time(
    happens: Callable[[LentRoom], Awaitable[None]], hands: Hands
) -> None:
    async with lent() as here:
        here.joins(ALICE)
        here.joins(CAROL)
        here.joins(BOB, agreed=False)
        waiting = asyncio.ensure_future(here.lending.lend(RECORDING, WAIT))  # noqa: TID251
        await calm()
        await happens(here)
        await hands.move(WAIT - 0.001)
        assert not waiting.done()
        await hands.move(0.001)
        assert waiting.done()
        with pytest.raises(ConsentRequired) as refused:
            await waiting
        await calm()

        assert str(refused.value) == ConsentRequired.detail
        assert not here.wanted
        assert not here.sign


async def test_many_who_wait_are_answered_by_one_opening() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB, agreed=False)
        async with asyncio.TaskGroup() as tasks:
            waiting = [
                tasks.create_task(here.lending.lend(RECORDING, 60)) for _ in range(50)
            ]
            await calm()
            for who in (ALICE, BOB):
                here.room.gates.grant(yes(who, RECORDING))
        loans = [each.result() for each in waiting]

        assert len({loan.lease.id for loan in loans}) == 50
        assert len({loan.of.permit.opening for loan in loans}) == 1
        assert len(told(here.room, Asked)) == 1


async def test_who_stops_waiting_asks_no_longer() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB, agreed=False)
        waiting = asyncio.ensure_future(here.lending.lend(RECORDING, 60))  # noqa: TID251
        await calm()
        waiting.cancel()
        await asyncio.wait({waiting})
        assert not here.wanted
        for who in (ALICE, BOB):
            here.room.gates.grant(yes(who, RECORDING))
        await calm()

        assert not here.is_open


async def test_who_stops_waiting_ends_nothing_for_others_who_wait() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB, agreed=False)
        async with asyncio.TaskGroup() as tasks:
            one, other = (
                tasks.create_task(here.lending.lend(RECORDING, 60)) for _ in range(2)
            )
            await calm()
            one.cancel()
            await asyncio.wait({one})
            assert here.wanted
            for who in (ALICE, BOB):
                here.room.gates.grant(yes(who, RECORDING))

        assert other.result().of.permit.alive
        assert len(told(here.room, Asked)) == 1


async def test_who_has_hung_up_is_found_out_and_asks_no_longer(hands: Hands) -> None:
    async with lent() as here:
        here.joins(ALICE, BOB, agreed=False)
        there = [True]
        waiting = asyncio.ensure_future(  # noqa: TID251
            here.lending.lend(RECORDING, 60, lambda: not there)
        )
        await hands.move(30)
        assert not waiting.done()
        there.clear()
        await hands.move(LOOK)
        with pytest.raises(ConsentRequired):
            await waiting

        assert not here.wanted


@pytest.mark.parametrize("wait", [0, 30])
async def test_a_fault_of_the_servers_is_told_to_who_waits(wait: float) -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        here.room.diary.may_write.clear()
        waiting = asyncio.ensure_future(here.lending.lend(RECORDING, wait))  # noqa: TID251
        await calm()
        here.room.diary.available = False
        here.room.diary.may_write.set()
        with pytest.raises(LedgerUnavailable):
            await waiting

        assert not here.wanted


# ---- How a lease ends ---------------------------------------------------------------


async def test_a_lease_that_nobody_renews_ends_and_its_gate_closes(
    hands: Hands,
) -> None:
    async with lent(seconds=LEASE) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        await hands.move(LEASE - 0.001)
        assert here.is_open
        await hands.move(0.001)

        assert not loan.of.permit.alive
        assert not here.sign
        with pytest.raises(UnknownOpening):
            here.lending.renew(loan.lease.id)


async def test_while_nothing_could_be_proved_no_other_is_lent() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        await here.lending.lend(RECORDING)
        here.room.diary.available = False
        with pytest.raises(LedgerUnavailable):
            await here.lending.lend(RECORDING)


async def test_a_lease_that_is_renewed_goes_on(hands: Hands) -> None:
    async with lent(seconds=LEASE) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        for _ in range(5):
            await hands.move(LEASE * 0.9)
            assert here.lending.renew(loan.lease.id) == loan
        assert here.sign
        await hands.move(LEASE)
        assert not here.is_open


async def test_a_renewal_that_comes_too_late_renews_nothing(hands: Hands) -> None:
    async with lent(seconds=LEASE) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        hands.now += LEASE  # the server was busy meanwhile, and has not looked
        with pytest.raises(UnknownOpening):
            here.lending.renew(loan.lease.id)


async def test_one_of_two_that_is_given_back_leaves_the_other() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        one, two = [await here.lending.lend(RECORDING) for _ in range(2)]
        here.lending.release(one.lease.id)
        here.lending.release(one.lease.id)
        assert one.of.permit.alive
        here.lending.release(two.lease.id)
        assert not here.is_open
        await calm()
        assert not here.sign


async def test_a_no_ends_it_and_until_the_lease_is_back_the_sign_is_on() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        here.declines(BOB)
        assert not loan.of.permit.alive
        with pytest.raises(UnknownOpening):
            here.lending.renew(loan.lease.id)
        with pytest.raises(ConsentRequired):
            await here.lending.lend(RECORDING)
        await calm()
        assert here.sign, "whoever holds it may not know yet"
        here.lending.release(loan.lease.id)
        await calm()

        assert not here.sign


async def test_R5_nobody_is_let_in_while_a_lease_of_before_is_out() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        here.joins(CAROL, agreed=False)
        await calm()
        assert Admitted(CAROL) not in here.room.heard
        here.lending.release(loan.lease.id)
        await calm()

        assert Admitted(CAROL) in here.room.heard


async def test_after_it_is_over_an_answer_starts_nothing() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        here.declines(BOB)
        here.lending.release(loan.lease.id)
        here.room.gates.grant(yes(BOB, RECORDING))
        await calm()

        assert not here.is_open


async def test_who_comes_while_it_is_lent_is_counted_among_its_people() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        here.joins(CAROL)
        await calm()

        assert here.lending.renew(loan.lease.id).of.people == {ALICE, BOB, CAROL}


# ---- Where media are taken from here -------------------------------------------------


async def test_who_takes_media_keeps_the_lease_and_hears_of_its_end(
    hands: Hands,
) -> None:
    async with lent(seconds=LEASE) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        ended: list[bool] = []
        lease = loan.of.take_media(loan.lease.id, lambda: ended.append(True))
        with pytest.raises(OutOfOrder):
            loan.of.take_media(lease.id, lambda: None)
        for _ in range(3):
            await hands.move(LEASE * 0.9)
            loan.of.keep(lease)
        assert here.is_open
        await hands.move(LEASE)

        assert ended == [True]
        with pytest.raises(UnknownOpening):
            loan.of.take_media(lease.id, lambda: None)


async def test_a_loop_that_was_held_up_first_reads_what_it_was_sent(
    hands: Hands,
) -> None:
    async with lent(seconds=LEASE) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        lease = loan.of.take_media(loan.lease.id, lambda: None)
        hands.now += 5 * LEASE
        loan.of._look(lease)
        assert here.is_open
        await hands.move(HELD_UP)

        assert not here.is_open


async def test_what_is_fed_ends_with_its_permit_and_waits_for_no_lease() -> None:
    async with lent(at_once=True, fed=True) as here:
        here.joins(ALICE, BOB)
        here.room.gates.request(RECORDING)
        here.lending.asked_within(RECORDING)
        await calm()
        signs = [here.sign]
        await here.lending.lend(RECORDING)
        signs.append(here.sign)
        here.declines(BOB)
        await calm()

        assert [*signs, here.sign] == [False, True, False]
        assert not here.wanted, "its machine is gone"


async def test_what_a_host_asked_for_and_nobody_took_stays_asked_for() -> None:
    async with lent(fed=True) as here:
        here.joins(ALICE, BOB, agreed=False)
        here.room.gates.request(RECORDING)
        here.lending.asked_within(RECORDING)
        with pytest.raises(ConsentRequired):
            await here.lending.lend(RECORDING)

        assert here.wanted


async def test_the_last_machines_end_is_the_end_whoever_has_asked() -> None:
    async with lent(fed=True) as here:
        here.joins(ALICE, BOB)
        here.room.gates.request(RECORDING)
        here.lending.asked_within(RECORDING)
        await calm()
        one, two = [await here.lending.lend(RECORDING) for _ in range(2)]
        here.lending.release(one.lease.id)
        lived = here.is_open
        here.lending.release(two.lease.id)

        assert (lived, here.is_open) == (True, False)


# ---- Where a host asks too ----------------------------------------------------------


async def test_what_a_host_asked_for_goes_on_without_a_lease() -> None:
    async with lent(at_once=True) as here:
        here.joins(ALICE, BOB)
        here.room.gates.request(RECORDING)
        await calm()
        assert here.sign
        loan = await here.lending.lend(RECORDING)
        here.lending.release(loan.lease.id)

        assert here.is_open


async def test_what_a_host_asks_for_too_is_no_longer_the_callers_to_end() -> None:
    async with lent(at_once=True) as here:
        here.joins(ALICE, BOB)
        loan = await here.lending.lend(RECORDING)
        here.room.gates.request(RECORDING)
        here.lending.asked_within(RECORDING)
        here.lending.release(loan.lease.id)

        assert here.is_open


async def test_the_sign_waits_for_the_first_lease() -> None:
    async with lent() as here:
        here.joins(ALICE, BOB)
        here.room.gates.request(RECORDING)
        await calm()
        assert here.is_open
        assert not told(here.room, SignSet)
        await here.lending.lend(RECORDING)

        assert here.sign


def test_a_lease_is_over_before_its_sink_must_have_stopped() -> None:
    assert LONGEST < STOP_WITHIN
