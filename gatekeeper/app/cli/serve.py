"""`gatekeeper serve`: run the server."""

import argparse
import asyncio
from collections.abc import Coroutine

from gatekeeper.app import server
from gatekeeper.app.cli.command import Commands, add_config, keys_given
from gatekeeper.app.engines import Keys
from gatekeeper.app.trial import every_problem
from gatekeeper.clock import Clock
from gatekeeper.config.load import Reading, read
from gatekeeper.config.problem import ConfigProblems
from gatekeeper.errors import CannotListen, DataDirectoryUnusable
from gatekeeper.web import logs


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="run the server")
    add_config(parser)
    parser.add_argument("--host", help="in place of server.host")
    parser.add_argument("--port", type=int, help="in place of server.port")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    keys = keys_given()
    reading = _read(options, keys)
    logs.configure()
    try:
        run_on_the_best_loop(
            server.serve(reading.whole(), keys, lambda: _read(options, keys).whole())
        )
    except CannotListen as exc:
        raise ConfigProblems([reading.source.said_by(exc, "server.port")]) from exc
    except DataDirectoryUnusable as exc:
        raise ConfigProblems([reading.source.said_by(exc, "data.directory")]) from exc
    return 0


def _read(options: argparse.Namespace, keys: Keys) -> Reading:
    """What the file says, and what was given in its place. Raises `ConfigProblems`."""
    given = {k: v for k in ("host", "port") if (v := getattr(options, k)) is not None}
    reading = read(options.config).with_server(given)
    if found := every_problem(reading, keys, Clock(), acting=False):
        raise ConfigProblems(every_problem(reading, keys, Clock()) or found)
    return reading


def run_on_the_best_loop(main: Coroutine[None, None, None]) -> None:
    """Run on uvloop where there is one: signaling costs half as much there."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
