"""A problem of a configuration: where, which key, and what mends it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.config.positions import Position, Way
from gatekeeper.errors import ConfigInvalid, OperatorError

_KEY = re.compile(r"([a-z_]+(?:\.[A-Za-z0-9_-]+)*): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """As a person reads it, and as a program does."""

    said: str
    key: str = ""
    """With dots, entries counted from 0; empty: the file as a whole."""
    file: Path | None = None
    position: Position | None = None

    def __str__(self) -> str:
        where = [] if self.file is None else [str(self.file)]
        if self.position is not None:
            where += [str(self.position.line), str(self.position.column)]
        # What names its keys itself names more than one.
        itself = self.said.startswith(f"{self.key.partition('.')[0]}.")
        parts = [":".join(where), "" if itself else self.key, self.said]
        return ": ".join(part for part in parts if part)


class ConfigProblems(ConfigInvalid):
    """Everything that is wrong with a configuration, a line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """At least one."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Source:
    """What a configuration was read from."""

    file: Path | None
    positions: Mapping[Way, Position]

    def problem(self, said: str, way: Way, *others: Way) -> Problem:
        """A problem with the first of them that is there, or with what it stands in."""
        way = next((each for each in (way, *others) if each in self.positions), way)
        found = (self.positions.get(way[:end]) for end in range(len(way), 0, -1))
        position = next((each for each in found if each is not None), None)
        return Problem(said, ".".join(map(str, way)), self.file, position)

    def said_by(self, exc: OperatorError, key: str) -> Problem:
        """What another part has found wrong with `key`, unless it names one itself."""
        said = " ".join(str(exc).splitlines())
        named = _KEY.fullmatch(said)
        if named is not None and named[1].startswith(key.partition(".")[0]):
            key, said = named[1], named[2]
        return self.problem(said, way_of(key))


NOWHERE = Source(None, {})
"""Of what stands in no file."""


def way_of(key: str) -> Way:
    """A key with dots, as a way."""
    return tuple(int(part) if part.isdigit() else part for part in key.split("."))
