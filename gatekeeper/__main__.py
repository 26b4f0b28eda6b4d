"""
The command line: everything that an operator asks of a server, or beside one.

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

from sqlalchemy.exc import DBAPIError

from gatekeeper.archive import orphans
from gatekeeper.archive.orphans import Orphan
from gatekeeper.archive.training import TRAINING, export
from gatekeeper.assistant.equipment import Keys, equip
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load
from gatekeeper.errors import (
    ConfigInvalid,
    DataDirectoryUnusable,
    EvidenceError,
    OperatorError,
)
from gatekeeper.evidence.audit import verify_all
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import openings_of
from gatekeeper.evidence.receipt_file import ADDRESS, check, read_keys
from gatekeeper.media.film.films import FilmOnDisk, films_on_disk
from gatekeeper.meeting.capabilities import Access
from gatekeeper.storage.damage import readable, sentence, told
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import KEYS, LEDGER, check_directory, held
from gatekeeper.storage.rooms import sealed_rooms
from gatekeeper.web import logs
from gatekeeper.web.server import serve


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
    verifying = commands.add_parser(
        "verify", help="verify the ledger, or files of receipts, offline"
    )
    verifying.add_argument("receipts", type=Path, metavar="RECEIPT", nargs="*")
    whose = verifying.add_mutually_exclusive_group()
    whose.add_argument("--config", type=Path, metavar="FILE", help="whose ledger")
    whose.add_argument(
        "--key", type=Path, metavar="FILE", help=f"the gate's, from {ADDRESS}"
    )
    verifying.set_defaults(run=_verify)
    filming = commands.add_parser("films", help="list films, and how far they are")
    filming.add_argument("--config", type=Path, metavar="FILE")
    filming.add_argument(
        "--watch", action="store_true", help="go on until none is being made"
    )
    filming.set_defaults(run=_films)
    sorting = commands.add_parser(
        "orphans", help="list what is kept and the ledger knows nothing of"
    )
    sorting.add_argument("--config", type=Path, metavar="FILE")
    sorting.add_argument("--delete", action="store_true", help="delete it")
    sorting.set_defaults(run=_orphans)
    rotating = commands.add_parser(
        "rotate-key", help="make a key anew that is lost, or that others may know"
    )
    rotating.add_argument("--config", type=Path, metavar="FILE")
    rotating.add_argument("key", choices=("receipt", "access"))
    rotating.set_defaults(run=_rotate_key)
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
    if options.receipts and options.config:
        raise ConfigInvalid(
            "Receipts are checked without a server: leave --config out."
        )
    if options.receipts:
        return _verify_receipts(options.receipts, options.key)
    if options.key:
        raise ConfigInvalid("--key is for receipts: name the files that hold them.")
    return _verify_ledger(options)


def _verify_receipts(receipts: list[Path], key: Path | None) -> int:
    results = list(check(receipts, None if key is None else read_keys(key)))
    for result in results:
        print(result)  # noqa: T201
    faults = sum(result.fault is not None for result in results)
    print(f"{len(results)} receipts, {faults} that do not verify.")  # noqa: T201
    if key is None and faults < len(results):
        kids = ", ".join(sorted({r.kid for r in results if r.kid is not None}))
        print(  # noqa: T201
            f"Nothing in those that are good was changed since {kids} signed them. "
            f"Whose key that is, its server says at {ADDRESS}: save that, and name it "
            "with --key."
        )
    return 1 if faults else 0


def _verify_ledger(options: argparse.Namespace) -> int:
    config: Config = load(options.config)
    database = _ledger(config)
    try:
        with told(_ledger_file(config)), readable():
            reports, damaged = verify_all(database), database.faults()
    finally:
        database.close()
    for report in reports:
        state = report.fault or ("sealed" if report.sealed else "open")
        print(f"{report.meeting}  {report.entries} entries  {state}")  # noqa: T201
    faults = sum(report.fault is not None for report in reports)
    print(f"{len(reports)} meetings, {faults} that do not verify.")  # noqa: T201
    if damaged:
        raise DataDirectoryUnusable(
            sentence(_ledger_file(config), EvidenceError("; ".join(damaged)))
        )
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
        with readable():
            found = list(export(database, config.data.directory, options.to))
    except (DBAPIError, EvidenceError) as exc:
        raise DataDirectoryUnusable(sentence(_ledger_file(config), exc)) from exc
    except OSError as exc:
        raise ConfigInvalid(f"{options.to}: {exc.strerror}.") from exc
    finally:
        database.close()
    for each in found:
        said = each.fault or f"{each.stretches} stretches, {each.lines} lines"
        print(f"{each.room}  {said}")  # noqa: T201
    print(f"{sum(each.lines for each in found)} lines exported.")  # noqa: T201
    return 1 if any(each.fault for each in found) else 0


def _orphans(options: argparse.Namespace) -> int:
    data = check_directory(load(options.config).data.directory)
    with held(data, Clock().now()):
        found = _find_orphans(data)
        for orphan in found:
            print(orphan)  # noqa: T201
            if options.delete:
                try:
                    orphans.delete(orphan)
                except OSError as exc:
                    raise DataDirectoryUnusable(
                        f"{exc.filename}: cannot be deleted ({exc.strerror})."
                    ) from exc
    done = " Deleted." if options.delete and found else ""
    print(f"{len(found)} that are not on record.{done}")  # noqa: T201
    return 0


def _find_orphans(data: Path) -> list[Orphan]:
    if not (data / LEDGER).exists():
        return orphans.find(data, {}, ())
    database = Database.open(data / LEDGER, migrate=False)
    try:
        with told(data / LEDGER), database.connect() as reading, reading.begin():
            rooms = sealed_rooms(reading)
            return orphans.find(data, rooms, openings_of(rooms, reading))
    finally:
        database.close()


def _rotate_key(options: argparse.Namespace) -> int:
    data = check_directory(load(options.config).data.directory)
    with held(data, Clock().now()):
        try:
            if options.key == "access":
                Access.rotate(data / KEYS)
                print("A new key. Links to what was kept open nothing now.")  # noqa: T201
            else:
                former = len(GateKey.rotate(data / KEYS).former)
                print(f"A new key signs receipts. Former keys on record: {former}.")  # noqa: T201
        except OSError as exc:
            raise DataDirectoryUnusable(f"{exc.filename}: {exc.strerror}.") from exc
    return 0


def _ledger(config: Config) -> Database:
    path = _ledger_file(config)
    if not path.exists():
        raise ConfigInvalid(f"{path}: there is no ledger yet.")
    return Database.open(path, migrate=False)


def _ledger_file(config: Config) -> Path:
    return config.data.directory / LEDGER


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
