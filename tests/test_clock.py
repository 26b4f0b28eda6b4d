"""The clock, when the machine's clock is set."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.clock import TRUST, Clock

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Machine:
    """A machine whose clocks are in our hands."""

    def __init__(self) -> None:
        self.wall = NOON.timestamp()
        self.up = 1000.0
        self.clock = Clock(wall=lambda: self.wall, monotonic=lambda: self.up)

    def wait(self, seconds: float) -> None:
        self.wall += seconds
        self.up += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_it_tells_the_time(machine: Machine) -> None:
    machine.wait(60)

    assert machine.clock.now() == machine.clock.settled() == NOON + HOUR / 60
    assert machine.clock.jumped() is None


@pytest.mark.parametrize("jump", [-600.0, 3600.0, -1e8, 1e8])
def test_a_jump_is_told_once_and_lengths_stay_what_they_were(
    machine: Machine, jump: float
) -> None:
    before = machine.clock.now()
    machine.wall += jump
    machine.wait(10)

    assert machine.clock.now() - before == timedelta(seconds=10)
    assert machine.clock.jumped() == pytest.approx(jump)
    assert machine.clock.jumped() is None
    assert machine.clock.now() - before == timedelta(seconds=10)


def test_a_little_is_no_jump_but_many_a_little_is_one(machine: Machine) -> None:
    machine.wall += 0.6
    assert machine.clock.jumped() is None
    machine.wall += 0.6
    assert machine.clock.jumped() == pytest.approx(1.2)


def test_it_is_followed_forwards_at_once_and_back_when_nobody_meets(
    machine: Machine,
) -> None:
    machine.wall += 3600
    machine.clock.follow()
    assert machine.clock.now() == NOON + HOUR

    machine.wall -= 7200
    machine.clock.follow()
    assert machine.clock.now() == NOON + HOUR
    machine.clock.reset()
    assert machine.clock.now() == NOON - HOUR


@given(st.lists(st.tuples(st.floats(0, 5000), st.floats(-1e7, 1e7)), max_size=20))
def test_it_never_goes_back_while_people_meet(steps: list[tuple[float, float]]) -> None:
    machine, last = Machine(), NOON
    for seconds, jump in steps:
        machine.wait(seconds)
        machine.wall += jump
        if machine.clock.jumped() is not None:
            machine.clock.follow()
        assert machine.clock.now() >= last
        last = machine.clock.now()


def test_what_a_jump_makes_old_is_deleted_an_hour_later(machine: Machine) -> None:
    machine.wall += 1e7
    assert machine.clock.settled() == NOON

    machine.wait(TRUST - 1)
    assert machine.clock.settled() == NOON + timedelta(seconds=TRUST - 1)
    machine.wait(1)
    assert machine.clock.settled() > NOON + timedelta(days=100)


def test_a_jump_that_is_put_right_within_the_hour_makes_nothing_old(
    machine: Machine,
) -> None:
    machine.wall += 1e7
    machine.wait(1800)
    assert machine.clock.settled() == NOON + HOUR / 2
    machine.wall -= 1e7
    machine.wait(7200)

    assert machine.clock.settled() == NOON + 2.5 * HOUR


def test_a_clock_that_was_set_back_makes_nothing_old(machine: Machine) -> None:
    machine.wall -= 600

    assert machine.clock.settled() == NOON - HOUR / 6


def test_after_a_start_long_after_the_last_record_nothing_is_old_for_an_hour(
    machine: Machine,
) -> None:
    machine.clock.doubt(NOON - timedelta(days=30))
    assert machine.clock.settled() == NOON - timedelta(days=30)

    machine.wait(TRUST)
    assert machine.clock.settled() == NOON + HOUR


def test_after_a_start_soon_after_the_last_record_there_is_no_doubt(
    machine: Machine,
) -> None:
    machine.clock.doubt(NOON - HOUR)

    assert machine.clock.settled() == NOON


def test_what_is_on_record_is_gone_on_from_unless_it_is_far_ahead(
    machine: Machine,
) -> None:
    machine.clock.not_before(NOON - HOUR)
    assert machine.clock.now() == NOON
    machine.clock.not_before(NOON + HOUR)
    assert machine.clock.now() == NOON + HOUR
    machine.clock.not_before(NOON + timedelta(days=400))
    assert machine.clock.now() == NOON + HOUR


def test_being_held_up_between_two_readings_is_no_jump() -> None:
    up, wall = iter([0.0, 0.0, 0.0, 5.0, 9.0, 9.0, 9.0]), iter([0.0, 9.0, 9.0])
    clock = Clock(wall=lambda: next(wall), monotonic=lambda: next(up))

    assert clock.jumped() is None
