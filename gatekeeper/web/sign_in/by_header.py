"""
By a header: a proxy has signed somebody in, and says whom (oauth2-proxy, Authelia).

Rule 1: only a trusted proxy is believed. From anybody else the header is a forgery, and
what comes with it is refused, not answered as if it were not there.
Rule 2: nothing is kept of it: each request is judged by what it says itself.
"""

from aiohttp import web

from gatekeeper.config.rooms import Header
from gatekeeper.meeting.faults import NameUnusable
from gatekeeper.meeting.nickname import nickname
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.sign_in.faults import SignInFailed, UntrustedProxy
from gatekeeper.web.sign_in.place import Place
from gatekeeper.web.sign_in.sessions import SignedIn
from gatekeeper.web.sign_in.way import Way

LONGEST = 256
"""Characters of who somebody is."""


class ByHeader(Way):
    """What `server.trusted_proxies` say of whom they pass on."""

    open_to = "header"
    how = "Sign in where the server's proxy asks for it, from the start page."

    def __init__(self, header: Header, proxies: TrustedProxies, place: Place) -> None:
        self._header = header
        self._proxies = proxies
        self._place = place
        self.can_sign_out = header.sign_out != ""

    async def who(self, request: web.Request) -> SignedIn | None:
        given = request.headers.getall(self._header.user, ())
        if given and not self._proxies.trusts(request.remote or ""):
            raise UntrustedProxy
        # Two of them: one may be what the client has sent, and the proxy passed on.
        if len(given) != 1 or not 0 < len(given[0].strip()) <= LONGEST:
            return None
        shown = request.headers.get(self._header.name, "")
        return SignedIn(_name(shown) or _name(given[0]), by="")

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Here the proxy has asked for a sign-in: so back."""
        path = self._place.path(request.query.get("to", ""))
        if await self.who(request) is None:
            path = f"{self._place.base}#sign-in={SignInFailed.code}"
        return web.Response(status=303, headers={"Location": path})

    async def sign_out(
        self, request: web.Request, response: web.Response
    ) -> str | None:
        return self._header.sign_out or None


def _name(given: str) -> str:
    """As it can be shown; empty if it cannot."""
    try:
        # Bytes of a header that are no ASCII were read as surrogates.
        text = given.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return nickname(text[:LONGEST], LONGEST)
    except NameUnusable:
        return ""
