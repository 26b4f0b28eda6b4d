"""
The feed of what was taken back, as somebody else reads it: checked, then asked.

It is read document by document, each with a proof that its last page is in the log.

Rule: a digest that is not in it was not taken back by the end of its last day, if it
tells of all days since the file was there; after that nothing is known.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.feed.page import FIRST, Page
from gatekeeper.evidence.tlog.inclusion import InclusionProof
from gatekeeper.evidence.tlog.note import Verifier

AT_ONCE = 32
"""Pages of a document at most."""
LONGEST = 1 << 20
"""Characters of pages after which a document has no other one."""


class FeedDocument(BaseModel):
    """`GET /log/taken-back`, and what of it was saved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: tuple[str, ...]
    """In their order, each the very text that is hashed."""
    proof: str
    """That the last of them is in the log (C2SP tlog-proof)."""
    next: int | None
    """After which page the next document begins; None: there is no other page yet."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What is known of the digests of one server."""

    pages: tuple[Page, ...]
    days: Mapping[str, date] = field(repr=False)
    """When each was taken back, at the latest."""

    @classmethod
    def read(cls, documents: Iterable[str], keys: Collection[Verifier]) -> Self:
        """
        Check documents that follow one another. Raises `EvidenceError`.

        `keys`: of the log. A document that is there twice is read once.
        """
        pages: dict[str, Page] = {}
        for text in dict.fromkeys(documents):
            found = _pages(text, keys)
            pages |= {page.hash: page for page in found}
        ordered = sorted(pages.values(), key=lambda page: page.day)
        ordered = _in_order(ordered)
        days: dict[str, date] = {}
        for page in ordered:
            for digest in page.digests:
                days.setdefault(digest, page.day)
        return cls(tuple(ordered), days)

    @property
    def until(self) -> date | None:
        """The last day that it tells of; None: it tells of none."""
        return self.pages[-1].day if self.pages else None

    def tells_since(self, day: date) -> bool:
        """Whether it tells of all days since then."""
        if not self.pages:
            return False
        first = self.pages[0]
        return first.before == FIRST or first.day <= day

    def taken_back(self, digests: Iterable[str]) -> date | None:
        """By which day one of these was taken back; None: not that is known."""
        return min((self.days[d] for d in digests if d in self.days), default=None)


def _pages(text: str, keys: Collection[Verifier]) -> list[Page]:
    try:
        said = FeedDocument.model_validate(json.loads(text))
    except (ValidationError, ValueError, RecursionError) as exc:
        raise broken(Fault.FEED_MALFORMED) from exc
    if not 0 < len(said.pages) <= AT_ONCE:
        raise broken(Fault.FEED_MALFORMED)
    found = [Page.read(page) for page in said.pages]
    InclusionProof.read(said.proof).check(found[-1].leaf, keys)
    return _in_order(found)


def _in_order(pages: list[Page]) -> list[Page]:
    """Pages of which each names the one before. Raises `EvidenceError`."""
    after = {page.before: page for page in pages}
    hashes = {page.hash for page in pages}
    firsts = [page for page in pages if page.before not in hashes]
    if len(firsts) != 1 or len(after) != len(pages):
        raise broken(Fault.FEED_GAP)
    ordered = firsts
    while (following := after.get(ordered[-1].hash)) is not None:
        if following.day < ordered[-1].day:
            raise broken(Fault.FEED_GAP)
        ordered.append(following)
    return ordered
