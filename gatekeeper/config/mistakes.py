"""
What is wrong with a value, as a sentence with the fix.

Rule 1: whoever wrote the file reads our words: each kind of mistake that pydantic
tells has a sentence here, and none of its own reaches a person.
Rule 2: no value is repeated here: it may be a secret.
"""

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError

from gatekeeper.config.positions import Way
from gatekeeper.config.section import Section, Wrong, Wrongs

_NEAR = 0.6
"""How alike two names are of which one may be meant (`difflib`)."""
_FEW = 12
"""So many names are told in full."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong."""

    said: str
    way: Way
    """To where it is."""
    rests_on: tuple[Way, ...] = ()
    """What it is drawn from, if it is more than the one value."""


def mistakes(exc: ValidationError, model: type[Section]) -> Iterator[Mistake]:
    """All that `model` has found at once."""
    for error in exc.errors(include_url=False, include_input=False):
        way: Way = tuple(part for part in error["loc"] if part != "[key]")
        told = error.get("ctx", {}).get("error")
        if isinstance(told, Wrongs | Wrong):
            for wrong in told.each if isinstance(told, Wrongs) else (told,):
                ways = tuple((*way, *each) for each in wrong.ways)
                yield Mistake(str(wrong), ways[0] if ways else way, ways)
        elif error["type"] == "missing":
            yield Mistake("is missing. Add it.", way)
        elif error["type"] == "extra_forbidden":
            yield Mistake(_unknown(way, model), way)
        elif isinstance(told, ValueError):
            yield Mistake(str(told), way)
        else:
            yield Mistake(_sentence(error["type"], error.get("ctx", {})), way)


def _sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Of what is wrong by itself. Limits and choices are the model's own words."""
    match kind:
        case "greater_than_equal":
            return f"must be {facts['ge']:n} or more. Make it larger."
        case "greater_than":
            return f"must be more than {facts['gt']:n}. Make it larger."
        case "less_than_equal":
            return f"must be {facts['le']:n} or less. Make it smaller."
        case "less_than":
            return f"must be less than {facts['lt']:n}. Make it smaller."
        case "literal_error" | "enum":
            return f"must be one of {facts['expected']}. Choose one of them."
        case "too_long":
            return f"has too many entries: {facts['max_length']} at most. Remove some."
        case "string_too_long":
            return f"is too long: {facts['max_length']} characters at most. Shorten it."
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return "must be a whole number. Write it with digits alone, without quotes."
        case _:
            return _SENTENCES.get(kind, _OTHERWISE)


_SENTENCES = {
    "bool_type": "must be true or false. Write it in small letters, without quotes.",
    "float_type": "must be a number. Write it with digits, without quotes.",
    "finite_number": "must be a number that has an end. Write it with digits.",
    "string_type": "must be a text. Put it in quotes.",
    "string_too_short": "is empty. Write something between the quotes, or remove it.",
    "path_type": 'must be the path of a file or folder. Put it in quotes: "/srv/…".',
    "tuple_type": 'must be a list. Put it in square brackets: ["one", "two"].',
    "dict_type": "must be a table. Give it a line of its own in square brackets.",
    "model_type": "must be a table. Give it a line of its own in square brackets.",
}
_OTHERWISE = "cannot stand here. See config.example.toml for what can."
"""For what no model of ours tells today; a test sees to that."""


def _unknown(way: Way, model: type[Section]) -> str:
    *within, last = way
    name = str(last)
    said = "there is no such key."
    table = _table(within, model)
    names = [*table.model_fields] if table is not None else []
    elsewhere = [*_tables_with(name, model)]
    if within and len(elsewhere) == 1:
        return f"{said} It belongs into [{elsewhere[0]}]."
    if near := get_close_matches(name, names, 1, _NEAR):
        return f'{said} Did you mean "{near[0]}"?'
    if 0 < len(names) <= _FEW:
        return f"{said} Remove it, or choose of: {', '.join(names)}."
    return f"{said} Remove it, or see config.example.toml for all keys."


def _tables_with(name: str, model: type[Section]) -> Iterator[str]:
    for field, found in model.model_fields.items():
        inner = _section(found.annotation)
        if inner is not None and field != "features" and name in inner.model_fields:
            yield field


def _table(way: Iterable[str | int], model: type[Section]) -> type[Section] | None:
    """The table of the model that is there."""
    table: type[Section] | None = model
    skip = False  # the name of an entry is no field
    for part in way:
        if isinstance(part, int) or skip:
            skip = False
            continue
        field = table.model_fields.get(part) if table is not None else None
        if field is None:
            return None
        table = _section(field.annotation)
        skip = get_origin(field.annotation) is dict
    return table


def _section(annotation: Any) -> type[Section] | None:
    """The table in `X`, `X | None`, `tuple[X, ...]` or `dict[str, X]`."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple, dict):
        found = map(_section, get_args(annotation))
        return next((each for each in found if each is not None), None)
    return None
