"""What tables of the file are made of."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticKnownError

from gatekeeper.config.positions import Way
from gatekeeper.errors import ConfigInvalid
from gatekeeper.secret_file import exposed

Name = TypeVar("Name", bound=str)
Given = TypeVar("Given")


def _without_nul(given: Given) -> Given:
    """What the system ends names and texts with cannot stand within them."""
    if "\0" in str(given):
        raise ValueError("holds the character of number 0. Remove it.")
    return given


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_without_nul),
]
FilePath = Annotated[Path, AfterValidator(_without_nul)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
"""`true` is no number, and a number in quotes is a text."""


class Wrong(ValueError):
    """What is wrong with several keys of a table together, or with its entries."""

    def __init__(self, said: str, *ways: Way) -> None:
        """`ways`: from the table to what it rests on; the first of them is shown."""
        super().__init__(said)
        self.ways = ways


class Wrongs(ValueError):
    """All that is wrong with a table."""

    def __init__(self, each: Iterable[Wrong]) -> None:
        """At least one."""
        self.each = tuple(each)
        super().__init__(" ".join(map(str, self.each)))


def one_of(names: Callable[[], Iterable[str]]) -> Callable[[Name], Name]:
    """A validator that refuses, as `Literal` does, what is none of `names`."""

    def known(given: Name) -> Name:
        if given not in (all_of := [*names()]):
            *rest, last = map(repr, all_of)
            expected = f"{', '.join(rest)} or {last}" if rest else last
            raise PydanticKnownError("literal_error", {"expected": expected})
        return given

    return known


def like(pattern: str, said: str) -> AfterValidator:
    """A validator of texts that are written as `pattern` has it, or else is `said`."""

    def written(given: str) -> str:
        if re.fullmatch(pattern, given) is None:
            raise ValueError(said)
        return given

    return AfterValidator(written)


FeatureName = Annotated[
    str,
    like(
        "[a-z][a-z0-9-]{0,31}",
        "a feature is called with up to 32 small letters, digits and hyphens, a letter "
        "first. Rename it.",
    ),
]


def _period(text: object) -> timedelta:
    """A time such as "12 hours" or "7 days". Raises `ValueError`."""
    found = re.fullmatch(r"(\d{1,5}) (hour|day|week)s?", str(text))
    if found is None:
        raise ValueError('say how long, as in "12 hours", "7 days" or "4 weeks".')
    period = timedelta(**{f"{found[2]}s": int(found[1])})
    if not timedelta(hours=1) <= period <= timedelta(days=3650):
        raise ValueError("it must be between 1 hour and 3650 days.")
    return period


Period = Annotated[timedelta, BeforeValidator(_period)]


class Section(BaseModel):
    """A table of the file: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


MOST_SECRET = 65_536
"""Bytes of a file with a secret."""


def secret(key: str, path: Path | None) -> str | None:
    """What a file holds, if there is one. Raises `ConfigInvalid` that names `key`."""
    if path is None:
        return None
    shown = named(path)
    try:
        if (why := exposed(path)) is not None:
            raise ConfigInvalid(f"{key}: {why}")
        with path.open("rb") as file:
            text = file.read(MOST_SECRET + 1)
        found = text.decode("utf-8").strip()
    except (OSError, ValueError) as exc:  # ValueError: no text, or no path at all
        cause = getattr(exc, "strerror", None) or "it is not text"
        raise ConfigInvalid(
            f"{key}: {shown} cannot be read ({cause}). Name a file that holds the "
            "secret, and that the account which runs this can read."
        ) from exc
    if not found:
        raise ConfigInvalid(f"{key}: {shown} is empty. Write the secret into it.")
    if len(text) > MOST_SECRET:
        raise ConfigInvalid(f"{key}: {shown} is too long for a secret. Name another.")
    return found


def named(path: Path) -> str:
    """A file as errors name it: not if it may be the secret in place of its file."""
    text = str(path)
    plain = (
        path.is_absolute()
        or (path.parent.name not in ("", "..") and path.parent.is_dir())
        or re.search(r"\.[a-z]{1,6}$", text) is not None
    )
    fits = len(text) <= _LONGEST_PATH and text.isprintable()
    return text if plain and fits else "the file of that name"


_LONGEST_PATH = 255
"""Characters that errors repeat."""
