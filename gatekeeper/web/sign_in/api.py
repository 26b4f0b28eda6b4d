"""
Signing in and out over HTTP, and the check before a room is opened.

Rule: identity opens rooms, and goes no further. No room, entry, seat or log line gets
it; who joins is never asked for it.
"""

import json
from typing import NoReturn

from aiohttp import web

from gatekeeper.config.rooms import Rooms
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.sign_in.sessions import SignedIn
from gatekeeper.web.sign_in.way import Way

API = "/api/sign-in"
PAGE = "/sign-in"


class Anybody(Way):
    """Nobody is asked."""

    open_to = "anybody"
    can_sign_out = False

    async def who(self, request: web.Request) -> SignedIn | None:
        return SignedIn("", by="")

    async def sign_out(self, request: web.Request, response: web.Response) -> NoReturn:
        self._none()


class SignIn:
    """Handlers over the one way that the configuration names."""

    def __init__(self, way: Way) -> None:
        self._way = way

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[SignIn]") -> None:
        """Serve it."""
        app.router.add_get(API, here(SignIn.who))
        app.router.add_post(API, here(SignIn.sign_in))
        app.router.add_delete(API, here(SignIn.sign_out))
        app.router.add_get(PAGE, here(SignIn.leave), allow_head=False)
        app.router.add_get(f"{PAGE}/back", here(SignIn.come_back), allow_head=False)

    @property
    def open_to(self) -> str:
        """Which way it is, as the configuration has it."""
        return self._way.open_to

    def follow(self, rooms: Rooms) -> None:
        """Go on by what the configuration says now."""
        self._way.follow(rooms)

    async def check(self, request: web.Request) -> None:
        """Raise what keeps somebody from opening a room."""
        if await self._way.who(request) is None:
            raise self._way.refusal()

    async def who(self, request: web.Request) -> web.Response:
        """Who asks, told to themselves."""
        found = await self._way.who(request)
        return web.json_response(
            {
                "open_to": self._way.open_to,
                "may_open": found is not None,
                "name": None if found is None else found.name or None,
                "sign_out": found is not None and self._way.can_sign_out,
            }
        )

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Begin a session by what is sent along."""
        return await self._way.sign_in(request)

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """End it, and say where the browser goes on to."""
        response = web.Response(content_type="application/json")
        response.text = json.dumps(
            {"next": await self._way.sign_out(request, response)}
        )
        return response

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """The page that leads to the sign-in."""
        return await self._way.leave(request)

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """The page that a provider sends the browser back to."""
        return await self._way.come_back(request)
