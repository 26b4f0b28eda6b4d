"""`gatekeeper webhooks`: where services have events told, and what waits for them."""

import argparse
import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from gatekeeper.app import desk
from gatekeeper.app.cli.command import Commands, add_family
from gatekeeper.app.cli.ledger import ledger_file, open_ledger
from gatekeeper.app.webhook_desk import (
    AddWebhook,
    RemoveWebhook,
    ReplayWebhooks,
    RotateWebhook,
    WebhookAsk,
    answer,
)
from gatekeeper.app.wiring.services import registration_of
from gatekeeper.app.wiring.storage import open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable
from gatekeeper.storage.damage import told
from gatekeeper.storage.directory import check_directory, held
from gatekeeper.storage.news import KINDS
from gatekeeper.storage.webhooks import Listed, listed
from gatekeeper.web.v1.faults import REFUSED_WEBHOOKS
from gatekeeper.web.webhooks.registration import shown


def add(commands: Commands) -> None:
    """Add the command."""
    what = add_family(
        commands,
        "webhooks",
        help="have events told to an address, and look after that",
        members="add|list|replay|rotate|remove",
    )
    new = what("add", help="add one; its secret is shown")
    new.add_argument("url", metavar="URL", help="where to, such as https://...")
    new.add_argument("--key", metavar="ID", required=True, help="of whose rooms")
    new.add_argument(
        "--event",
        action="append",
        default=[],
        choices=KINDS,
        help="only of this kind; once for each",
    )
    new.set_defaults(run=_add)
    each = what("list", help="list them, and what waits")
    each.set_defaults(run=_list)
    again = what("replay", help="tell again what could not be told")
    again.add_argument("id", metavar="ID", nargs="?", help="there; or everywhere")
    again.add_argument(
        "--since",
        type=_moment,
        metavar="TIME",
        help="all that is kept since then, told or not: 2026-11-29T08:00:00Z",
    )
    again.set_defaults(run=_replay)
    other = what("rotate", help="make another secret")
    other.add_argument("id", metavar="ID")
    other.set_defaults(run=_rotate)
    remove = what("remove", help="tell nothing there again")
    remove.add_argument("id", metavar="ID")
    remove.set_defaults(run=_remove)


def _add(options: argparse.Namespace) -> int:
    events = tuple(dict.fromkeys(options.event))
    asked = AddWebhook(url=options.url, key=options.key, events=events)
    _show(_done(load(options.config), asked))
    return 0


def _rotate(options: argparse.Namespace) -> int:
    _show(_done(load(options.config), RotateWebhook(id=options.id)))
    return 0


def _show(made: dict[str, Any]) -> None:
    # Alone on its stream, so that it can be piped to where secrets are kept.
    print(made["secret"])  # noqa: T201
    print(f"Of {made['webhook']}. It is shown here once.", file=sys.stderr)  # noqa: T201


def _remove(options: argparse.Namespace) -> int:
    _done(load(options.config), RemoveWebhook(id=options.id))
    print(f"Nothing is told to {options.id} any more.")  # noqa: T201
    return 0


def _replay(options: argparse.Namespace) -> int:
    asked = ReplayWebhooks(id=options.id, since=options.since)
    events = _done(load(options.config), asked)["events"]
    print(f"{events} to be told again.")  # noqa: T201
    return 0


def _list(options: argparse.Namespace) -> int:
    config = load(options.config)
    database = open_ledger(config)
    try:
        with told(ledger_file(config)), database.connect() as reading, reading.begin():
            found = listed(reading)
    finally:
        database.close()
    for each in found:
        print(_line(each))  # noqa: T201
    return 0


def _line(one: Listed) -> str:
    webhook = one.webhook
    kinds = ",".join(kind for kind in KINDS if kind in webhook.kinds) or "all"
    said = f"  last: {one.said}" if one.said else ""
    return (
        f"{webhook.id}  key {webhook.service}  {kinds}  {one.waiting} waiting  "
        f"{one.parked} parked{said}  {shown(webhook.url)}"
    )


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text}: say the time zone too, such as Z.")
    return found


def _done(config: Config, asked: WebhookAsk) -> dict[str, Any]:
    """What the server that runs says of it, or what came of it without one."""
    data = check_directory(config.data.directory)
    said: dict[str, Any] = {}
    try:
        for each in desk.ask(data, asked):
            said |= each
    except desk.Nobody:
        said = asyncio.run(_by_ourselves(config, data, asked))
    if "refused" in said:
        raise ConfigInvalid(said["refused"])
    if "failed" in said:
        raise DataDirectoryUnusable(
            f"{data}: the server could not write it down ({said['failed']}). Look at "
            "its disk, then try again."
        )
    return said


async def _by_ourselves(
    config: Config, data: Path, asked: WebhookAsk
) -> dict[str, Any]:
    clock = Clock()
    with held(data, clock.now()):
        async with open_storage(data, clock, config.backup.deletions) as storage:
            try:
                return await answer(asked, registration_of(config, storage))
            except REFUSED_WEBHOOKS as exc:
                return {"refused": str(exc)}
