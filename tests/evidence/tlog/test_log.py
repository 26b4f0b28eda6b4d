"""The log in the database: what is sealed is in it; what is cut or changed is found."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.errors import (
    DataDirectoryUnusable,
    EvidenceError,
    LedgerUnavailable,
)
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import (
    SERVER,
    Erasure,
    FeatureForbidden,
    MeetingSealed,
)
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.seal import Seal, root_from
from gatekeeper.evidence.sealing import seal_of
from gatekeeper.evidence.tlog.checkpoint import Checkpoint
from gatekeeper.evidence.tlog.log_key import LAST, LogKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.evidence.tlog.tree import check_consistency, leaf_hash
from gatekeeper.storage.directory import KEYS
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.conftest import database, path, writer
from tests.evidence.people import (
    NOON,
    RECORDING,
    ROOM,
    TEA,
    Signer,
    begins,
    closes,
    opens,
)

__all__ = ["database", "path", "writer"]


GONE = Erasure(feature=RECORDING, subject=ParticipantId("a" * 43), files=1)


async def nothing() -> None:
    """There is no roll outside."""


@pytest.fixture
def seals(writer: Transactions, path: Path) -> SealLog:
    key = LogKey.load(path.parent / KEYS, "meet.example")
    return SealLog(writer, key, path.parent, nothing)


async def hold(ledger: Ledger, meeting: RoomId = ROOM) -> tuple[LedgerRow, ...]:
    """A meeting in which something was on; its entries."""
    await RoomStore(ledger._writer).add(replace(TEA, id=meeting, ended_at=NOON))
    grant = Signer().decides(meeting=meeting)
    bodies = [*begins(), opens(grant), closes(), MeetingSealed()]
    return await ledger.append(meeting, bodies)


def room(number: int) -> RoomId:
    return RoomId(f"{number:022}")


def kept(path: Path, words: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database, database:
        return database.execute(words).fetchall()


def found(path: Path) -> list[str]:
    """What an audit finds."""
    audit = verify_ledger(path.parent)
    return [*(c.fault for c in audit.chains if c.fault), *audit.damage]


async def test_each_seal_is_a_leaf_and_a_meeting_without_any_is_one_too(
    ledger: Ledger, seals: SealLog, path: Path
) -> None:
    for number in range(3):
        await hold(ledger, room(number))
    await ledger.note_nothing()
    await ledger.append(room(1), [GONE])
    act = FeatureForbidden(feature=RECORDING, by="file")
    await ledger.append(SERVER, [act])

    checkpoint = Checkpoint.read(await seals.checkpoint(), seals.keys)

    assert checkpoint.size == 6
    assert found(path) == []


async def test_an_entry_is_shown_to_be_in_the_log_without_the_others(
    ledger: Ledger, seals: SealLog
) -> None:
    rows = await hold(ledger)
    seal = seal_of(rows)
    proof = await seals.proof(ROOM)
    assert proof is not None

    for row in rows:
        top = root_from(row.hash, *seal.place(row.hash))
        assert proof.check(leaf_hash(top), seals.keys).size == 1
    with pytest.raises(EvidenceError):
        proof.check(leaf_hash(root_from(bytes(32), *seal.place(row.hash))), seals.keys)


async def test_R8_a_proof_is_as_long_whatever_happened(
    ledger: Ledger, seals: SealLog
) -> None:
    """How many entries there are, and which of them one is, would tell of a no."""
    short = [row.hash for row in await hold(ledger)]
    for entries in (short, short * 30):
        seal = Seal(entries, b"the seal")
        index, path = seal.place(short[2])
        assert len(path) == 8
        assert index != 2 or seal.place(short[3])[0] != 3
    assert len(Seal(short * 60, b"the seal").place(short[2])[1]) == 10


async def test_checkpoints_go_on_from_one_another(
    ledger: Ledger, seals: SealLog
) -> None:
    states = []
    for number in range(9):
        await hold(ledger, room(number))
        states.append(Checkpoint.read(await seals.checkpoint(), seals.keys))
        assert await seals.checkpoint() == states[-1].signed(seals._key.signer)
    for old in states:
        for new in states[old.size - 1 :]:
            path = await seals.consistency(old.size, new.size)
            check_consistency(old.size, new.size, path, old.root, new.root)
    with pytest.raises(EvidenceError, match="has not 10 leaves"):
        await seals.consistency(2, 10)
    with pytest.raises(EvidenceError, match="no leaf 9"):
        await seals.inclusion(9, 9)


CUTS = {
    "the seal": "DELETE FROM ledger WHERE meeting='{room}' AND seq=(SELECT max(seq) "
    "FROM ledger WHERE meeting='{room}')",
    "the register, too": "DELETE FROM ledger WHERE meeting='{room}' AND seq=(SELECT "
    "max(seq) FROM ledger WHERE meeting='{room}'); "
    "UPDATE rooms SET sealed=0 WHERE id='{room}'",
    "all of it": "DELETE FROM ledger WHERE meeting='{room}'; "
    "DELETE FROM rooms WHERE id='{room}'",
    "what was said after the first seal": "DELETE FROM ledger WHERE "
    "meeting='{room}' AND seq > 4",
    "its place in the log": "DELETE FROM log_places WHERE meeting='{room}'",
    "a leaf": "DELETE FROM log_nodes WHERE level=0 AND position=1",
    "the last leaf": "DELETE FROM log_nodes WHERE level=0 AND position=(SELECT "
    "max(position) FROM log_nodes WHERE level=0)",
    "a node": "DELETE FROM log_nodes WHERE level=1 AND position=0",
    "a hash": "UPDATE log_nodes SET hash=randomblob(32) WHERE level=1 AND position=1",
    "a leaf's hash": "UPDATE log_nodes SET hash=randomblob(32) WHERE level=0 AND "
    "position=0",
    "one's leaf for another's": "UPDATE log_places SET leaf=(SELECT leaf FROM "
    "log_places WHERE meeting!='{room}' LIMIT 1) WHERE meeting='{room}' AND seq=4",
    "leaf and roll": "DELETE FROM log_nodes WHERE level=0 AND position=4; "
    "DELETE FROM roll WHERE n=(SELECT max(n) FROM roll); "
    "DELETE FROM log_places WHERE leaf=4; "
    "DELETE FROM ledger WHERE meeting='{room}' AND seq > 4",
}


@pytest.mark.parametrize("what", CUTS)
async def test_what_is_cut_off_or_changed_is_found(
    ledger: Ledger, seals: SealLog, path: Path, what: str
) -> None:
    """Also where whoever did it has kept ledger, register and log of one mind."""
    for number in range(4):
        await hold(ledger, room(number))
    await ledger.append(room(2), [GONE])
    await seals.checkpoint()
    assert found(path) == []

    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(CUTS[what].format(room=room(2)))

    assert found(path)


async def test_no_checkpoint_denies_the_one_before(
    ledger: Ledger, seals: SealLog, path: Path
) -> None:
    for number in range(3):
        await hold(ledger, room(number))
    signed = await seals.checkpoint()
    kept(path, "DELETE FROM log_nodes WHERE level=0 AND position=2")

    with pytest.raises(LedgerUnavailable):
        await seals.checkpoint()
    later = SealLog(seals._writer, seals._key, path.parent, nothing)
    with pytest.raises(LedgerUnavailable):
        await later.checkpoint()

    assert (path.parent / LAST).read_text("utf-8") == signed


async def test_another_key_signs_the_same_log(
    ledger: Ledger, seals: SealLog, path: Path
) -> None:
    await hold(ledger)
    first = Checkpoint.read(await seals.checkpoint(), seals.keys)
    key = LogKey.rotate(path.parent / KEYS)
    later = SealLog(seals._writer, key, path.parent, nothing)
    await hold(ledger, room(1))
    second = Checkpoint.read(await later.checkpoint(), later.keys)

    assert first.origin == second.origin
    assert len(later.keys) == 2
    assert LogKey.load(path.parent / KEYS, "elsewhere.example").all == later.keys


async def test_a_log_that_begins_anew_is_another(seals: SealLog, path: Path) -> None:
    LogKey.begin_anew(path.parent / KEYS)

    key = LogKey.load(path.parent / KEYS, "elsewhere.example")

    assert key.signer.name != seals.keys[-1].name
    assert key.signer.name.startswith("meet.example/log/")
    assert key.former == seals.keys


@pytest.mark.parametrize("name", ["log.pem", "log-keys.txt"])
async def test_a_key_that_is_lost_is_made_again_only_before_it_has_signed(
    seals: SealLog, path: Path, name: str
) -> None:
    """A crash may have cut short the making of it."""
    (path.parent / KEYS / name).unlink()
    LogKey.load(path.parent / KEYS, "meet.example")
    await seals.checkpoint()
    (path.parent / KEYS / name).unlink()

    with pytest.raises(DataDirectoryUnusable, match="log"):
        LogKey.load(path.parent / KEYS, "meet.example")
