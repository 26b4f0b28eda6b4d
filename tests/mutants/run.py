"""
One mutant, and the tests that have to find it, in a process of its own.

Rule 1: this process never imports what is mutated: each child imports it afresh.
Rule 2: what has not ended in its time is found: a test that hangs is seen.
"""

import ast
import importlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutants.mutations import Mutant

_PRELOADED = (
    "_pytest.assertion.rewrite",
    "aiohttp.test_utils",
    "aiortc",
    "alembic.command",
    "hypothesis.stateful",
    "joserfc.jws",
    "numpy",
    "pydantic",
    "pytest_asyncio.plugin",
    "pytest_timeout",
    "sqlalchemy.dialects.sqlite",
    "structlog",
)
"""What children share; nothing of ours."""


def preload() -> None:
    """Import once what no mutant changes."""
    sys.dont_write_bytecode = False
    for name in _PRELOADED:
        importlib.import_module(name)


class _Swap(MetaPathFinder, Loader):
    """Gives the mutant where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._name = ".".join(mutant.path.with_suffix("").parts)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        return spec_from_loader(fullname, self, origin=str(self._mutant.path.resolve()))

    def exec_module(self, module: ModuleType) -> None:
        path = str(self._mutant.path.resolve())
        module.__file__ = path
        exec(compile(self._mutant.module, path, "exec"), module.__dict__)  # noqa: S102


def found(mutant: Mutant | None, tests: Sequence[Path], limit: float) -> bool:
    """
    Whether the tests fail, or do not end within `limit` seconds.

    Without a mutant: whether they do with the code as it is.
    """
    child = os.fork()
    if child == 0:
        _child(mutant, tests)
    return _fails(child, limit)


def _child(mutant: Mutant | None, tests: Sequence[Path]) -> None:
    """Run the tests; never returns."""
    code = 2
    try:
        os.setsid()
        sink = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(sink, number)
        with tempfile.TemporaryDirectory() as folder:
            code = _tested(mutant, tests, Path(folder))
    finally:
        os._exit(code)


def _tested(mutant: Mutant | None, tests: Sequence[Path], folder: Path) -> int:
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(folder)
    if mutant is not None:
        sys.meta_path.insert(0, _Swap(mutant))
    own = ["-x", "-q", "--hypothesis-seed=0", "-p", "no:cacheprovider"]
    own += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # preloaded, knowingly
    return int(pytest.main([*own, f"--basetemp={folder / 't'}", *map(str, tests)]))


def _fails(child: int, limit: float) -> bool:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def as_it_is(path: Path) -> ast.Module:
    """A module without a mistake."""
    return ast.parse(path.read_text("utf-8"))
