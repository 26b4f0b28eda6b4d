"""What takes seconds to make is made once, for this process and those it starts."""

import atexit
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

_WHERE = "GATEKEEPER_PROOF_MADE"
"""In the environment, which those inherit that are started: the folder."""

P = ParamSpec("P")
T = TypeVar("T")


def made_once(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what is made of each argument, in a folder of this run."""

    known: dict[str, T] = {}

    @wraps(make)
    def found(*given: P.args, **named: P.kwargs) -> T:
        name = "-".join(map(str, (make.__name__, *given, *named.values())))
        if name not in known:
            file = _folder() / name
            if not file.exists():
                half = file.with_suffix(f".{os.getpid()}")
                half.write_bytes(pickle.dumps(make(*given, **named)))
                half.replace(file)
            known[name] = pickle.loads(file.read_bytes())  # noqa: S301 - our own
        return known[name]

    return found


def _folder() -> Path:
    if _WHERE not in os.environ:
        os.environ[_WHERE] = tempfile.mkdtemp(prefix="gatekeeper-proof-")
        atexit.register(shutil.rmtree, os.environ[_WHERE], ignore_errors=True)
    return Path(os.environ[_WHERE])
