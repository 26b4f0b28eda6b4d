"""
What no prompt says (fair-consent W2 to W4), found in what somebody has written.

Each language has its list in `unfair/`; `config.fairness` reads them, for the core does
no I/O. A language without one is judged by nobody.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Unfairness = Literal["vague", "pressing", "twice-not", "legalese"]
"""Why words are not fair: W2, W3, and two of W4."""
KINDS: tuple[Unfairness, ...] = get_args(Unfairness)

_FACES = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
"""Emoji press in every language."""
_VOWELS = re.compile("[\u064b-\u0652\u0640]")
"""Signs that Arabic is written with or without."""
_FIELD = re.compile(r"\{[^{}]*\}")
"""What the server fills in."""


@dataclass(frozen=True, slots=True)
class Unfair:
    """Words that a prompt does not say, as they are written."""

    kind: Unfairness
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """What is not said in one language: patterns, by kind. Equal to itself alone."""

    patterns: Mapping[Unfairness, tuple[re.Pattern[str], ...]]

    def find(self, text: str, *names: str) -> Iterator[Unfair]:
        """
        Each that is in a text: the first place of each pattern.

        What stands in braces, and in `names`, is nobody's wording.
        """
        for name in names:
            text = text.replace(name, "\u2026")
        said = _plain(_FIELD.sub("\u2026", text))
        for kind in KINDS:
            for pattern in self.patterns[kind]:
                if found := pattern.search(said):
                    yield Unfair(kind, found.group().strip())
        if face := _FACES.search(said):
            yield Unfair("pressing", face.group())


def pattern(written: str) -> re.Pattern[str]:
    """A line of a list. Raises `re.error`."""
    return re.compile(written, re.IGNORECASE)


def _plain(text: str) -> str:
    """One way to write the same letters and spaces."""
    composed = unicodedata.normalize("NFC", _VOWELS.sub("", text))
    return " ".join(composed.split())
