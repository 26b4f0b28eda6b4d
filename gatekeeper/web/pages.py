"""
Pages and assets, and the headers that every answer carries.

Rule: no third-party script, no inline script, no string becomes markup.
"""

import asyncio
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from aiohttp import hdrs, web

from gatekeeper.web.assets import Assets
from gatekeeper.web.own_site import KNOWN, OwnSite

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        # 'self' is no WebSocket in every browser (CSP 3, section 6.7.2.8).
        "connect-src 'self' {socket}",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors {ancestors}",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

VERIFIER = "/verify.py"
"""Where the one file is that verifies what this server hands out."""
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")
"""What may be quoted in a policy."""

FRAMED_BY: web.RequestKey[tuple[str, ...]] = web.RequestKey("framed_by", tuple)
"""Of a request: the sites whose pages may frame what answers it; nobody's by itself."""

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), "
        "geolocation=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


STRICT = "max-age=31536000"
"""For a year of seconds a browser comes by TLS only (RFC 6797, 6.1.1)."""


def static_directory() -> Path:
    """Where the client lies: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "static"
    return inside if inside.is_dir() else package.parent / "static"


def add_headers(app: web.Application, site: OwnSite) -> None:
    """Have the headers put on every answer."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if site.stays_secure(request):
            response.headers.setdefault("Strict-Transport-Security", STRICT)
        framed_by = request.get(FRAMED_BY, ())
        ancestors = " ".join(framed_by) or "'none'"
        policy = _policy(site.scheme(request), site.host(request), ancestors)
        response.headers.setdefault("Content-Security-Policy", policy)
        if not framed_by:  # for browsers that know no policy; it can name no site
            response.headers.setdefault("X-Frame-Options", "DENY")
        # Who may see an answer is asked anew each time: nobody else keeps it.
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.pop(hdrs.SERVER, None)

    app.on_response_prepare.append(add)


@lru_cache(KNOWN)
def _policy(scheme: str, host: str, ancestors: str) -> str:
    """
    What a page of ours may load; of WebSockets our own, by its address.

    `ancestors`: the pages that may show it.
    """
    own = f"{scheme.replace('http', 'ws')}://{host}" if _HOST.fullmatch(host) else ""
    return POLICY.format(socket=own or "'self'", ancestors=ancestors)


async def _verifier(request: web.Request) -> web.Response:
    """The one file that verifies without this server (`evidence.standalone`)."""
    file = files("gatekeeper.evidence.standalone") / "verify.py"
    text = await asyncio.to_thread(file.read_text, "utf-8")
    response = web.Response(text=text, content_type="text/x-python")
    response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


def add_pages(app: web.Application, assets: Assets) -> None:
    """Serve the client."""

    async def start(request: web.Request) -> web.Response:
        return await assets.page("index.html")

    async def meeting(request: web.Request) -> web.Response:
        return await assets.page("meeting.html")

    async def after(request: web.Request) -> web.Response:
        return await assets.page("after.html")

    async def promise(request: web.Request) -> web.Response:
        return await assets.page("promise.html")

    async def allow(request: web.Request) -> web.Response:
        return await assets.page("allow.html")

    async def check(request: web.Request) -> web.Response:
        return await assets.page("check.html")

    async def verify(request: web.Request) -> web.Response:
        return await assets.page("verify.html")

    app.router.add_get("/", start)
    app.router.add_get("/m/{room}", meeting)
    app.router.add_get("/m/{room}/after", after)
    app.router.add_get("/promise", promise)
    app.router.add_get("/allow", allow)
    app.router.add_get("/check", check)
    app.router.add_get("/verify", verify)
    app.router.add_get(VERIFIER, _verifier)
    assets.add_routes(app)
