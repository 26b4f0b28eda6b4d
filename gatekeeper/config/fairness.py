"""
The lists of what no prompt says, one file a language in `consent/unfair/`, read once.

An admin's wording is held to them like the built-in one: what a prompt may not say is
refused (fair-consent, "Words").
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gatekeeper.consent.fairness import (
    KINDS,
    Unfair,
    Unfairness,
    WordList,
    pattern,
)
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import LocaleInvalid

WHY: Mapping[Unfairness, str] = {
    "vague": "leaves open what happens, or takes a yes for given. Say what is done",
    "pressing": "presses, praises or pleads. Leave it out",
    "twice-not": "denies twice. Say what is so",
    "legalese": "is what lawyers say. Say it in everyday words",
}
"""What is wrong with such words, and the fix."""
_ENDING = ".toml"

Examples = Mapping[Unfairness, Mapping[str, str]]
"""The lines of a list by kind: each pattern, with what it has to find."""


@cache
def word_lists() -> Mapping[LanguageTag, WordList]:
    """Those of this installation. Raises `LocaleInvalid`."""
    return {
        tag: _list(tag, lines)
        for tag, lines in read(files("gatekeeper.consent") / "unfair")
    }


def read(folder: Traversable) -> Iterator[tuple[LanguageTag, Examples]]:
    """The lists as they are written. Raises `LocaleInvalid`."""
    for file in folder.iterdir():
        if not file.name.endswith(_ENDING):
            continue
        try:
            lines = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise LocaleInvalid(f"unfair/{file.name}: cannot be read: {exc}") from exc
        if {*lines} != {*KINDS}:
            raise LocaleInvalid(
                f"unfair/{file.name}: must have the tables {', '.join(KINDS)}."
            )
        tag = LanguageTag(file.name.removesuffix(_ENDING))
        yield tag, {kind: lines[kind] for kind in KINDS}


def _list(tag: LanguageTag, lines: Examples) -> WordList:
    try:
        patterns = {kind: tuple(map(pattern, lines[kind])) for kind in KINDS}
    except re.error as exc:
        raise LocaleInvalid(f"unfair/{tag}{_ENDING}: {exc.pattern!r}: {exc}") from exc
    return WordList(patterns)


def is_judged(tag: LanguageTag) -> bool:
    """Whether there is a list for that language; words in another are let pass."""
    return tag in word_lists()


def unfair(tag: LanguageTag, text: str, *names: str) -> Iterator[str]:
    """What of a text is not fair, and why; nothing in a language without a list."""
    words = word_lists().get(tag)
    if words is not None:
        for found in _found(words, text, names):
            yield f'"{found.words}" {WHY[found.kind]}.'


@lru_cache(maxsize=1024)  # all that is worded is judged at each start and each reading
def _found(words: WordList, text: str, names: tuple[str, ...]) -> tuple[Unfair, ...]:
    return tuple(words.find(text, *names))
