"""What an archive says of itself: a file a language in a package's `readmes/`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gatekeeper.config.locales import REFERENCE


def readme(
    language: str, fields: Mapping[str, str], of: str = "gatekeeper.archive.own"
) -> str:
    """In this language, or what it begins with, or English. `of`: the package."""
    texts = _texts(of)
    text = texts.get(language) or texts.get(language.split("-", 1)[0])
    return (text or texts[REFERENCE]).format_map(fields)


@cache
def _texts(of: str) -> Mapping[str, str]:
    folder = files(of) / "readmes"
    return {
        file.name.removesuffix(".txt"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".txt")
    }
