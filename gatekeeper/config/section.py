"""What tables of the file are made of."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticKnownError

from gatekeeper.errors import ConfigInvalid
from gatekeeper.secret_file import exposed

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Name = TypeVar("Name", bound=str)


def one_of(names: Callable[[], Iterable[str]]) -> Callable[[Name], Name]:
    """A validator that refuses, as `Literal` does, what is none of `names`."""

    def known(given: Name) -> Name:
        if given not in (all_of := [*names()]):
            *rest, last = map(repr, all_of)
            expected = f"{', '.join(rest)} or {last}" if rest else last
            raise PydanticKnownError("literal_error", {"expected": expected})
        return given

    return known


FeatureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


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

    model_config = ConfigDict(extra="forbid", frozen=True)


def secret(key: str, path: Path | None) -> str | None:
    """What a file holds, if there is one. Raises `ConfigInvalid` that names `key`."""
    if path is None:
        return None
    try:
        if (why := exposed(path)) is not None:
            raise ConfigInvalid(f"{key}: {why}")
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        cause = getattr(exc, "strerror", None) or "it is not text"
        raise ConfigInvalid(f"{key}: {path} cannot be read ({cause}).") from exc
