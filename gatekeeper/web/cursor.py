"""Pages of a long list: where one ends, and the next begins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from gatekeeper.errors import MalformedMessage

PAGE = 50
"""Of a list at once."""
_TEXT = re.compile(r"(\d{1,17})\.([A-Za-z0-9_-]{1,64})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in a list that is in order of time, then of id."""

    at: datetime
    id: str

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.id}"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self | None:
        """What a request says in `after`. Raises `MalformedMessage`."""
        text = query.get("after")
        if text is None:
            return None
        found = _TEXT.fullmatch(text)
        if found is None:
            raise MalformedMessage("after: not the end of a page of ours.")
        return cls(_EPOCH + timedelta(microseconds=int(found[1])), found[2])


def limit(query: Mapping[str, str]) -> int:
    """How much of a list a request wants at once. Raises `MalformedMessage`."""
    text = query.get("limit", str(PAGE))
    if not re.fullmatch(r"[1-9][0-9]?|100", text):
        raise MalformedMessage("limit: from 1 to 100.")
    return int(text)


def instant(query: Mapping[str, str], name: str) -> datetime | None:
    """A moment that a request says. Raises `MalformedMessage`."""
    text = query.get(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise MalformedMessage(f"{name}: not a moment, such as 2026-11-21T00:00:00Z.")
    return found
