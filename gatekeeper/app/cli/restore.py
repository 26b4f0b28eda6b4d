"""`gatekeeper restore`: bring a backup back, without what was deleted since."""

import argparse
import asyncio
import shutil
import sqlite3
from pathlib import Path

from gatekeeper.app.cli.command import Commands, add_config, keys_given
from gatekeeper.app.cli.progress import Shown
from gatekeeper.app.engines import Engines, choose_engines
from gatekeeper.app.wiring.offline import open_offline
from gatekeeper.archive.backup import manifest
from gatekeeper.archive.backup.manifest import Manifest
from gatekeeper.archive.backup.restoring import (
    lay_out,
    require_empty,
    require_list,
    require_verified,
    settle,
)
from gatekeeper.clock import Clock, rfc3339
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid, DataDirectoryUnusable
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.storage.directory import KEYS, RESTORING, check_directory, held
from gatekeeper.storage.roll_file import RollFile

COPY = "deletions.copy"


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "restore", help="bring a backup back, without what was deleted since"
    )
    add_config(parser)
    parser.add_argument("backup", type=Path, metavar="DIR")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--deletions",
        type=Path,
        metavar="FILE",
        help="a copy of the list, where backup.deletions is not there",
    )
    which.add_argument(
        "--accept-deletions-lost",
        action="store_true",
        help="there is no list: what people had erased since comes back",
    )
    parser.add_argument(
        "--until",
        metavar="TIME",
        help="with --deletions: what was deleted after that time comes back",
    )
    parser.set_defaults(run=_restore)


def _restore(options: argparse.Namespace) -> int:
    config = load(options.config)
    data = check_directory(config.data.directory)
    engines = choose_engines(config, keys_given())
    with held(data, Clock().now(), restoring=True):
        require_empty(data)
        made = manifest.load(options.backup)
        listed = _list(options, config, made)
        _require_space(data, made)
        try:
            again = _bring_back(config, engines, options.backup, data, listed)
        except BaseException as exc:
            shutil.rmtree(data / RESTORING, ignore_errors=True)
            raise _told(exc, data, "Nothing was restored.") from exc
        try:
            settle(data)
        except OSError as exc:
            raise _told(exc, data, "Mend that, and restore again.") from exc
    print(  # noqa: T201
        f"{data}: restored as of {rfc3339(made.made_at)}, verified; {again} deletions "
        "made since were made again. Films are made anew at the next start. Nobody is "
        "signed in, and meetings that went on then are over."
    )
    return 0


def _list(options: argparse.Namespace, config: Config, made: Manifest) -> Path | None:
    """The list of deletions to go by; None if its loss is accepted."""
    live: Path | None = config.backup.deletions
    there = live is not None and live.exists()
    if options.accept_deletions_lost:
        if there:
            raise ConfigInvalid(
                f"{live}: there is a list of deletions. Leave --accept-deletions-lost "
                "out; or, if the list cannot be used, move it away first."
            )
        return None
    if options.deletions is not None:
        file = RollFile(options.deletions)
        _require_accepted(options, require_list(file, made))
        return file.path
    if live is None or not there:
        raise ConfigInvalid(
            "What was deleted since the backup is not known, so it would come back. "
            "Name the list of deletions: backup.deletions in the configuration is "
            "where the server kept it; or --deletions FILE, a copy that `gatekeeper "
            "deletions` wrote. If there is none: --accept-deletions-lost, and erase "
            "again what people had erased."
        )
    require_list(RollFile(live), made)
    return live


def _require_accepted(options: argparse.Namespace, until: str) -> None:
    """A copy cannot show that it is the last one: somebody has to say so."""
    if options.until != until:
        raise ConfigInvalid(
            f"{options.deletions}: this copy tells of deletions until {until}. What "
            "was deleted later would come back. If there is no newer one, and you "
            f"accept that, say: --until {until}"
        )


def _told(exc: BaseException, data: Path, then: str) -> BaseException:
    """For the operator, if it is theirs to mend."""
    if not isinstance(exc, OSError | sqlite3.Error):
        return exc
    where = getattr(exc, "filename", None) or data
    return DataDirectoryUnusable(f"{where}: {exc}. {then}")


def _require_space(data: Path, made: Manifest) -> None:
    free = shutil.disk_usage(data).free
    if free < made.bytes:
        raise DataDirectoryUnusable(
            f"{data}: the backup needs {made.bytes} bytes, and {free} are free there. "
            "Make room, then restore again."
        )


def _bring_back(
    config: Config, engines: Engines, backup: Path, data: Path, listed: Path | None
) -> int:
    """Lay it out, and delete again; how many deletions it was."""
    into = data / RESTORING
    shown = Shown("Copied and verified")
    try:
        lay_out(backup, data, shown)
    finally:
        shown.close()
    if listed is None or listed != config.backup.deletions:
        # The log may have gone on since: one that goes on from here would deny it.
        LogKey.begin_anew(into / KEYS)
    if listed is not None and listed != config.backup.deletions:
        shutil.copyfile(listed, into / COPY)
        listed = into / COPY
    there = config.data.model_copy(update={"directory": into})
    outside = config.backup.model_copy(update={"deletions": listed})
    restored = config.model_copy(update={"data": there, "backup": outside})
    again = asyncio.run(_delete_again(restored, engines))
    require_verified(into)
    return again


async def _delete_again(config: Config, engines: Engines) -> int:
    again = 0
    async with open_offline(config, engines) as archive:
        for deletion in archive.eraser.due():
            files = await archive.eraser.carry_out(deletion)
            again += 1
            print(  # noqa: T201
                f"{deletion.room} {deletion.feature}: {files} files deleted again",
                flush=True,
            )
        # What has had its time by now goes at the next start; what had, goes now.
        await archive.evidence.end_again()
    return again
