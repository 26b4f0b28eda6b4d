"""What commands have in common: how they are added, and what they are given."""

import argparse
import os
from pathlib import Path
from typing import TypeAlias

from gatekeeper.app.engines import Keys

# argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
"""To which each command adds its parser."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """Let a command be told of a configuration file."""
    parser.add_argument("--config", type=Path, metavar="FILE")


def keys_given() -> Keys:
    """Secrets from the environment, for those who have no files for them."""
    return Keys(
        speech=os.environ.get("GATEKEEPER_SPEECH_KEY"),
        ai=os.environ.get("GATEKEEPER_AI_KEY"),
    )
