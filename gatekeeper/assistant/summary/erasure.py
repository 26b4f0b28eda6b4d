"""
Erasure: a summary without somebody, and words of others without their name.

Rule 1: what quotes, cites, mentions or is assigned to them goes as a whole.
Rule 2: their name in the words of others becomes `[withdrawn]`. That is best effort: a
nickname, or a name that was heard wrongly, stays; the page says so.
"""

import re
import unicodedata
from collections.abc import Iterator

from gatekeeper.assistant.summary.document import WITHDRAWN, Item, Quote, Summary
from gatekeeper.assistant.summary.tokens import STOP, unspaced
from gatekeeper.consent.types import ParticipantId

_SHORTEST_PART = 3
_PARTS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_MENTION = re.compile(r"(⟦[^⟧]*⟧)")


def prune(summary: Summary, participant: ParticipantId, name: str) -> Summary:
    """The summary without them; `masked` tells whether their name had to be masked."""
    rest = summary.without(lambda item: not item.concerns(participant))
    sections = tuple(
        section.model_copy(
            update={"items": tuple(_masked(item, name) for item in section.items)}
        )
        for section in rest.sections
    )
    return rest.model_copy(
        update={
            "sections": sections,
            "masked": rest.masked or sections != rest.sections,
        }
    )


def mask(text: str, name: str) -> str:
    """
    `text` with `[withdrawn]` for the name and its parts of three letters and more.

    Whole words only, in any case, with or without a genitive's s. A part that is an
    everyday word (Will, May) counts only with a capital.
    """
    named = names_of(name)
    return named.sub(WITHDRAWN, text) if named else text


def names_of(name: str) -> re.Pattern[str] | None:
    """What finds a name and its parts in a text; None if nothing of it can be found."""
    written = dict.fromkeys(
        form
        for part in _parts(name)
        for form in (part, unicodedata.normalize("NFD", part), _unaccented(part))
    )
    found = "|".join(_pattern(form) for form in sorted(written, key=len, reverse=True))
    return re.compile(found) if found else None


def _parts(name: str) -> Iterator[str]:
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    if any(map(str.isalnum, whole)):
        yield whole
    for part in _PARTS.findall(whole):
        if len(part) >= _SHORTEST_PART or unspaced(part):
            yield part


def _unaccented(part: str) -> str:
    apart = unicodedata.normalize("NFD", part)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _pattern(form: str) -> str:
    words = _escaped(form)
    if unspaced(form):
        return words
    capital = form[:1].upper()
    if form.lower() in STOP:
        words = re.escape(capital) + rf"(?i:{_escaped(form[1:])})"
        return rf"(?<!\w){words}(?:['\u2019]s)?(?!\w)"
    # "Annas" is a genitive if it has a capital; "marks" may be no name at all.
    genitive = re.escape(capital) + rf"(?i:{_escaped(form[1:])})s(?!\w)"
    return rf"(?<!\w)(?:(?i:{words})(?:['\u2019]s)?(?!\w)|{genitive})"


def _escaped(form: str) -> str:
    """Any white space for a space, and either apostrophe for one."""
    words = (re.escape(word) for word in form.replace("\u2019", "'").split(" "))
    return r"\s+".join(words).replace("'", "['\u2019]")


def _masked(item: Item, name: str) -> Item:
    quotes = tuple(_quote(quote, name) for quote in item.quotes)
    due = None if item.due is None else mask(item.due, name)
    text = None if item.text is None else _prose(item.text, name)
    return item.model_copy(update={"quotes": quotes, "due": due, "text": text})


def _quote(quote: Quote, name: str) -> Quote:
    return quote.model_copy(update={"text": mask(quote.text, name)})


def _prose(text: str, name: str) -> str:
    """A mention is an id, and stays as it is, whatever it spells."""
    parts = _MENTION.split(text)
    return "".join(
        part if at % 2 else mask(part, name) for at, part in enumerate(parts)
    )
