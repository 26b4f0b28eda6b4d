"""
Files: where a film lies, and what is beside it while it is made.

`<data>/films/<room>/<feature>/film.json` tells of the films beside it, one for each set
of people who may see the same; in `work/` are `recipe.json`, `progress.json`, and what
is finished so far.

`untold` beside them stands until services have been told of the films there;
`former.jsonl` tells of all that were there before.

Rule 1: what others read appears whole, by `os.replace`, after the disk has it.
Rule 2: a folder has one owner at a time, held by a lock that dies with its process: a
worker that outlives its server can put nothing where something has been erased.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from gatekeeper.media.film.recipe import Film, FilmIndex, Recipe
from gatekeeper.storage import paths

ROOT = "films"
PATIENCE = 5.0
"""Seconds to wait for a folder that another process works in."""

Doing = Literal["waiting", "making", "stopped", "failed"]


class Busy(OSError):
    """Another process works in the folder."""


class Progress(BaseModel):
    """How far a film is, for whoever looks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    done: float
    """From 0 to 1."""
    state: Doing


class Folder:
    """The folder of one film."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / "work"
        self.ready = self.work / "ready"
        """Films that are whole and wait for the others."""
        self._untold = path / "untold"
        self._former = path / "former.jsonl"

    @classmethod
    def of(cls, data: Path, room: str, feature: str) -> "Folder":
        """Raises `ValueError` for what is no id."""
        paths.check(room, feature)
        return cls(data / ROOT / room / feature)

    # ---- What is there ------------------------------------------------------------

    def films(self) -> FilmIndex | None:
        """The films, if all of them are whole."""
        try:
            index = FilmIndex.model_validate_json(
                (self.path / "film.json").read_bytes()
            )
            sizes = [(self.path / f.name).stat().st_size for f in index.films]
        except (FileNotFoundError, ValidationError):
            return None
        return index if sizes == [film.bytes for film in index.films] else None

    def recipe(self) -> Recipe | None:
        """What is being made, if anything."""
        try:
            return Recipe.model_validate_json((self.work / "recipe.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def progress(self) -> Progress:
        """How far it is; waiting if nobody has said."""
        try:
            return Progress.model_validate_json(
                (self.work / "progress.json").read_bytes()
            )
        except (FileNotFoundError, ValidationError):
            return Progress(done=0, state="waiting")

    def ever(self) -> list[Film]:
        """Every film that is or was here: some may have been fetched."""
        try:
            lines = self._former.read_text("utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        index = self.films()
        former = [Film.model_validate_json(line) for line in lines]
        return [*former, *(index.films if index else ())]

    @property
    def untold(self) -> bool:
        """Whether somebody has yet to be told of these films."""
        return self._untold.exists()

    # ---- What changes it ----------------------------------------------------------

    def begin(self, recipe: Recipe) -> None:
        """Lay out the work for `recipe`; keep what is finished if it is the same."""
        kept = self.recipe()
        with self.alone():
            if kept is None or kept.digest != recipe.digest:
                _remove(self.work)
            self.work.mkdir(parents=True, exist_ok=True)
            write(self.work / "recipe.json", recipe.model_dump_json().encode())
        self.note(Progress(done=self.progress().done, state="waiting"))

    def owe_news(self) -> None:
        """Somebody is to be told once the films are there."""
        self._untold.touch()
        _sync(self.path)

    def told(self) -> None:
        """They have been. Idempotent."""
        self._untold.unlink(missing_ok=True)

    def note(self, progress: Progress) -> None:
        """Say how far it is; nothing if the work is gone meanwhile."""
        try:
            write(self.work / "progress.json", progress.model_dump_json().encode())
        except FileNotFoundError:
            return

    def clear(self) -> None:
        """Delete film and work. Raises `OSError` if something is still there."""
        if not self.path.exists():
            return
        with self.alone():
            _remove(self.path)
        for parent in (self.path.parent, self.path.parent.parent):
            if any(parent.iterdir()):
                return
            parent.rmdir()

    def tidy(self) -> None:
        """Delete what nobody needs: a crash came between two steps."""
        index, recipe = self.films(), self.recipe()
        with self.alone():
            self._only(index)
            if recipe is None or (index and index.recipe == recipe.digest):
                _remove(self.work)

    def publish(self, index: FilmIndex) -> None:
        """Put whole films, from `ready`, in place of those before; end the work."""
        for film in index.films:
            names = [film.name, *([film.poster_name] if film.poster else [])]
            for name in names:
                # Taken up after a crash, it may be in its place already.
                if (self.ready / name).exists():
                    replace(self.ready / name, self.path / name)
        self.keep(self.ever())
        # Those before are told of until here, and their files are there.
        write(self.path / "film.json", index.model_dump_json(by_alias=True).encode())
        self._only(index)
        _remove(self.work)

    def keep(self, films: Iterable[Film]) -> None:
        """Have these told of as having been here."""
        known = {f.sha256: f.model_dump_json(by_alias=True) for f in films}
        if known:
            self.path.mkdir(parents=True, exist_ok=True)
            write(
                self._former, "".join(f"{each}\n" for each in known.values()).encode()
            )

    def _only(self, index: FilmIndex | None) -> None:
        """Delete all films but these."""
        keep = {"film.json"} if index else set()
        for film in index.films if index else ():
            keep |= {film.name, film.poster_name}
        for path in self.path.glob("film*"):
            if path.name not in keep:
                path.unlink()

    @contextmanager
    def alone(self, patience: float | None = None) -> Iterator[None]:
        """Own the folder for a while. Raises `Busy` if it does not become free."""
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        while True:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDONLY)
            try:
                _lock(handle, deadline)
                # Who had it before may have deleted it, and what we hold is a ghost.
                if _is(handle, self.path):
                    yield
                    return
            finally:
                os.close(handle)


def folders(data: Path) -> list[tuple[str, str, Folder]]:
    """Room, feature and folder of all films, whole or not, in order."""
    return [
        (path.parent.name, path.name, Folder(path))
        for path in sorted((data / ROOT).glob("*/*"))
        if path.is_dir()
    ]


def write(path: Path, content: bytes) -> None:
    """Write a small file that is either there and whole, or not there."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    replace(part, path)


def replace(part: Path, path: Path) -> None:
    """Give a finished file its name, once the disk has it."""
    _sync(part)
    os.replace(part, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(handle: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Busy("another process works in this folder") from None
            time.sleep(0.05)
        else:
            return


def _is(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)
