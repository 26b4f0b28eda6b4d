"""The roll of deletions: in the database, outside, and whether both are one."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage import roll
from gatekeeper.storage.database import Database
from gatekeeper.storage.roll_copy import RollCopy
from gatekeeper.storage.roll_file import RollFile, ahead

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "ledger.sqlite3")
    yield database
    database.close()


def deleted(number: int, *openings: str, subject: str | None = "who") -> roll.Deleted:
    return roll.Deleted(
        room=RoomId(f"room-{number}"),
        feature=FeatureId("recording"),
        subject=None if subject is None else ParticipantId(subject),
        openings=tuple(map(OpeningId, openings)) or None,
    )


def write(database: Database, *whats: roll.What) -> list[str]:
    with database.connect() as connection, connection.begin():
        roll.append(whats, NOON, connection)
        return list(roll.texts(connection))


def test_whoever_asks_again_and_again_makes_it_no_longer(database: Database) -> None:
    whats = [
        deleted(1, "a", "b"),
        deleted(1, "b"),
        deleted(1, "a"),
        deleted(1, "a", "c"),
        deleted(1, "a", "c"),
        deleted(1),
        deleted(1, "d"),
        deleted(1, subject=None),
        deleted(1, subject=None),
        deleted(2, "a"),
    ]
    lengths = [len(write(database, what)) for what in whats]

    assert lengths == [2, 2, 2, 3, 3, 4, 4, 5, 5, 6]


def test_a_file_that_fell_behind_or_is_gone_is_brought_up_to_date(
    database: Database, tmp_path: Path
) -> None:
    """However it fell behind: a disk that was away, a crash within a line, a move."""
    chance = random.Random(7)  # noqa: S311
    file = RollFile(tmp_path / "outside" / "deletions")
    copy = RollCopy(database, file)
    for number in range(60):
        known = write(database, deleted(number, "a"))
        match chance.randrange(5):
            case 0 if file.path.exists():
                file.path.unlink()
            case 1 if file.path.exists():
                held = file.path.read_bytes()
                file.path.write_bytes(held[: -chance.randrange(1, len(held))])
            case 2:
                continue
            case _:
                pass
        assert copy()
        assert [line.text() for _, line in file.lines()] == known
        assert file.path.stat().st_mode & 0o077 == 0


def test_only_a_list_that_goes_on_from_a_ledger_is_its_own(tmp_path: Path) -> None:
    first, other = (Database.open(tmp_path / f"{n}.sqlite3") for n in "ab")
    file = RollFile(tmp_path / "deletions")
    written = [write(first, deleted(n)) for n in range(5)][-1]
    assert RollCopy(first, file)()

    for known in range(len(written) + 1):
        assert len(ahead(file, written[:known])) == len(written) - known
    with pytest.raises(DataDirectoryUnusable, match="not of this ledger"):
        ahead(file, write(other, deleted(1)))
    for database in (first, other):
        database.close()
