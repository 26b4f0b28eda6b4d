"""
Plural forms: which of a language's forms a number takes.

Rules are written as CLDR writes them (Unicode UTS 35, part 3, "Language Plural Rules"),
for whole numbers: `n % 10 = 2..4 and n % 100 != 12..14`.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

Category = Literal["zero", "one", "two", "few", "many", "other"]
Rules = Mapping[Category, str]
"""All but `other`, which is what no rule takes."""
Forms = Mapping[Category, str]
"""A text for each category that the language has."""

_RELATION = re.compile(
    r"([nivwftce])(?: ?% ?([1-9]\d*))? ?(!?=) ?(\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)"
)
_WHOLE = "ni"
"""The operands that are the number itself; the others are of its decimals: none."""


class _Relation(NamedTuple):
    operand: str
    modulus: int | None
    equal: bool
    ranges: tuple[tuple[int, int], ...]

    def holds(self, count: int) -> bool:
        value = count if self.operand in _WHOLE else 0
        if self.modulus is not None:
            value %= self.modulus
        return self.equal is any(low <= value <= high for low, high in self.ranges)


def category(rules: Rules, count: int) -> Category:
    """The category of a number. Raises `ValueError` for what is no rule."""
    read = {name: _read(rule) for name, rule in rules.items()}
    for name, alternatives in read.items():
        if any(all(it.holds(count) for it in every) for every in alternatives):
            return name
    return "other"


@cache
def _read(rule: str) -> list[list[_Relation]]:
    """Alternatives, each of relations that hold together."""
    return [
        [_relation(text) for text in every.split(" and ")]
        for every in rule.split(" or ")
    ]


def _relation(text: str) -> _Relation:
    found = _RELATION.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no plural rule of CLDR's")
    operand, modulus, sign, listed = found.groups()
    ranges = tuple(
        (int(low), int(high or low))
        for low, _, high in (each.partition("..") for each in listed.split(","))
    )
    return _Relation(operand, int(modulus) if modulus else None, sign == "=", ranges)
