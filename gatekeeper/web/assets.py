"""
The client's files, in memory, at addresses that change with them.

A page of the client is made of more than a hundred modules. Asking for each of them
whether it is still the same took a third of the time in which a known page was there,
on one machine; a browser need not ask for what never changes (RFC 8246).

Rule 1: `/static/<version>/...` never changes, so browsers keep it; `/static/...` is
asked for each time.
Rule 2: text goes compressed, each file once for everybody: on a phone's network the way
into a room is as long as its modules are large. These files alone: where a secret is in
an answer, its compressed size tells of it (BREACH).
Rule 3: a page names the version of the files as they are when it is asked for, so an
edit is there with the next load.
"""

import asyncio
import gzip
import hashlib
import mimetypes
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
"""Not left to the machine: browsers run no module of another type."""
_REFUSED = re.compile(r"q=0(\.0{0,3})?", re.IGNORECASE)
"""A weight of nothing: not acceptable (RFC 9110, section 12.4.2)."""
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Files:
    """All files at one moment."""

    seen: tuple[tuple[str, int, int], ...]
    """Name, time of change and size of each."""
    version: str
    contents: dict[str, bytes]
    compressed: dict[str, bytes] = field(default_factory=dict)
    """Those that were asked for; with gzip (RFC 1952)."""

    def shortest(self, name: str) -> bytes:
        """With gzip, or as it is if that is no longer."""
        if name not in self.compressed:
            self.compressed[name] = gzip.compress(self.contents[name], mtime=0)
        return min(self.contents[name], self.compressed[name], key=len)


class Assets:
    """The files below one folder."""

    def __init__(self, root: Path) -> None:
        self._base = "/"
        self._head = ""
        self._root = root
        self._files = _read(root)

    def lie_below(self, base: str, head: str) -> None:
        """
        From here on pages name addresses below `base`.

        `head`: HTML that stands last in the head of each page.
        """
        self._base, self._head = base, head

    def add_routes(self, app: web.Application) -> None:
        """Serve them."""
        app.router.add_get("/static/{version:[0-9a-f]{16}}/{name:.+}", self.versioned)
        app.router.add_get("/static/{name:.+}", self.plain)

    async def page(self, name: str) -> web.Response:
        """An HTML page that names the files as they are now."""
        files = self._files = await asyncio.to_thread(_read, self._root, self._files)
        text = files.contents[name].decode("utf-8")
        text = text.replace('"/static/', f'"{self._base}static/{files.version}/')
        return web.Response(
            text=text.replace("</head>", f"{self._head}</head>", 1),
            content_type="text/html",
            headers={"Cache-Control": "no-cache"},
        )

    async def versioned(self, request: web.Request) -> web.Response:
        """A file at an address of its own; of an old version, what there is now."""
        response = self._found(request)
        if request.match_info["version"] == self._files.version:
            response.headers["Cache-Control"] = FOR_EVER
        return response

    async def plain(self, request: web.Request) -> web.Response:
        """A file at an address that stays."""
        return self._found(request)

    def _found(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        content = self._files.contents.get(name)
        if content is None:
            raise web.HTTPNotFound
        suffix = Path(name).suffix
        if suffix in _TYPES:
            return self._text(request, name, _TYPES[suffix])
        kind = mimetypes.guess_type(name)[0]
        return web.Response(
            body=content,
            content_type=kind or "application/octet-stream",
            headers={"Cache-Control": "no-cache"},
        )

    def _text(self, request: web.Request, name: str, kind: str) -> web.Response:
        content = self._files.contents[name]
        body = self._files.shortest(name) if _takes_gzip(request) else content
        response = web.Response(body=body, content_type=kind, charset="utf-8")
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        if body is not content:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _takes_gzip(request: web.Request) -> bool:
    """Whether the browser says so (RFC 9110, section 12.5.3)."""
    for coding in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() == "gzip":
            return not _REFUSED.fullmatch(weight.strip())
    return False


def _read(root: Path, known: _Files | None = None) -> _Files:
    """The files as they are; `known` if nothing has changed. Blocks."""
    found = sorted(_below(root), key=lambda file: file[0].split("/"))
    seen = tuple((name, stat.st_mtime_ns, stat.st_size) for name, _, stat in found)
    if known is not None and known.seen == seen:
        return known
    contents = {}
    digest = hashlib.sha256()
    for name, path, _ in found:
        with open(path, "rb") as file:
            content = contents[name] = file.read()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return _Files(seen, digest.hexdigest()[:16], contents)


def _below(
    folder: Path | str, above: str = ""
) -> Iterator[tuple[str, str, os.stat_result]]:
    """Name, path and state of each file. `pathlib` would take four times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{name}/")
            elif entry.is_file():
                yield name, entry.path, entry.stat()
