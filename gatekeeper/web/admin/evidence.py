"""
The ledger, to be looked through: which meetings there were, and what is proved of one.

Rule: a list names every meeting on record alike, whatever was on in it; what is proved
of one is computed when it is asked for, and counted nowhere.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

from gatekeeper.archive.export.exports import Exports
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import (
    DataDirectoryUnusable,
    LedgerUnavailable,
    MalformedMessage,
    NothingThere,
    UnknownRoom,
)
from gatekeeper.evidence.entries import (
    ACTS,
    SERVER,
    Act,
    FeatureAllowed,
    FeatureForbidden,
    KeyName,
    KeyRotated,
    NoticeReworded,
    decode,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.proof import Proof, ProvedOpening, look, prove, signed
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.admin.wording import Wording
from gatekeeper.web.cursor import PAGE, Cursor, instant
from gatekeeper.web.files import saved
from gatekeeper.web.kept.own import send
from gatekeeper.web.shape import Instant, Shape, said

_BEGINS = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Meeting(Shape):
    """A meeting on record, whatever was or was not on in it."""

    meeting: str
    opened_at: Instant
    ended_at: Instant | None


class Meetings(Shape):
    """`GET /api/admin/meetings`: the latest first."""

    meetings: tuple[Meeting, ...]
    next: str | None


class OpeningProof(Shape):
    """One stretch in which a feature was on."""

    feature: str
    began: Instant
    ended: Instant | None
    """None while it is on."""
    people: int
    """So many were there or came in, and each had signed a yes."""
    notices: tuple[str, ...]
    """The digests of the wordings that they had signed."""


class Deleted(Shape):
    """All that a feature kept was deleted then, since its time was over."""

    feature: str
    at: Instant


class Audit(Shape):
    """`GET /api/admin/meetings/{meeting}`: the chain, computed again just now."""

    meeting: str
    opened_at: Instant
    ended_at: Instant | None
    checked_at: Instant
    begun: bool
    """Whether there is a chain: there is none where nothing was ever on."""
    sealed: bool
    head: str | None
    """SHA-256 of the last entry: two copies of the chain agree if these do."""
    fault: str | None
    """What does not hold, and where; nothing else is told then."""
    openings: tuple[OpeningProof, ...]
    notices: dict[str, Wording]
    """By digest."""
    deleted: tuple[Deleted, ...]


class ExportedOpening(OpeningProof):
    """The same, with who had signed: a pseudonym that is of this meeting alone."""

    opening: str
    signers: tuple[str, ...]


class Export(Audit):
    """`GET /api/admin/meetings/{meeting}/export`, as it is signed."""

    openings: tuple[ExportedOpening, ...]


class SignedExport(Export):
    """The file."""

    signed: str
    """Compact JWS (RFC 7515) by the gate's key, over all else as canonical JSON."""


class ServerAct(Shape):
    """Something that was done to the whole server, as its chain tells it."""

    at: Instant
    act: Literal["off", "on", "worded", "key"]
    feature: str | None
    """None: it was none of a feature's."""
    by: Literal["console", "file", "command"]
    key: KeyName | None
    """Which one was made anew."""


class ServerActs(Shape):
    """`GET /api/admin/acts`: the latest first."""

    fault: str | None
    """What does not hold of the server's chain."""
    acts: tuple[ServerAct, ...]


class AdminEvidence:
    """Handlers over register and ledger."""

    def __init__(
        self,
        data: Path,
        rooms: RoomStore,
        key: GateKey,
        now: Callable[[], datetime],
        exports: Exports,
    ) -> None:
        self._data = data
        self._rooms = rooms
        self._key = key
        self._now = now
        self._exports = exports
        self._proving = asyncio.Lock()
        """One at a time: to compute a long chain takes a processor's whole time."""

    async def list(self, request: web.Request) -> web.Response:
        """A page of meetings. Raises `MalformedMessage`, `LedgerUnavailable`."""
        query = request.query
        begins = query.get("begins", "")
        if not _BEGINS.fullmatch(begins):
            raise MalformedMessage("begins: not the beginning of an id.")
        after = Cursor.of(query)
        found = await self._rooms.page(
            PAGE + 1,
            after=None if after is None else (after.at, after.id),
            since=instant(query, "since"),
            until=instant(query, "until"),
            begins=begins,
        )
        shown = found[:PAGE]
        end = Cursor(shown[-1].opened_at, shown[-1].id) if len(found) > PAGE else None
        return said(
            Meetings(
                meetings=tuple(map(_meeting, shown)),
                next=None if end is None else str(end),
            )
        )

    async def audit(self, request: web.Request) -> web.Response:
        """What is proved of one. Raises `UnknownRoom`, `LedgerUnavailable`."""
        record, proof = await self._proof(request)
        openings = tuple(OpeningProof(**_opening(each)) for each in proof.openings)
        return said(Audit(**self._told(record, proof), openings=openings))

    async def export(self, request: web.Request) -> web.Response:
        """The same as a file, signed by the gate. Raises as `audit` does."""
        record, proof = await self._proof(request)
        openings = tuple(
            ExportedOpening(**_opening(each), opening=each.opening, signers=each.people)
            for each in proof.openings
        )
        export = Export(**self._told(record, proof), openings=openings)
        document = export.model_dump(mode="json")
        file = SignedExport(**export.model_dump(), signed=signed(document, self._key))
        response = web.Response(
            text=file.model_dump_json(indent=1), content_type="application/json"
        )
        return saved(response, request, f"gatekeeper-{record.id}.json")

    async def proof(self, request: web.Request) -> web.StreamResponse:
        """
        What is proved of one, for anybody to check, as a ZIP archive without content.

        Raises `UnknownRoom`, `LedgerUnavailable`, and `NothingThere` where there is no
        account: nothing was on, or it is not over, or is from before there were any.
        """
        record = await self._rooms.find(RoomId(request.match_info["meeting"]))
        if record is None:
            raise UnknownRoom
        language = request.query.get("language", record.language)
        export = await self._exports.proof_of(record, language)
        if export is None:
            raise NothingThere("There is no account of this meeting.")
        response = web.StreamResponse()
        response.content_type = "application/zip"
        saved(response, request, f"gatekeeper-{record.id}-proof.zip")
        await response.prepare(request)
        await send(export.chunks(), response)
        return response

    async def acts(self, request: web.Request) -> web.Response:
        """What was done to the whole server. Raises `LedgerUnavailable`."""
        async with self._proving:
            try:
                fault, found = await asyncio.to_thread(_acts, self._data)
            except (DataDirectoryUnusable, OSError) as exc:
                raise LedgerUnavailable from exc
        return said(ServerActs(fault=fault, acts=found))

    async def _proof(self, request: web.Request) -> tuple[RoomRecord, Proof]:
        meeting = RoomId(request.match_info["meeting"])
        record = await self._rooms.find(meeting)
        if record is None:
            raise UnknownRoom
        async with self._proving:
            try:
                proof = await asyncio.to_thread(prove, self._data, meeting)
            except (DataDirectoryUnusable, OSError) as exc:
                raise LedgerUnavailable from exc
        return record, proof

    def _told(self, record: RoomRecord, proof: Proof) -> Mapping[str, Any]:
        return {
            **_meeting(record).model_dump(),
            "checked_at": self._now(),
            "begun": proof.begun,
            "sealed": proof.sealed,
            "head": proof.head,
            "fault": proof.fault,
            "notices": {
                digest: Wording(**asdict(wording))
                for digest, wording in proof.wordings.items()
            },
            "deleted": tuple(
                Deleted(feature=feature, at=at) for feature, at in proof.over.items()
            ),
        }


def _meeting(record: RoomRecord) -> Meeting:
    return Meeting(
        meeting=record.id, opened_at=record.opened_at, ended_at=record.ended_at
    )


def _opening(proved: ProvedOpening) -> dict[str, Any]:
    return {
        "feature": proved.feature,
        "began": proved.began,
        "ended": proved.ended,
        "people": len(proved.people),
        "notices": proved.notices,
    }


def _acts(data: Path) -> tuple[str | None, tuple[ServerAct, ...]]:
    """What does not hold of the server's chain, if anything; else what it tells."""
    examined = look(data, SERVER)
    if examined.fault is not None:
        return examined.fault, ()
    latest = [decode(row.body) for row in examined.rows[: -PAGE - 1 : -1]]
    return None, tuple(
        _act(entry.envelope.at, entry.body)
        for entry in latest
        if isinstance(entry.body, ACTS)
    )


def _act(at: datetime, body: Act) -> ServerAct:
    act = _ACTS[type(body)]
    if isinstance(body, KeyRotated):
        return ServerAct(at=at, act=act, feature=None, by="command", key=body.key)
    return ServerAct(at=at, act=act, feature=body.feature, by=body.by, key=None)


_ACTS: Mapping[type[Act], Literal["off", "on", "worded", "key"]] = {
    FeatureForbidden: "off",
    FeatureAllowed: "on",
    NoticeReworded: "worded",
    KeyRotated: "key",
}
