"""
The command line: everything that an operator asks of a server, or beside one.

Exit codes: 0 all is well; 1 the evidence does not verify, or the doctor
has found a fault; 2 the operator must mend
something, and a sentence says what.
"""

import argparse
import sys
from importlib.metadata import version

from gatekeeper.app.cli import (
    admin_token,
    backup,
    check,
    deletions,
    doctor,
    export_training,
    films,
    init,
    orphans,
    restore,
    rotate_key,
    serve,
    service_key,
    subject,
    verify,
)
from gatekeeper.errors import OperatorError

COMMANDS = (
    init,
    serve,
    check,
    doctor,
    verify,
    films,
    orphans,
    subject,
    backup,
    restore,
    deletions,
    rotate_key,
    admin_token,
    service_key,
    export_training,
)
"""A file each, in the order in which `--help` tells of them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except OperatorError as exc:
        print(exc, file=sys.stderr)  # noqa: T201 - this is the command line's answer
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatekeeper",
        description="Nothing in a meeting is recorded, summarised or drafted by AI "
        "unless everyone in the room has said yes.",
    )
    parser.add_argument(
        "--version", action="version", version=f"gatekeeper {version('gatekeeper')}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser
