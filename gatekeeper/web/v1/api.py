"""
The API for services: its routes, each behind a key and the scope that it names.

Rule: nothing is laid here but through `ROUTES`, so that no address answers without a
key, and none is missing in the document.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from gatekeeper.web.bodies import body
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.operation import Operation
from gatekeeper.web.v1 import (
    entries,
    events,
    media,
    permits,
    presence,
    rooms,
    webhooks,
)
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.callers import REALM, Callers
from gatekeeper.web.v1.entries import ServiceEntries
from gatekeeper.web.v1.events import ServiceEvents
from gatekeeper.web.v1.faults import ScopeMissing
from gatekeeper.web.v1.media import ServiceMedia
from gatekeeper.web.v1.pace import Pace
from gatekeeper.web.v1.permits import ServicePermits
from gatekeeper.web.v1.presence import ServicePresence
from gatekeeper.web.v1.repeats import Repeats
from gatekeeper.web.v1.rooms import ServiceRooms
from gatekeeper.web.v1.route import ROOT, Route
from gatekeeper.web.v1.webhooks import ServiceWebhooks

ROUTES: tuple[Route, ...] = (
    *permits.ROUTES,  # the first are found first, and leases are renewed all the time
    *rooms.ROUTES,
    *entries.ROUTES,
    *presence.ROUTES,
    *media.ROUTES,
    *events.ROUTES,
    *webhooks.ROUTES,
)
"""All of them."""
OPERATIONS: Mapping[str, Operation] = {each.name: each.operation() for each in ROUTES}
"""What is told of them in the document of the HTTP API."""


@dataclass(frozen=True, slots=True)
class ServiceApi:
    """All that a service is answered by."""

    callers: Callers
    pace: Pace
    repeats: Repeats
    rooms: ServiceRooms
    entries: ServiceEntries
    presence: ServicePresence
    permits: ServicePermits
    media: ServiceMedia
    events: ServiceEvents
    webhooks: ServiceWebhooks

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[ServiceApi]") -> None:
        """Serve it."""
        for route in ROUTES:
            app.router.add_route(route.method, ROOT + route.path, here(_by_key(route)))


def _by_key(
    route: Route,
) -> Callable[[ServiceApi, web.Request], Awaitable[web.StreamResponse]]:
    async def answered(api: ServiceApi, request: web.Request) -> web.StreamResponse:
        caller = await api.callers.who(request)
        api.pace.acquire(caller.key.id)
        if route.scope not in caller.key.scopes:
            raise _missing(route)
        sent = await body(request) if route.takes_body else b""
        call = Call(request, caller, sent)
        answer = partial(route.answer, api, call)
        return await (api.repeats.once(call, answer) if route.repeats else answer())

    return answered


def _missing(route: Route) -> ScopeMissing:
    fault = ScopeMissing(
        f'This key lacks the scope "{route.scope}". Ask the people who run the server '
        "for one that has it."
    )
    fault.challenge = f'{REALM}, error="insufficient_scope", scope="{route.scope}"'
    return fault
