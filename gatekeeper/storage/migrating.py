"""
Migrating: a database is brought to this version's tables.

Imported only where that is to be done: Alembic is a third of what a command loads.
"""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.storage.damage import VersionUnreadable

_ONE_AT_A_TIME = Lock()
"""Alembic holds what it works on in a place that all threads of a process share."""


def bring_to_date(engine: Engine, migrations: Path, *, migrate: bool) -> None:
    """
    Run those of `migrations` that were not yet; without `migrate`, say they are due.

    Blocks. Raises `DataDirectoryUnusable`, `VersionUnreadable` and `DBAPIError`.
    """
    try:
        _bring_to_date(engine, migrations, migrate=migrate)
    except CommandError as exc:
        raise VersionUnreadable(str(exc)) from exc


def _bring_to_date(engine: Engine, migrations: Path, *, migrate: bool) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        known = {script.revision for script in scripts.walk_revisions()}
        if current is not None and current not in known:
            raise DataDirectoryUnusable(
                f"{engine.url.render_as_string()} was written by a newer Gatekeeper "
                f"(version {current}). Install that version, or name another directory."
            )
        if current == scripts.get_current_head():
            return
        if not migrate:
            raise DataDirectoryUnusable(
                f"{engine.url.render_as_string()} is of version {current or 'none'}. "
                "Start `gatekeeper serve` once to bring it to date."
            )
        config.attributes["connection"] = connection
        with _ONE_AT_A_TIME:
            command.upgrade(config, "head")
