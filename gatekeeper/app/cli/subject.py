"""`gatekeeper subject`: a person asks for all that is held of them, or for its end."""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import aclosing
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from gatekeeper.app import desk
from gatekeeper.app.cli.command import Commands, add_config, keys_given
from gatekeeper.app.cli.ledger import ledger_file, open_ledger, require_ledger
from gatekeeper.app.engines import choose_engines
from gatekeeper.app.wiring.evidence import receipts
from gatekeeper.app.wiring.offline import open_offline
from gatekeeper.archive.faults import ReceiptInvalid
from gatekeeper.archive.own.copy import OwnCopy
from gatekeeper.archive.own.subject import Subject, subject_of
from gatekeeper.archive.own.zipped import write
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load
from gatekeeper.errors import (
    ConfigInvalid,
    DataDirectoryUnusable,
    EvidenceError,
    OperatorError,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt_file import content
from gatekeeper.storage.damage import readable, sentence
from gatekeeper.storage.directory import KEYS

MEGABYTE = 10**6


class NotErasedYet(OperatorError):
    """It is listed, and will be tried again."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "subject", help="export or erase all that is held of one person in one meeting"
    )
    add_config(parser)
    parser.add_argument(
        "receipts", type=Path, metavar="RECEIPT", help="a file of theirs (.jws)"
    )
    parser.add_argument("what", choices=("export", "erase"))
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="the archive; a ZIP beside the receipt"
    )
    parser.set_defaults(run=_subject)


def _subject(options: argparse.Namespace) -> int:
    config = load(options.config)
    require_ledger(config)
    key = GateKey.load(config.data.directory / KEYS, first=False)
    try:
        subject = subject_of(content(options.receipts).decode("ascii"), key)
    except UnicodeDecodeError as exc:
        raise ReceiptInvalid from exc
    if options.what == "erase":
        if options.to is not None:
            raise ConfigInvalid("--to is for export.")
        return _erase(config, subject)
    return _export(config, subject, key, options.to or _beside(options.receipts))


def _beside(receipts: Path) -> Path:
    return receipts.with_name(f"{receipts.stem} everything.zip")


# ---- Export --------------------------------------------------------------------------


def _export(config: Config, subject: Subject, key: GateKey, to: Path) -> int:
    if to.exists():
        raise ConfigInvalid(
            f"{to}: there is something already. Name another with --to."
        )
    clock = Clock()
    issuing = receipts(config.controller, key, clock)
    database = open_ledger(config)
    try:
        with readable(), database.connect() as connection, connection.begin():
            copy = OwnCopy.read(
                config.data.directory, subject, issuing, clock.now(), connection
            )
        write(_watched(copy.chunks()), to)
    except (DBAPIError, EvidenceError) as exc:
        raise DataDirectoryUnusable(sentence(ledger_file(config), exc)) from exc
    except OSError as exc:
        where = exc.filename or to
        raise DataDirectoryUnusable(f"{where}: {exc.strerror}.") from exc
    finally:
        database.close()
    print(f"{to}: all that is held of them in meeting {subject.room}.")  # noqa: T201
    return 0


def _watched(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same; whoever watches sees how much it is."""
    live, done, shown = sys.stderr.isatty(), 0, 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        if live and done - shown > MEGABYTE:
            shown = done
            sys.stderr.write(f"\r\x1b[K{done / MEGABYTE:.0f} MB ...")
            sys.stderr.flush()
    if live and shown:
        sys.stderr.write("\r\x1b[K")


# ---- Erase ---------------------------------------------------------------------------


def _erase(config: Config, subject: Subject) -> int:
    data = config.data.directory.resolve()
    try:
        _by_the_server(data, subject)
    except desk.Nobody:
        asyncio.run(_by_ourselves(config, subject))
    print(  # noqa: T201
        f"Gone: all that was held of them in meeting {subject.room}. What stays are "
        "entries of the ledger, with an id in place of a name: they prove what was "
        "allowed, and that this is gone. Films are made again without them."
    )
    return 0


def _by_the_server(data: Path, subject: Subject) -> None:
    asked = desk.Erase(room=subject.room, participant=subject.participant)
    for answer in desk.ask(data, asked):
        if "refused" in answer:
            raise OperatorError(answer["refused"])
        if "failed" in answer:
            raise _not_yet(str(answer["failed"]))
        if "erased" in answer:
            _tell(answer["erased"], answer["files"])


async def _by_ourselves(config: Config, subject: Subject) -> None:
    engines = choose_engines(config, keys_given())
    async with open_offline(config, engines) as archive:
        telling = archive.subjects.erase(subject.room, subject.participant)
        try:
            async with aclosing(telling) as erasing:
                async for each in erasing:
                    _tell(each.feature, each.files)
        except OSError as exc:
            raise _not_yet(f"{exc.filename or ''} {exc.strerror or exc}") from exc


def _tell(feature: str, files: int) -> None:
    print(f"{feature}: {files} files erased", flush=True)  # noqa: T201


def _not_yet(cause: str) -> NotErasedYet:
    return NotErasedYet(
        f"Not all of it could be erased just now ({cause.strip()}). It is listed: "
        "nobody is shown any of it any more, and a running server tries again until it "
        "is gone. Mend the cause, then ask again to be sure."
    )
