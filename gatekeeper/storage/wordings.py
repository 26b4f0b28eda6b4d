"""
Wordings: every one that was ever in force, with the time from which on it was.

Rule 1: nothing is changed or deleted: another wording is another version.
Rule 2: adding runs in a transaction of the ledger's, with the entry that tells of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Row, Select, func, insert, select

from gatekeeper.consent.notice import TEXTS, Notice
from gatekeeper.consent.types import FeatureId, LanguageTag, NoticeDigest
from gatekeeper.storage.damage import readable
from gatekeeper.storage.tables import wordings
from gatekeeper.storage.transactions import Transactions


@dataclass(frozen=True, slots=True)
class Wording:
    """A notice that is in force, or was."""

    notice: Notice
    version: int
    """Counted from 1, by feature and language."""
    since: datetime
    """Aware, UTC: from when on it was in force."""
    given: Mapping[str, str] | None
    """As an admin has put it, with fields in braces; None: it was the file's."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A notice that is to be in force."""

    notice: Notice
    given: Mapping[str, str] | None


class WordingStore:
    """Each call raises `LedgerUnavailable`."""

    def __init__(self, writer: Transactions) -> None:
        self._writer = writer

    async def latest(self) -> tuple[Wording, ...]:
        """The last version of each feature in each language."""
        return await self._writer.run(_latest)

    async def history(
        self, feature: FeatureId, language: LanguageTag
    ) -> tuple[Wording, ...]:
        """All versions, the newest first."""
        return await self._writer.run(partial(_history, feature, language))

    async def find(self, digest: NoticeDigest) -> Wording | None:
        """The wording that a receipt names, when it was first in force."""
        return await self._writer.run(partial(_find, digest))


def add_wordings(
    new: Sequence[Worded], since: datetime, connection: Connection
) -> tuple[Wording, ...]:
    """Have them in force since then, each as the next version."""
    with readable():
        last = {
            (row.feature, row.language): row.version
            for row in connection.execute(_versions())
        }
    added = tuple(
        Wording(
            each.notice,
            last.get((each.notice.feature, each.notice.language), 0) + 1,
            since,
            each.given,
        )
        for each in new
    )
    if added:
        connection.execute(insert(wordings), [_columns(each) for each in added])
    return added


_LATEST = func.max(wordings.c.version).label("version")


def _versions() -> Select[tuple[str, str, int]]:
    columns = (wordings.c.feature, wordings.c.language)
    return select(*columns, _LATEST).group_by(*columns)


def _columns(wording: Wording) -> dict[str, object]:
    notice = wording.notice
    said = asdict(notice)
    return {
        "feature": notice.feature,
        "language": notice.language,
        "version": wording.version,
        "since": wording.since,
        "digest": notice.digest,
        "wording": {name: said[name] for name in TEXTS},
        "given": None if wording.given is None else dict(wording.given),
    }


def _latest(connection: Connection) -> tuple[Wording, ...]:
    last = _versions().subquery()
    same = (
        (wordings.c.feature == last.c.feature)
        & (wordings.c.language == last.c.language)
        & (wordings.c.version == last.c.version)
    )
    with readable():
        return _read(connection.execute(select(wordings).join(last, same)).all())


def _history(
    feature: FeatureId, language: LanguageTag, connection: Connection
) -> tuple[Wording, ...]:
    which = (wordings.c.feature == feature) & (wordings.c.language == language)
    newest_first = select(wordings).where(which).order_by(wordings.c.version.desc())
    with readable():
        return _read(connection.execute(newest_first).all())


def _find(digest: NoticeDigest, connection: Connection) -> Wording | None:
    found = select(wordings).where(wordings.c.digest == digest)
    with readable():
        rows = connection.execute(found.order_by(wordings.c.version).limit(1)).all()
        return next(iter(_read(rows)), None)


def _read(rows: Iterable[Row[tuple[object, ...]]]) -> tuple[Wording, ...]:
    return tuple(
        Wording(
            Notice(feature=row.feature, language=row.language, **row.wording),
            row.version,
            row.since,
            row.given,
        )
        for row in rows
    )
