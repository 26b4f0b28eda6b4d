"""
What is erased is what was meant: what there was when it was asked for, and no more.

Real files, a real ledger, a real list. What fails: a disk that does not delete, a
database that somebody reads, a server that is killed and started again.
"""

import random
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.locks import RoomLocks
from gatekeeper.archive.recall import Recall
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, SourceKind
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.history import History, history
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.media.film.films import Films
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.store import RecordingStore
from gatekeeper.storage import paths
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import DeletionList
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.paths import Place
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    noon,
    opens,
)
from tests.evidence.test_aftermath import whole

ALICE, BOB = Signer(), Signer("ES256")
WHO = {ALICE.key.thumbprint: "Alice", BOB.key.thumbprint: "Bob"}


class Disk(RecordingStore):
    """Files that cannot be deleted while it is `stuck`, of whom it is said."""

    stuck: frozenset[ParticipantId] = frozenset()

    async def erase(
        self,
        room: object,
        feature: object,
        participant: ParticipantId,
        openings: Collection[OpeningId] | None,
    ) -> int:
        if participant in self.stuck:
            raise PermissionError("stuck")
        return await super().erase(ROOM, RECORDING, participant, openings)


@dataclass
class House:
    """One life of a server."""

    data: Path
    disk: Disk
    eraser: Eraser
    listed: DeletionList
    ledger: Ledger
    names: NameStore
    writer: Transactions
    remade: list[FeatureId]
    time: list[float] = field(default_factory=lambda: [0.0])

    async def captured(self, opening: OpeningId, *people: Signer) -> None:
        """An opening with a file of each, finished."""
        entries = [] if (await self.ledger.read(ROOM)) else begins()
        signed = [person.decides() for person in people]
        await self.ledger.append(ROOM, [*entries, opens(*signed, opening=opening)])
        for person in people:
            file = self.file(person, opening)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"sound")
            await self.ledger.append(ROOM, [captures(person, opening)])
        await self.ledger.append(ROOM, [closes(opening)])
        called = {p.key.thumbprint: WHO[p.key.thumbprint] for p in people}
        await self.names.note(ROOM, RECORDING, called)

    def file(self, person: Signer, opening: OpeningId) -> Path:
        who = person.key.thumbprint
        place = Place(ROOM, RECORDING, opening, who, SourceKind.CAMERA)
        return self.data / place.path

    def openings(self, person: Signer) -> set[str]:
        """Of which openings there is a file of them."""
        below = paths.folder(self.data, ROOM, RECORDING)
        who = person.key.thumbprint
        return {file.parent.name for file in below.glob(f"*/{who}-*.webm")}

    async def told(self) -> History:
        return history(await self.ledger.read(ROOM))

    async def press(self, person: Signer) -> None:
        await self.eraser.enqueue(ROOM, RECORDING, person.key.thumbprint)

    async def settle(self) -> None:
        """Carry out what is due, as `run` does."""
        for deletion in self.eraser.due():
            await self.eraser.attempt(deletion)


@asynccontextmanager
async def house(data: Path) -> AsyncIterator[House]:
    database = Database.open(data / "ledger.sqlite3")
    remade: list[FeatureId] = []
    time = [0.0]

    async def remake(_: object, feature: FeatureId) -> None:
        remade.append(feature)

    async with Transactions(database) as writer:
        ledger = Ledger(writer, clock=noon)
        context = RecordingContext(data, clock=noon, captures=None, reserve=0)  # type: ignore[arg-type]
        disk, listed = Disk(context), DeletionList(writer, database, noon)
        names = NameStore(writer)
        await listed.load()
        eraser = Eraser(
            FeatureStores({}, disk, names),
            Films(data),
            together={},
            listed=listed,
            ledger=ledger,
            exclusive=RoomLocks(),
            remake=remake,
            recall=Recall(writer, None, noon),
            monotonic=lambda: time[0],
        )
        yield House(data, disk, eraser, listed, ledger, names, writer, remade, time)
        context.close()
    database.close()


def opening(number: int) -> OpeningId:
    return OpeningId(f"opening-{number}")


async def test_a_retry_leaves_what_was_recorded_under_a_later_yes(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        here.disk.stuck = frozenset({ALICE.key.thumbprint})
        with pytest.raises(PermissionError):
            await here.eraser.erase(ROOM, RECORDING, ALICE.key.thumbprint)
        await here.captured(opening(2), ALICE, BOB)
        here.disk.stuck = frozenset()
    async with house(tmp_path) as here:
        await here.settle()

        assert here.openings(ALICE) == {opening(2)}
        assert here.openings(BOB) == {opening(1), opening(2)}
        assert await here.names.read(ROOM, RECORDING) == WHO
        told = await here.told()
        assert told.is_erased(RECORDING, ALICE.key.thumbprint, opening(1))
        assert told.erased_at(RECORDING, ALICE.key.thumbprint) is None
        assert here.listed.pending() == ()


async def test_a_try_that_fails_holds_up_nobody_else(tmp_path: Path) -> None:
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        here.disk.stuck = frozenset({ALICE.key.thumbprint})
        await here.press(ALICE)
        await here.settle()
        await here.press(BOB)
        await here.settle()

        assert here.openings(BOB) == set()
        assert here.openings(ALICE) == {opening(1)}
        here.disk.stuck = frozenset()
        await here.settle()
        assert here.openings(ALICE) == {opening(1)}, "it waits for its turn"
        here.time[0] = 15.0
        await here.settle()
        assert here.openings(ALICE) == set()


async def test_a_first_try_that_fails_late_still_has_the_film_made_again(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        film = tmp_path / "films" / ROOM / RECORDING
        film.mkdir(parents=True)
        reader = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM names").fetchone()
        await here.ledger.append(ROOM, [MeetingSealed()])
        await here.press(ALICE)

        await here.settle()
        assert here.remade == []
        reader.close()
        here.time[0] = 15.0
        await here.settle()

        assert here.remade == [RECORDING]
        assert here.listed.pending() == ()
        assert b"Alice" not in whole(tmp_path / "ledger.sqlite3")


async def test_while_nothing_can_be_written_what_can_go_goes_and_it_is_not_promised(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        (tmp_path / "ledger.sqlite3").rename(tmp_path / "elsewhere")

        with pytest.raises(LedgerUnavailable):
            await here.eraser.erase(ROOM, RECORDING, ALICE.key.thumbprint)

        assert here.openings(ALICE) == set()
        assert here.openings(BOB) == {opening(1)}
        assert here.listed.pending() == ()


class Killed(BaseException):
    """The process is gone."""


STEPS = ["drop", "erase", "forget", "append", "remake", "strike"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_crash_at_any_step_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    async with house(tmp_path) as here:
        await here.captured(opening(1), ALICE, BOB)
        await here.ledger.append(ROOM, [MeetingSealed()])
        await here.press(ALICE)
        owner: object = {
            "drop": here.eraser._films,
            "erase": here.disk,
            "forget": here.listed,
            "append": here.ledger,
            "remake": here.eraser,
            "strike": here.listed,
        }[step]
        name = f"_{step}" if step == "remake" else step
        work = getattr(owner, name)

        async def dies(*given: Any) -> None:
            if after:
                await work(*given)
            raise Killed

        monkeypatch.setattr(owner, name, dies)
        with pytest.raises(Killed):
            await here.settle()
        who = ALICE.key.thumbprint
        struck = (step, after) == ("strike", True)
        assert here.listed.covers(ROOM, RECORDING, who, opening(1)) != struck
    monkeypatch.undo()
    async with house(tmp_path) as here:
        await here.settle()

        assert here.openings(ALICE) == set()
        assert here.openings(BOB) == {opening(1)}
        assert await here.names.read(ROOM, RECORDING) == {BOB.key.thumbprint: "Bob"}
        assert b"Alice" not in whole(tmp_path / "ledger.sqlite3")
        told = await here.told()
        assert told.erased_at(RECORDING, ALICE.key.thumbprint) is not None
        assert here.remade == ([] if struck else [RECORDING])
        assert here.listed.pending() == ()


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happens_exactly_what_was_meant_goes(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test that can be repeated
    recorded: dict[str, set[OpeningId]] = {"alice": set(), "bob": set()}
    meant: dict[str, set[OpeningId]] = {"alice": set(), "bob": set()}
    people = {"alice": ALICE, "bob": BOB}
    count = 0
    for _ in range(3):  # lives of the server; what it has in memory is gone in between
        async with house(tmp_path) as here:
            for _ in range(dice.randint(2, 8)):
                match dice.choice(["record", "press", "settle", "stuck", "free"]):
                    case "record":
                        count += 1
                        await here.captured(opening(count), ALICE, BOB)
                        for openings in recorded.values():
                            openings.add(opening(count))
                    case "press" if count:
                        name = dice.choice(list(people))
                        await here.press(people[name])
                        meant[name] |= recorded[name]
                    case "settle":
                        here.time[0] += 1000.0
                        await here.settle()
                    case "stuck":
                        stuck = dice.choice([ALICE, BOB]).key.thumbprint
                        here.disk.stuck |= {stuck}
                    case _:
                        here.disk.stuck = frozenset()
                await as_meant(here, people, recorded, meant)
    async with house(tmp_path) as here:
        await here.settle()
        for name, person in people.items():
            assert here.openings(person) == recorded[name] - meant[name]
        assert here.listed.pending() == ()
        names = await here.names.read(ROOM, RECORDING)
        for name, person in people.items():
            left = recorded[name] - meant[name]
            assert (person.key.thumbprint in names) == bool(left)


async def as_meant(
    here: House,
    people: dict[str, Signer],
    recorded: dict[str, set[OpeningId]],
    meant: dict[str, set[OpeningId]],
) -> None:
    """Nothing else is gone, and what is still there of it is shown to nobody."""
    for name, person in people.items():
        there = here.openings(person)
        assert recorded[name] - meant[name] <= there
        who = person.key.thumbprint
        for each in there & meant[name]:
            assert here.listed.covers(ROOM, RECORDING, who, OpeningId(each))
        for each in recorded[name] - meant[name]:
            assert not here.listed.covers(ROOM, RECORDING, who, each)
