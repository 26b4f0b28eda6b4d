"""
The command line: everything that an operator asks of a server, or beside one.

Exit codes: 0 all is well; 1 the evidence does not verify, or the doctor
has found a fault; 2 the operator must mend
something, and a sentence says what.
"""

import argparse
import gc
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

from gatekeeper.errors import OperatorError

COMMANDS = (
    "init",
    "serve",
    "check",
    "doctor",
    "verify",
    "films",
    "orphans",
    "subject",
    "backup",
    "restore",
    "deletions",
    "rotate-key",
    "admin-token",
    "service-key",
    "webhooks",
    "export-training",
    "static-manifest",
)
"""A file each, in the order in which `--help` tells of them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # Most of what a command takes is to load it: no other one is loaded.
    named = [name for name in COMMANDS if given[:1] == [name]]
    options = _parser(named or COMMANDS).parse_args(given)
    try:
        code: int = options.run(options)
    except OperatorError as exc:
        print(exc, file=sys.stderr)  # noqa: T201 - this is the command line's answer
        return 2
    return code


def _parser(names: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatekeeper",
        description="Nothing in a meeting is recorded, summarised or drafted by AI "
        "unless everyone in the room has said yes.",
    )
    parser.add_argument(
        "--version", action="version", version=f"gatekeeper {version('gatekeeper')}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in map(_load, names):
        command.add(commands)
    return parser


def _load(name: str) -> ModuleType:
    gc.disable()  # all that is loaded stays
    try:
        return import_module(f"{__name__}.{name.replace('-', '_')}")
    finally:
        gc.enable()
