"""The path below which a server's addresses are, where others share its host."""

import re
from typing import Annotated

from pydantic import BeforeValidator

_SEGMENT = re.compile(r"(?!\.\.?/)[A-Za-z0-9._~-]{1,64}/")
"""What needs no escape (RFC 3986, 2.3), and leads neither here nor up."""
MOST = 8
"""Segments."""
OURS = frozenset(
    (
        *(
            "admin",
            "allow",
            "api",
            "check",
            "embed",
            "log",
            "m",
            "place",
            "promise",
            "sign-in",
            "static",
            "verify",
            "verify.py",
        ),
        ".well-known",
        *("healthz", "metrics", "readyz"),
    )
)
"""How addresses below it begin: a proxy may take the path away, or leave it, and what
is asked for must be another thing then."""


def base_path(given: object) -> str:
    """A path with a slash at both ends. Raises `ValueError`."""
    text = str(given)
    path = f"/{text.strip('/')}/" if text.strip("/") else "/"
    segments = path[1:].split("/")[:-1]
    whole = all(_SEGMENT.fullmatch(f"{segment}/") for segment in segments)
    if not whole or len(segments) > MOST:
        raise ValueError(f'{text!r} is no path. Say "/", or such as "/meet/".')
    if segments and (segments[0] in OURS or "static" in segments):
        raise ValueError(
            f"{text!r} is how addresses of this server begin. Choose another, such as "
            '"/meet/".'
        )
    return path


BasePath = Annotated[str, BeforeValidator(base_path)]
"""Begins and ends with a slash."""
