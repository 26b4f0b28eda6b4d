"""
How long the event loop's thread is taken by one input of a stranger, at the worst.

Over the corpus of `tests/hostile`: texts, statements, fields, datagrams and packets.
The times are of the thread's CPU clock, the best of several, so that other processes
and the first run's caches do not count.
"""

import asyncio
import time
from typing import Any

from tests.bench import child
from tests.hostile.corpus import corpus
from tests.hostile.input import Input

TIMES = 5
NS = 1e6
"""Nanoseconds in a millisecond."""


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with asyncio.Runner(loop_factory=child.loop_factory()) as runner:
        rows = runner.run(_measure())
    (value, name), (second, after), *_ = sorted(rows, reverse=True)
    return {
        "worst_input_ms": {
            "value": round(value, 3),
            "unit": "ms",
            "baseline": "",
            "how": "CPU time of the event loop's thread for one input, of "
            f"{len(rows)}; the worst is “{name}”, then “{after}” with {second:.3f} ms",
        }
    }


async def _measure() -> list[tuple[float, str]]:
    return [(await _time(worst), worst.name) for worst in corpus()]


async def _time(worst: Input) -> float:
    """Milliseconds."""
    took = []
    for _ in range(TIMES):
        act = await worst.act()
        began = time.thread_time_ns()
        act()
        took.append(time.thread_time_ns() - began)
    return min(took) / NS
