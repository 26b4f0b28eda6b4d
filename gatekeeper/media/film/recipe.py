"""
Recipe: what goes into a film, and what is said of one that is whole.

Rule 1: a film is of its recipe. Whatever changes what is seen or heard changes the
digest, and with it the film.
Rule 2: a recipe names no file outside the room and the feature that it is for.
"""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

import rfc8785
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from gatekeeper.consent.words import SourceKind

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
    began: AwareDatetime
    ended: AwareDatetime
    tracks: tuple[Track, ...]


class Recipe(_Model):
    """All that a film is made of."""

    room: Id
    feature: Id
    language: Literal["en", "de"]
    format: Format
    names: Mapping[Id, str]
    """Only of those who are in it; who has no name gets a plate without text."""
    openings: tuple[Opening, ...]
    """In the order in which they began."""

    @model_validator(mode="after")
    def _holds(self) -> "Recipe":
        began = [opening.began for opening in self.openings]
        if began != sorted(began):
            raise ValueError("openings are not in the order in which they began")
        for opening in self.openings:
            for track in opening.tracks:
                if track.path != self._path(opening, track):
                    raise ValueError(f"not a track of this opening: {track.path!r}")
        return self

    def _path(self, opening: Opening, track: Track) -> str:
        # Where a track lies follows from what it is: no other file can be named.
        later = f".{opening.part}" if opening.part else ""
        return (
            f"recordings/{self.room}/{self.feature}/{opening.opening}"
            f"/{track.participant}-{track.source}{later}.webm"
        )

    @cached_property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over the canonical JSON (RFC 8785)."""
        return hashlib.sha256(rfc8785.dumps(self.model_dump(mode="json"))).hexdigest()


class Chapter(_Model):
    """One opening in a film."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True)

    at: float
    """Seconds in the film."""
    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime


class Film(_Model):
    """A film that is whole; lies beside it as `film.json`."""

    recipe: Sha256
    """The digest of the recipe it was made by."""
    format: Format
    seconds: float
    bytes: int
    sha256: Sha256
    made_at: AwareDatetime
    chapters: tuple[Chapter, ...]

    @property
    def name(self) -> str:
        """Of the file, in its folder."""
        return f"film.{self.format}"
