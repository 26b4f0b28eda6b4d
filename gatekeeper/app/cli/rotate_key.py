"""`gatekeeper rotate-key`: make a key anew that is lost, or that others may know."""

import argparse

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.clock import Clock
from gatekeeper.config import load
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.directory import KEYS, check_directory, held


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rotate-key", help="make a key anew that is lost, or that others may know"
    )
    add_config(parser)
    parser.add_argument("key", choices=("receipt", "access"))
    parser.set_defaults(run=_rotate_key)


def _rotate_key(options: argparse.Namespace) -> int:
    data = check_directory(load(options.config).data.directory)
    with held(data, Clock().now()):
        try:
            if options.key == "access":
                PageCapabilities.rotate(data / KEYS)
                print("A new key. Links to what was kept open nothing now.")  # noqa: T201
            else:
                former = len(GateKey.rotate(data / KEYS).former)
                print(f"A new key signs receipts. Former keys on record: {former}.")  # noqa: T201
        except OSError as exc:
            raise DataDirectoryUnusable(f"{exc.filename}: {exc.strerror}.") from exc
    return 0
