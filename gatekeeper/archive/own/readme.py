"""What a person's copy says of itself: a file a language in `readmes/`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gatekeeper.config.locales import REFERENCE


def readme(language: str, fields: Mapping[str, str]) -> str:
    """In this language, or what it begins with, or English."""
    text = _texts().get(language) or _texts().get(language.split("-", 1)[0])
    return (text or _texts()[REFERENCE]).format_map(fields)


@cache
def _texts() -> Mapping[str, str]:
    folder = files("gatekeeper.archive.own") / "readmes"
    return {
        file.name.removesuffix(".txt"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".txt")
    }
