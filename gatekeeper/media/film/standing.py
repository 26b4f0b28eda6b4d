"""How it stands with films, as their files say to whatever process looks."""

from collections.abc import Collection
from pathlib import Path
from typing import Literal, NamedTuple

from gatekeeper.media.film.files import Folder, folders
from gatekeeper.media.film.recipe import Film, FilmIndex

State = Literal["none", "waiting", "making", "stopped", "failed", "ready"]
Part = tuple[str, int]
"""Opening and number."""


class FilmState(NamedTuple):
    """How it stands with the films of one recipe."""

    state: State
    done: float
    """From 0 to 1."""
    films: FilmIndex | None
    """Those that are there, even while others are made to replace them."""

    def of(self, viewer: str, may_see: Collection[Part]) -> Film | None:
        """
        The film of one person; None while there is none for them.

        `may_see`: of what may be in it, whatever was true when it was made.
        """
        film = self.films.of(viewer) if self.films else None
        return film if film and film.parts <= set(may_see) else None

    def idle(self) -> "FilmState":
        """What the files say, where we know that nobody works on it."""
        return self._replace(state="waiting") if self.state == "making" else self


class FilmOnDisk(NamedTuple):
    """Films as the files show them, to whatever process looks."""

    room: str
    feature: str
    state: FilmState


def films_on_disk(data: Path) -> list[FilmOnDisk]:
    """All films, whole or not, in order of room and feature. Reads files: blocks."""
    return [
        FilmOnDisk(room, feature, standing_of(folder)[0])
        for room, feature, folder in folders(data)
    ]


def standing_of(folder: Folder) -> tuple[FilmState, str | None]:
    """How it stands by the files, and the digest of the recipe in work."""
    films, recipe = folder.films(), folder.recipe()
    if recipe is not None and (films is None or films.recipe != recipe.digest):
        progress = folder.progress()
        return FilmState(progress.state, progress.done, films), recipe.digest
    if films is not None:
        return FilmState("ready", 1.0, films), None
    return FilmState("none", 0.0, None), None
