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
from sqlalchemy import Connection

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    FeatureId,
    NoticeDigest,
    OpeningId,
    ParticipantId,
    RoomId,
)
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.compact import header_of
from gatekeeper.evidence.entries import GateOpened, GrantAdded, NoticePublished, decode
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.statement import Recorded
from gatekeeper.storage.damage import readable
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


def prove(data: Path, meeting: RoomId, *, sealed: bool) -> Proof:
    """
    What is proved of a meeting, which the register knows as `sealed` or not.

    Blocks, and writes nothing. Raises `DataDirectoryUnusable`, `DBAPIError`.
    """
    database = Database.open(data / LEDGER, migrate=False)
    try:
        with database.connect() as connection:
            rows = _rows(connection, meeting)
    except EvidenceError as exc:
        return _faulty(meeting, str(exc))
    finally:
        database.close()
    return proof_of(meeting, rows, sealed=sealed)


def proof_of(meeting: RoomId, rows: Collection[LedgerRow], *, sealed: bool) -> Proof:
    """What these entries prove. Raises nothing: a fault is told."""
    try:
        found = verify(meeting, tuple(rows), sealed=sealed)
        told = history(rows)
        signed = _signed(rows)
        wordings = _wordings(rows)
    except EvidenceError as exc:
        return _faulty(meeting, str(exc))
    openings = _openings(told, signed)
    named = {digest for opening in openings for digest in opening.notices}
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


def _rows(connection: Connection, meeting: RoomId) -> tuple[LedgerRow, ...]:
    with connection.begin(), readable():
        return read_chain(connection, meeting=meeting)


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
