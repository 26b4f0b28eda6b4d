"""
Pages and assets, and the headers that every answer carries.

Rule: no third-party script, no inline script, no string becomes markup.
"""

from pathlib import Path

from aiohttp import web

import gatekeeper
from gatekeeper.web.assets import Assets

POLICY = "; ".join(
    (
        "default-src 'self'",
        "connect-src 'self' ws: wss:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), "
        "geolocation=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def static_directory() -> Path:
    """Where the client lies: inside an installed package, beside it in a checkout."""
    package = Path(gatekeeper.__file__).parent
    inside = package / "static"
    return inside if inside.is_dir() else package.parent / "static"


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "ETag" in response.headers or "Last-Modified" in response.headers:
        response.headers.setdefault("Cache-Control", "no-cache")
    else:
        response.headers.setdefault("Cache-Control", "no-store")


def add_pages(app: web.Application) -> None:
    """Serve the client."""
    assets = Assets(static_directory())

    async def start(request: web.Request) -> web.Response:
        return await assets.page("index.html")

    async def meeting(request: web.Request) -> web.Response:
        return await assets.page("meeting.html")

    async def after(request: web.Request) -> web.Response:
        return await assets.page("after.html")

    async def promise(request: web.Request) -> web.Response:
        return await assets.page("promise.html")

    app.router.add_get("/", start)
    app.router.add_get("/m/{room}", meeting)
    app.router.add_get("/m/{room}/after", after)
    app.router.add_get("/promise", promise)
    assets.add_routes(app)
    app.on_response_prepare.append(add_headers)
