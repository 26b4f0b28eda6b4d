"""From the file to the model, or to one line a mistake."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gatekeeper.config.model import Config
from gatekeeper.consent.features import BUILT_IN
from gatekeeper.errors import ConfigInvalid


def load(path: Path | None) -> Config:
    """
    The configuration in `path`, or the defaults.

    Raises `ConfigInvalid` with one line per mistake.
    """
    if path is None:
        return Config()
    try:
        return _parsed(tomllib.loads(path.read_text("utf-8")), f"{path}: ")
    except OSError as exc:
        raise ConfigInvalid(
            f"{path}: cannot be read ({exc.strerror}). Check the path."
        ) from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigInvalid(f"{path}: not TOML: {exc}") from exc


def parse(given: Mapping[str, Any]) -> Config:
    """
    The configuration of what a file would hold.

    Raises `ConfigInvalid` with one line per mistake.
    """
    return _parsed(given, "")


def _parsed(given: Mapping[str, Any], where: str) -> Config:
    if isinstance(features := given.get("features"), Mapping):
        # What is left out keeps its default; `enabled = false` leaves it out.
        given = {**given, "features": {name: {} for name in BUILT_IN} | {**features}}
    try:
        return Config.model_validate(given)
    except ValidationError as exc:
        lines = [f"{where}{_mistake(error)}" for error in exc.errors()]  # type: ignore[arg-type]
        raise ConfigInvalid("\n".join(lines)) from exc


def _mistake(error: dict[str, object]) -> str:
    where = error["loc"]
    assert isinstance(where, tuple)  # noqa: S101 - pydantic's documented shape
    key = ".".join(str(part) for part in where) or "features"
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such key. Remove it, or check its spelling."
    return f"{key}: {str(error['msg']).removeprefix('Value error, ')}"
