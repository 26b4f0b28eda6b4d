"""`gatekeeper service-key`: keys for programs that call the HTTP API."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from gatekeeper.app import desk
from gatekeeper.app.cli.command import Commands, add_family
from gatekeeper.app.cli.ledger import ledger_file, open_ledger
from gatekeeper.app.wiring.storage import open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable
from gatekeeper.meeting.faults import NameUnusable
from gatekeeper.meeting.nickname import nickname
from gatekeeper.storage.damage import told
from gatekeeper.storage.directory import check_directory, held
from gatekeeper.storage.origins import MOST, origin_of
from gatekeeper.storage.service_keys import (
    LONGEST_NAME,
    SCOPES,
    Scope,
    ServiceKey,
    listed,
)


def add(commands: Commands) -> None:
    """Add the command."""
    what = add_family(
        commands,
        "service-key",
        help="make, list and revoke keys for programs that call the API",
        members="make|list|revoke",
    )
    make = what("make", help="make a key; it is shown once")
    make.add_argument("name", metavar="NAME", help="whose it is")
    make.add_argument(
        "--scope",
        action="append",
        required=True,
        choices=SCOPES,
        help="what it may ask for; once for each",
    )
    make.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="whose pages may show its rooms, such as https://app.example.org",
    )
    make.set_defaults(run=_make)
    each = what("list", help="list them")
    each.set_defaults(run=_list)
    revoke = what("revoke", help="have a key open nothing any more")
    revoke.add_argument("id", metavar="ID", help="as in gk_ID_...")
    revoke.set_defaults(run=_revoke)


def _make(options: argparse.Namespace) -> int:
    config = load(options.config)
    try:
        name = nickname(options.name, LONGEST_NAME)
    except NameUnusable as exc:
        raise ConfigInvalid(f"{options.name!r}: {exc}") from exc
    scopes: tuple[Scope, ...] = tuple(dict.fromkeys(options.scope))
    origins = _origins(options.origin)
    said = _done(config, desk.MakeServiceKey(name=name, scopes=scopes, origins=origins))
    # Alone on its stream, so that it can be piped to where secrets are kept.
    print(said["key"])  # noqa: T201
    closed = "" if config.api.open else " The API is closed: set api.open to true."
    print(  # noqa: T201
        f"For {name}: {', '.join(scopes)}. It is shown here once.{closed}",
        file=sys.stderr,
    )
    return 0


def _origins(given: Sequence[str]) -> tuple[str, ...]:
    """As browsers spell them. Raises `ConfigInvalid`."""
    if len(given) > MOST:
        raise ConfigInvalid(f"A key has {MOST} origins at most.")
    found = []
    for text in given:
        try:
            found.append(origin_of(text))
        except ValueError as exc:
            raise ConfigInvalid(f"--origin {text}: it {exc}.") from exc
    return tuple(dict.fromkeys(found))


def _list(options: argparse.Namespace) -> int:
    config = load(options.config)
    database = open_ledger(config)
    try:
        with told(ledger_file(config)), database.connect() as reading, reading.begin():
            keys = listed(reading)
    finally:
        database.close()
    for key in keys:
        print(_told(key))  # noqa: T201
    return 0


def _told(key: ServiceKey) -> str:
    used = "never used" if key.last_used_on is None else f"used {key.last_used_on}"
    state = "" if key.revoked_at is None else f"  revoked {key.revoked_at.date()}"
    scopes = ",".join(scope for scope in SCOPES if scope in key.scopes)
    shown = f"  in {','.join(key.origins)}" if key.origins else ""
    made = f"made {key.made_at.date()}"
    return f"{key.id}  {scopes}  {made}  {used}{shown}{state}  {key.name}"


def _revoke(options: argparse.Namespace) -> int:
    config = load(options.config)
    if not _done(config, desk.RevokeServiceKey(id=options.id))["revoked"]:
        raise ConfigInvalid(
            f"{options.id}: there is no such key. `gatekeeper service-key list` has "
            "all of them."
        )
    print(  # noqa: T201
        f"{options.id} opens nothing any more, here or in what a backup brings back. "
        "Meetings in rooms that it has opened go on."
    )
    return 0


Change = desk.MakeServiceKey | desk.RevokeServiceKey


def _done(config: Config, asked: Change) -> dict[str, object]:
    """What the server that runs says of it, or what came of it without one."""
    data = check_directory(config.data.directory)
    said: dict[str, object] = {}
    try:
        for answer in desk.ask(data, asked):
            said |= answer
    except desk.Nobody:
        said = asyncio.run(_by_ourselves(config, data, asked))
    if "failed" in said:
        raise DataDirectoryUnusable(
            f"{data}: the server could not write it down ({said['failed']}). Look at "
            "its disk, then try again."
        )
    return said


async def _by_ourselves(config: Config, data: Path, asked: Change) -> dict[str, object]:
    clock = Clock()
    with held(data, clock.now()):
        async with open_storage(data, clock, config.backup.deletions) as storage:
            keys = storage.service_keys
            if isinstance(asked, desk.RevokeServiceKey):
                return {"revoked": await keys.revoke(asked.id)}
            _, text = await keys.make(asked.name, asked.scopes, asked.origins)
            return {"key": text}
