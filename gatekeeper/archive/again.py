"""
Again: what was deleted since a backup was made is deleted from what it brings back.

Rule 1: it is done by the roll, and whenever a ledger is opened that is older than the
roll outside: also one that somebody copied back by hand.
Rule 2: what opened something before a key was made anew opens nothing after it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from gatekeeper.errors import DataDirectoryUnusable, EvidenceError
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.retention import note_ended
from gatekeeper.evidence.tail import begin_log
from gatekeeper.evidence.tlog import log as tlog
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.evidence.tlog.note import Verifier
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage import roll
from gatekeeper.storage.database import Database
from gatekeeper.storage.deletions import list_again
from gatekeeper.storage.directory import KEYS
from gatekeeper.storage.host_hashes import put_host
from gatekeeper.storage.page_links import keep_link
from gatekeeper.storage.roll_copy import RollCopy
from gatekeeper.storage.roll_file import RollFile, ahead
from gatekeeper.storage.rooms import sealed_rooms
from gatekeeper.storage.service_keys import stop_key
from gatekeeper.storage.webhooks import remove_webhook


def bring_up(
    data: Path, database: Database, outside: RollFile | None, at: datetime
) -> int:
    """
    List again what the roll outside knows of and this ledger does not; how much it was.

    Then both tell the same. Blocks. Raises `DataDirectoryUnusable`.
    """
    try:
        lines = [] if outside is None else _ahead(database, outside)
        _make_keys(data / KEYS, lines)
        with database.connect() as connection, connection.begin():
            roll.take(lines, connection)
            for line in lines:
                _again(line.what, at, connection)
            said = [line.what for line in lines]
            logged = [what.leaf for what in said if isinstance(what, roll.Logged)]
            tlog.add_again(map(bytes.fromhex, logged), connection)
            roll.begin(at, connection)
            begin_log(at, connection)
        if outside is not None:
            RollCopy(database, outside).write()
    except (OSError, EvidenceError) as exc:
        where = None if outside is None else outside.path
        raise DataDirectoryUnusable(
            f"{where}: the list of deletions cannot be kept there ({exc}). Name a file "
            "in backup.deletions that can be written."
        ) from exc
    return sum(not isinstance(line.what, roll.Logged) for line in lines)


def _ahead(database: Database, outside: RollFile) -> list[roll.Line]:
    outside.mend()
    with database.connect() as connection, connection.begin():
        return ahead(outside, roll.texts(connection))


def _again(what: roll.What, at: datetime, connection: Connection) -> None:
    """Of meetings that there are here."""
    match what:
        case roll.Deleted() if what.room in sealed_rooms(connection):
            list_again(what, connection)
        case roll.LinkMade():
            keep_link(what, connection)
        case roll.HostMade():
            put_host(what.room, bytes.fromhex(what.host_hash), connection)
        case roll.ServiceKeyRevoked():
            stop_key(what.id, at, connection)
        case roll.WebhookRemoved():
            remove_webhook(what.id, connection)
        case roll.EvidenceEnded() if what.room not in sealed_rooms(connection):
            note_ended(what.room, at, connection)
        case _:
            pass  # evidence goes last: `EvidenceSweep` finds it on the roll


def _make_keys(keys: Path, lines: Sequence[roll.Line]) -> None:
    made = [line.what for line in lines if isinstance(line.what, roll.KeyMade)]
    if any(key.key == "access" for key in made):
        PageCapabilities.rotate(keys)
    receipts = [key.jwk for key in made if key.key == "receipt" and key.jwk is not None]
    if receipts:
        GateKey.rotate(keys, since=receipts)
    logs = [key.vkey for key in made if key.key == "log" and key.vkey is not None]
    if logs:
        LogKey.rotate(keys, since=map(Verifier.read, logs))
