"""
The database: opened, migrated, and durable.

Rule 1: a commit that returns is on the disk (`synchronous=FULL`).
Rule 2: what is deleted is overwritten (`secure_delete`).
Rule 3: only the pragmas below are SQLite's own; all else is SQLAlchemy Core.
Rule 4: a new file is for the operator's account alone.
Rule 5: a database of a version that we do not know is left alone.
"""

import os
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.damage import readable, told

MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = (
    "PRAGMA busy_timeout=2000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
_READING = ("PRAGMA busy_timeout=2000", "PRAGMA query_only=ON")


class Database:
    """An engine whose tables are of this version."""

    def __init__(self, engine: Engine, file: Path | None) -> None:
        self.engine = engine
        self._file = file
        self._opened = _identity(file)

    @classmethod
    def open(cls, where: Path | str, *, migrate: bool = True) -> Self:
        """
        Open a SQLite file, or the database of a SQLAlchemy URL.

        With `migrate=False` it is for reading only, and left as it is. Blocks. Raises
        `DataDirectoryUnusable`.
        """
        url = _url(where)
        file = Path(url.database) if url.database and _is_sqlite(url) else None
        if file is not None and file.exists() and not file.is_file():
            raise DataDirectoryUnusable(
                f"{file}: there is something else in its place (a folder, say). Move "
                "that away, and restore the ledger if there was one."
            )
        if not migrate and file is not None and not file.is_file():
            raise DataDirectoryUnusable(f"There is no ledger at {file}.")
        engine = create_engine(url, hide_parameters=True)
        if _is_sqlite(url):
            _prepare_sqlite(engine, reading=not migrate)
        try:
            with told(file or url.render_as_string()):
                if file is not None and migrate:
                    _keep_private(file)
                with readable():
                    _bring_to_date(engine, migrate=migrate)
        except DataDirectoryUnusable:
            engine.dispose()
            raise
        return cls(engine, file)

    def connect(self) -> Connection:
        """A connection from the pool. Raises `OSError` if the file was replaced."""
        # SQLite goes on writing into a file that is no longer in its directory, and
        # reports success: nobody could read that proof after a restart.
        if self._file is not None and _identity(self._file) != self._opened:
            raise FileNotFoundError(f"{self._file} was moved or replaced")
        return self.engine.connect()

    def scrub(self) -> None:
        """
        Have what was deleted leave SQLite's log too.

        Blocks. Raises `OSError` while somebody still reads what was there before.
        """
        if self._file is None:
            return
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, _, _), *_ = cursor.fetchall()
        except DBAPIError as exc:
            raise OSError(str(exc.orig)) from exc
        finally:
            connection.close()
        if busy:
            raise OSError("the database is being read")

    def faults(self) -> list[str]:
        """
        What is damaged in the file itself, as SQLite says it; nothing if all is well.

        Blocks, and reads all of it. Raises `DBAPIError`.
        """
        if self._file is None:
            return []
        with self.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars()
            return [str(line) for line in said if line != "ok"]

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _url(where: Path | str) -> URL:
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where.absolute()))
    return make_url(where)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _keep_private(file: Path) -> None:
    """Make a missing file for our eyes only; SQLite's log takes over its mode."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _identity(file: Path | None) -> tuple[int, int] | None:
    if file is None:
        return None
    status = os.stat(file)
    return status.st_dev, status.st_ino


def _prepare_sqlite(engine: Engine, *, reading: bool) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: object) -> None:
        # Python's driver would begin transactions by itself, and too late.
        connection.isolation_level = None
        for pragma in _READING if reading else _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock now: one that is missed later cannot be waited for.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def newest() -> str:
    """The version of the last migration, which stands in its file's name."""
    return max(MIGRATIONS.glob("versions/v[0-9]*.py")).name[1:5]


def _bring_to_date(engine: Engine, *, migrate: bool) -> None:
    with engine.begin() as connection:
        if _versions(connection) == [newest()]:
            return
    from gatekeeper.storage.migrating import bring_to_date

    bring_to_date(engine, MIGRATIONS, migrate=migrate)


def _versions(connection: Connection) -> list[str]:
    """What Alembic has noted: one version, unless something is wrong or to be done."""
    if not inspect(connection).has_table("alembic_version"):
        return []
    noted = text("SELECT version_num FROM alembic_version")
    return list(connection.execute(noted).scalars())
