"""How much the interpreter does: lines of Python, whatever the load and the clock."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

BUDGET = 50_000
"""Lines for one input: between one millisecond and two, where nothing else runs."""


class TooMuch(Exception):
    """More than the budget."""


def lines(act: Callable[[], object], budget: int = BUDGET) -> int:
    """Lines that `act` runs through. Raises `TooMuch` once the budget is spent."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count > budget:
            raise TooMuch(f"more than {budget} lines")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    if count > budget:  # and the parser has taken it for an error of its own
        raise TooMuch(f"more than {budget} lines")
    return count
