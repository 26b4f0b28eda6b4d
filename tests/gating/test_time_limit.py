"""Rule 18: how long something may run, and what counts."""

import pytest

from gatekeeper.gating.time_limit import TimeLimit
from tests.consent.people import RECORDING


def test_R18_time_that_a_gate_was_closed_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = FakeLoop()
    monkeypatch.setattr("asyncio.get_running_loop", lambda: loop)
    over: list[str] = []
    limit = TimeLimit(100, over.append)

    limit.opened(RECORDING)
    loop.now = 60
    limit.closed(RECORDING)
    loop.now = 1000
    limit.opened(RECORDING)

    assert loop.timers[-1].when == 1040
    limit.closed(RECORDING)
    limit.renew(RECORDING)
    limit.opened(RECORDING)
    assert loop.timers[-1].when == 1100
    assert [timer.alive for timer in loop.timers] == [False, False, True]


def test_what_has_had_its_time_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = FakeLoop()
    monkeypatch.setattr("asyncio.get_running_loop", lambda: loop)
    limit = TimeLimit(100, lambda _: None)
    limit.opened(RECORDING)
    loop.now = 130
    limit.closed(RECORDING)

    limit.opened(RECORDING)

    assert loop.timers[-1].when == 130


class FakeLoop:
    """The event loop's clock and timers."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[FakeTimer] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, *_: object) -> "FakeTimer":
        self.timers.append(FakeTimer(self.now + delay))
        return self.timers[-1]


class FakeTimer:
    def __init__(self, when: float) -> None:
        self.when = when
        self.alive = True

    def cancel(self) -> None:
        self.alive = False
