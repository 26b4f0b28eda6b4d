"""`gatekeeper static-manifest`: the client's files with their hashes, to pin them."""

import argparse
import hashlib
import sys

from gatekeeper.app.cli.command import Commands
from gatekeeper.web.pages import static_directory


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "static-manifest",
        help="print the SHA-256 of each file of the web client, for sha256sum --check",
    )
    parser.set_defaults(run=_static_manifest)


def _static_manifest(_: argparse.Namespace) -> int:
    folder = static_directory()
    names = sorted(
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file()
    )
    for name in names:
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        sys.stdout.write(f"{digest}  {name}\n")  # as coreutils write and read it
    return 0
