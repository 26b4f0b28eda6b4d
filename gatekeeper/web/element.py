"""
The element for other sites' pages: one file, the same that its npm package has.

Rule: it holds nothing of anybody, so every page may load it.
"""

import asyncio
import hashlib
from pathlib import Path

from aiohttp import web

PLACE = "/embed/consent-gate.js"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=3600",
}


def element_file() -> Path:
    """Where it lies: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "embed" / "element" / "consent-gate.js"
    return inside if inside.exists() else package.parent / inside.relative_to(package)


def add_element(app: web.Application) -> None:
    """Serve it."""

    async def element(request: web.Request) -> web.Response:
        content = await asyncio.to_thread(element_file().read_bytes)
        response = web.Response(
            body=content,
            content_type="text/javascript",
            charset="utf-8",
            headers=_HEADERS,
        )
        response.etag = hashlib.sha256(content).hexdigest()[:32]
        if request.if_none_match and response.etag in request.if_none_match:
            return web.Response(status=304, headers=_HEADERS)
        return response

    app.router.add_get(PLACE, element)
