"""
The recap: what may have been decided and taken on in the chat, as quotes to insert.

Rule 1: it writes no words of its own: who wants a text needs a model.
Rule 2: what it finds is what the highlights' rules find, so only in English.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from gatekeeper.assistant.highlights import commitments
from gatekeeper.assistant.model.clean import clean
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.config.locales import nearest
from gatekeeper.consent.types import ParticipantId

Length = Literal["short", "medium", "long"]
_ITEMS: Mapping[Length, int] = {"short": 2, "medium": 5, "long": 10}
_MOST_NAME = 80
_MOST_QUOTE = 280
"""Characters of one message that are quoted."""


def recap(
    lines: Sequence[TranscriptLine],
    name: Callable[[ParticipantId], str],
    *,
    length: Length,
    language: str,
) -> str:
    """
    Bullets such as `- Mara: “I'll send it today.”`; empty if nothing qualifies.

    `lines` are chat messages in order. If there is more than fits the length, the
    latest stays: that is what the talk has come to.
    """
    quoted = nearest(language).summary.quote
    items = [
        item
        for section in commitments(lines, language=language)
        if section.kind in ("decisions", "todos")
        for item in section.items
    ]
    items.sort(key=lambda item: item.quotes[-1].at)
    kept = items[-_ITEMS[length] :]
    quotes = {quote.line: quote for item in kept for quote in item.quotes}
    return "\n".join(
        f"- {clean(name(quote.participant), _MOST_NAME)}: "
        + quoted.format(words=_short(quote.text))
        for quote in sorted(quotes.values(), key=lambda quote: quote.at)
    )


def _short(text: str) -> str:
    line = clean(text, len(text))
    if len(line) <= _MOST_QUOTE:
        return line
    return line[:_MOST_QUOTE].rpartition(" ")[0].rstrip() + " …"
