"""`gatekeeper export-training`: the words that everybody allowed `training` to have."""

import argparse
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.app.cli.ledger import ledger_file, open_ledger
from gatekeeper.archive.training import TRAINING, export
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable, EvidenceError
from gatekeeper.storage.damage import readable, sentence


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "export-training",
        help="export words of stretches in which everybody allowed `training`",
    )
    add_config(parser)
    parser.add_argument("to", type=Path, metavar="DIR", help="a folder to write to")
    parser.set_defaults(run=_export_training)


def _export_training(options: argparse.Namespace) -> int:
    config: Config = load(options.config)
    if TRAINING not in config.features:
        raise ConfigInvalid(
            f"There is no feature {TRAINING}, so nobody was asked for it. Define "
            f"[features.{TRAINING}] with a notice of its own."
        )
    if options.to.exists() and any(options.to.iterdir()):
        raise ConfigInvalid(f"{options.to}: there is something already. Name another.")
    database = open_ledger(config)
    try:
        with readable():
            found = list(export(database, config.data.directory, options.to))
    except (DBAPIError, EvidenceError) as exc:
        raise DataDirectoryUnusable(sentence(ledger_file(config), exc)) from exc
    except OSError as exc:
        raise ConfigInvalid(f"{options.to}: {exc.strerror}.") from exc
    finally:
        database.close()
    for each in found:
        said = each.fault or f"{each.stretches} stretches, {each.lines} lines"
        print(f"{each.room}  {said}")  # noqa: T201
    print(f"{sum(each.lines for each in found)} lines exported.")  # noqa: T201
    return 1 if any(each.fault for each in found) else 0
