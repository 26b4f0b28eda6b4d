"""
Numbers however they are said: `31`, `thirty-one`, `einunddreißig` are one.

English and German; ordinals count as their number. What a text *means* (`stated`) is
compared with all that another one may be heard to say (`numbers`), so this errs on the
side of finding a number there.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from gatekeeper.assistant.summary.tokens import plain

_LOW = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_HIGH = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh
twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
twentieth"""
_ENGLISH = {
    **{word: at for at, word in enumerate(_LOW.split())},
    **{word: 10 * at for at, word in enumerate(_HIGH.split(), start=2)},
    **{word: at for at, word in enumerate(_ORDINALS.split(), start=1)},
    "thirtieth": 30,
    "oh": 0,
}
_EIN = """null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn
vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"""
_UNITS = _EIN.split()
_ZIG = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_TENS = _ZIG.split()
_GERMAN = {
    **{word: at for at, word in enumerate(_UNITS)},
    **{word: 10 * at for at, word in enumerate(_TENS, start=2)},
    **{
        f"{unit}und{ten}": 10 * at + one
        for at, ten in enumerate(_TENS, start=2)
        for one, unit in enumerate(_UNITS[:10])
    },
    "eins": 1,
    "zwo": 2,
    "ersten": 1,
    "dritten": 3,
    "siebten": 7,
    "achten": 8,
}
_WORDS = {"en": _ENGLISH, "de": _GERMAN}
_GERMAN_ENDING = re.compile(r"(?<=\w)s?te[nrs]?$")
_SCALES = {
    "hundred": 100,
    "hundert": 100,
    "thousand": 1000,
    "tausend": 1000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "millionen": 1_000_000,
}
_GERMAN_SCALE = re.compile("(tausend|hundert)")
_PIECE = re.compile(r"\d+(?:[.,]\d{3})*|[^\W\d_]+")
_LONGEST = 15
"""Digits; a longer run counts nothing."""


class _Number(NamedTuple):
    value: int
    room: int
    """What is below this may be added to it: units to tens."""


class _Scale(NamedTuple):
    value: int


def numbers(text: str) -> set[int]:
    """
    Every number that may be heard in it: the parts, and what they make together.

    Of "three hundred and twelve" 3, 12, 300, 312; of "fourteen twenty-five" 1425 too.
    """
    found: set[int] = set()
    for run in _runs(text):
        totals = _totals(run)
        parts = {word.value for word in run if isinstance(word, _Number)}
        pairs = {a * 100 + b for a, b in pairwise(totals) if a < 100 and 9 < b < 100}
        found |= parts | {*totals} | pairs
        found |= {total - total % 100 for total in totals if total > 100}
    return found


def stated(text: str) -> set[int]:
    """The numbers that it means: of "three hundred and twelve" only 312."""
    return {total for run in _runs(text) for total in _totals(run)}


def in_words(language: str) -> bool:
    """Whether number words of a BCP 47 tag are known; else only digits are numbers."""
    return language.lower().partition("-")[0] in _WORDS


def _runs(text: str) -> Iterator[list[_Number | _Scale]]:
    """Number words that follow one on the other."""
    run: list[_Number | _Scale] = []
    for piece in _PIECE.findall(plain(text)):
        said = _read(piece)
        run += said
        if run and not said and piece not in ("and", "und"):
            yield run
            run = []
    if run:
        yield run


def _totals(run: list[_Number | _Scale]) -> list[int]:
    """The numbers in a run: a new one begins with what does not fit the last."""
    found: list[int] = []
    whole = part = 0
    room: int | None = None
    for word in run:
        if isinstance(word, _Scale):
            part = max(part, 1) * word.value
            room = word.value
            if word.value > 100:
                whole, part = whole + part, 0
        elif room is None or word.value < room:
            part, room = part + word.value, word.room
        else:
            found.append(whole + part)
            whole, part, room = 0, word.value, word.room
    return [*found, whole + part]


def _read(piece: str) -> list[_Number | _Scale]:
    """Numbers and scales in one word; German writes many of them as one."""
    if piece[0].isdigit():
        digits = re.sub(r"\D", "", piece)
        return [_Number(int(digits), 0)] if len(digits) <= _LONGEST else []
    if piece in _SCALES:
        return [_Scale(_SCALES[piece])]
    if piece in _ENGLISH:
        return [_number(_ENGLISH[piece])]
    parts = [part for part in _GERMAN_SCALE.split(piece) if part]
    found: list[_Number | _Scale] = []
    for part in parts:
        value = _german(part)
        if part not in _SCALES and value is None:
            return []
        found.append(_Scale(_SCALES[part]) if value is None else _number(value))
    return found


def _number(value: int) -> _Number:
    tens = value >= 20 and value % 10 == 0
    return _Number(value, 10 if tens else 0)


def _german(word: str) -> int | None:
    bare = word.removeprefix("und")
    return _GERMAN.get(bare, _GERMAN.get(_GERMAN_ENDING.sub("", bare)))
