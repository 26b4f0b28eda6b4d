"""What holds for all tests: they burn no time on what nobody reads."""

import gc
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from sqlalchemy import URL, Engine, create_engine

from gatekeeper.storage import database
from gatekeeper.storage.database import Database
from gatekeeper.web import assets
from gatekeeper.web.logs import lines_of_code

# Children are many, and each would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says more of what else the machine does than of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.register_profile("nightly", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("patient")

# As on a server. For a terminal, each traceback takes half a second to be laid out.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        lines_of_code,
        structlog.processors.JSONRenderer(),
    ],
    # As on a server, too: what a command says is read beside a server that logs.
    logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
)


# What is imported stays: a quarter of the collecting was to look for what does not.
gc.disable()


def pytest_collection_finish() -> None:
    """All that was imported stays: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # seldom: each test leaves little
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """
    What nobody holds any more is told of now.

    pytest collects five times, to be sure; after this there is nothing to walk for it.
    """
    for _ in range(5):
        if not gc.collect():
            break
    gc.freeze()


@cache
def migrated() -> bytes:
    """A database as all migrations leave it, which most of a server's start is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.sqlite3"
        keep_private(file)
        Database.open(file).close()
        return file.read_bytes()


keep_private = database._keep_private


def begin_migrated(file: Path) -> None:
    """A missing file is one that was migrated before."""
    if file.exists():
        return keep_private(file)
    content = migrated()
    # As in production: never open to others, not even for a moment.
    with open(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(content)
    return None


database._keep_private = begin_migrated


@cache
def first() -> Engine:
    """An engine that has seen SQLite, and so knows what it can do."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    engine.dispose()
    return engine


def create_knowing(url: URL, **options: Any) -> Engine:
    """
    An engine that knows the SQL of those before it.

    To compile the same statements for each server was a tenth of what servers cost.
    """
    engine = create_engine(url, **options)
    if engine.dialect.name == first().dialect.name:
        engine.dialect = engine.pool._dialect = first().dialect
        engine._compiled_cache = first()._compiled_cache
    return engine


database.create_engine = create_knowing  # type: ignore[attr-defined, assignment]


@pytest.fixture
def unmigrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each database is made by the migrations, as on an operator's machine."""
    monkeypatch.setattr(database, "_keep_private", keep_private)


STATIC = Path(__file__).parents[1] / "static"
read_anew = assets._read
_read: dict[Path, assets._Files] = {}


def read(root: Path, known: assets._Files | None = None) -> assets._Files:
    """
    Files that have not changed since another server of this process read them.

    Those of the checkout do not change while it is tested, and are not looked at again.
    """
    if root == STATIC and root in _read:
        return _read[root]
    files = _read[root] = read_anew(root, known or _read.get(root))
    return files


assets._read = read
