"""The roll of a database, written outside as it grows."""

import threading

import structlog
from sqlalchemy.exc import DBAPIError

from gatekeeper.errors import EvidenceError
from gatekeeper.storage.database import Database
from gatekeeper.storage.roll import Place, place, texts
from gatekeeper.storage.roll_file import RollFile

log = structlog.get_logger(__name__)


class RollCopy:
    """Blocks; for any thread."""

    def __init__(self, database: Database, file: RollFile) -> None:
        self._database = database
        self._file = file
        self._alone = threading.Lock()
        self._end: Place | None = None
        """Where the file ended, when it had `_size` bytes."""
        self._size = -1

    def __call__(self) -> bool:
        """
        Bring it up to date, or say in the log that it could not be; whether it is.

        A person's erasure waits for no other disk: it goes on, and the file gets the
        line the next time.
        """
        try:
            self.write()
        except (OSError, EvidenceError, DBAPIError) as exc:
            log.error("deletions.not-copied", cause=type(exc).__name__)
            return False
        return True

    def write(self) -> None:
        """Bring it up to date. Raises `OSError`, `EvidenceError`, `DBAPIError`."""
        with self._alone:
            if self._end is None or self._bytes() != self._size:
                self._file.mend()
                self._end = self._file.end()
            with self._database.connect() as connection, connection.begin():
                missing = list(texts(connection, self._end.n))
                end = place(connection)
            self._file.append(missing)
            self._end, self._size = end, self._bytes()

    def _bytes(self) -> int:
        path = self._file.path
        return path.stat().st_size if path.exists() else -1
