import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, text

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage import tables
from gatekeeper.storage.database import MIGRATIONS, Database, newest

pytestmark = pytest.mark.usefixtures("unmigrated")


def test_the_migrations_build_the_very_tables(database: Database) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_version_is_the_one_that_all_migrations_lead_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == newest()


def test_several_can_be_made_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.sqlite3" for number in range(8)]
    with ThreadPoolExecutor(len(paths)) as threads:
        for database in threads.map(Database.open, paths):
            database.close()

    for path in paths:
        Database.open(path, migrate=False).close()


def test_opening_again_changes_nothing(database: Database, path: Path) -> None:
    before = path.read_bytes()
    Database.open(path).close()

    assert path.read_bytes() == before


def test_the_file_is_for_the_operators_eyes_only(
    database: Database, path: Path
) -> None:
    with database.connect() as connection, connection.begin():
        connection.execute(insert(tables.pulse).values(id=1, beats=1))
        files = {
            file.name: stat.S_IMODE(file.stat().st_mode)
            for file in path.parent.iterdir()
        }

    assert set(files) == {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    assert set(files.values()) == {0o600}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_durable_and_forgets(
    database: Database, pragma: str, value: object
) -> None:
    with database.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_newer_database_is_left_alone(database: Database, path: Path) -> None:
    with database.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DataDirectoryUnusable, match="newer Gatekeeper"):
        Database.open(path)


def test_an_unusable_place_is_named_with_the_fix(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "ledger.sqlite3", tmp_path):
        with pytest.raises(DataDirectoryUnusable, match=str(path)):
            Database.open(path)


def test_what_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"a letter to my grandmother" * 100)

    with pytest.raises(DataDirectoryUnusable, match="not a database"):
        Database.open(path)


def test_reading_makes_and_changes_nothing(path: Path) -> None:
    with pytest.raises(DataDirectoryUnusable, match="no ledger"):
        Database.open(path, migrate=False)
    assert not path.exists()
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(DataDirectoryUnusable, match="gatekeeper serve"):
        Database.open(path, migrate=False)


def test_reading_does_not_wait_for_a_writer(database: Database, path: Path) -> None:
    reading = Database.open(path, migrate=False)
    with (
        database.connect() as writer,
        writer.begin(),
        reading.connect() as reader,
        reader.begin(),
    ):
        assert reader.scalar(text("SELECT count(*) FROM ledger")) == 0
    reading.close()


def test_a_file_that_was_replaced_is_noticed(database: Database, path: Path) -> None:
    with database.connect():
        pass
    os.replace(path, path.with_suffix(".old"))

    with pytest.raises(FileNotFoundError):
        database.connect()
    path.touch()
    with pytest.raises(FileNotFoundError):
        database.connect()
