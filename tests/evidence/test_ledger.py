import asyncio
import hashlib
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from gatekeeper.consent.types import LanguageTag, OpeningId, RoomId, SourceKind
from gatekeeper.errors import ChainTaken, LedgerUnavailable, RoomEnded
from gatekeeper.evidence.chain import verify
from gatekeeper.evidence.entries import Body, GrantAdded, MeetingSealed, decode
from gatekeeper.evidence.ledger import Ledger, read_chain
from gatekeeper.evidence.row import GENESIS, LedgerRow
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.storage.transactions import Transactions, _Stop
from tests.evidence.people import (
    FIRST,
    NOON,
    NOTICE,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    noon,
    opens,
    whole_meeting,
    withdraws,
)


class Held:
    """Holds the writer's thread, so that what is handed over meanwhile is one batch."""

    def __init__(self, writer: Transactions) -> None:
        self.reached = threading.Event()
        self.go = threading.Event()
        self.work = writer.owe(self._wait)

    def _wait(self, connection: Connection) -> None:
        self.reached.set()
        assert self.go.wait(120)

    async def __aenter__(self) -> "Held":
        await asyncio.to_thread(self.reached.wait, 120)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.go.set()
        await self.work


@pytest.fixture
def commits(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each transaction ended, in order."""
    seen: list[str] = []
    for name in ("committed", "undone"):
        ended = getattr(ledger, name)

        def note(name: str = name, ended: Callable[[], None] = ended) -> None:
            seen.append(name)
            ended()

        monkeypatch.setattr(ledger, name, note)
    return seen


# ---- Appending ----------------------------------------------------------------------


async def test_what_is_appended_is_on_the_disk_when_append_returns(
    ledger: Ledger, path: Path
) -> None:
    written = await ledger.append(ROOM, begins())

    with sqlite3.connect(path) as other:
        rows = other.execute("SELECT meeting, seq, prev, hash, body FROM ledger")
        assert rows.fetchall() == [
            (w.meeting, w.seq, w.prev, w.hash, w.body) for w in written
        ]


async def test_entries_chain_by_number_and_hash(ledger: Ledger) -> None:
    first = await ledger.append(ROOM, begins())
    more = await ledger.append(ROOM, [opens(Signer().decides()), closes()])
    chain = [*first, *more]

    assert [entry.seq for entry in chain] == [0, 1, 2, 3]
    assert [entry.prev for entry in chain] == [GENESIS, *(e.hash for e in chain[:-1])]
    assert all(hashlib.sha256(e.body).digest() == e.hash for e in chain)
    assert await ledger.read(ROOM) == tuple(chain)


async def test_an_entry_says_when_it_happened_not_when_it_was_written(
    ledger: Ledger,
) -> None:
    earlier = NOON.replace(hour=9)
    (now, _), (then, _) = (
        await ledger.append(ROOM, begins()),
        await ledger.append(RoomId("other"), begins(), at=earlier),
    )

    assert decode(now.body).envelope.at == NOON
    assert decode(then.body).envelope.at == earlier


async def test_a_chains_time_never_goes_back(path: Path) -> None:
    """Neither in a running process nor after a restart, whatever the clock says."""
    hour = timedelta(hours=1)
    grant = Signer().decides()
    other = OpeningId("other")
    lives: list[tuple[list[int], list[list[Body]]]] = [
        ([0, -1], [begins()[:1], begins()[1:]]),
        ([-24], [[opens(grant), closes()]]),
        ([2, 1], [[opens(grant, opening=other)], [closes(other)]]),
    ]
    rows: tuple[LedgerRow, ...] = ()
    for ahead, bodies in lives:
        database = Database.open(path)
        async with Transactions(database) as writer:
            now = iter(NOON + hours * hour for hours in ahead)
            ledger = Ledger(writer, clock=lambda now=now: next(now))  # type: ignore[misc]
            for each in bodies:
                await ledger.append(ROOM, each)
            rows = await ledger.read(ROOM)
        database.close()

    times = [decode(row.body).envelope.at for row in rows]
    assert times == [NOON] * 4 + [NOON + 2 * hour] * 2
    assert verify(ROOM, rows, sealed=False).openings == 2


async def test_no_two_entries_share_an_id(ledger: Ledger) -> None:
    written = await ledger.append(ROOM, whole_meeting(Signer()))

    assert len({decode(w.body).envelope.id for w in written}) == len(written)


async def test_appending_nothing_writes_nothing(ledger: Ledger) -> None:
    assert await ledger.append(ROOM, []) == ()
    assert await ledger.read(ROOM) == ()


async def test_a_chain_goes_on_after_a_restart(path: Path) -> None:
    chain: tuple[LedgerRow, ...] = ()
    parts: list[list[Body]] = [
        begins(),
        [opens(Signer().decides())],
        [closes(), MeetingSealed()],
    ]
    for part in parts:
        database = Database.open(path)
        async with Transactions(database) as writer:
            ledger = Ledger(writer, clock=noon)
            await ledger.append(ROOM, part)
            chain = await ledger.read(ROOM)
        database.close()

    assert verify(ROOM, chain, sealed=True).entries == 5


async def test_nothing_follows_the_seal(ledger: Ledger) -> None:
    await ledger.append(ROOM, [*begins(), MeetingSealed()])

    with pytest.raises(RoomEnded):
        await ledger.append(ROOM, [MeetingSealed()])
    with pytest.raises(RoomEnded):
        await ledger.append(RoomId("other"), [MeetingSealed(), *begins()])
    assert len(await ledger.read(ROOM)) == 3
    assert await ledger.read(RoomId("other")) == ()


async def test_the_seal_and_the_register_agree(
    writer: Transactions, ledger: Ledger
) -> None:
    rooms = RoomStore(writer)
    await rooms.add(
        RoomRecord(ROOM, "Tea", LanguageTag("en"), (RECORDING,), bytes(32), NOON)
    )
    await ledger.append(ROOM, begins())
    before = await rooms.find(ROOM)
    await ledger.append(ROOM, [MeetingSealed()])
    after = await rooms.find(ROOM)

    assert before is not None
    assert after is not None
    assert (before.sealed, after.sealed) == (False, True)


# ---- Group commit -------------------------------------------------------------------


async def test_many_rooms_share_one_commit(
    writer: Transactions, ledger: Ledger, commits: list[str]
) -> None:
    rooms = [RoomId(f"room-{number}") for number in range(50)]
    async with asyncio.TaskGroup() as tasks, Held(writer):
        for room in rooms:
            tasks.create_task(ledger.append(room, begins()))
        await asyncio.sleep(0)

    assert commits == ["committed"] * 2  # of the hold, and of the fifty
    assert {len(await ledger.read(room)) for room in rooms} == {2}


async def test_a_rooms_own_entries_keep_their_order(
    writer: Transactions, ledger: Ledger
) -> None:
    grant = Signer().decides()
    async with Held(writer):
        parts = [
            ledger.owe(ROOM, part)
            for part in (begins(), [opens(grant)], [closes()], [withdraws(grant)])
        ]
    await asyncio.gather(*parts)

    assert verify(ROOM, await ledger.read(ROOM), sealed=False).entries == 5


async def test_the_event_loop_goes_on_while_the_disk_is_slow(
    writer: Transactions, ledger: Ledger
) -> None:
    async with asyncio.TaskGroup() as tasks, Held(writer):
        appending = tasks.create_task(ledger.append(ROOM, begins()))
        for _ in range(100):
            await asyncio.sleep(0)

        assert not appending.done()
    assert len(appending.result()) == 2


async def test_an_append_that_nobody_waits_for_any_more_is_written(
    writer: Transactions, ledger: Ledger
) -> None:
    async with asyncio.TaskGroup() as tasks, Held(writer):
        appending = tasks.create_task(ledger.append(ROOM, begins()))
        await asyncio.sleep(0)
        appending.cancel()

    assert len(await ledger.read(ROOM)) == 2


async def test_one_refusal_fails_nobody_else(
    writer: Transactions, ledger: Ledger
) -> None:
    await ledger.append(ROOM, [*begins(), MeetingSealed()])
    async with Held(writer):
        refused = ledger.owe(ROOM, [closes()])
        written = ledger.owe(RoomId("other"), begins())

    assert len(await written) == 2
    with pytest.raises(RoomEnded):
        await refused


async def test_a_mistake_of_ours_fails_nobody_else(
    writer: Transactions, ledger: Ledger
) -> None:
    def mistake(connection: Connection) -> None:
        raise KeyError("ours")

    async with Held(writer):
        before = ledger.owe(ROOM, begins())
        wrong = writer.owe(mistake)
        after = ledger.owe(RoomId("other"), begins())

    assert len(await before) == len(await after) == 2
    with pytest.raises(KeyError):
        await wrong
    assert verify(ROOM, await ledger.read(ROOM), sealed=False).entries == 2


async def test_leaving_writes_what_still_waits(database: Database) -> None:
    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)
        waiting = [ledger.owe(RoomId(f"room-{n}"), begins()) for n in range(600)]

    assert all(len(done.result()) == 2 for done in waiting)


async def test_a_writer_that_has_stopped_refuses(database: Database) -> None:
    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)

    with pytest.raises(LedgerUnavailable):
        await ledger.append(ROOM, begins())
    with pytest.raises(LedgerUnavailable):
        await ledger.owe(ROOM, begins())


def test_what_was_handed_over_is_written_even_if_the_loop_dies(
    database: Database,
) -> None:
    writer = Transactions(database)

    async def die() -> None:
        await writer.__aenter__()
        _ = Ledger(writer, clock=noon).owe(ROOM, begins())
        writer._queue.put(_Stop(asyncio.get_running_loop().create_future()))

    asyncio.run(die())
    writer._thread.join()

    with database.connect() as connection:
        assert len(read_chain(connection, meeting=ROOM)) == 2


# ---- Somebody else's chain ----------------------------------------------------------


async def test_whoever_meets_foreign_entries_has_lost_the_room(
    ledger: Ledger, path: Path
) -> None:
    await ledger.append(ROOM, begins())
    database = Database.open(path)
    async with Transactions(database) as writer:
        foreign = Ledger(writer, clock=noon)
        await foreign.append(ROOM, [opens(Signer().decides())])

        for _ in range(2):
            with pytest.raises(ChainTaken):
                await ledger.append(ROOM, [MeetingSealed()])
        await foreign.append(ROOM, [closes()])
    database.close()

    assert ledger.available
    assert verify(ROOM, await ledger.read(ROOM), sealed=False).entries == 4


async def test_a_lost_room_fails_no_other_room(
    writer: Transactions, ledger: Ledger, path: Path
) -> None:
    for room in (ROOM, RoomId("other")):
        await ledger.append(room, begins())
    database = Database.open(path)
    async with Transactions(database) as elsewhere:
        await Ledger(elsewhere, clock=noon).append(ROOM, [opens(Signer().decides())])
    database.close()
    async with Held(writer):
        before = ledger.owe(RoomId("other"), [captures(Signer())])
        lost = ledger.owe(ROOM, [MeetingSealed()])
        after = ledger.owe(RoomId("other"), [MeetingSealed()])

    assert [entry.seq for entry in (*await before, *await after)] == [2, 3]
    with pytest.raises(ChainTaken):
        await lost


# ---- Taking up ----------------------------------------------------------------------


async def test_a_restart_learns_how_the_meeting_stood(ledger: Ledger) -> None:
    alice, bob = Signer(), Signer("ES256")
    grants = [alice.decides(), bob.decides()]
    second, late = OpeningId("second"), Signer().decides()
    await ledger.append(
        ROOM,
        [
            *begins(),
            opens(*grants),
            closes(),
            captures(alice),
            withdraws(grants[1]),
            opens(grants[0], opening=second),
            GrantAdded(feature=RECORDING, opening=second, grant=late.proof),
        ],
    )
    standing = await ledger.standing(ROOM)

    assert standing.entries == 8
    assert not standing.sealed
    assert standing.open == {second: RECORDING}
    assert standing.openings == {FIRST: RECORDING, second: RECORDING}
    assert standing.captured == {(FIRST, alice.key.thumbprint, SourceKind.CAMERA, 0)}
    assert standing.granted.keys() == {grant.nonce for grant in (*grants, late)}
    assert standing.withdrawn == {grants[1].nonce}
    assert standing.published == {NOTICE.digest: NOTICE}


async def test_a_room_of_which_nothing_is_written_stands_at_nothing(
    ledger: Ledger,
) -> None:
    standing = await ledger.standing(ROOM)

    assert (standing.entries, standing.sealed, standing.open) == (0, False, {})
