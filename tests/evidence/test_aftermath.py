"""Names, deletions, access and the history: what comes after a meeting."""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.errors import (
    DataDirectoryUnusable,
    EvidenceError,
    NotAllowed,
    RoomEnded,
)
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import (
    Erasure,
    GrantAdded,
    MeetingSealed,
    RetentionEnded,
)
from gatekeeper.evidence.history import history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import Deletion, DeletionList
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    FIRST,
    NOON,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    noon,
    opens,
    parts,
    whole_meeting,
)

ALICE, BOB = ParticipantId("alice"), ParticipantId("bob")
OTHER = RoomId("other")
SECOND = OpeningId("second")


def whole(path: Path) -> bytes:
    """Every byte of the database, its log included."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# ---- Names and deletions ------------------------------------------------------------


async def test_names_are_kept_by_meeting_and_feature(writer: Transactions) -> None:
    names = NameStore(writer)
    summary = FeatureId("summary")

    await names.note(ROOM, RECORDING, {ALICE: "Alice", BOB: "Bob"})
    await names.note(ROOM, RECORDING, {ALICE: "Alice B."})
    await names.note(OTHER, summary, {BOB: "Bob"})

    assert await names.read(ROOM, RECORDING) == {ALICE: "Alice B.", BOB: "Bob"}
    assert await names.read(ROOM, summary) == {}
    assert await names.kept() == {(ROOM, RECORDING), (OTHER, summary)}


@pytest.mark.parametrize("subject", [ALICE, None])
async def test_a_forgotten_name_is_in_no_byte_of_the_database(
    writer: Transactions, database: Database, path: Path, subject: ParticipantId | None
) -> None:
    marker = secrets.token_hex(12)
    names, listed = NameStore(writer), DeletionList(writer, database, noon)
    await names.note(ROOM, RECORDING, {ALICE: f"Alice {marker}", BOB: "Bob"})
    assert marker.encode() in whole(path)

    await listed.forget(Deletion(ROOM, RECORDING, subject, None))

    assert marker.encode() not in whole(path)
    left = {} if subject is None else {BOB: "Bob"}
    assert await names.read(ROOM, RECORDING) == left


async def test_forgetting_is_not_confirmed_while_somebody_reads_the_old_pages(
    writer: Transactions, database: Database, path: Path
) -> None:
    names, listed = NameStore(writer), DeletionList(writer, database, noon)
    await names.note(ROOM, RECORDING, {ALICE: "Alice"})
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM names").fetchone()

    with pytest.raises(OSError, match="being read"):
        await listed.forget(Deletion(ROOM, RECORDING, ALICE, None))

    reader.close()
    await listed.forget(Deletion(ROOM, RECORDING, ALICE, None))
    assert b"Alice" not in whole(path)


async def test_a_deletion_stays_on_the_list_until_it_is_struck_off(path: Path) -> None:
    mine = Deletion(ROOM, RECORDING, ALICE, frozenset({FIRST}))
    later = Deletion(ROOM, RECORDING, ALICE, frozenset({SECOND}))
    all_of_it = Deletion(ROOM, RECORDING, None, None)
    for _ in range(2):  # a restart in between, and asked for twice
        async with listing(path) as listed:
            await listed.add([mine, all_of_it])
    async with listing(path) as listed:
        assert set(listed.pending()) == {mine, all_of_it}
        await listed.add([later])
        assert set(listed.pending()) == {mine.joined(later), all_of_it}
        await listed.strike(mine)
    async with listing(path) as listed:
        assert set(listed.pending()) == {later, all_of_it}
        await listed.strike(later)
        assert list(listed.pending()) == [all_of_it]


async def test_what_is_listed_is_covered_at_once_and_only_what_was_meant(
    path: Path,
) -> None:
    async with listing(path) as listed:
        adding = asyncio.ensure_future(  # noqa: TID251 - awaited below
            listed.add([Deletion(ROOM, RECORDING, ALICE, frozenset({FIRST}))])
        )
        await asyncio.sleep(0)

        assert listed.covers(ROOM, RECORDING, ALICE, FIRST)
        assert not listed.covers(ROOM, RECORDING, ALICE, SECOND)
        assert not listed.covers(ROOM, RECORDING, BOB, FIRST)
        assert not listed.covers(OTHER, RECORDING, ALICE, FIRST)
        await adding
    async with listing(path) as listed:
        assert listed.covers(ROOM, RECORDING, ALICE, FIRST)
        assert listed.subjects(ROOM, RECORDING) == {ALICE}


@asynccontextmanager
async def listing(path: Path) -> AsyncIterator[DeletionList]:
    database = Database.open(path)
    try:
        async with Transactions(database) as writer:
            listed = DeletionList(writer, database, noon)
            await listed.load()
            yield listed
    finally:
        database.close()


# ---- The chain after the end --------------------------------------------------------


async def test_deletions_after_the_seal_are_sealed_again(
    ledger: Ledger, alice: Signer
) -> None:
    await ledger.append(ROOM, whole_meeting(alice))
    erasure = Erasure(feature=RECORDING, subject=alice.key.thumbprint, files=1)

    await ledger.append(ROOM, [erasure])
    await ledger.append(ROOM, [RetentionEnded(feature=RECORDING, files=3)])

    chain = await ledger.read(ROOM)
    assert verify(ROOM, chain, sealed=True).sealed
    told = history(chain)
    assert set(told.over) == {RECORDING}
    assert set(told.erasures) == {(RECORDING, alice.key.thumbprint, FIRST)}
    with pytest.raises(RoomEnded):
        await ledger.append(ROOM, [closes()])
    with pytest.raises(RoomEnded):
        await ledger.append(ROOM, [MeetingSealed()])


async def test_leaving_out_an_erasure_is_found(ledger: Ledger, alice: Signer) -> None:
    await ledger.append(ROOM, whole_meeting(alice))
    erasure = Erasure(feature=RECORDING, subject=alice.key.thumbprint, files=1)
    await ledger.append(ROOM, [erasure])
    chain = await ledger.read(ROOM)

    with pytest.raises(EvidenceError, match="entry"):
        verify(ROOM, [*chain[:-2], chain[-1]], sealed=True)
    with pytest.raises(EvidenceError, match="the seal is missing"):
        verify(ROOM, chain[:-1], sealed=True)


async def test_the_history_tells_who_was_in_and_when(
    ledger: Ledger, alice: Signer, bob: Signer
) -> None:
    later = NOON + timedelta(minutes=3)
    await ledger.append(ROOM, [*begins(), opens(alice.decides())])
    added = GrantAdded(feature=RECORDING, opening=FIRST, grant=bob.decides().proof)
    await ledger.append(ROOM, [added])
    open_still = history(await ledger.read(ROOM))
    await ledger.append(ROOM, [closes()], at=later)
    await ledger.append(ROOM, [captures(bob)], at=later)

    told = history(await ledger.read(ROOM))

    people = alice.key.thumbprint, bob.key.thumbprint
    assert open_still.stretches[0].ended is None
    (stretch,) = told.stretches_of(RECORDING)
    assert (stretch.began, stretch.ended, stretch.people) == (NOON, later, people)
    assert told.people(RECORDING) == people
    assert [item.participant for item in told.captured] == [bob.key.thumbprint]


async def test_R19_present_the_history_tells_who_was_there_part_by_part(
    ledger: Ledger, alice: Signer, bob: Signer
) -> None:
    """Bob comes later, goes, and comes back."""
    added = GrantAdded(feature=RECORDING, opening=FIRST, grant=bob.decides().proof)
    times = [NOON + timedelta(minutes=minute) for minute in range(5)]
    await ledger.append(ROOM, [*begins(), opens(alice.decides())], at=times[0])
    await ledger.append(ROOM, [added], at=times[0])
    for number, people in enumerate(([alice, bob], [alice], [alice, bob]), 1):
        await ledger.append(ROOM, [parts(number, *people)], at=times[number])
    await ledger.append(ROOM, [closes()], at=times[4])
    await ledger.append(ROOM, [captures(bob, part=3)], at=times[4])

    told = history(await ledger.read(ROOM))

    a, b = alice.key.thumbprint, bob.key.thumbprint
    (stretch,) = told.stretches
    assert [part.people for part in stretch.parts] == [
        (a,),
        tuple(sorted((a, b))),
        (a,),
        tuple(sorted((a, b))),
    ]
    assert [part.number for part in stretch.parts] == [0, 1, 2, 3]
    assert [part.began for part in stretch.parts] == times[:4]
    assert [part.ended for part in stretch.parts] == times[1:]
    assert [item.part for item in told.captured] == [3]
    standing = await ledger.standing(ROOM)
    assert standing.parts == {FIRST: 4}
    assert standing.captured == {(FIRST, b, SourceKind.CAMERA, 3)}


async def test_who_is_captured_again_is_no_longer_erased(
    ledger: Ledger, alice: Signer
) -> None:
    erasure = Erasure(feature=RECORDING, subject=alice.key.thumbprint, files=1)
    await ledger.append(ROOM, [*begins(), opens(alice.decides()), captures(alice)])
    await ledger.append(ROOM, [erasure])
    erased = history(await ledger.read(ROOM)).erasures
    await ledger.append(ROOM, [captures(alice)])

    assert set(erased) == {(RECORDING, alice.key.thumbprint, FIRST)}
    assert history(await ledger.read(ROOM)).erasures == {}


# ---- Access -------------------------------------------------------------------------


def test_a_capability_opens_one_meeting_for_one_person(tmp_path: Path) -> None:
    access = PageCapabilities.load(tmp_path, first=True)
    capability = access.issue(ROOM, ALICE)

    assert PageCapabilities.load(tmp_path, first=True).read(ROOM, capability) == ALICE
    name, mac = capability.split(".")
    for forged in (f"{BOB}.{mac}", name, f"{name}.", f"{name}.{mac[:-1]}", "", "é.é"):
        with pytest.raises(NotAllowed):
            access.read(ROOM, forged)
    with pytest.raises(NotAllowed):
        access.read(OTHER, capability)
    with pytest.raises(NotAllowed):
        PageCapabilities(bytes(32)).read(ROOM, capability)


def test_the_access_key_is_for_the_operator_alone(tmp_path: Path) -> None:
    PageCapabilities.load(tmp_path / "keys", first=True)

    (key,) = (tmp_path / "keys").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    key.write_bytes(b"short")
    with pytest.raises(DataDirectoryUnusable, match="no access key"):
        PageCapabilities.load(tmp_path / "keys", first=True)
