import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gatekeeper.consent.types import LanguageTag, RoomId
from gatekeeper.errors import ChainTaken, LedgerUnavailable
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomRecord, RoomStore, hash_capability
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import NOON, RECORDING, ROOM, begins

SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQ"  # noqa: S105 - of nobody
TEA = RoomRecord(
    id=ROOM,
    title="Tee für zwei",
    language=LanguageTag("de"),
    features=(RECORDING,),
    host_hash=hash_capability(SECRET),
    opened_at=NOON,
)


@pytest.fixture
def rooms(writer: Transactions) -> RoomStore:
    return RoomStore(writer)


async def test_a_room_is_found_as_it_was_added(rooms: RoomStore) -> None:
    await rooms.add(TEA)

    assert await rooms.find(ROOM) == TEA
    assert await rooms.find(RoomId("other")) is None


async def test_only_the_secret_makes_the_host(rooms: RoomStore) -> None:
    await rooms.add(TEA)
    found = await rooms.find(ROOM)

    assert found is not None
    assert found.is_host(SECRET)
    for wrong in (None, "", SECRET + "A", SECRET[:-1], "ß"):
        assert not found.is_host(wrong)


async def test_the_secret_itself_is_nowhere_in_the_file(
    rooms: RoomStore, path: Path, database: Database
) -> None:
    await rooms.add(TEA)
    files = [file.read_bytes() for file in path.parent.iterdir()]

    assert any("Tee für zwei".encode() in raw for raw in files)
    assert not any(SECRET.encode() in raw for raw in files)


async def test_rooms_that_go_on_are_found_after_a_restart(path: Path) -> None:
    other = replace(TEA, id=RoomId("other"), opened_at=NOON - timedelta(hours=1))
    database = Database.open(path)
    async with Transactions(database) as writer:
        rooms = RoomStore(writer)
        for record in (TEA, other, replace(TEA, id=RoomId("over"))):
            await rooms.add(record)
            await Ledger(writer, clock=lambda: NOON).append(record.id, begins())
        await rooms.add(replace(TEA, id=RoomId("nothing was asked for in it")))
        await rooms.end(RoomId("over"), NOON)
    database.close()
    database = Database.open(path)
    async with Transactions(database) as writer:
        returning = await RoomStore(writer).returning()
    database.close()

    assert returning == (other, TEA)


async def test_a_room_that_ended_without_its_seal_is_found(
    rooms: RoomStore, writer: Transactions
) -> None:
    ledger = Ledger(writer, clock=lambda: NOON)
    await rooms.add(TEA)
    await ledger.append(ROOM, begins())
    await rooms.end(ROOM, NOON)
    before = await rooms.unsealed()
    await ledger.append(ROOM, [MeetingSealed()])

    assert before == (replace(TEA, ended_at=NOON),)
    assert await rooms.unsealed() == ()
    assert await rooms.returning() == ()


async def test_the_first_end_counts(rooms: RoomStore) -> None:
    await rooms.add(TEA)
    for later in range(2):
        await rooms.end(ROOM, NOON + timedelta(hours=later))
    found = await rooms.find(ROOM)

    assert found is not None
    assert found.ended_at == NOON


async def test_no_room_takes_the_place_of_another(rooms: RoomStore) -> None:
    await rooms.add(TEA)

    with pytest.raises(ChainTaken):
        await rooms.add(replace(TEA, title="Coffee", host_hash=bytes(32)))
    assert await rooms.find(ROOM) == TEA


async def test_a_register_that_cannot_be_reached_says_so(
    rooms: RoomStore, path: Path
) -> None:
    os.replace(path, path.with_suffix(".away"))

    with pytest.raises(LedgerUnavailable):
        await rooms.find(ROOM)
