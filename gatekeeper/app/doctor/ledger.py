"""The ledger: whether it is of this version, and the last meetings in it verify."""

import time
from pathlib import Path

from sqlalchemy import func, select

from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.audit import ChainReport, report
from gatekeeper.storage import tables
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER

MEETINGS = 20
"""That are looked at, the last ones first; `gatekeeper verify` looks at all."""
LONG = 3.0
"""Seconds after which no other one is begun."""


def look_at_ledger(data: Path) -> list[Finding]:
    """Read it; a server may be running. Blocks."""
    if not (data / LEDGER).exists():
        return [skipped("There is none yet: the first start makes it.")]
    try:
        database = Database.open(data / LEDGER, migrate=False)
        try:
            with told(data / LEDGER):
                reports = _last(database)
        finally:
            database.close()
    except DataDirectoryUnusable as exc:
        return [fault(str(exc), "")]
    broken = [each for each in reports if each.fault is not None]
    if broken:
        return [
            fault(
                f"Of the last {len(reports)} meetings {len(broken)} do not verify: "
                f"{broken[0].fault}",
                "Keep a copy of the ledger, run `gatekeeper verify`, and compare with "
                "a backup: somebody has changed it, or the disk has.",
            )
        ]
    return [ok(f"It can be read, and the last {len(reports)} meetings verify.")]


def _last(database: Database) -> list[ChainReport]:
    """The last meetings that have a chain."""
    began = time.monotonic()
    rooms, chains = tables.rooms, tables.ledger
    asked = (
        select(chains.c.meeting)
        .join(rooms, rooms.c.id == chains.c.meeting)
        .group_by(chains.c.meeting)
        .order_by(func.max(rooms.c.opened_at).desc())
        .limit(MEETINGS)
    )
    found = []
    with database.connect() as connection:
        with connection.begin():
            meetings = [RoomId(str(each)) for each in connection.scalars(asked)]
        for meeting in meetings:
            found.append(report(connection, meeting))
            if time.monotonic() - began > LONG:
                break
    return found
