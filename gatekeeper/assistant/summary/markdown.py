"""
A summary as others read it: Markdown to copy and download, JSON for page and wire.

Rule 1: in Markdown everything that somebody said, wrote or is called is escaped: it
cannot become a heading, a link, an image or HTML (CommonMark 0.31, section 2.4).
Rule 2: names come in here and only here; the document holds none.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from gatekeeper.assistant.summary.document import Item, Quote, Summary, named
from gatekeeper.clock import rfc3339
from gatekeeper.config.locales import nearest
from gatekeeper.consent.locale import SummaryTexts
from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.nickname import as_data

Name = Callable[[ParticipantId], str | None]
"""Somebody's name, or None if it is known no more."""

# What makes markup, a bare link of GitHub's dialect, or an HTML entity.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>()#+!|~&@$^=-]|:(?=//)|(?<=www)\.|\.(?=\w)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(\d+)([.)])")


def markdown(
    summary: Summary, title: str, name: Name, *, language: str | None = None
) -> str:
    """The summary as one Markdown text. `language` is that of the words around it."""
    words = nearest(language or summary.language).summary
    head = words.highlights if summary.engine == "rules" else words.summary
    parts = [f"# {_escaped(title)}", f"## {head}", _origin(summary, words)]
    if summary.masked:
        parts.append(words.masked)
    if not summary.sections:
        parts.append(words.nothing)
    headings = words.possible if summary.engine == "rules" else words.found
    for section in summary.sections:
        parts.append(f"### {headings[section.kind]}")
        rows = (row for it in section.items for row in _rows(it, name, words))
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _origin(summary: Summary, words: SummaryTexts) -> str:
    when = words.when.format(first=summary.first, last=summary.last)
    if summary.engine == "rules":
        return when
    place = words.at.format(host=summary.host) if summary.host else words.here
    by = words.written_by.format(model=summary.model, place=place)
    return f"{when}\n\n{_escaped(by)}"


def _rows(item: Item, name: Name, words: SummaryTexts) -> Iterator[str]:
    def called(participant: ParticipantId) -> str:
        known = name(participant)
        return as_data(known) if known else words.somebody

    def quoted(quote: Quote) -> str:
        said = words.quote.format(words=quote.text)
        who = f"{quote.at:%H:%M:%S} {called(quote.participant)}"
        return _escaped(f"{who}: {said}")

    owner = called(item.owner) if item.owner else ""
    due = words.due.format(due=item.due) if item.due else ""
    told = ", ".join(_escaped(it) for it in (owner, due) if it)
    text = _escaped(named(item.text, called)) if item.text else ""
    if text or told:
        yield f"- {text}{' ' if text and told else ''}{f'**{told}**' if told else ''}"
        yield from (f"  - {quoted(quote)}" for quote in item.quotes)
        return
    first, *rest = item.quotes
    yield f"- {quoted(first)}"
    yield from (f"  - {quoted(quote)}" for quote in rest)


def _escaped(text: str) -> str:
    """One line of text that is only text."""
    line = " ".join(text.split())
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))


def as_json(summary: Summary, name: Name) -> dict[str, Any]:
    """The summary for the page, names filled in."""
    return {
        "engine": summary.engine,
        "model": summary.model,
        "host": summary.host,
        "third_party": summary.host is not None,
        "language": summary.language,
        "from": rfc3339(summary.first),
        "to": rfc3339(summary.last),
        "made_at": rfc3339(summary.made_at),
        "masked": summary.masked,
        "sections": [
            {
                "kind": section.kind,
                "items": [
                    _item(item, name, summary.language) for item in section.items
                ],
            }
            for section in summary.sections
        ],
    }


def _item(item: Item, name: Name, language: str) -> dict[str, Any]:
    nobody = nearest(language).summary.somebody
    prose = item.text and named(item.text, lambda who: name(who) or nobody)
    return {
        "id": item.id,
        "text": prose,
        "owner": item.owner,
        "owner_name": item.owner and name(item.owner),
        "due": item.due,
        "quotes": [
            {
                "line": quote.line,
                "participant": quote.participant,
                "name": name(quote.participant),
                "at": rfc3339(quote.at),
                "text": quote.text,
            }
            for quote in item.quotes
        ],
    }
