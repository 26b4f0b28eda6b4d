"""What has happened of late: it is counted, forgotten in time, and bounded."""

from gatekeeper.web import recent
from gatekeeper.web.recent import Recent


class Machine:
    up = 0.0

    def monotonic(self) -> float:
        return self.up


def test_each_may_so_often_within_some_time() -> None:
    machine = Machine()
    done = Recent(most=2, within=60, monotonic=machine.monotonic)
    done.note("ann")
    machine.up = 30
    done.note("ann")
    done.note("ben")

    assert done.is_too_much("ann")
    assert not done.is_too_much("ben")
    machine.up = 60
    assert done.is_too_much("ann")
    machine.up = 61
    assert not done.is_too_much("ann"), "the first is forgotten"


def test_of_very_many_the_oldest_are_forgotten_and_who_asks_is_not_remembered() -> None:
    machine = Machine()
    done = Recent(most=1, within=60, monotonic=machine.monotonic)
    for number in range(recent.REMEMBERED + 50):
        done.note(number)

    assert len(done._done) == len(done._by) == recent.REMEMBERED
    assert not done.is_too_much(49)
    assert done.is_too_much(50)
    assert not done.is_too_much("nobody")
    machine.up = 61
    assert not done.is_too_much("nobody")
    assert len(done._done) == len(done._by) == 0
