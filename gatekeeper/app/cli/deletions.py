"""`gatekeeper deletions`: the list of all that was deleted, for a restore."""

import argparse
import sys

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.app.cli.ledger import ledger_file, open_ledger
from gatekeeper.config import load
from gatekeeper.storage import roll
from gatekeeper.storage.damage import told


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "deletions", help="print the list of deletions, which a restore needs"
    )
    add_config(parser)
    parser.set_defaults(run=_deletions)


def _deletions(options: argparse.Namespace) -> int:
    config = load(options.config)
    database = open_ledger(config)
    try:
        with told(ledger_file(config)), database.connect() as reading, reading.begin():
            for text in roll.texts(reading):
                sys.stdout.write(roll.framed(text))
    finally:
        database.close()
    return 0
