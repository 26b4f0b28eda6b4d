"""
From the file to the model, or to all that is wrong with it.

Rule: what is wrong is told at once. A value that is wrong is taken away and the rest
looked at again, until there is nothing new; what rests on a value that was taken away
is not judged.
"""

import codecs
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gatekeeper.config.mistakes import Mistake, mistakes
from gatekeeper.config.model import Config, Server
from gatekeeper.config.positions import Position, Way, positions
from gatekeeper.config.problem import NOWHERE, ConfigProblems, Problem, Source
from gatekeeper.consent.features import BUILT_IN


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file."""

    source: Source
    config: Config | None
    """None: it has problems. Else what holds."""
    problems: tuple[Problem, ...] = ()
    sound: Config | None = None
    """What would hold without what is wrong, as far as that can be told."""
    taken: frozenset[Way] = frozenset()
    """What is not in `sound`: of this nothing can be told."""

    def whole(self) -> Config:
        """What holds. Raises `ConfigProblems`."""
        if self.config is None:
            raise ConfigProblems(self.problems)
        return self.config

    def with_server(self, given: Mapping[str, object]) -> "Reading":
        """The same, with some of `[server]` said elsewhere. Raises `ConfigProblems`."""
        if self.sound is None or not given:
            return self
        fields = {**self.sound.server.model_dump(), **given}
        try:
            server = Server.model_validate(fields)
        except ValidationError as exc:
            wrong = [*mistakes(exc, Server)]
            said = [Problem(each.said, f"--{each.way[0]}") for each in wrong]
            raise ConfigProblems(said) from exc
        sound = self.sound.model_copy(update={"server": server})
        elsewhere = {way: at for way, at in self.source.positions.items()
                     if way[:1] != ("server",) or way[-1] not in given}  # fmt: skip
        return replace(
            self,
            source=Source(self.source.file, elsewhere),
            config=None if self.config is None else sound,
            sound=sound,
        )


def load(path: Path | None) -> Config:
    """
    The configuration in `path`, or the defaults.

    Raises `ConfigInvalid` with one line per mistake.
    """
    return read(path).whole()


def parse(given: Mapping[str, Any]) -> Config:
    """
    The configuration of what a file would hold.

    Raises `ConfigInvalid` with one line per mistake.
    """
    return _read(given, NOWHERE).whole()


def read(path: Path | None) -> Reading:
    """All that can be told of the configuration in `path`. Blocks."""
    if path is None:
        config = Config()
        return Reading(NOWHERE, config, sound=config)
    bare = Source(path, {})
    text = ""
    try:
        text = _text(path)
        given = tomllib.loads(text)
        return _read(given, Source(path, positions(text)))
    except OSError as exc:
        said = f"cannot be read ({exc.strerror}). Check the path."
        return Reading(bare, None, (Problem(said, file=path),))
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        said = "not TOML: the file is not written in UTF-8. Save it as UTF-8."
        return Reading(bare, None, (Problem(said, "", path, Position(line, 1)),))
    except RecursionError:
        said = "not TOML: values are nested too deeply. Close the brackets."
        return Reading(bare, None, (Problem(said, file=path),))
    except ValueError as exc:
        return Reading(bare, None, (_not_toml(exc, path, text),))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Some editors call it "Unicode".
        raise UnicodeDecodeError("utf-8", raw, 0, 2, "UTF-16")
    return raw.decode("utf-8-sig")


_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_FIXES = (
    ("Expected '='", 'a key needs a value. Write it as: key = "text".'),
    ("Invalid initial character", "a name is missing or has a character too many."),
    ("Invalid statement", 'this is no key. Write it as: key = "text".'),
    ("Invalid value", "the value is none. Put texts in quotes."),
    ("Expected newline", "there is something behind the value. Remove it, or put # in "
     "front of it; texts stand in quotes, lists in brackets."),
    ("Expected \"'", "a text does not end. Close its quotes."),
    ("Expected '\"", "a text does not end. Close its quotes."),
    ("Unterminated string", "a text does not end. Close its quotes."),
    ("Illegal character", "a character cannot stand here. Close the quotes of a text "
     "on its own line."),
    ("Unescaped", r"write \\ for \ in a text, or put it in single quotes."),
    ("Unclosed array", "a list does not end. Close it with ]."),
    ("Unclosed inline", "a table does not end. Close it with }, on the same line."),
    ("Expected ']'", "the name of a table does not end. Close it with ]."),
    ("Cannot overwrite", "this key stands there already. Remove one of the two."),
    ("Cannot declare", "this table stands there already. Put both under one heading."),
    ("Cannot redefine", "this table stands there already. Put both under one heading."),
    ("Cannot mutate", "this table stands there already. Put both under one heading."),
    ("Duplicate inline", "a key stands there twice. Remove one of the two."),
    ("Invalid date", "there is no such date. Put texts in quotes."),
)  # fmt: skip
"""Of how `tomllib` begins what it says. What it says may repeat what it has read."""


def _not_toml(exc: ValueError, file: Path, text: str) -> Problem:
    told = str(exc)
    at = _POSITION.search(told)
    fix = next((fix for begin, fix in _FIXES if told.startswith(begin)), None)
    said = f"not TOML: {fix or 'something cannot stand here. Check the line.'}"
    position = None
    if at is not None and at[1] is not None:
        position = Position(int(at[1]), int(at[2]))
    elif at is not None:
        last = text.rstrip().splitlines() or [""]
        position = Position(len(last), len(last[-1]) + 1)
    return Problem(said, "", file, position)


def _read(given: Mapping[str, Any], source: Source) -> Reading:
    rest = _with_defaults(given)
    found: list[Mistake] = []
    taken: set[Way] = set()
    sound: Config | None = None
    going = True
    while going:
        going = False
        try:
            sound = Config.model_validate(rest)
        except ValidationError as exc:
            new = [*mistakes(exc, Config)]
            found += [each for each in new if not _rests_on(each, taken)]
            gone = {way for each in new for way in _take(rest, each)}
            going = not gone <= taken
            taken |= gone
    if not found:
        return Reading(source, sound, sound=sound)
    problems = [source.problem(m.said, m.way, *m.rests_on) for m in found]
    problems.sort(key=lambda each: each.position or Position(0, 0))
    return Reading(source, None, tuple(problems), sound, frozenset(taken))


def _with_defaults(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, ours to change."""
    rest: dict[str, Any] = _own(given)
    if isinstance(features := rest.get("features"), dict):
        # What is left out keeps its default; `enabled = false` leaves it out.
        rest["features"] = {name: {} for name in BUILT_IN} | features
    return rest


def _own(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {key: _own(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [_own(value) for value in given]
    return given


def touches(one: Way, other: Way) -> bool:
    """Whether one of them leads to the other."""
    return all(a == b for a, b in zip(one, other, strict=False))


def _rests_on(mistake: Mistake, taken: set[Way]) -> bool:
    ways = mistake.rests_on or (mistake.way,)
    return any(touches(way, gone) for way in ways for gone in taken)


def _take(rest: dict[str, Any], mistake: Mistake) -> set[Way]:
    """Take away what the mistake rests on; or what it stands in, if it is missing."""
    ways = mistake.rests_on or (mistake.way,)
    taken = {way for way in ways if _remove(rest, way)}
    if not taken:
        for end in range(len(ways[0]) - 1, 0, -1):
            if _remove(rest, ways[0][:end]):
                return {ways[0][:end]}
    return taken


def _remove(rest: dict[str, Any], way: Way) -> bool:
    """Whether it was there. Of a list all goes: the others keep their numbers."""
    within: Any = rest
    for part in way[:-1]:
        if not _holds(within, part):
            return False
        within = within[part]
    if isinstance(within, list):
        return _remove(rest, way[:-1])
    if not _holds(within, way[-1]):
        return False
    del within[way[-1]]
    return True


def _holds(within: object, part: str | int) -> bool:
    if isinstance(within, list):
        return isinstance(part, int) and part < len(within)
    return isinstance(within, dict) and part in within
