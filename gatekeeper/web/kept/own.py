"""
All of one's own on the page afterwards: as one archive, or gone.

Rule: the page capability is what shows who asks. A receipt is asked for nowhere here:
it may be in anybody's hands.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from aiohttp import web

from gatekeeper.archive.faults import MeetingUnknown, StillCaptured
from gatekeeper.archive.own.copy import OwnCopy
from gatekeeper.archive.own.entries import own_chain
from gatekeeper.archive.own.subject import Subject, SubjectEraser
from gatekeeper.consent.types import LanguageTag, ParticipantId
from gatekeeper.errors import NothingThere, OutOfOrder
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.meeting_proof import places_of
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.tlog.inclusion import SUFFIX
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.storage.transactions import Transactions
from gatekeeper.web.files import saved
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.visitors import ROOT, Visitor, Visitors


@dataclass(frozen=True, slots=True)
class KeptOwn:
    """Handlers of `after/mine`, `after/proof` and `after/erase`."""

    data: Path
    visitors: Visitors
    writer: Transactions
    receipts: Receipts
    log: SealLog
    subjects: SubjectEraser
    clock: Callable[[], datetime]

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[KeptOwn]") -> None:
        """Serve them."""
        app.router.add_get(ROOT + "/mine", here(KeptOwn.export), allow_head=False)
        app.router.add_get(ROOT + "/proof", here(KeptOwn.proof))
        app.router.add_post(ROOT + "/erase", here(KeptOwn.erase))

    async def export(self, request: web.Request) -> web.StreamResponse:
        """All that is held of the visitor, as a ZIP archive."""
        visitor = await self.visitors.visitor(request)
        copy = await self._copy(
            visitor, request.query.get("language", visitor.record.language)
        )
        await self.visitors.note(visitor, copy.features, "copy", request)
        response = web.StreamResponse()
        response.content_type = "application/zip"
        name = f"gatekeeper-{visitor.record.opened_at:%Y-%m-%d}.zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        await response.prepare(request)
        await send(copy.chunks(), response)
        return response

    async def proof(self, request: web.Request) -> web.Response:
        """That what the visitor has said stands in the sealed meeting, in the log."""
        visitor = await self.visitors.visitor(request)
        room, who = visitor.record.id, visitor.participant
        rows = await self.writer.run(partial(read_chain, meeting=room))
        if not (rows and visitor.record.sealed):
            raise NothingThere
        said = await asyncio.to_thread(_own_places, rows, who)
        proof = None if said is None else await self.log.proof(room, said)
        if proof is None:
            raise NothingThere
        name = f"gatekeeper-{visitor.record.opened_at:%Y-%m-%d}{SUFFIX}"
        return saved(web.Response(text=proof.text()), request, name)

    async def erase(self, request: web.Request) -> web.Response:
        """Have all of the visitor's erased."""
        visitor = await self.visitors.visitor(request)
        try:
            await self.subjects.enqueue(visitor.record.id, visitor.participant)
        except MeetingUnknown as exc:
            raise NothingThere from exc
        except StillCaptured as exc:
            raise OutOfOrder(
                "Stop allowing it in the room first; then erase your part."
            ) from exc
        return web.Response(status=202)

    async def _copy(self, visitor: Visitor, language: str) -> OwnCopy:
        room, who = visitor.record.id, visitor.participant
        subject = Subject(room, who, LanguageTag(language))
        read = partial(OwnCopy.read, self.data, subject, self.receipts, self.clock())
        try:
            return await self.writer.run(read)
        except MeetingUnknown as exc:
            raise NothingThere from exc


def _own_places(rows: Sequence[LedgerRow], who: ParticipantId) -> bytes | None:
    """Where what somebody has said stands; None if they have said nothing."""
    own = own_chain(rows, who)
    given = {grant.row.hash for grant in own.grants}
    entries = given | {withdrawal.row.hash for withdrawal in own.withdrawals}
    return places_of(rows, entries).text() if entries else None


async def send(chunks: Iterator[bytes], response: web.StreamResponse) -> None:
    """As fast as it is taken: what is not sent yet is not read yet."""
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        await response.write(chunk)
