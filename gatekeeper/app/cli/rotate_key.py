"""`gatekeeper rotate-key`: make a key anew that is lost, or that others may know."""

import argparse

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.app.cli.ledger import ledger_file
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.entries import KeyRotated
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.tail import put_acts
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, check_directory, held
from gatekeeper.storage.roll import KeyMade, append
from gatekeeper.storage.roll_copy import RollCopy
from gatekeeper.storage.roll_file import RollFile


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rotate-key", help="make a key anew that is lost, or that others may know"
    )
    add_config(parser)
    parser.add_argument("key", choices=("receipt", "access", "log"))
    parser.set_defaults(run=_rotate_key)


def _rotate_key(options: argparse.Namespace) -> int:
    config = load(options.config)
    data = check_directory(config.data.directory)
    with held(data, Clock().now()):
        try:
            if options.key == "access":
                _note(config, KeyMade(key="access"), None)
                PageCapabilities.rotate(data / KEYS)
                print("A new key. Links to what was kept open nothing now.")  # noqa: T201
            elif options.key == "log":
                signs = LogKey.rotate(data / KEYS).signer.verifier.text()
                _note(config, KeyMade(key="log", vkey=signs), signs)
                print(f"A new key signs checkpoints: {signs}")  # noqa: T201
            else:
                key = GateKey.rotate(data / KEYS)
                _note(config, KeyMade(key="receipt", jwk=key.jwk), key.kid)
                former = len(key.former)
                print(f"A new key signs receipts. Former keys on record: {former}.")  # noqa: T201
        except OSError as exc:
            raise DataDirectoryUnusable(f"{exc.filename}: {exc.strerror}.") from exc
    return 0


def _note(config: Config, made: KeyMade, public: str | None) -> None:
    """
    On the roll, so that no backup brings back what the former key opened.

    And in the server's own chain, which the log has.
    """
    if not ledger_file(config).exists():
        return
    database = Database.open(ledger_file(config))
    try:
        with told(ledger_file(config)):
            with database.connect() as connection, connection.begin():
                append([made], Clock().now(), connection)
                act = KeyRotated(key=made.key, public=public)
                put_acts([act], Clock().now(), connection)
            if config.backup.deletions is not None:
                RollCopy(database, RollFile(config.backup.deletions)).write()
    finally:
        database.close()
