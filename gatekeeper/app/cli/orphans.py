"""`gatekeeper orphans`: what is kept and the ledger knows nothing of."""

import argparse
from pathlib import Path

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.archive import orphans
from gatekeeper.archive.orphans import Orphan
from gatekeeper.clock import Clock
from gatekeeper.config import load
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.ledger import read_chain
from gatekeeper.evidence.state import standing
from gatekeeper.storage.damage import told
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER, check_directory, held
from gatekeeper.storage.rooms import sealed_rooms


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "orphans", help="list what is kept and the ledger knows nothing of"
    )
    add_config(parser)
    parser.add_argument("--delete", action="store_true", help="delete it")
    parser.set_defaults(run=_orphans)


def _orphans(options: argparse.Namespace) -> int:
    data = check_directory(load(options.config).data.directory)
    with held(data, Clock().now()):
        found = _find(data)
        for orphan in found:
            print(orphan)  # noqa: T201
            if options.delete:
                try:
                    orphans.delete(orphan)
                except OSError as exc:
                    raise DataDirectoryUnusable(
                        f"{exc.filename}: cannot be deleted ({exc.strerror})."
                    ) from exc
    done = " Deleted." if options.delete and found else ""
    print(f"{len(found)} that are not on record.{done}")  # noqa: T201
    return 0


def _find(data: Path) -> list[Orphan]:
    if not (data / LEDGER).exists():
        return orphans.find(data, {}, ())
    database = Database.open(data / LEDGER, migrate=False)
    try:
        with told(data / LEDGER), database.connect() as reading, reading.begin():
            rooms = sealed_rooms(reading)
            known = [
                opening
                for room in rooms
                for opening in standing(read_chain(reading, meeting=room)).openings
            ]
            return orphans.find(data, rooms, known)
    finally:
        database.close()
