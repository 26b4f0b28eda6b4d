"""
Lent: a page that is narrower, darker or magnified in a loop, and as it was afterwards.

Rule: where a failure or a `break` has left such a loop, the page is given back when the
test is over. Python itself would close the loop once nothing holds it any more, which a
failure that is to be told of does for long.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_LENT: list[AsyncGenerator[Any]] = []
"""Loops that were begun in this test, in that order."""


def lent(loop: Callable[P, AsyncGenerator[T]]) -> Callable[P, AsyncIterator[T]]:
    """`loop` gives back in a `finally`, which comes when the test is over at last."""

    @wraps(loop)
    def lend(*given: P.args, **named: P.kwargs) -> AsyncIterator[T]:
        _LENT.append(loop(*given, **named))
        return _LENT[-1]

    return lend


async def give_back() -> None:
    """End every loop that was left, what stands in another one before that."""
    while _LENT:
        await _LENT.pop().aclose()
