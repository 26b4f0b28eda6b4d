"""`gatekeeper backup`: ledger, keys and files of one moment, while a server serves."""

import argparse
import sqlite3
from pathlib import Path

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.app.cli.ledger import require_ledger
from gatekeeper.app.cli.progress import MEGABYTE, Shown
from gatekeeper.archive.backup.making import back_up
from gatekeeper.clock import Clock, rfc3339
from gatekeeper.config import load
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.directory import require_restored


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "backup", help="back up ledger, keys and files, beside a running server"
    )
    add_config(parser)
    parser.add_argument("to", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument(
        "--like",
        type=Path,
        metavar="DIR",
        help="a former backup on the same disk: what has not changed is linked",
    )
    parser.set_defaults(run=_backup)


def _backup(options: argparse.Namespace) -> int:
    config = load(options.config)
    data = require_ledger(config).parent
    require_restored(data)
    shown = Shown("Copied")
    try:
        made = back_up(data.resolve(), options.to, Clock().now(), options.like, shown)
    except (OSError, sqlite3.Error) as exc:
        where = getattr(exc, "filename", None) or data
        raise DataDirectoryUnusable(f"{where}: {exc}. There is no backup.") from exc
    finally:
        shown.close()
    print(  # noqa: T201
        f"{options.to}: {made.files} files, {made.bytes / MEGABYTE:.1f} MB, of "
        f"{rfc3339(made.made_at)}. It holds keys: keep it from others, and no longer "
        "than what it holds may be kept."
    )
    return 0
