"""Files and texts as answers: shown, or saved under a name."""

from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web

_Response = TypeVar("_Response", bound=web.StreamResponse)


def file(request: web.Request, path: Path, name: str) -> web.FileResponse:
    """A file, shown or saved; browsers ask for ranges."""
    return saved(web.FileResponse(path), request, name)


def saved(response: _Response, request: web.Request, name: str) -> _Response:
    """`response`, to be saved as `name` if the request says `download`."""
    if "download" in request.query:
        # RFC 6266, 4.3: only this form can carry any name.
        response.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        )
    return response
