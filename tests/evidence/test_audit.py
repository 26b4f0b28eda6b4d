from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text, update

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.audit import Audit, ChainReport, verify_all, verify_ledger
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage import tables
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import NOON, ROOM, TEA, Signer, begins, whole_meeting

OTHER = RoomId("other")


@pytest.fixture
async def filled(writer: Transactions, ledger: Ledger, database: Database) -> Database:
    """One sealed meeting, and one that goes on."""
    await RoomStore(writer).add(replace(TEA, ended_at=NOON))
    await RoomStore(writer).add(replace(TEA, id=OTHER))
    await ledger.append(ROOM, whole_meeting(Signer()))
    await ledger.append(OTHER, begins())
    return database


def tamper(database: Database, *statements: object) -> None:
    with database.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def test_every_meeting_has_its_report(filled: Database) -> None:
    assert verify_all(filled) == [
        ChainReport(ROOM, entries=7, openings=1, sealed=True, fault=None),
        ChainReport(OTHER, entries=2, openings=0, sealed=False, fault=None),
    ]


def test_one_fault_hides_no_other_meeting(filled: Database) -> None:
    table = tables.ledger
    second = (table.c.meeting == OTHER) & (table.c.seq == 1)
    tamper(filled, update(table).where(second).values(body=b"{}"))

    assert [report.fault for report in verify_all(filled)] == [
        None,
        "other, entry 1: the body is not the one that was hashed",
    ]


def test_a_sealed_chain_that_was_cut_or_removed_is_found(filled: Database) -> None:
    table = tables.ledger
    last = (table.c.meeting == ROOM) & (table.c.seq == 6)
    tamper(filled, delete(table).where(last))
    cut = verify_all(filled)[0].fault
    tamper(filled, delete(table).where(table.c.meeting == ROOM))

    assert cut == f"{ROOM}, entry 6: the seal is missing"
    assert verify_all(filled)[0].fault == f"{ROOM}, entry 0: the seal is missing"


def test_a_room_before_its_first_entry_is_no_fault(
    filled: Database,
) -> None:
    early = {"id": "early", "title": "", "language": "en", "features": []}
    tamper(
        filled,
        insert(tables.rooms).values(**early, host_hash=b"", opened_at=NOON),
    )

    assert ChainReport(RoomId("early"), 0, 0, False, None) in verify_all(filled)


def test_a_whole_ledger_is_audited_beside_a_server(
    filled: Database, path: Path
) -> None:
    audit = verify_ledger(path.parent)

    assert audit.chains == tuple(verify_all(filled))
    assert audit.damage == ()
    assert audit.good

    table = tables.ledger
    tamper(filled, update(table).where(table.c.seq == 1).values(body=b"{}"))
    found = verify_ledger(path.parent)
    assert [chain.fault is None for chain in found.chains] == [False, False]
    assert not found.good


def test_a_ledger_that_is_damaged_is_not_good() -> None:
    whole = ChainReport(ROOM, entries=7, openings=1, sealed=True, fault=None)

    assert Audit((whole,), ()).good
    assert not Audit((whole,), ("row 7 missing from index",)).good
    assert not Audit((replace(whole, fault="cut"),), ()).good
    assert not Audit((replace(whole, fault="cut"), whole), ()).good


def test_where_there_is_no_ledger_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryUnusable):
        verify_ledger(tmp_path)


def test_a_ledger_that_cannot_be_read_is_a_fault_of_each_meeting(
    filled: Database,
) -> None:
    """The register of rooms still tells which there are."""
    tamper(filled, text("ALTER TABLE rooms RENAME COLUMN sealed TO broken"))

    reports = verify_all(filled)

    assert [report.meeting for report in reports] == [ROOM, OTHER]
    for report in reports:
        assert report.fault is not None
        assert report.fault.startswith("cannot be read: no such column")
        assert (report.openings, report.sealed) == (0, False)
