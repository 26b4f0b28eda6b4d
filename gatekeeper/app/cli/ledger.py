"""The ledger that commands read: where it lies, and that there is one."""

from pathlib import Path

from gatekeeper.config import Config
from gatekeeper.errors import ConfigInvalid
from gatekeeper.storage.database import Database
from gatekeeper.storage.directory import LEDGER


def ledger_file(config: Config) -> Path:
    """Where the ledger lies."""
    return config.data.directory / LEDGER


def require_ledger(config: Config) -> Path:
    """Where the ledger lies. Raises `ConfigInvalid` if there is none."""
    path = ledger_file(config)
    if not path.exists():
        raise ConfigInvalid(f"{path}: there is no ledger yet.")
    return path


def open_ledger(config: Config) -> Database:
    """The ledger, to be read. Raises `ConfigInvalid` if there is none."""
    return Database.open(require_ledger(config), migrate=False)
