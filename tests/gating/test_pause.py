"""Rule 12: how often everybody may be asked."""

from gatekeeper.gating.pause import Pause
from tests.consent.people import RECORDING


class Clock:
    """Seconds, as a test says."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_R12_a_question_waits_for_the_pause() -> None:
    clock = Clock()
    pause = Pause(300, clock)

    assert pause.rest(RECORDING) == 0
    pause.asked(RECORDING)
    clock.now = 100
    assert pause.rest(RECORDING) == 200
    clock.now = 300
    assert pause.rest(RECORDING) == 0


def test_R12_after_a_lapse_it_need_not_wait_once() -> None:
    clock = Clock()
    pause = Pause(300, clock)
    pause.asked(RECORDING)
    clock.now = 10
    pause.lapsed(RECORDING)

    assert pause.rest(RECORDING) == 0
    pause.asked(RECORDING)
    assert pause.rest(RECORDING) == 300


def test_R12_nobody_is_asked_again_and_again_by_who_comes_and_goes() -> None:
    clock = Clock()
    pause = Pause(300, clock)
    asked = []
    for _ in range(6000):
        clock.now += 1
        pause.lapsed(RECORDING)
        if pause.rest(RECORDING) == 0:
            pause.asked(RECORDING)
            asked.append(clock.now)

    for start in range(0, 6000, 50):
        within = [at for at in asked if start < at <= start + 300]
        assert len(within) <= 2


def test_R12_a_question_after_a_whole_pause_is_no_early_one() -> None:
    clock = Clock()
    pause = Pause(300, clock)
    pause.asked(RECORDING)
    clock.now = 300
    pause.asked(RECORDING)
    pause.lapsed(RECORDING)

    assert pause.rest(RECORDING) == 0


def test_R12_what_was_asked_after_a_lapse_waits_for_a_whole_pause() -> None:
    clock = Clock()
    pause = Pause(300, clock)
    pause.asked(RECORDING)
    clock.now = 400
    pause.lapsed(RECORDING)
    pause.asked(RECORDING)

    assert pause.rest(RECORDING) == 300
