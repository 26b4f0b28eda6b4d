"""
What is proved of one meeting, for whoever has to answer for it.

Rule 1: all of the chain is computed again before anything is told of it.
Rule 2: what was on, when, and that each of so many people had signed a yes to which
words; never what anybody took back, or who. So no statement and no entry is in it, not
even how many there are: a meeting in which somebody has withdrawn, and one in which the
host has stopped, prove the same (design.md, rule 8).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785
from joserfc import jws

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
)
from gatekeeper.evidence.audit import Examined, examine
from gatekeeper.evidence.compact import header_of
from gatekeeper.evidence.entries import GateOpened, GrantAdded, NoticePublished, decode
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import Recorded
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER

MEDIA_TYPE = "gatekeeper-audit+jws"


@dataclass(frozen=True, slots=True)
class ProvedOpening:
    """One stretch in which a feature was on. Times are UTC."""

    opening: OpeningId
    feature: FeatureId
    began: datetime
    ended: datetime | None
    """None while it is on."""
    people: tuple[ParticipantId, ...]
    """Who had signed a yes to it, sorted."""
    notices: tuple[NoticeDigest, ...]
    """The wordings that they had signed, sorted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a chain proves, or why it does not."""

    meeting: RoomId
    begun: bool
    """Whether there is a chain: there is none where nothing was ever on."""
    sealed: bool
    head: str | None
    """SHA-256 of the last entry, in hexadecimal: two copies agree if these do."""
    fault: str | None
    openings: tuple[ProvedOpening, ...]
    wordings: Mapping[NoticeDigest, Notice]
    over: Mapping[FeatureId, datetime]
    """Features of which all is deleted, since their time was over, and when."""


def prove(data: Path, meeting: RoomId) -> Proof:
    """
    What is proved of a meeting, as an audit finds it. A fault is told.

    Blocks, and writes nothing. Raises `DataDirectoryUnusable`.
    """
    examined = look(data, meeting)
    if examined.found is None:
        return _faulty(meeting, examined.fault or "")
    found, rows = examined.found, examined.rows
    told = history(rows)
    openings = _openings(told, _signed(rows))
    named = {digest for opening in openings for digest in opening.notices}
    wordings = _wordings(rows)
    return Proof(
        meeting=meeting,
        begun=found.entries > 0,
        sealed=found.sealed,
        head=found.head.hex() if found.entries else None,
        fault=None,
        openings=openings,
        wordings={d: notice for d, notice in wordings.items() if d in named},
        over=told.over,
    )


def look(data: Path, meeting: RoomId) -> Examined:
    """One chain, audited. Blocks. Raises `DataDirectoryUnusable`."""
    database = Database.open(data / LEDGER, migrate=False)
    try:
        with database.connect() as connection:
            return examine(connection, meeting)
    finally:
        database.close()


def _faulty(meeting: RoomId, fault: str) -> Proof:
    return Proof(meeting, True, False, None, fault, (), {}, {})


def _openings(
    told: History, signed: Mapping[OpeningId, set[NoticeDigest]]
) -> tuple[ProvedOpening, ...]:
    return tuple(
        ProvedOpening(
            opening=stretch.opening,
            feature=stretch.feature,
            began=stretch.began,
            ended=stretch.ended,
            people=tuple(sorted(stretch.people)),
            notices=tuple(sorted(signed[stretch.opening])),
        )
        for stretch in told.stretches
    )


def _signed(rows: Collection[LedgerRow]) -> dict[OpeningId, set[NoticeDigest]]:
    """Which wordings the grants of each opening name."""
    found: dict[OpeningId, set[NoticeDigest]] = {}
    for row in rows:
        body = decode(row.body).body
        if isinstance(body, GateOpened):
            found[body.opening] = set(body.notices)
        elif isinstance(body, GrantAdded):
            grant = Recorded.of(body.grant).decision()
            found[body.opening].add(grant.notice)
    return found


def _wordings(rows: Collection[LedgerRow]) -> dict[NoticeDigest, Notice]:
    bodies = (decode(row.body).body for row in rows)
    return {
        body.digest: body.wording
        for body in bodies
        if isinstance(body, NoticePublished)
    }


def signed(document: Mapping[str, Any], key: GateKey, typ: str = MEDIA_TYPE) -> str:
    """
    A document, signed by the gate: compact JWS (RFC 7515) over canonical JSON.

    Whoever has it can check it with the keys that receipts are checked with.
    """
    return jws.serialize_compact(
        header_of(key.kid, key.jwk, typ),
        rfc8785.dumps(dict(document)),
        key.jose,
        algorithms=["Ed25519"],
    )
