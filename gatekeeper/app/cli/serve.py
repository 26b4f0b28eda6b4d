"""`gatekeeper serve`: run the server."""

import argparse
import asyncio
from collections.abc import Coroutine

from gatekeeper.app.cli.command import Commands, add_config, keys_given
from gatekeeper.config import Config, load
from gatekeeper.web import logs


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="run the server")
    add_config(parser)
    parser.add_argument("--host", help="in place of server.host")
    parser.add_argument("--port", type=int, help="in place of server.port")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    # All else that this command line does starts in half the time without it.
    from gatekeeper.app import server

    config = _read(options)
    logs.configure()
    run_on_the_best_loop(server.serve(config, keys_given(), lambda: _read(options)))
    return 0


def _read(options: argparse.Namespace) -> Config:
    """What the file says, and what was given in its place. Raises `ConfigInvalid`."""
    config = load(options.config)
    given = {k: v for k in ("host", "port") if (v := getattr(options, k)) is not None}
    section = type(config.server).model_validate(config.server.model_dump() | given)
    return config.model_copy(update={"server": section})


def run_on_the_best_loop(main: Coroutine[None, None, None]) -> None:
    """Run on uvloop where there is one: signaling costs half as much there."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
