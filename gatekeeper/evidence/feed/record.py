"""
The feed of what was taken back, as this server keeps it: in the database, and the log.

Rule 1: what is noted says nothing of a meeting or a person, and waits for its day to be
over: nobody learns from the feed at which moment something was taken back.
Rule 2: each page is a leaf of the log in the transaction in which it is written, so
that a feed that was cut, or changed, is found.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.feed.page import FIRST, MOST, Page, hash_of
from gatekeeper.evidence.tlog import log
from gatekeeper.storage.damage import readable
from gatekeeper.storage.tables import feed_pages, taken_back

FEED = RoomId("taken-back")
"""Whose the places of its pages are; no room is called so."""


def note(digests: Iterable[str], at: datetime, connection: Connection) -> None:
    """Files that must be used no longer, by their SHA-256 in hexadecimal."""
    for digest in dict.fromkeys(digests):
        raw = bytes.fromhex(digest)
        known = select(taken_back.c.digest).where(taken_back.c.digest == raw)
        if connection.execute(known).first() is None:
            day = at.date().isoformat()
            connection.execute(insert(taken_back).values(digest=raw, day=day))


def is_due(today: date, began: date, connection: Connection) -> bool:
    """
    Whether a page is to be written: yesterday has none yet.

    `began`: since when this process runs. Where there is no page at all, the first day
    that it was there at the end of has the first one.
    """
    last = connection.scalar(select(func.max(feed_pages.c.day)))
    if last is not None:
        return str(last) < (today - timedelta(days=1)).isoformat()
    waiting = connection.scalar(select(func.min(taken_back.c.day)))
    return began < today or (waiting is not None and waiting < today.isoformat())


def publish(today: date, at: datetime, connection: Connection) -> None:
    """Write the page of yesterday, with what was noted until then; more, if need be."""
    day = today - timedelta(days=1)
    asked = select(taken_back.c.digest).where(taken_back.c.day <= day.isoformat())
    waiting = sorted(bytes(each).hex() for each in connection.scalars(asked))
    for begin in range(0, max(1, len(waiting)), MOST):
        _write(day, waiting[begin : begin + MOST], at, connection)
    connection.execute(delete(taken_back).where(taken_back.c.day <= day.isoformat()))


def _write(day: date, digests: list[str], at: datetime, connection: Connection) -> None:
    last = connection.execute(
        select(feed_pages).order_by(feed_pages.c.n.desc()).limit(1)
    ).one_or_none()
    n = 0 if last is None else last.n + 1
    # Of the bytes that are there, whatever they are: an audit tells of damage.
    before = FIRST if last is None else hash_of(str(last.text))
    page = Page.of(day, before, digests)
    connection.execute(
        insert(feed_pages).values(n=n, day=day.isoformat(), text=page.text())
    )
    log.add(page.text().encode(), FEED, n, at, connection)


def pages(after: int, most: int, connection: Connection) -> list[tuple[int, str]]:
    """So many at the most, with their numbers."""
    rows = connection.execute(
        select(feed_pages.c.n, feed_pages.c.text)
        .where(feed_pages.c.n > after)
        .order_by(feed_pages.c.n)
        .limit(most)
    )
    with readable():
        return [(int(n), str(text)) for n, text in rows]


def forget(before: date, connection: Connection) -> None:
    """Forget the pages of the days before then."""
    old = feed_pages.c.day < before.isoformat()
    for n in connection.scalars(select(feed_pages.c.n).where(old)).all():
        log.forget(FEED, connection, n)
    connection.execute(delete(feed_pages).where(old))


def faults(connection: Connection) -> Iterator[str]:
    """What of the feed is not as it was written, or not in the log."""
    leaves = log.leaves(FEED, connection)
    before: str | None = None
    for n, text in connection.execute(
        select(feed_pages.c.n, feed_pages.c.text).order_by(feed_pages.c.n)
    ):
        try:
            page = Page.read(str(text))
        except EvidenceError:
            yield f"page {n} of what was taken back cannot be read"
            continue
        if leaves.pop(n, None) != page.leaf:
            yield f"page {n} of what was taken back is not in the log"
        if before not in (None, page.before):
            yield f"page {n} of what was taken back does not follow the one before it"
        before = page.hash
    for n in leaves:
        yield f"page {n} of what was taken back is missing"
