"""
Routes of the API for services: each is one line, with all that is to be said of it.

Rule: which scope it needs, what it takes and gives, and how it refuses, stand here
once: requests are checked by it, and the document of the API is made of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from aiohttp import web

from gatekeeper.errors import (
    LedgerUnavailable,
    MalformedMessage,
    MessageTooLarge,
    NothingThere,
    PeerError,
    RateLimited,
)
from gatekeeper.storage.service_keys import Scope
from gatekeeper.web.faults import OtherHost, OtherSite, TooSlow
from gatekeeper.web.operation import Operation
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import (
    IdempotencyMismatch,
    IdempotencyRunning,
    KeyUnknown,
    ScopeMissing,
)

ROOT = "/api/v1"
"""Below which all of it is."""
PAGE: Mapping[str, Mapping[str, Any]] = {
    "after": {"type": "string", "description": "`next` of the page before."},
    "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
}
"""What a list takes in its query."""
_ALWAYS = (
    KeyUnknown,
    ScopeMissing,
    RateLimited,
    OtherHost,
    MessageTooLarge,
    LedgerUnavailable,
)
_REPEATS = (IdempotencyMismatch, IdempotencyRunning)

Answered: TypeAlias = Callable[[Any, Call], Awaitable[web.StreamResponse]]
"""By what of `api.ServiceApi`, and how."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address, by one method."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """Below `ROOT`."""
    scope: Scope
    answer: Answered
    told: Operation
    """Besides what is true of every route: `operation` adds that."""
    refuses: tuple[type[PeerError], ...] = field(default=())
    """Besides what any route refuses."""
    repeatable: bool = True
    """Of a POST: whether what was answered is answered again (`Idempotency-Key`). Not
    where it would be untrue by then: a lease that nobody got ends by itself."""

    @property
    def name(self) -> str:
        """As it stands in the document of the API."""
        return f"{self.method} {ROOT}{self.path}"

    @property
    def takes_body(self) -> bool:
        """Whether a body is read."""
        return self.method == "POST" or self.told.body is not None

    @property
    def repeats(self) -> bool:
        """Whether it looks at `Idempotency-Key`."""
        return self.method == "POST" and self.repeatable

    def operation(self) -> Operation:
        """All that is told of it."""
        told = self.told
        refuses: list[type[PeerError]] = [*_ALWAYS, *self.refuses]
        if "{" in self.path:
            refuses.append(NothingThere)
        if self.method != "GET":
            refuses.append(OtherSite)
        if self.repeats:
            refuses += _REPEATS
        if self.takes_body:
            refuses += [MalformedMessage, TooSlow]
        return Operation(
            told.does,
            told.answers,
            told.body,
            told.query,
            typed=told.typed,
            fields=told.fields,
            scope=self.scope,
            repeats=self.repeats,
            refuses=tuple(dict.fromkeys(refuses)),
        )
