"""
A person asks: all that is held of them in one meeting, as an archive, or gone.

Rule 1: whom it is about is what their receipts say, once this server's own signature
holds. An admin names nobody: there is no list of people to choose from.
Rule 2: a receipt may be in anybody's hands; that it is theirs who asks is for the admin
to know, before this is asked.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from aiohttp import web

from gatekeeper.archive.faults import RequestRefused, StillCaptured
from gatekeeper.archive.own.copy import OwnCopy
from gatekeeper.archive.own.subject import (
    Subject,
    SubjectEraser,
    features_of,
    subject_of,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.storage.fetches import Fetch, FetchLog
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from gatekeeper.web.bodies import body
from gatekeeper.web.kept.own import send
from gatekeeper.web.problems import problem
from gatekeeper.web.shape import Instant, Shape, said


class SubjectFound(Shape):
    """`POST /api/admin/subject`: whom receipts are of, in one meeting."""

    meeting: str
    person: str
    """The id that they have in that meeting, and nowhere else."""
    opened_at: Instant | None
    features: tuple[str, ...]
    """What had been on with them in it."""


class Erasing(Shape):
    """`POST /api/admin/subject/erase`: listed, shown to nobody, and being erased."""

    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdminSubjects:
    """Handlers over receipts that are sent along, a line each."""

    data: Path
    key: GateKey
    rooms: RoomStore
    ledger: Ledger
    writer: Transactions
    receipts: Receipts
    eraser: SubjectEraser
    now: Callable[[], datetime]
    fetches: FetchLog

    async def find(self, request: web.Request) -> web.Response:
        """Whom they are of, to be looked at before anything is done."""
        try:
            subject = await self._subject(request)
        except RequestRefused as exc:
            return _refused(exc)
        record = await self.rooms.find(subject.room)
        told = history(await self.ledger.read(subject.room))
        return said(
            SubjectFound(
                meeting=subject.room,
                person=subject.participant,
                opened_at=None if record is None else record.opened_at,
                features=features_of(told, subject.participant),
            )
        )

    async def export(self, request: web.Request) -> web.StreamResponse:
        """All that is held of them, as a ZIP archive."""
        try:
            subject = await self._subject(request)
            read = partial(OwnCopy.read, self.data, subject, self.receipts, self.now())
            copy = await self.writer.run(read)
            who = subject.participant
            await self.fetches.note(
                *(
                    Fetch(subject.room, "console", "", feature, "copy", who)
                    for feature in copy.features
                )
            )
        except RequestRefused as exc:
            return _refused(exc)
        response = web.StreamResponse()
        response.content_type = "application/zip"
        await response.prepare(request)
        await send(copy.chunks(), response)
        return response

    async def erase(self, request: web.Request) -> web.Response:
        """List all of theirs to be erased. Raises `LedgerUnavailable`."""
        try:
            subject = await self._subject(request)
            gone = await self.eraser.enqueue(subject.room, subject.participant)
        except RequestRefused as exc:
            return _refused(exc)
        return said(Erasing(features=tuple(gone)))

    async def _subject(self, request: web.Request) -> Subject:
        """Raises `RequestRefused`."""
        receipts = (await body(request)).decode("ascii", "replace")
        return await asyncio.to_thread(subject_of, receipts, self.key)


def _refused(exc: RequestRefused) -> web.Response:
    status = 409 if isinstance(exc, StillCaptured) else 400
    return problem(status, exc.code, exc.detail)
