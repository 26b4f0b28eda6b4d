"""
Parts: each part of each opening, encoded once, for all films that show it.

Rule 1: what was made for one part is in a folder that is named after all that is seen
and heard in it, so that what is taken up again fits, and nothing else is taken up.
Rule 2: here is all that is in any film; nobody is served from here.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import av
import rfc8785

from gatekeeper.media.film import segments, sound, speaker
from gatekeeper.media.film.audio import BLOCK_MS
from gatekeeper.media.film.files import replace, write
from gatekeeper.media.film.finish import Encoded
from gatekeeper.media.film.poster import draw
from gatekeeper.media.film.progress import Stage, Steps
from gatekeeper.media.film.recipe import Recipe
from gatekeeper.media.film.segments import Pictures, enough_space
from gatekeeper.media.film.shots import Shot, Speech, shots
from gatekeeper.media.film.sound import Levels
from gatekeeper.media.film.timeline import Gap, Piece, Stretch

_VERSION = 2
"""Grows when what was made before does not fit to what is made now."""
_GAPS: tuple[Gap, ...] = ("paused", "later")
Made = Callable[[int], None]


class Parts:
    """The parts of one recipe, in `folder`."""

    def __init__(
        self, folder: Path, recipe: Recipe, stretches: Sequence[Stretch | None]
    ) -> None:
        self.stretches = stretches
        """One for each of the recipe's openings; None where nothing can be shown."""
        self.format = recipe.format
        self._recipe = recipe
        self._folder = folder
        self._there = [stretch for stretch in stretches if stretch]
        self._folders = {
            (s.opening.opening, s.opening.part): folder / self._key(s)
            for s in self._there
        }

    def make(self, steps: Steps) -> None:
        """Encode what is not there yet, and throw away what is of no part."""
        self._clear()
        for stretch, made in self._each("sound", steps):
            self._sound(stretch, made)
        for stretch, made in self._each("pictures", steps):
            self._pictures(stretch, made)

    def _each(self, stage: Stage, steps: Steps) -> Iterator[tuple[Stretch, Made]]:
        """The parts, with what is to be told of how far each is."""
        whole = sum(stretch.length for stretch in self._there)
        before = accumulate((s.length for s in self._there), initial=0)
        for stretch, done in zip(self._there, before, strict=False):

            def made(milliseconds: int, done: int = done) -> None:
                steps.made(stage, (done + milliseconds) / whole)

            yield stretch, made
            steps.made(stage, (done + stretch.length) / whole, now=True)

    def encoded(self, piece: Piece) -> Encoded:
        """The files of a piece of a film."""
        what = piece.what
        if isinstance(what, Stretch):
            folder = self._of(what)
            paths = Pictures(what, folder, self.format).segments
            return Encoded(piece, paths, folder / "sound.mka")
        return Encoded(piece, *self._card(what))

    def poster(self, stretch: Stretch) -> Path | None:
        """A picture that stands for a part; None if nobody is to be seen in it."""
        path = self._of(stretch) / "poster.jpg"
        if not path.exists():
            pictures = Pictures(stretch, self._of(stretch), self.format)
            drawn = draw(stretch, pictures.segments)
            if drawn is None:
                return None
            write(path, drawn)
        return path

    def _clear(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        wanted = {path.name for path in self._folders.values()} | set(_GAPS)
        for path in self._folder.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path)
        for name in wanted:
            (self._folder / name).mkdir(exist_ok=True)

    def _of(self, stretch: Stretch) -> Path:
        return self._folders[stretch.opening.opening, stretch.opening.part]

    def _key(self, stretch: Stretch) -> str:
        seen = {person.who for person in stretch.people()}
        names = {who: name for who, name in self._recipe.names.items() if who in seen}
        made_of: dict[str, Any] = {
            "version": _VERSION,
            "codecs": str(av.library_versions),
            "format": self.format,
            "opening": stretch.opening.model_dump(mode="json"),
            "names": names,
            "span": [stretch.start, stretch.end],
            "tracks": [source.path.name for source in stretch.sources],
        }
        return hashlib.sha256(rfc8785.dumps(made_of)).hexdigest()[:32]

    def _sound(self, stretch: Stretch, made: Made) -> None:
        folder = self._of(stretch)
        if (folder / "levels.json").exists():
            made(stretch.length)
            return
        enough_space(folder)
        part = folder / "sound.part"
        levels = sound.mix(stretch, part, self.format, made)
        replace(part, folder / "sound.mka")
        said = {who: blocks.hex() for who, blocks in levels.items()}
        write(folder / "levels.json", json.dumps(said).encode())

    def _levels(self, stretch: Stretch) -> Levels:
        said = json.loads((self._of(stretch) / "levels.json").read_bytes())
        return {who: bytes.fromhex(blocks) for who, blocks in said.items()}

    def _card(self, gap: Gap) -> tuple[list[Path], Path]:
        """The files of what lies between two parts, made when first wanted."""
        folder = self._folder / gap
        card, silence = folder / "card.mkv", folder / "sound.mka"
        if not silence.exists():
            sound.silence(folder / "sound.part", self.format)
            replace(folder / "sound.part", silence)
        if not card.exists():
            segments.card(gap, self._recipe.language, card, self.format)
        return [card], silence

    def _pictures(self, stretch: Stretch, made: Made) -> None:
        pictures = Pictures(stretch, self._of(stretch), self.format)
        pictures.make(self._shots(stretch), self._recipe.names, made)

    def _shots(self, stretch: Stretch) -> list[Shot]:
        speech = [
            Speech(stretch.start + turn.at * BLOCK_MS, turn.who)
            for turn in speaker.turns(self._levels(stretch))
        ]
        return shots(stretch.people(), speech, stretch.start, stretch.end)
