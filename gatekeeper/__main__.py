"""
The command line: `serve`, `check`, `verify`, `films`, `export-training`.

Exit codes: 0 all is well; 1 the evidence does not verify; 2 the operator must mend
something, and a sentence says what.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Coroutine
from pathlib import Path

from gatekeeper.assistant.equipment import Keys, equip
from gatekeeper.assistant.training import TRAINING, export
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, OperatorError
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.database import Database
from gatekeeper.media.films import FilmOnDisk, films_on_disk
from gatekeeper.web import logs
from gatekeeper.web.server import check_directory, serve


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except OperatorError as exc:
        print(exc, file=sys.stderr)  # noqa: T201 - this is the command line's answer
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatekeeper",
        description="Nothing in a meeting is recorded, summarised or drafted by AI "
        "unless everyone in the room has said yes.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="run the server")
    serving.add_argument("--config", type=Path, metavar="FILE")
    serving.add_argument("--host", help="in place of server.host")
    serving.add_argument("--port", type=int, help="in place of server.port")
    serving.set_defaults(run=_serve)
    checking = commands.add_parser("check", help="check a configuration file")
    checking.add_argument("file", type=Path, metavar="FILE")
    checking.set_defaults(run=_check)
    verifying = commands.add_parser("verify", help="verify the ledger, offline")
    verifying.add_argument("--config", type=Path, metavar="FILE")
    verifying.set_defaults(run=_verify)
    filming = commands.add_parser("films", help="list films, and how far they are")
    filming.add_argument("--config", type=Path, metavar="FILE")
    filming.add_argument(
        "--watch", action="store_true", help="go on until none is being made"
    )
    filming.set_defaults(run=_films)
    exporting = commands.add_parser(
        "export-training",
        help="export words of stretches in which everybody allowed `training`",
    )
    exporting.add_argument("--config", type=Path, metavar="FILE")
    exporting.add_argument("to", type=Path, metavar="DIR", help="a folder to write to")
    exporting.set_defaults(run=_export_training)
    return parser


def _serve(options: argparse.Namespace) -> int:
    config = load(options.config)
    given = {k: v for k in ("host", "port") if (v := getattr(options, k)) is not None}
    server = type(config.server).model_validate(config.server.model_dump() | given)
    logs.configure()
    _run(serve(config.model_copy(update={"server": server}), _keys()))
    return 0


def _keys() -> Keys:
    """Secrets from the environment, for those who have no files for them."""
    return Keys(
        speech=os.environ.get("GATEKEEPER_SPEECH_KEY"),
        ai=os.environ.get("GATEKEEPER_AI_KEY"),
    )


def _run(main: Coroutine[None, None, None]) -> None:
    """Run on uvloop where there is one: signaling costs half as much there."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)


def _check(options: argparse.Namespace) -> int:
    config = load(options.file)
    check_directory(config.data.directory)
    for server in config.ice.servers:
        server.credential()
    offers = config.offered(equip(config, _keys()).runs)
    features = ", ".join(offer.id for offer in offers) or "none"
    print(f"{options.file}: good. Features on offer: {features}.")  # noqa: T201
    for offer in offers:
        if offer.unavailable is not None:
            print(f"{offer.id} cannot run here. {offer.unavailable}")  # noqa: T201
    return 0


def _verify(options: argparse.Namespace) -> int:
    config: Config = load(options.config)
    database = _ledger(config)
    try:
        reports = verify_all(database)
    finally:
        database.close()
    for report in reports:
        state = report.fault or ("sealed" if report.sealed else "open")
        print(f"{report.meeting}  {report.entries} entries  {state}")  # noqa: T201
    faults = sum(report.fault is not None for report in reports)
    print(f"{len(reports)} meetings, {faults} that do not verify.")  # noqa: T201
    return 1 if faults else 0


def _export_training(options: argparse.Namespace) -> int:
    config: Config = load(options.config)
    if TRAINING not in config.features:
        raise ConfigInvalid(
            f"There is no feature {TRAINING}, so nobody was asked for it. Define "
            f"[features.{TRAINING}] with a notice of its own."
        )
    if options.to.exists() and any(options.to.iterdir()):
        raise ConfigInvalid(f"{options.to}: there is something already. Name another.")
    database = _ledger(config)
    try:
        found = list(export(database, config.data.directory, options.to))
    except OSError as exc:
        raise ConfigInvalid(f"{options.to}: {exc.strerror}.") from exc
    finally:
        database.close()
    for each in found:
        said = each.fault or f"{each.stretches} stretches, {each.lines} lines"
        print(f"{each.room}  {said}")  # noqa: T201
    print(f"{sum(each.lines for each in found)} lines exported.")  # noqa: T201
    return 1 if any(each.fault for each in found) else 0


def _ledger(config: Config) -> Database:
    path = config.data.directory / "ledger.sqlite3"
    if not path.is_file():
        raise ConfigInvalid(f"{path}: there is no ledger yet.")
    return Database.open(path, migrate=False)


def _films(options: argparse.Namespace) -> int:
    data = load(options.config).data.directory
    while True:
        films = films_on_disk(data)
        for film in films:
            print(_film_line(film))  # noqa: T201
        if not options.watch or all(f.state.state in _AT_REST for f in films):
            print(f"{len(films)} films.")  # noqa: T201
            return 0
        time.sleep(1)


_AT_REST = ("ready", "stopped", "failed")


def _film_line(on_disk: FilmOnDisk) -> str:
    """The films of a meeting: where they are, how far, and what there is of them."""
    state, done, films = on_disk.state
    parts = [on_disk.room, on_disk.feature, state]
    if state != "ready":
        filled = round(done * 20)
        parts.append(f"[{'#' * filled}{'.' * (20 - filled)}] {done:.0%}")
    for film in films.films if films else ():
        minutes, seconds = divmod(round(film.seconds), 60)
        parts.append(f"{film.name} {minutes}:{seconds:02} {film.bytes / 1e6:.1f} MB")
    return "  ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
