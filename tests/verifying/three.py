"""The three verifiers, each asked about many cases at once."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.kinds import kind_of
from gatekeeper.errors import ReceiptUnreadable
from tests.node import node

HERE = Path(__file__).parent
ALONE = HERE.parents[1] / "gatekeeper/evidence/standalone"

STRIDE = 1 if os.environ.get("GATEKEEPER_MUTATIONS") == "all" else 7
"""Of so many mutations one is tried; `make proof` tries all."""

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


def in_browser(*paths: Path) -> Found:
    """What it finds in these files together."""
    held = {
        path.name: {"base64": base64.b64encode(path.read_bytes()).decode()}
        for path in paths
    }
    (found,) = _asked([node(), str(HERE / "browser.mjs")], [held], paths[0].parent)
    return found


class Exports:
    """The page's verifier, asked about one export after the other."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            [node(), str(HERE / "exports.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fault(self, path: Path, keys: Sequence[dict[str, str]]) -> str:
        """The code of what is wrong with it, with the gate's keys; or `good`."""
        assert self._node.stdin
        assert self._node.stdout
        print(
            json.dumps({"path": str(path), "keys": keys}),
            file=self._node.stdin,
            flush=True,
        )
        return self._node.stdout.readline().strip()

    def close(self) -> None:
        self._node.communicate(timeout=30)


def _asked(
    command: list[str], cases: Sequence[Mapping[str, object]], where: Path
) -> list[Found]:
    done = subprocess.run(
        command, input=json.dumps(cases), capture_output=True, text=True, cwd=where
    )
    assert done.returncode == 0, done.stderr
    return [[(code, told) for code, told in each] for each in json.loads(done.stdout)]
