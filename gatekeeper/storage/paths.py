"""
Paths: where what is kept lies.

`<data>/recordings/<room>/<feature>/<opening>/<participant>-<source>.webm` in the first
part of an opening, `<participant>-<source>.<part>.webm` in those that follow; and
beside a file that is not reported yet an `.open` of the same name, which says who was
present in its part.

Rule 1: only ids in base64url become part of a path.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)

ROOT = "recordings"
_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


@dataclass(frozen=True, slots=True)
class Place:
    """What one file holds, and thereby where it lies."""

    room: RoomId
    feature: FeatureId
    opening: OpeningId
    participant: ParticipantId
    source: SourceKind
    part: int = 0

    def __post_init__(self) -> None:
        check(self.room, self.feature, self.opening, self.participant)
        if self.part < 0:
            raise ValueError(f"not a part: {self.part}")

    @property
    def name(self) -> str:
        """What the file is called within its opening, without its ending."""
        later = f".{self.part}" if self.part else ""
        return f"{self.participant}-{self.source}{later}"

    @property
    def path(self) -> str:
        """Relative to the data directory, with forward slashes."""
        return f"{ROOT}/{self.room}/{self.feature}/{self.opening}/{self.name}.webm"

    @classmethod
    def of(cls, data: Path, file: Path) -> "Place | None":
        """The place of a file below the data directory; None if it is not ours."""
        parts = file.relative_to(data).parts
        if len(parts) != 5 or parts[0] != ROOT or file.suffix != ".webm":
            return None
        first, _, part = file.stem.partition(".")
        # An id may hold hyphens, and so may a source; no source is the end of another.
        ends = (source for source in SourceKind if first.endswith(f"-{source}"))
        source = next(ends, "")
        participant = first.removesuffix(f"-{source}")
        try:
            place = cls(
                RoomId(parts[1]),
                FeatureId(parts[2]),
                OpeningId(parts[3]),
                ParticipantId(participant),
                SourceKind(source),
                int(part or 0),
            )
        except ValueError:
            return None
        return place if place.name == file.stem else None  # one spelling a number


def check(*ids: str) -> None:
    """Raise `ValueError` unless all of `ids` are safe in a path."""
    for name in ids:
        if not _ID.fullmatch(name):
            raise ValueError(f"not an id: {name!r}")


def marker(file: Path) -> Path:
    """Stands beside `file` until it has been reported as finished."""
    return file.with_suffix(".open")


def mark(file: Path, people: Iterable[ParticipantId]) -> None:
    """Say beside `file` that it is not reported, and who is present in its part."""
    marker(file).write_text("".join(f"{who}\n" for who in people), "ascii")


def marked(file: Path) -> tuple[ParticipantId, ...]:
    """Who the marker of `file` says is present; nobody if it cannot be read."""
    try:
        said = marker(file).read_text("ascii")
        people = tuple(ParticipantId(who) for who in said.splitlines())
        check(*people)
    except (OSError, ValueError):
        return ()
    return tuple(sorted(set(people))) if said.endswith("\n") else ()


def folder(data: Path, room: RoomId, feature: FeatureId | None = None) -> Path:
    """All that is kept of a room, or of one feature in it."""
    check(room, *([feature] if feature else []))
    path = data / ROOT / room
    return path / feature if feature else path


def remove(file: Path) -> bool:
    """Delete a file and its marker; whether the file was there. Raises `OSError`."""
    there = file.exists()
    file.unlink(missing_ok=True)
    marker(file).unlink(missing_ok=True)
    return there


def kept(root: Path) -> set[tuple[RoomId, FeatureId]]:
    """Of which rooms and features there is a folder, two below `root`."""
    return {
        (RoomId(folder.parent.name), FeatureId(folder.name))
        for folder in root.glob("*/*")
        if folder.is_dir()
    }


def prune(root: Path, below: Path) -> None:
    """Remove empty folders at and below `below`, then those above it; not `root`."""
    for path in [*sorted(_folders(below), reverse=True), *below.parents]:
        if path == root or not path.is_relative_to(root):
            return
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _folders(below: Path) -> Iterator[Path]:
    if below.is_dir():
        yield below
        yield from (path for path in below.rglob("*") if path.is_dir())
