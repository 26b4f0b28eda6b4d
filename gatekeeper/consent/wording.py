"""
The built-in notices, filled in.

Rule: what the configuration decides is a field in braces and filled from the
configuration in force, so that other settings make another digest.
"""

from collections.abc import Mapping
from dataclasses import replace

from gatekeeper.consent.locale import Locale, Wording
from gatekeeper.consent.notice import TEXTS, Notice
from gatekeeper.consent.plural import category
from gatekeeper.consent.types import SharedWith


def fill(wording: Wording, facts: Mapping[str, str]) -> Notice:
    """The notice for `facts`. Raises `KeyError` for a field that is not there."""
    texts = {name: getattr(wording, name).format_map(facts) for name in TEXTS}
    return replace(wording, **texts)


def kept(hours: int, locale: Locale) -> str:
    """How long something is kept, as a notice says it."""
    count, forms = (
        (hours, locale.kept.hours) if hours % 24 else (hours // 24, locale.kept.days)
    )
    return forms[category(locale.plural, count)].format(count=count)


def recipients(
    shared_with: SharedWith | None, locale: Locale, facts: Mapping[str, str]
) -> str:
    """
    Who gets what is kept (design.md, rule 19), with `facts` of `operator`.

    None: another program keeps it.
    """
    texts = locale.recipients
    said = {
        SharedWith.PRESENT: texts.present,
        SharedWith.MEETING: texts.meeting,
        None: texts.elsewhere,
    }
    return said[shared_with].format_map(facts)


def operator(name: str, place: str, locale: Locale) -> dict[str, str]:
    """Who runs the server, as the fields `run_by` and `operator` of a notice."""
    texts = locale.operator
    if not name:
        return {"run_by": "", "operator": texts.unnamed}
    who = texts.name_and_place.format(name=name, place=place) if place else name
    return {"run_by": texts.run_by.format(who=who), "operator": name}


def processor(engine: str, host: str | None, locale: Locale) -> str:
    """Who processes something, and where; `host` is None for this machine."""
    texts = locale.processor
    if host is None:
        return texts.here.format(engine=engine)
    return texts.elsewhere.format(engine=engine, host=host)
