"""
What was taken back: a feed that was saved, or the one of a server.

Rule: nothing of it is believed that the log's own key has not signed.
"""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from datetime import datetime

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict, judged
from gatekeeper.errors import EvidenceError, ReceiptUnreadable
from gatekeeper.evidence.faults import Fault
from gatekeeper.evidence.feed.feed import Feed, FeedDocument
from gatekeeper.evidence.receipt_file import MOST
from gatekeeper.web.seal_log import ROOT

ADDRESS = f"{ROOT}/taken-back"
PATIENCE = 15.0
"""Seconds for a server to answer."""
DOCUMENTS = 2000
"""That are asked for at most: 170 years of days on which little was taken back."""


def is_feed(held: Held) -> bool:
    """By its members."""
    return {"pages", "proof", "next"} == held.members.keys()


def lay(held: Held, beside: Beside) -> None:
    """Have exports, films and tracks checked with it."""
    beside.feeds.append(held.text or "")


def verify(held: Held, beside: Beside) -> Iterator[Verdict]:
    """Whether its pages follow one another and are in the log."""

    def check() -> Feed:
        found = beside.feed
        if found is None:
            raise EvidenceError("there is nothing in it")
        return found

    yield from judged(str(held.path), check, _told)


def _told(feed: Feed) -> str:
    first, last = feed.pages[0].day, feed.pages[-1].day
    return f"what was taken back from {first} to the end of {last}, page by page"


def known(beside: Beside, digests: Iterable[str], since: datetime) -> tuple[str, bool]:
    """
    What is known of files that were there at a moment, and whether they may be used.

    Raises `EvidenceError` if the feed that is named does not hold.
    """
    feed = beside.feed
    day = None if feed is None else feed.taken_back(digests)
    if day is not None:
        return f"taken back on {day}: it must be used no longer", False
    until = None if feed is None or not feed.tells_since(since.date()) else feed.until
    if until is None or until < since.date():
        return (
            f"Whether it was taken back since {since:%Y-%m-%d %H:%M} UTC is not known "
            "here",
            True,
        )
    return f"It was not taken back by the end of {until}; since then, unknown", True


def asked(server: str) -> list[str]:
    """The whole feed of a server. Raises `ReceiptUnreadable`. Blocks."""
    found: list[str] = []
    after: int | None = None
    for _ in range(DOCUMENTS):
        text = _document(server, after)
        if text is None:
            return found
        found.append(text)
        try:
            after = FeedDocument.model_validate_json(text).next
        except ValueError as exc:
            raise ReceiptUnreadable(
                f"{server}: {Fault.FEED_MALFORMED.sentence}.", code=Fault.FEED_MALFORMED
            ) from exc
        if after is None:
            return found
    raise ReceiptUnreadable(f"{server}: its feed has no end.")


def _document(server: str, after: int | None) -> str | None:
    url = server.rstrip("/") + ADDRESS + ("" if after is None else f"?after={after}")
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise ReceiptUnreadable(f"{server}: write it as https://meet.example.org.")
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - above
            said: bytes = answer.read(MOST + 1)
    except urllib.error.HTTPError as exc:
        if exc.code == 404:
            return None
        raise ReceiptUnreadable(f"{url}: the server says {exc.code}.") from exc
    except (OSError, ValueError) as exc:
        raise ReceiptUnreadable(f"{url}: {exc}.") from exc
    if len(said) > MOST:
        raise ReceiptUnreadable(f"{url}: {Fault.TOO_LARGE.sentence}.")
    return said.decode("utf-8", "replace")
