"""The three verifiers, each asked about many cases at once."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.kinds import kind_of
from gatekeeper.errors import ReceiptUnreadable
from tests.node import node

HERE = Path(__file__).parent
ALONE = HERE.parents[1] / "gatekeeper/evidence/standalone"

Files = dict[str, str]
Found = list[tuple[str, str]]
"""Code and sentence of each verdict."""


def ours(cases: Sequence[Files]) -> list[Found]:
    """What the program finds."""
    return [_judged(files) for files in cases]


def _judged(files: Files) -> Found:
    named = [Held(Path(n), said.encode(), whole=True) for n, said in files.items()]
    beside = Beside()
    for held in named:
        with suppress(ReceiptUnreadable):
            kind = kind_of(held)
            if kind.lay is not None:
                kind.lay(held, beside)
    found: Found = []
    for held in named:
        try:
            found += [(v.code, v.told) for v in kind_of(held).verify(held, beside)]
        except ReceiptUnreadable as exc:
            found.append((exc.code, str(exc)))
    return found


def alone(cases: Sequence[Files], where: Path) -> list[Found]:
    """What the standalone file finds, in an empty directory, without site packages."""
    command = [sys.executable, "-I", "-S", str(HERE / "alone.py"), str(ALONE)]
    return _asked(command, cases, where)


def browsers(cases: Sequence[Files], where: Path) -> list[Found]:
    """What the page's verifier finds."""
    return _asked([node(), str(HERE / "browser.mjs")], cases, where)


def _asked(command: list[str], cases: Sequence[Files], where: Path) -> list[Found]:
    done = subprocess.run(
        command, input=json.dumps(cases), capture_output=True, text=True, cwd=where
    )
    assert done.returncode == 0, done.stderr
    return [[(code, told) for code, told in each] for each in json.loads(done.stdout)]
