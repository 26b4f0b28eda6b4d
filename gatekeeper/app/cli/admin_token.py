"""`gatekeeper admin-token`: a new token for the console."""

import argparse
import sys

from gatekeeper.app.cli.command import Commands, add_config
from gatekeeper.config import load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable
from gatekeeper.storage.directory import check_directory
from gatekeeper.web.admin.token import AdminToken


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "admin-token",
        help="make a new token for the console; the one before, and whoever is signed "
        "in with it, is out at once",
    )
    add_config(parser)
    parser.set_defaults(run=_admin_token)


def _admin_token(options: argparse.Namespace) -> int:
    config = load(options.config)
    if config.admin.open_to != "token":
        raise ConfigInvalid(
            f'admin.open_to is "{config.admin.open_to}": no token opens the console. '
            'Set it to "token".'
        )
    data = check_directory(config.data.directory)
    try:
        token = AdminToken(data).make()
    except OSError as exc:
        raise DataDirectoryUnusable(f"{exc.filename}: {exc.strerror}.") from exc
    # Alone on its stream, so that it can be piped to where passwords are kept.
    print(token)  # noqa: T201
    print(  # noqa: T201
        f"Open {config.server.base_path}admin on the server, and sign in with it. It "
        "is shown here once.",
        file=sys.stderr,
    )
    return 0
