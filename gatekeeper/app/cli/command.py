"""What commands have in common: how they are added, and what they are given."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from gatekeeper.app.engines import Keys

# argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
"""To which each command adds its parser."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """Let a command be told of a configuration file."""
    parser.add_argument("--config", type=Path, metavar="FILE")


def add_family(
    commands: Commands, name: str, *, help: str, members: str
) -> Callable[..., argparse.ArgumentParser]:
    """
    Add a command that has commands of its own; what adds each of those.

    `members`: how its usage names them. All may be told of a configuration file, before
    what is to be done or behind it.
    """
    parser = commands.add_parser(name, help=help)
    add_config(parser)
    what = parser.add_subparsers(required=True, metavar=members)
    given = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    add_config(given)
    return partial(what.add_parser, parents=[given])


def keys_given() -> Keys:
    """Secrets from the environment, for those who have no files for them."""
    return Keys(
        speech=os.environ.get("GATEKEEPER_SPEECH_KEY"),
        ai=os.environ.get("GATEKEEPER_AI_KEY"),
    )
