"""
The languages: one file each in `consent/locales/`, found by its name, read once.

Rule 1: a language is whole or the program does not start: each file says all that the
English one says, with the same fields in braces and all its own plural forms.
Rule 2: no other module knows which languages there are.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, ValidationError

from gatekeeper.config.section import Section, one_of
from gatekeeper.consent.features import BUILT_IN
from gatekeeper.consent.locale import Locale
from gatekeeper.consent.plural import Category, Rules, category
from gatekeeper.consent.types import LanguageTag
from gatekeeper.errors import LocaleInvalid

REFERENCE = LanguageTag("en")
"""What the others are compared with, and what stands in where it has to (`nearest`)."""
_ENDING = ".toml"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST = 35
"""Characters of a tag (RFC 5646, 4.4.1); a stranger may have written it."""
_CATEGORIES = frozenset(get_args(Category))

Texts = Mapping[str, Any]
"""A file as it is written."""


@cache
def locales() -> Mapping[LanguageTag, Locale]:
    """Those of this installation, the reference first. Raises `LocaleInvalid`."""
    return read_locales(files("gatekeeper.consent") / "locales")


Language = Annotated[LanguageTag, AfterValidator(one_of(locales))]
"""The tag of a language that there is."""


def spoken(tag: str) -> Locale | None:
    """The locale of a BCP 47 tag or of what it begins with (RFC 4647, 3.4: lookup)."""
    known = {each.lower(): found for each, found in locales().items()}
    parts = tag.lower().split("-") if len(tag) <= _LONGEST else []
    while parts:
        if (found := known.get("-".join(parts))) is not None:
            return found
        parts.pop()
    return None


def nearest(tag: str) -> Locale:
    """The locale of a tag, or the reference. For what is said beside a notice only."""
    return spoken(tag) or locales()[REFERENCE]


def read_locales(folder: Traversable) -> Mapping[LanguageTag, Locale]:
    """All that are in `folder`. Raises `LocaleInvalid` with one line per mistake."""
    tags = sorted(
        (
            LanguageTag(file.name.removesuffix(_ENDING))
            for file in folder.iterdir()
            if file.name.endswith(_ENDING)
        ),
        key=lambda tag: (tag != REFERENCE, tag),
    )
    if REFERENCE not in tags:
        raise LocaleInvalid(f"{folder}: there is no {REFERENCE}{_ENDING}.")
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise LocaleInvalid(
                f"{tag}{_ENDING} is not called like a language (BCP 47)."
            )
    given = {tag: _parsed(folder / f"{tag}{_ENDING}") for tag in tags}
    found, mistakes = {}, []
    for tag, texts in given.items():
        try:
            found[tag] = _locale(tag, texts)
            wrong = [*_mistakes(texts, given[REFERENCE])]
        except ValidationError as exc:
            wrong = [_mistake(error["loc"], error["msg"]) for error in exc.errors()]
        mistakes += [f"{tag}{_ENDING}: {each}" for each in wrong]
    if mistakes:
        raise LocaleInvalid("\n".join(mistakes))
    return found


def _parsed(file: Traversable) -> Texts:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise LocaleInvalid(f"{file.name}: cannot be read: {exc}") from exc


class _File(Section):
    locale: Locale


def _locale(tag: LanguageTag, texts: Texts) -> Locale:
    """The locale that a file holds. Raises `ValidationError`."""
    said = {**texts, "language": tag}
    for table in ("notices", "by_rules"):
        if isinstance(wordings := texts.get(table), dict):
            said[table] = {
                name: wording | {"feature": name, "language": tag}
                if isinstance(wording, dict)
                else wording
                for name, wording in wordings.items()
            }
    return _File.model_validate({"locale": said}).locale


def _mistake(where: tuple[int | str, ...], what: str) -> str:
    return f"{'.'.join(map(str, where[1:]))}: {what}"


def _mistakes(texts: Texts, reference: Texts) -> Iterator[str]:
    """What is not as in the reference, or not as the language itself says."""
    own, wanted = dict(_leaves(texts)), dict(_leaves(reference))
    for name in sorted(BUILT_IN.keys() - texts["notices"].keys()):
        yield f"notices.{name}: there is no notice of this feature."
    for key in sorted(wanted.keys() - own.keys()):
        yield f"{key}: is not there."
    for key in sorted(own.keys() - wanted.keys()):
        yield f"{key}: there is no such key in {REFERENCE}{_ENDING}."
    yield from _mistakes_of_forms(texts["plural"], own)
    for key in sorted(wanted.keys() & own.keys()):
        model = _forms(wanted[key]).get("other", "")
        for name, text in _forms(own[key]).items():
            if wrong := _wrong(text, model, whole=name == "other"):
                yield f"{key}: {wrong}"


def _mistakes_of_forms(rules: Rules, texts: Mapping[str, str | Texts]) -> Iterator[str]:
    if "other" in rules:
        yield "plural: `other` is what no rule takes. Remove it."
    try:
        category(rules, 0)
    except ValueError as exc:
        yield f"plural: {exc}."
    for key, forms in texts.items():
        if not isinstance(forms, str) and forms.keys() != {*rules, "other"}:
            yield f"{key}: must have the forms {', '.join([*rules, 'other'])}."


def _leaves(texts: Texts, within: str = "") -> Iterator[tuple[str, str | Texts]]:
    """Each text with its key; plural forms together. Without the plural's rules."""
    for name, value in texts.items():
        if within == "" and name == "plural":
            continue
        if isinstance(value, dict) and not value.keys() <= _CATEGORIES:
            yield from _leaves(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def _forms(text: str | Texts) -> Texts:
    return {"other": text} if isinstance(text, str) else text


def _wrong(text: str, reference: str, *, whole: bool) -> str | None:
    """What is wrong with a text; one that is not `whole` may leave fields out."""
    if not text.strip():
        return "says nothing."
    try:
        own, wanted = _fields(text), _fields(reference)
    except ValueError as exc:
        return f"{exc}."
    if own - wanted or (whole and wanted - own):
        listed = ", ".join(sorted(wanted)) or "none"
        return f"the fields in braces must be those of {REFERENCE}{_ENDING}: {listed}."
    return None


def _fields(text: str) -> set[str]:
    """
    What is filled in, and whether in a format of its own.

    Raises `ValueError` for a brace that is not closed.
    """
    return {
        f"{{{name}{'!' if conversion else ''}{':' if spec else ''}}}"
        for _, name, spec, conversion in Formatter().parse(text)
        if name is not None
    }
