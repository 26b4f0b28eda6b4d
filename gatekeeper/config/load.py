"""From the file to the model, or to one line a mistake."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from gatekeeper.config.features import DEFAULTS
from gatekeeper.config.model import Config
from gatekeeper.errors import ConfigInvalid


def load(path: Path | None) -> Config:
    """
    The configuration in `path`, or the defaults.

    Raises `ConfigInvalid` with one line per mistake.
    """
    if path is None:
        return Config()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
        if isinstance(features := given.get("features"), dict):
            # What is left out keeps its default; `enabled = false` leaves it out.
            given["features"] = {name: {} for name in DEFAULTS} | features
        return Config.model_validate(given)
    except OSError as exc:
        raise ConfigInvalid(
            f"{path}: cannot be read ({exc.strerror}). Check the path."
        ) from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigInvalid(f"{path}: not TOML: {exc}") from exc
    except ValidationError as exc:
        lines = [f"{path}: {_mistake(error)}" for error in exc.errors()]  # type: ignore[arg-type]
        raise ConfigInvalid("\n".join(lines)) from exc


def _mistake(error: dict[str, object]) -> str:
    where = error["loc"]
    assert isinstance(where, tuple)  # noqa: S101 - pydantic's documented shape
    key = ".".join(str(part) for part in where) or "features"
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such key. Remove it, or check its spelling."
    return f"{key}: {str(error['msg']).removeprefix('Value error, ')}"
