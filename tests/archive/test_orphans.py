"""Files and ledger that are not of one piece: nothing is deleted on a guess."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.consent.types import FeatureId, OpeningId, RoomId, SourceKind
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.entries import Body, MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.storage import paths
from gatekeeper.storage.database import Database
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    FIRST,
    RECORDING,
    ROOM,
    Signer,
    begins,
    closes,
    noon,
    opens,
)
from tests.meeting.conftest import configured, start
from tests.start.test_directory import written
from tests.storage.test_rooms import TEA

ALICE = Signer()


async def on_record(data: Path, *more: Body) -> None:
    """One meeting, with one opening, in the ledger."""
    database = Database.open(data / "ledger.sqlite3")
    async with Transactions(database) as writer:
        await RoomStore(writer).add(TEA)
        bodies: Sequence[Body] = [*begins(), opens(ALICE.decides()), *more]
        await Ledger(writer, clock=noon).append(ROOM, bodies)
    database.close()


def keep(
    data: Path,
    room: str = ROOM,
    opening: str = FIRST,
    *,
    reported: bool = True,
    root: str = "recordings",
) -> Path:
    """Something that is kept of an opening."""
    place = paths.Place(
        RoomId(room),
        FeatureId(RECORDING),
        OpeningId(opening),
        ALICE.key.thumbprint,
        SourceKind.CAMERA,
    )
    file = data / place.path.replace("recordings", root, 1)
    if root == "words":
        file = file.with_suffix(".jsonl")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"what somebody said yes to")
    if not reported:
        paths.marker(file).touch()
    return file


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A directory that a server has run in."""
    async with start(configured(tmp_path / "data")):
        pass
    return tmp_path / "data"


async def refusal(data: Path) -> str:
    with pytest.raises(DataDirectoryUnusable) as refused:
        async with start(configured(data)):
            pass
    return str(refused.value)


def without_ledger(data: Path) -> None:
    for file in data.glob("ledger.sqlite3*"):
        file.unlink()


async def test_what_is_of_one_piece_is_left_as_it_is(data: Path) -> None:
    await on_record(data)
    files = [keep(data), keep(data, root="words")]

    async with start(configured(data)):
        pass

    assert all(file.exists() for file in files)


@pytest.mark.parametrize("ledger", ["missing", "new"])
@pytest.mark.parametrize("root", ["recordings", "words", "films"])
async def test_with_another_ledger_nothing_is_deleted_and_somebody_decides(
    data: Path, capsys: pytest.CaptureFixture[str], ledger: str, root: str
) -> None:
    file = keep(data, root=root)
    config = str(written(data.parent))
    if ledger == "missing":
        without_ledger(data)

    for _ in range(2):
        said = await refusal(data)
        assert str(data / root / ROOM) in said
        assert "gatekeeper orphans --delete" in said
        assert file.exists()
    assert (data / "ledger.sqlite3").exists() == (ledger == "new")

    assert main(["orphans", "--config", config]) == 0
    assert str(data / root / ROOM) in capsys.readouterr().out
    assert file.exists()
    assert main(["orphans", "--config", config, "--delete"]) == 0
    assert not file.exists()


async def test_a_ledger_that_is_lost_can_be_given_up(data: Path) -> None:
    keep(data)
    without_ledger(data)
    config = str(written(data.parent))
    assert main(["orphans", "--config", config, "--delete"]) == 0

    async with start(configured(data)):
        pass


@pytest.mark.parametrize("root", ["recordings", "words"])
async def test_a_single_orphan_of_a_crash_is_deleted(data: Path, root: str) -> None:
    await on_record(data)
    known = keep(data, root=root)
    orphan = keep(data, opening="never", reported=False, root=root)

    async with start(configured(data)):
        pass

    assert known.exists()
    assert not orphan.exists()


async def test_what_another_ledger_had_heard_of_is_no_orphan_of_a_crash(
    data: Path,
) -> None:
    """The ledger is older than the files: the meeting went on after the backup."""
    await on_record(data)
    files = [keep(data), keep(data, opening="later")]

    assert "later" in await refusal(data)
    assert all(file.exists() for file in files)


async def test_a_sealed_meeting_has_no_orphans_of_a_crash(data: Path) -> None:
    await on_record(data, closes(), MeetingSealed())
    for root in ("recordings", "words"):
        file = keep(data, opening="later", reported=False, root=root)

        assert "later" in await refusal(data)
        assert file.exists()
        shutil.rmtree(data / root)


async def test_many_orphans_are_no_crash(data: Path) -> None:
    await on_record(data)
    files = [keep(data, opening=f"never-{n}", reported=False) for n in range(4)]

    assert "4 folders" in await refusal(data)
    assert all(file.exists() for file in files)


async def test_what_is_not_ours_is_left_alone(data: Path) -> None:
    await on_record(data)
    keep(data)
    stranger = data / "recordings" / "notes.webm"
    stranger.touch()

    async with start(configured(data)):
        pass

    assert stranger.exists()
