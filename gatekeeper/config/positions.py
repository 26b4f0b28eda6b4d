"""
Where in a TOML file each key stands; `tomllib` tells no positions.

Rule: values are `tomllib`'s alone. Here the text is only walked along, after it has
been read without fault, so nothing that is decided rests on this.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Way: TypeAlias = "tuple[str | int, ...]"
"""From the whole file to a value: names of keys, and numbers of entries from 0."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}#\n]*")
"""A number, a date (which may hold a space), true or false."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a text, counted from 1 as editors do."""

    line: int
    column: int


def positions(text: str) -> Mapping[Way, Position]:
    """The position of each key and entry of a text that `tomllib` reads."""
    return _Walk(text).document()


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._starts: dict[Way, int] = {}
        self._last: dict[Way, int] = {}
        """The number of the newest entry of each array of tables."""

    def document(self) -> Mapping[Way, Position]:
        """Walk to the end."""
        within: Way = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._ahead("["):
                within = self._header()
            else:
                self._pair(within)
            self._skip(_BLANK)
        return self._counted()

    def _counted(self) -> Mapping[Way, Position]:
        found, line, begin = {}, 1, 0
        for way, start in sorted(self._starts.items(), key=lambda each: each[1]):
            line += self._text.count("\n", begin, start)
            begin = start
            found[way] = Position(line, start - self._text.rfind("\n", 0, start))
        return found

    def _header(self) -> Way:
        brackets = 2 if self._ahead("[[") else 1
        self._at += brackets
        names = self._key()
        self._at += brackets
        way: Way = ()
        for number, (name, start) in enumerate(names, 1):
            way = self._note((*way, name), start)
            if brackets == 2 and number == len(names):
                self._last[way] = self._last.get(way, -1) + 1
            if (last := self._last.get(way)) is not None:
                way = self._note((*way, last), start)
        return way

    def _pair(self, within: Way) -> None:
        way = within
        for name, start in self._key():
            way = self._note((*way, name), start)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(way)

    def _key(self) -> list[tuple[str, int]]:
        """Each name of a dotted key, and where it begins; then the space after it."""
        names = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self._ahead('"') or self._ahead("'"):
                written = self._skip(_STRING)
                name = tomllib.loads(f"name = {written}")["name"]
            else:
                name = self._skip(_BARE)
            names.append((name, start))
            self._skip(_SPACE)
            if not self._ahead("."):
                return names
            self._at += 1

    def _value(self, way: Way) -> None:
        if self._ahead("["):
            self._array(way)
        elif self._ahead("{"):
            self._inline_table(way)
        elif self._ahead('"') or self._ahead("'"):
            self._skip(_STRING)
        else:
            self._skip(_PLAIN)

    def _array(self, way: Way) -> None:
        number = 0
        while not self._closes("]"):
            self._note((*way, number), self._at)
            self._value((*way, number))
            number += 1

    def _inline_table(self, way: Way) -> None:
        while not self._closes("}"):
            self._pair(way)

    def _closes(self, bracket: str) -> bool:
        """Go on to the next entry, over the bracket or comma before it."""
        self._skip(_BLANK)
        if self._ahead(bracket):
            self._at += 1
            return True
        self._at += 1  # the opening bracket, or a comma
        self._skip(_BLANK)
        if self._ahead(bracket):
            self._at += 1
            return True
        return False

    def _note(self, way: Way, start: int) -> Way:
        self._starts.setdefault(way, start)
        return way

    def _ahead(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        assert found is not None  # noqa: S101 - the text is TOML
        self._at = found.end()
        return found[0]
