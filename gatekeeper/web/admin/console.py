"""
The console: its addresses, each behind the door.

Rule 1: nothing is laid here but behind it. What has no address of its own answers, to
whoever is not signed in, as what has one.
Rule 2: nothing that is said there is of one person, and nothing counts openings,
requests or answers (design.md, rule 8). What is counted does not change with what
anybody answers.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from gatekeeper.errors import NothingThere
from gatekeeper.web.admin.door import Door
from gatekeeper.web.admin.evidence import AdminEvidence
from gatekeeper.web.admin.features import AdminFeatures
from gatekeeper.web.admin.health import AdminHealth
from gatekeeper.web.admin.overview import AdminOverview
from gatekeeper.web.admin.rooms import AdminRooms
from gatekeeper.web.admin.services import AdminServices
from gatekeeper.web.admin.storage import AdminStorage
from gatekeeper.web.admin.subjects import AdminSubjects
from gatekeeper.web.admin.webhooks import AdminWebhooks
from gatekeeper.web.assets import Assets
from gatekeeper.web.handlers import Handlers

PAGE = "/admin"
API = "/api/admin"
ANY = "{any:.*}"


@dataclass(frozen=True, slots=True)
class Console:
    """All that an admin is answered by."""

    door: Door
    overview: AdminOverview
    features: AdminFeatures
    rooms: AdminRooms
    storage: AdminStorage
    evidence: AdminEvidence
    health: AdminHealth
    subjects: AdminSubjects
    services: AdminServices
    webhooks: AdminWebhooks

    @staticmethod
    def add_routes(
        app: web.Application, here: "Handlers[Console]", assets: Assets
    ) -> None:
        """Serve it."""

        async def page(console: Console, request: web.Request) -> web.StreamResponse:
            return await console.door.page(assets)

        async def none(console: Console, request: web.Request) -> web.StreamResponse:
            return await console.door.none(request, assets)

        add = app.router.add_route
        add("GET", PAGE, here(page))
        add("GET", f"{PAGE}/sign-in", here(lambda c, r: c.door.leave(r)))
        add("GET", f"{PAGE}/sign-in/back", here(lambda c, r: c.door.come_back(r)))
        add("*", f"{PAGE}/{ANY}", here(none))
        session = f"{API}/session"
        add("GET", session, here(lambda c, r: c.door.session(r)))
        add("POST", session, here(lambda c, r: c.door.sign_in(r)))
        add("DELETE", session, here(lambda c, r: c.door.sign_out(r)))
        for method, path, answer in _INSIDE:
            add(method, API + path, here(_behind_the_door(answer)))
        for path in (API, f"{API}/{ANY}"):
            add("*", path, here(_behind_the_door(_nothing)))


Answer: TypeAlias = Callable[[Console, web.Request], Awaitable[web.StreamResponse]]


def _behind_the_door(answer: Answer) -> Answer:
    async def answered(console: Console, request: web.Request) -> web.StreamResponse:
        await console.door.require(request)
        return await answer(console, request)

    return answered


async def _nothing(console: Console, request: web.Request) -> web.StreamResponse:
    raise NothingThere("The console has no such address.")


_INSIDE: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/overview", lambda c, r: c.overview.state(r)),
    ("GET", "/features", lambda c, r: c.features.list(r)),
    ("PUT", "/features/{feature}/switch", lambda c, r: c.features.switch(r)),
    ("PUT", "/features/{feature}/notices", lambda c, r: c.features.word(r)),
    ("DELETE", "/features/{feature}/notices", lambda c, r: c.features.use_file(r)),
    ("POST", "/features/{feature}/draft", lambda c, r: c.features.draft(r)),
    ("GET", "/features/{feature}/history", lambda c, r: c.features.history(r)),
    ("GET", "/rooms", lambda c, r: c.rooms.list(r)),
    ("POST", "/rooms/{room}/end", lambda c, r: c.rooms.end(r)),
    ("GET", "/storage", lambda c, r: c.storage.state(r)),
    ("GET", "/meetings", lambda c, r: c.evidence.list(r)),
    ("GET", "/meetings/{meeting}", lambda c, r: c.evidence.audit(r)),
    ("GET", "/meetings/{meeting}/export", lambda c, r: c.evidence.export(r)),
    ("GET", "/meetings/{meeting}/proof", lambda c, r: c.evidence.proof(r)),
    ("GET", "/acts", lambda c, r: c.evidence.acts(r)),
    ("POST", "/subject", lambda c, r: c.subjects.find(r)),
    ("POST", "/subject/export", lambda c, r: c.subjects.export(r)),
    ("POST", "/subject/erase", lambda c, r: c.subjects.erase(r)),
    ("GET", "/services", lambda c, r: c.services.list(r)),
    ("POST", "/services", lambda c, r: c.services.make(r)),
    ("DELETE", "/services/{key}", lambda c, r: c.services.revoke(r)),
    ("GET", "/webhooks", lambda c, r: c.webhooks.list(r)),
    ("POST", "/webhooks", lambda c, r: c.webhooks.add(r)),
    ("POST", "/webhooks/{webhook}/secret", lambda c, r: c.webhooks.rotate(r)),
    ("POST", "/webhooks/{webhook}/replay", lambda c, r: c.webhooks.replay(r)),
    ("DELETE", "/webhooks/{webhook}", lambda c, r: c.webhooks.remove(r)),
    ("GET", "/health", lambda c, r: c.health.state(r)),
    ("POST", "/doctor", lambda c, r: c.health.ask(r)),
)
