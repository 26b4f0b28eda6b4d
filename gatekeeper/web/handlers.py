"""
Handlers: routes that are laid before there is anybody to answer them.

An application that another one mounts takes no route after that, while what answers
(rooms, files, keys) is opened on its startup and closed on its cleanup.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

T = TypeVar("T")


class Handlers(Generic[T]):
    """What answers some routes, while it is there; before and after it they say 503."""

    def __init__(self) -> None:
        self._here: T | None = None

    def __call__(
        self, answer: Callable[[T, web.Request], Awaitable[web.StreamResponse]]
    ) -> Handler:
        """A handler of requests by a method (not yet bound) of what will be there."""

        async def handle(request: web.Request) -> web.StreamResponse:
            if self._here is None:
                raise web.HTTPServiceUnavailable
            return await answer(self._here, request)

        return handle

    @contextmanager
    def by(self, here: T) -> Iterator[None]:
        """Have `here` answer until the end of the context."""
        self._here = here
        try:
            yield
        finally:
            self._here = None
