"""
How a place looks: its logo and its colour, and what pages are told of it (`[place]`).

Rule 1: the colour reaches the parts of a page that are named here. No answer, and no
question, stands in any of them (fair-consent C3).
Rule 2: a picture is shown in `<img>`, where it runs nothing; opened by itself, it has a
policy that lets it run nothing either.
"""

import hashlib
import html
import json
from dataclasses import dataclass
from typing import Self

from aiohttp import web

from gatekeeper.config.colour import BLACK, WHITE, mix, text_on
from gatekeeper.config.place import Logo, Place
from gatekeeper.web.assets import FOR_EVER

_PARTS = (
    *("page-masthead", "page-foot", "start-page", "check-page", "promise-page"),
    *("allow-page", "asked-page", ".ready", ".page-head"),
)
_HOVERED = 0.2
"""How much of a hovered colour is black, or in dark windows white."""
_BARE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of a picture: it loads nothing and runs nothing."""


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What is served of a place, at addresses that change with it."""

    place: Place
    logo: Logo | None
    style: bytes

    @classmethod
    def of(cls, place: Place) -> Self:
        """Reads the logo; blocks. Raises `ConfigInvalid`."""
        logo = None if place.logo is None else Logo.read(place.logo)
        return cls(place, logo, style(place).encode() if place.accent else b"")

    def head(self, base: str) -> str:
        """What stands in the head of each page, as HTML; nothing if nothing is said."""
        place = self.place
        said = {
            "name": place.name,
            "logo": "" if self.logo is None else f"{base}{self._logo_path()}",
            "imprint": place.imprint,
            "privacy": place.privacy,
        }
        lines = []
        if any(said.values()):
            content = html.escape(json.dumps(said, ensure_ascii=False))
            lines.append(f'  <meta name="gatekeeper-place" content="{content}" />\n')
        if self.style:
            lines.append(
                f'  <link rel="stylesheet" href="{base}{self._style_path()}" />\n'
            )
        return "".join(f"  {line}" for line in lines)

    def add_routes(self, app: web.Application) -> None:
        """Serve them."""
        app.router.add_get("/place/{name}", self._send)

    def _logo_path(self) -> str:
        return "" if self.logo is None else f"place/logo-{_digest(self.logo.content)}"

    def _style_path(self) -> str:
        return f"place/colour-{_digest(self.style)}.css" if self.style else ""

    async def _send(self, request: web.Request) -> web.Response:
        path = f"place/{request.match_info['name']}"
        if self.logo is not None and path == self._logo_path():
            return web.Response(
                body=self.logo.content,
                content_type=self.logo.kind,
                headers={"Content-Security-Policy": _BARE, "Cache-Control": FOR_EVER},
            )
        if path == self._style_path():
            return web.Response(
                body=self.style,
                content_type="text/css",
                charset="utf-8",
                headers={"Cache-Control": FOR_EVER},
            )
        raise web.HTTPNotFound


def style(place: Place) -> str:
    """The colours of a place, for the parts that have them."""
    light, dark = place.accent, place.accent_dark
    strong = mix(light, BLACK, _HOVERED), mix(dark, WHITE, _HOVERED)
    tokens = {
        "accent": (light, dark),
        "accent-strong": strong,
        "on-accent": (text_on(light), text_on(dark)),
        "fill": (light, dark),
        "fill-strong": strong,
        "on-fill": (text_on(light), text_on(dark)),
    }
    lines = (f"  --gk-{name}: light-dark({a}, {b});" for name, (a, b) in tokens.items())
    return f"{', '.join(_PARTS)} {{\n" + "\n".join(lines) + "\n}\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
