"""
A file that is to be verified, as it lies there.

Rule: it is measured before it is read, and read before it is parsed.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from gatekeeper.errors import ReceiptUnreadable
from gatekeeper.evidence.canonical import DEEPEST, deeper, no_number
from gatekeeper.evidence.receipt_file import MOST


@dataclass(frozen=True)
class Held:
    """One path that was named."""

    path: Path
    content: bytes
    """All of it, or its first `MOST` bytes: larger ones are read piece by piece."""
    whole: bool

    @classmethod
    def of(cls, path: Path) -> Self:
        """Raises `ReceiptUnreadable`. Of a directory there is no content."""
        if path.is_dir():
            return cls(path, b"", whole=False)
        try:
            with path.open("rb") as file:
                held = file.read(MOST + 1)
        except (OSError, ValueError) as exc:
            why = exc.strerror if isinstance(exc, OSError) else exc
            raise ReceiptUnreadable(f"{path}: {why}.") from exc
        return cls(path, held[:MOST], whole=len(held) <= MOST)

    @cached_property
    def text(self) -> str | None:
        """If it is a text, and all of it was read."""
        try:
            return self.content.decode("utf-8") if self.whole else None
        except UnicodeDecodeError:
            return None

    @cached_property
    def members(self) -> dict[str, Any]:
        """Of a JSON object; of anything else there are none."""
        if self.text is None or not self.text.lstrip().startswith("{"):
            return {}
        try:
            said = json.loads(self.text, parse_constant=no_number)
        except (ValueError, RecursionError):
            return {}
        deep = deeper(said, DEEPEST + 1)
        return said if isinstance(said, dict) and not deep else {}
