"""Random ids, in whose letters any short name may stand."""

import re

_ID = re.compile(r"[A-Za-z0-9_-]{16,}")


def without_ids(text: str) -> str:
    """What of a text people can read."""
    return _ID.sub("\N{HORIZONTAL ELLIPSIS}", text)
