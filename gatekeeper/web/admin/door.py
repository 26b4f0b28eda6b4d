"""
The door of the console: who may come in, and what everybody else is told.

Rule 1: to whoever is not signed in, each address below the console's answers alike,
there or not, by whatever method: nobody learns what is behind it. Two say how one
signs in: the page itself, and `session`.
Rule 2: who may open rooms is no admin by that: another cookie, another rule, other
sessions.
"""

from typing import Literal

from aiohttp import web

from gatekeeper.errors import NothingThere, PeerError
from gatekeeper.web.admin.faults import ConsoleLocked
from gatekeeper.web.assets import Assets
from gatekeeper.web.shape import Shape, said
from gatekeeper.web.sign_in.sessions import SignedIn
from gatekeeper.web.sign_in.way import Way

COOKIE = "admin"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""No WebSocket, no media, no form that a browser sends by itself."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": (
        "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), "
        "usb=()"
    ),
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}


class Session(Shape):
    """`GET /api/admin/session`: the one answer that a stranger gets, too."""

    way: Literal["token", "oidc", "anybody", "header"]
    signed_in: bool
    """To who is not, nothing else is told but how one would be."""
    name: str | None
    """Of who is signed in, where the provider says it."""
    place: str
    """Who runs this server."""


class SessionOver(Shape):
    """`DELETE /api/admin/session`."""

    next: str | None
    """Where the browser goes on to, to sign out there as well."""


class Door:
    """Over the one way in that the configuration names."""

    def __init__(self, way: Way, place: str) -> None:
        """`place`: what this server is called by who runs it."""
        self._way = way
        self._place = place

    async def require(self, request: web.Request) -> SignedIn:
        """Who asks. Raises `ConsoleLocked` for everybody who is no admin."""
        found = await self._way.who(request)
        if found is None:
            raise self._locked()
        return found

    async def session(self, request: web.Request) -> web.Response:
        """Who one is, told to oneself; to anybody else, how one signs in."""
        who = await self._way.who(request)
        return said(
            Session(
                way=self._way.open_to,
                signed_in=who is not None,
                name=None if who is None else who.name or None,
                place="" if who is None else self._place,
            )
        )

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """By what is sent along."""
        return await self._way.sign_in(request)

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """Be signed in no more; where the browser goes on to, if anywhere."""
        await self.require(request)
        response = web.Response(content_type="application/json")
        going = await self._way.sign_out(request, response)
        response.text = SessionOver(next=going).model_dump_json()
        return response

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """To a provider."""
        return await self._way.leave(request)

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """From there."""
        return await self._way.come_back(request)

    async def page(self, assets: Assets) -> web.Response:
        """The console's one page; to whoever is not signed in it shows the way in."""
        response = await assets.page("admin.html")
        response.headers.update(HEADERS)
        return response

    async def none(self, request: web.Request, assets: Assets) -> web.Response:
        """Below the page: the way in for who is not signed in; else `NothingThere`."""
        if await self._way.who(request) is not None:
            raise NothingThere("There is no such page of the console.")
        response = await self.page(assets)
        response.set_status(ConsoleLocked.status)
        response.headers["WWW-Authenticate"] = self._challenge
        return response

    @property
    def _challenge(self) -> str:
        return f'Session way="{self._way.open_to}"'

    def _locked(self) -> PeerError:
        fault = ConsoleLocked()
        fault.challenge = self._challenge
        return fault
