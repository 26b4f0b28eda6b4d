"""
Recipe: what goes into a film, and what is said of one that is whole.

Rule 1: a film is of its recipe. Whatever changes what is seen or heard changes the
digest, and with it the film.
Rule 2: a recipe names no file outside the room and the feature that it is for.
Rule 3: whoever may see the same parts gets the same file, and nobody else gets it:
there is one cut for each set of parts.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

import rfc8785
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from gatekeeper.config import Language
from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    RoomId,
    SourceKind,
)
from gatekeeper.storage.paths import Place

Format = Literal["mp4", "webm"]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Track(_Model):
    """One file that goes in."""

    participant: Id
    source: SourceKind
    path: str
    """Relative to the data directory, with forward slashes."""
    sha256: Sha256


class Opening(_Model):
    """One stretch of the film: a part of an opening, with the same people all along."""

    opening: Id
    part: Annotated[int, Field(ge=0)] = 0
    people: tuple[Id, ...] = ()
    """Who was present throughout, captured or not."""
    viewers: tuple[Id, ...]
    """Who may see it afterwards (design.md, rule 19)."""
    began: AwareDatetime
    ended: AwareDatetime
    tracks: tuple[Track, ...]


class Recipe(_Model):
    """All that a film is made of."""

    room: Id
    feature: Id
    language: Language
    format: Format
    names: Mapping[Id, str]
    """Only of those who are in it; who has no name gets a plate without text."""
    openings: tuple[Opening, ...]
    """In the order in which the ledger tells of them, whatever the clock said."""

    @model_validator(mode="after")
    def _holds(self) -> "Recipe":
        parts = {(opening.opening, opening.part) for opening in self.openings}
        if len(parts) != len(self.openings):
            raise ValueError("a part is there twice")
        for opening in self.openings:
            for track in opening.tracks:
                if track.path != self._path(opening, track):
                    raise ValueError(f"not a track of this opening: {track.path!r}")
        return self

    def cuts(self) -> "list[Cut]":
        """The films to be made, the longest first; nobody is in two of them."""
        seen: dict[str, list[int]] = {}
        for index, opening in enumerate(self.openings):
            for viewer in dict.fromkeys(opening.viewers):
                seen.setdefault(viewer, []).append(index)
        viewers: dict[tuple[int, ...], list[str]] = {}
        for viewer, parts in seen.items():
            viewers.setdefault(tuple(parts), []).append(viewer)
        found = [Cut(parts, tuple(sorted(who))) for parts, who in viewers.items()]
        return sorted(found, key=lambda cut: (-len(cut.parts), cut.parts))

    def _path(self, opening: Opening, track: Track) -> str:
        # Where a track lies follows from what it is: no other file can be named.
        return Place(
            RoomId(self.room),
            FeatureId(self.feature),
            OpeningId(opening.opening),
            ParticipantId(track.participant),
            track.source,
            opening.part,
        ).path

    @cached_property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over the canonical JSON (RFC 8785)."""
        return hashlib.sha256(rfc8785.dumps(self.model_dump(mode="json"))).hexdigest()


class Cut(NamedTuple):
    """One film of a recipe: what some of its viewers may see."""

    parts: tuple[int, ...]
    """Which of the recipe's openings, in order."""
    viewers: tuple[str, ...]


class Chapter(_Model):
    """One part of an opening in a film."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True)

    at: float
    """Seconds in the film."""
    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    opening: Id
    part: int
    people: tuple[Id, ...]
    """Who was present."""


class Edit(_Model):
    """
    What of one track is in a film: a stretch of it, and where that stands.

    Of a part that is all that can be seen or heard: pictures may be small, or out of
    view while another one is large.
    """

    participant: Id
    source: SourceKind
    opening: Id
    part: int
    track: Sha256
    """The track's file, as it is on record."""
    at: int
    """Milliseconds in the film."""
    start: int
    """Milliseconds in the track, counted from its first packet."""
    length: int
    """Milliseconds."""


class LeftOut(_Model):
    """A track that is not in the film, since it cannot be drawn or heard."""

    participant: Id
    source: SourceKind
    opening: Id
    part: int


class Film(_Model):
    """A film that is whole: one file, for those who may see all that is in it."""

    format: Format
    seconds: float
    bytes: int
    sha256: Sha256
    chapters: tuple[Chapter, ...]
    viewers: tuple[Id, ...]
    edits: tuple[Edit, ...] = ()
    """What it is made of, part by part; not told of one from before there were any."""
    poster: bool = False
    """Whether there is a picture that stands for it, beside it."""

    @property
    def tag(self) -> str:
        """Another one for another film."""
        return self.sha256[:16]

    @property
    def name(self) -> str:
        """Of the file, in its folder."""
        return f"{self._stem}.{self.format}"

    @property
    def poster_name(self) -> str:
        """Of the picture that stands for it, in its folder."""
        return f"{self._stem}.jpg"

    @property
    def parts(self) -> frozenset[tuple[str, int]]:
        """Opening and number of all that is in it."""
        return frozenset((c.opening, c.part) for c in self.chapters)

    def shows(self, participant: str, covered: Callable[[str], bool]) -> bool:
        """Whether somebody's part of a covered opening is in it, or may be."""
        if self.edits:
            return any(
                each.participant == participant and covered(each.opening)
                for each in self.edits
            )
        return any(covered(opening) for opening, _ in self.parts)

    @property
    def _stem(self) -> str:
        return f"film-{self.tag}"


class FilmIndex(_Model):
    """The films of one recipe, all whole; lies beside them as `film.json`."""

    recipe: Sha256
    """The digest of the recipe they were made by."""
    made_at: AwareDatetime
    films: tuple[Film, ...]
    left_out: tuple[LeftOut, ...] = ()
    """Of all parts: to each viewer only what they may see is told."""

    def of(self, viewer: str) -> Film | None:
        """The one film that somebody may see."""
        return next((film for film in self.films if viewer in film.viewers), None)
