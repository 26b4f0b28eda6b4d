"""
Reel: the films of one recipe, each joined of the parts that its viewers may see.

Rule 1: a film holds no byte of a part that one of its viewers may not see.
Rule 2: whoever may see the same gets the same file; nobody gets two.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gatekeeper.media.film import finish
from gatekeeper.media.film.files import replace, write
from gatekeeper.media.film.parts import Parts
from gatekeeper.media.film.progress import Steps
from gatekeeper.media.film.recipe import Cut, Film
from gatekeeper.media.film.segments import enough_space
from gatekeeper.media.film.timeline import Stretch, arranged


class Reel:
    """Joins films into a folder."""

    def __init__(self, folder: Path, parts: Parts) -> None:
        self._folder = folder
        self._parts = parts

    def films(self, cuts: Sequence[Cut], steps: Steps) -> Iterator[Film]:
        """One film for each set of parts of which anything is left."""
        self._folder.mkdir(exist_ok=True)
        merged = self._merged(cuts)
        for number, (stretches, viewers) in enumerate(merged):
            yield self._film(stretches, viewers, _Share(steps, number, len(merged)))

    def _merged(
        self, cuts: Sequence[Cut]
    ) -> list[tuple[list[Stretch], tuple[str, ...]]]:
        """Cuts that differ only in what cannot be shown are one film."""
        found: dict[tuple[int, ...], list[str]] = {}
        for cut in cuts:
            there = tuple(i for i in cut.parts if self._parts.stretches[i])
            if there:
                found.setdefault(there, []).extend(cut.viewers)
        return [
            (
                [s for i in there if (s := self._parts.stretches[i])],
                tuple(sorted(viewers)),
            )
            for there, viewers in found.items()
        ]

    def _film(
        self, stretches: list[Stretch], viewers: tuple[str, ...], share: "_Share"
    ) -> Film:
        parts = self._parts
        pieces = arranged(stretches)
        encoded = [parts.encoded(piece) for piece in pieces]
        files = [path for each in encoded for path in (*each.segments, each.sound)]
        enough_space(self._folder, sum(path.stat().st_size for path in files))
        whole = self._folder / "film.part"
        finish.join(encoded, whole, parts.format, lambda done: share.made(0.8 * done))
        poster = next((path for s in stretches if (path := parts.poster(s))), None)
        film = Film(
            format=parts.format,
            seconds=pieces[-1].end / 1000,
            sha256=finish.digest(whole, lambda done: share.made(0.8 + 0.2 * done)),
            bytes=whole.stat().st_size,
            chapters=tuple(
                piece.what.chapter(piece.at)
                for piece in pieces
                if isinstance(piece.what, Stretch)
            ),
            viewers=viewers,
            edits=tuple(
                edit
                for piece in pieces
                if isinstance(piece.what, Stretch)
                for edit in piece.what.edits(piece.at)
            ),
            poster=poster is not None,
        )
        replace(whole, self._folder / film.name)
        if poster is not None:
            write(self._folder / film.poster_name, poster.read_bytes())
        return film


class _Share:
    """One film's share of the last stage."""

    def __init__(self, steps: Steps, number: int, of: int) -> None:
        self._steps = steps
        self._number = number
        self._of = of

    def made(self, done: float) -> None:
        self._steps.made("finish", (self._number + done) / self._of)
