"""
One thread for the files of one kind.

Rule: what is asked for is done in the order in which it was asked for, one after the
other: closing comes before erasing without any lock.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class FileThread:
    """Does what would keep the event loop waiting."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)

    def submit(
        self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> "asyncio.Future[_T]":
        """Do `work` after all that was asked for before."""
        return asyncio.wrap_future(self._executor.submit(work, *args, **kwargs))

    def close(self) -> None:
        """Return once all that was asked for is done. Blocks."""
        self._executor.shutdown()
