"""`gatekeeper check`: whether a configuration file is good, and what it offers."""

import argparse
from pathlib import Path

from gatekeeper.app.cli.command import Commands, keys_given
from gatekeeper.app.engines import choose_engines
from gatekeeper.app.wiring.address import certificate_of, require_cover
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.app.wiring.sign_in import check_sign_in
from gatekeeper.clock import Clock
from gatekeeper.config import load, offered
from gatekeeper.storage.directory import check_directory


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check a configuration file")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    config = load(options.file)
    certificate_of(config.server, Clock())
    require_cover(config.server)
    check_directory(config.data.directory)
    read_ice(config, Clock())
    check_sign_in(config)
    features = offered(config, choose_engines(config, keys_given()).runs)
    names = ", ".join(feature.id for feature in features) or "none"
    print(f"{options.file}: good. Features on offer: {names}.")  # noqa: T201
    for feature in features:
        if feature.unavailable is not None:
            print(f"{feature.id} cannot run here. {feature.unavailable}")  # noqa: T201
    return 0
