"""
A page of the feed of what was taken back: digests of files that must be used no longer.

Rule 1: a digest and a day. Whose the file was, of which meeting, and whether somebody
has erased it or its time was over, is not said: only who has the file knows it again.
Rule 2: each day has its page, whether or not anything was taken back in it, and beside
the digests of files there are random ones, up to 256, 1,024, and so on, all in the
order of their bytes: nobody can tell how many there are (design.md, rule 8).
Rule 3: a page names the one before it, and is a leaf of the log of seals.
"""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Self

from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.seal import size
from gatekeeper.evidence.tlog.tree import leaf_hash

MOST = 1 << 14
"""Digests of a page: what is more goes on another one of the same day."""
FIRST = "0" * 64
"""What the first page names as the one before it."""
_HEAD = "gatekeeper/taken-back/v1"
_HEX = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Page:
    """One."""

    day: date
    """By the end of which (UTC) all of these had been taken back."""
    before: str
    """SHA-256 of the page before, in hexadecimal; `FIRST` if there was none."""
    digests: tuple[str, ...]
    """SHA-256, in hexadecimal; sorted. Most are of nothing."""

    @classmethod
    def of(cls, day: date, before: str, digests: Collection[str]) -> Self:
        """A page with these, among others of nothing. At most `MOST`."""
        others = {
            secrets.token_hex(32) for _ in range(size(len(digests)) - len(digests))
        }
        return cls(day, before, tuple(sorted({*digests, *others})))

    def text(self) -> str:
        """The very bytes that are hashed."""
        lines = (_HEAD, self.day.isoformat(), self.before, *self.digests)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> Self:
        """As it is written. Raises `EvidenceError`."""
        head, _, rest = text.partition("\n")
        *lines, last = rest.split("\n")
        if head != _HEAD or last or len(lines) < 2 or not _DAY.fullmatch(lines[0]):
            raise broken(Fault.FEED_MALFORMED)
        day, before, *digests = lines
        if not all(map(_HEX.fullmatch, lines[1:])) or digests != sorted(set(digests)):
            raise broken(Fault.FEED_MALFORMED)
        try:
            return cls(date.fromisoformat(day), before, tuple(digests))
        except ValueError as exc:
            raise broken(Fault.FEED_MALFORMED) from exc

    @property
    def hash(self) -> str:
        """What the next page names."""
        return hash_of(self.text())

    @property
    def leaf(self) -> bytes:
        """Its hash in the log."""
        return leaf_hash(self.text().encode())


def hash_of(text: str) -> str:
    """What the page after this text names."""
    return hashlib.sha256(text.encode()).hexdigest()
