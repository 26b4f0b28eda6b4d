"""Rule 12: how often everybody may be asked."""

import itertools

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


def test_R12_after_sending_somebody_away_a_question_waits_for_a_whole_pause() -> None:
    clock = Clock()
    for lapses, waited in itertools.product((False, True), (0, 100, 299, 300, 1000)):
        pause = Pause(300, clock)
        pause.asked(RECORDING)
        clock.now += waited
        if lapses:
            pause.lapsed(RECORDING)
        pause.anew(RECORDING)

        assert pause.rest(RECORDING) == 300
        clock.now += 299
        if lapses:
            pause.lapsed(RECORDING)  # nor does it help to have somebody leave, too
        assert pause.rest(RECORDING) == 1


def test_R12_what_nobody_was_asked_yet_has_no_pause() -> None:
    pause = Pause(300, Clock())
    pause.anew(RECORDING)

    assert pause.rest(RECORDING) == 0
