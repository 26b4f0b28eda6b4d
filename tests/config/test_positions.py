"""Where keys stand: found for each, in whatever way the file is written."""

import json
import random
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.config.positions import Position, Way, positions

NAMES = st.one_of(
    st.sampled_from(
        ["a", "b", "server", "x-y", "1", "q q", 'say "so"', "", "é#[.=", "\n"]
    )
)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-9, 9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet="ab\"'\\#[]{}=,.\n\té", max_size=8),
    st.datetimes(),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=12,
)
FILES = st.dictionaries(NAMES, VALUES, max_size=5)


def ways(value: Any, within: Way = ()) -> Iterator[Way]:
    """To everything that is in it."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, list | dict):
        inner += enumerate(value) if isinstance(value, list) else value.items()
    for name, each in inner:
        yield (*within, name)
        yield from ways(each, (*within, name))


class Writer:
    """Writes TOML in as many ways as there are."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._lines: list[str] = []

    def file(self, value: dict[str, Any]) -> str:
        self._table([], value)
        return self._chance.choice(["\n", "\r\n"]).join([*self._lines, ""])

    def _table(self, within: list[str], value: dict[str, Any]) -> None:
        later = []
        for name, each in value.items():
            listed = isinstance(each, list) and each
            tables = listed and all(isinstance(entry, dict) for entry in each)
            if (isinstance(each, dict) or tables) and self._chance.random() < 0.7:
                later.append((name, each))
            elif isinstance(each, dict) and each and self._chance.random() < 0.5:
                for inner, deep in each.items():
                    dotted = f"{self._key(name)} . {self._key(inner)}"
                    self._say(f"{dotted}={self._value(deep)}")
            else:
                self._say(f"{self._key(name)} = {self._value(each)}")
        for name, each in later:
            way = [*within, self._key(name)]
            for entry in each if isinstance(each, list) else [each]:
                header = self._chance.choice([".", " . "]).join(way)
                open_, close = ("[[", "]]") if isinstance(each, list) else ("[", "]")
                self._say(f"{open_} {header} {close}")
                self._table(way, entry)

    def _say(self, line: str) -> None:
        if self._chance.random() < 0.3:
            self._lines.append("\t# [not] = 'a table'")
        indent = self._chance.choice(["", "  ", "\t"])
        self._lines.append(indent + line + self._chance.choice(["", " # said", "  "]))

    def _key(self, name: str) -> str:
        plain = name and all(c.isascii() and (c.isalnum() or c in "-_") for c in name)
        if plain and self._chance.random() < 0.7:
            return name
        if "'" not in name and name.isprintable() and self._chance.random() < 0.5:
            return f"'{name}'"
        return json.dumps(name)

    def _value(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return self._list([self._value(each) for each in value])
        if isinstance(value, dict):
            inner = (f"{self._key(k)} = {self._value(v)}" for k, v in value.items())
            return "{ " + ", ".join(inner) + " }"
        if isinstance(value, int | float):
            return repr(value)
        return str(value.isoformat(self._chance.choice(["T", " "])))

    def _text(self, text: str) -> str:
        kind = self._chance.choice(["plain", "long", "raw", "long raw"])
        if kind == "long" and "\\" not in text:
            # Up to two quotes may stand before the three that end it.
            safe = text.replace('"""', '""\\"')
            if not safe.endswith('"""'):
                return f'"""\n{safe}"""'
        if kind == "raw" and "'" not in text and text.isprintable():
            return f"'{text}'"
        if kind == "long raw" and "'" not in text:
            return f"'''\n{text}'''"
        return json.dumps(text)

    def _list(self, entries: list[str]) -> str:
        if self._chance.random() < 0.5:
            return f"[{', '.join(entries)}]"
        inner = "".join(f"\n  {entry}, # ] one" for entry in entries)
        return f"[ # [{inner}\n]"


@given(FILES, st.randoms(use_true_random=False))
def test_each_key_and_entry_of_any_file_is_found_where_it_stands(
    value: dict[str, Any], chance: random.Random
) -> None:
    text = Writer(chance).file(value)
    read = tomllib.loads(text)

    found = positions(text)

    assert set(found) == set(ways(read)), text
    lines = text.replace("\r\n", "\n").split("\n")
    for way, at in found.items():
        rest = "\n".join(lines[at.line - 1 :])[at.column - 1 :]
        name = way[-1]
        if isinstance(name, str):
            written = (name, f"'{name}'", json.dumps(name))
            assert rest.startswith(written), (way, at, text)


@pytest.mark.parametrize(
    ("text", "way", "at"),
    [
        ("a = 1\n\n[b]\n  c = 2", ("b", "c"), Position(4, 3)),
        ("[[a.b]]\nc = 1\n[[a.b]]\nc = 2", ("a", "b", 1, "c"), Position(4, 1)),
        (
            "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2",
            ("a", 1, "b", "c"),
            Position(6, 1),
        ),
        ("a = [\n {b = 1},\n {b = 2} ]", ("a", 1, "b"), Position(3, 3)),
        ("a = '''\nb = 1\n'''\nb = 2", ("b",), Position(4, 1)),
        ('a = """x""""" # "\nb = 2', ("b",), Position(2, 1)),
        ("a = 1979-05-27 07:32:00 # b = 1\nb = 2", ("b",), Position(2, 1)),
        ('"a.b".c = 1', ("a.b", "c"), Position(1, 7)),
        ("a.b.c = 1", ("a", "b"), Position(1, 3)),
    ],
)
def test_a_key_is_found(text: str, way: Way, at: Position) -> None:
    assert positions(text)[way] == at
