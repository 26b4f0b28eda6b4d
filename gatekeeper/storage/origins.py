"""
Origins: sites whose pages may show a service's rooms.

Rule: one is a scheme, a name and perhaps a port (RFC 6454), spelled in one way only; it
stands for itself and for nothing below it.
"""

import re
from urllib.parse import urlsplit

MOST = 10
"""Of one key: all of them are named in a header."""
LONGEST = 255
"""Characters."""
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    r"(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
_HERE = ("localhost", "127.0.0.1")
_PORTS = {"https": 443, "http": 80}


def origin_of(text: str) -> str:
    """
    An origin as browsers spell it, such as `https://app.example.org`.

    Raises `ValueError` with a sentence for whoever has written it.
    """
    scheme, name, port = _parts(text)
    if scheme != "https" and not (scheme == "http" and name in _HERE):
        raise ValueError("must begin with https://, or be http:// on this machine")
    if not _HOST.fullmatch(name):
        raise ValueError(
            "must have a name that browsers send: letters, digits and hyphens, "
            "without a wildcard"
        )
    return f"{scheme}://{name}" + ("" if port in (None, _PORTS[scheme]) else f":{port}")


def _parts(text: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no origin, such as https://app.example.org") from None
    more = parts.query or parts.fragment or "@" in parts.netloc or parts.path
    spelled = text.isascii() and text.isprintable() and " " not in text
    if not name or more or not spelled or len(text) > LONGEST:
        raise ValueError(
            "must be a scheme, a name and perhaps a port, and nothing after them"
        )
    return parts.scheme, name, port
