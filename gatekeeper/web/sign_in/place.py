"""
Where this server is for a browser that signs in: its addresses, and its cookies.

Rule: nobody is sent anywhere but to a path of ours, of letters that no browser reads as
another host.
"""

import re
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.web.own_site import OwnSite

_PATH = re.compile(r"(?:[A-Za-z0-9_-]{1,64}(?:/[A-Za-z0-9_-]{1,64}){0,7})?")


@dataclass(frozen=True, slots=True)
class Place:
    """One server's."""

    site: OwnSite
    base: str
    """The path below which its addresses are; a slash at both ends."""

    def path(self, wanted: str) -> str:
        """The path of ours that somebody wants to go on to; else the start page."""
        return self.base + wanted if _PATH.fullmatch(wanted) else self.base

    def url(self, request: web.Request, path: str) -> str:
        """A whole address, by the name that the browser was sent to."""
        # The name is one of ours: `own_site` has seen to that.
        return f"{self.site.scheme(request)}://{self.site.host(request)}{path}"

    def cookie(self, request: web.Request, name: str) -> str:
        """
        What a cookie is called, so that no neighbour can have set it.

        RFC 6265bis, 4.1.3: `__Host-` is for all of a host, `__Secure-` for a path.
        """
        if not self._secure(request):
            return name
        return f"__Host-{name}" if self.base == "/" else f"__Secure-{name}"

    def set_cookie(
        self,
        request: web.Request,
        response: web.Response,
        name: str,
        value: str,
        seconds: int,
        *,
        samesite: str = "Strict",
    ) -> None:
        """Have the browser keep a value for a while, out of reach of scripts."""
        response.set_cookie(
            self.cookie(request, name),
            value,
            path=self.base,
            max_age=seconds,
            httponly=True,
            samesite=samesite,
            secure=self._secure(request),
        )

    def drop_cookie(
        self, request: web.Request, response: web.Response, name: str
    ) -> None:
        """Have the browser forget it."""
        response.del_cookie(
            self.cookie(request, name),
            path=self.base,
            secure=self._secure(request),
            httponly=True,
        )

    def _secure(self, request: web.Request) -> bool:
        return self.site.scheme(request) == "https"
