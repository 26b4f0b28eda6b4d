"""
Own site: whose pages may ask for what.

Rule 1: a request is for a name that this server goes by; a name of somebody else's that
leads here (DNS rebinding) is refused.
Rule 2: what changes anything, and a WebSocket, comes from a page of this very site:
scheme, name and port (RFC 6454), or from no browser at all.
Rule 3: what stands in a path is an id, or it is nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from gatekeeper.errors import NothingThere
from gatekeeper.web.faults import OtherHost, OtherSite
from gatekeeper.web.proxies import TrustedProxies

_SAFE = (hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS)
_OWN = ("same-origin", "none")
"""`Sec-Fetch-Site` of a page of ours, or of no page (W3C, Fetch Metadata, 2.4)."""
ID = re.compile(r"[A-Za-z0-9_.-]{1,256}")
"""What stands for something in a path."""
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/?#@\\%]+)(:[0-9]{0,5})?")
_PORTS = {"http": 80, "https": 443}
KNOWN = 64
"""Names that are not looked at afresh with each request; a server has a few."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class OwnSite:
    """What this server is called, and how it is reached."""

    names: frozenset[str]
    proxies: TrustedProxies

    @classmethod
    def of(
        cls, host: str, names: Collection[str], proxies: TrustedProxies
    ) -> "OwnSite":
        """A server that listens at `host`, and that an admin calls `names`."""
        machine = socket.gethostname().lower()
        known = {host, *names, *_LOOPBACK, machine, f"{machine}.local"}
        return cls(frozenset(name.lower() for name in known), proxies)

    def scheme(self, request: web.BaseRequest) -> str:
        """`http` or `https`, as the browser said it."""
        return self.proxies.scheme(request)

    def host(self, request: web.BaseRequest) -> str:
        """The name, and perhaps the port, that the browser was sent to."""
        return self.proxies.host(request)

    def stays_secure(self, request: web.BaseRequest) -> bool:
        """Whether a browser may keep to TLS: what it has come by, and to a name."""
        name = name_of(self.host(request))
        if name is None or _is_address(name) or name in _LOOPBACK:
            return False  # of a machine's own name other ports may be somebody else's
        return self.scheme(request) == "https"

    def check_host(self, request: web.BaseRequest) -> None:
        """Raise `OtherHost` unless the request is for us."""
        # Both, if a proxy says another: it may pass on what it was sent.
        for host in {request.host, self.host(request)}:
            name = name_of(host)
            # Whoever types an address reaches just that: no name to take over.
            if name is None or (name not in self.names and not _is_address(name)):
                raise OtherHost

    def check_origin(self, request: web.BaseRequest) -> None:
        """Raise `OtherSite` unless no page of another site is behind the request."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN:
            raise OtherSite
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None:
            return
        here = _place(f"{self.scheme(request)}://{self.host(request)}")
        if here is None or _place(origin) != here:
            raise OtherSite


def own_site(site: OwnSite) -> Middleware:
    """Refuse what is not for this site, or not from it."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        site.check_host(request)
        if request.method not in _SAFE or hdrs.UPGRADE in request.headers:
            site.check_origin(request)
        if not _reads_its_path(request.match_info.route.resource):
            _check_ids(request.match_info)
        return await handler(request)

    return check


def _reads_its_path(resource: web.AbstractResource | None) -> bool:
    """Whether it is of the client's own files, or answers whatever path alike."""
    path = "" if resource is None else resource.canonical
    return "/static/" in path or path.endswith("/{any}")


def _check_ids(found: web.UrlMappingMatchInfo) -> None:
    if not all(ID.fullmatch(value) for value in found.values()):
        raise NothingThere


def _place(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port (RFC 6454, section 4); None if it is no origin."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    bare = not (parts.path or parts.query or parts.fragment or parts.username)
    if port is None or parts.hostname is None or not bare:
        return None
    return parts.scheme, parts.hostname.rstrip("."), port


@lru_cache(KNOWN)
def name_of(host: str) -> str | None:
    """
    The name in a `Host` line, without port and brackets; None if there is none.

    None, too, if it is more than a name and a port (RFC 3986, 3.2): what is made of an
    address is quoted in links, policies and drawings.
    """
    if not _HOST.fullmatch(host):
        return None
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return None
    return name.rstrip(".") if name else None


@lru_cache(KNOWN)
def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
