"""
Mistakes in an admin's words, each told where it was made.

What is wrong is found where the file's words are looked at, too: here it is put to the
language and the text that it is about.
"""

import re
from http import HTTPStatus
from typing import Literal

from aiohttp import web

from gatekeeper.config.fairness import WHY
from gatekeeper.config.features import PROCESSOR, RECIPIENTS
from gatekeeper.consent.fairness import Unfairness
from gatekeeper.errors import ConfigInvalid
from gatekeeper.web.admin.faults import WordingMistaken
from gatekeeper.web.problems import PROBLEM, Problem
from gatekeeper.web.shape import Shape

_LINE = re.compile(r"features\.[\w-]+\.notices\.([\w-]+)(?:\.(\w+))?:? ?(.*)")

Kind = Literal["empty", "long", "processor", "recipients", "other"] | Unfairness


class WordingMistake(Shape):
    """What is wrong with one text."""

    language: str | None
    field: str | None
    kind: Kind
    text: str
    """A sentence, in English."""
    words: str | None = None
    """Those that are not fair (fair-consent W2 to W4), if that is what is wrong."""


class Mistakes(Problem):
    """A problem document (RFC 9457) of words that cannot be put in force."""

    mistakes: tuple[WordingMistake, ...]


def told(exc: ConfigInvalid) -> web.Response:
    """As a problem document that names each."""
    fault = WordingMistaken()
    document = Mistakes(
        type=f"urn:gatekeeper:problem:{fault.code}",
        title=HTTPStatus(fault.status).phrase,
        status=fault.status,
        detail=str(fault),
        code=fault.code,
        mistakes=tuple(mistakes_in(exc)),
    )
    return web.Response(
        text=document.model_dump_json(),
        status=fault.status,
        content_type=PROBLEM,
    )


def mistakes_in(exc: ConfigInvalid) -> list[WordingMistake]:
    """Each that it names."""
    return [_mistake(line) for line in str(exc).splitlines()]


def _mistake(line: str) -> WordingMistake:
    found = _LINE.fullmatch(line)
    if found is None:
        return WordingMistake(language=None, field=None, kind="other", text=line)
    language, field, text = found.groups()
    for unfair, why in WHY.items():
        if text.endswith(f'" {why}.'):
            words = text.removeprefix('"').removesuffix(f'" {why}.')
            return WordingMistake(
                language=language, field=field, kind=unfair, text=text, words=words
            )
    for sign, kind in _KINDS:
        if sign in text:
            return WordingMistake(language=language, field=field, kind=kind, text=text)
    return WordingMistake(language=language, field=field, kind="other", text=text)


_KINDS: tuple[tuple[str, Kind], ...] = (
    (PROCESSOR, "processor"),
    (RECIPIENTS, "recipients"),
    ("at most", "long"),
    ("at least 1 character", "empty"),
    ("is missing", "empty"),
    ("is empty", "empty"),
)
