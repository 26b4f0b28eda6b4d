"""
Checks: what of a model's answer may become part of a summary.

Rule 1: an item cites lines that exist, and a third of its longer words stand in them.
Rule 2: a number of two digits or more, and a link, must have been said.
Rule 3: an owner speaks in the cited lines or is named there; else there is no owner.
Rule 4: labels become mentions; what else is in the text is text.

This lowers the risk of forged items; it does not prove any true. Anybody can *say* "we
have decided": the quotes show who did.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gatekeeper.assistant.model.clean import clean, links
from gatekeeper.assistant.summary.answer import Answer, Said, Task
from gatekeeper.assistant.summary.chunks import Chunk, Numbered
from gatekeeper.assistant.summary.document import (
    Item,
    Quote,
    SectionKind,
    mention,
    new_item_id,
)
from gatekeeper.assistant.summary.erasure import names_of
from gatekeeper.assistant.summary.numbers import in_words, numbers, stated
from gatekeeper.assistant.summary.tokens import STOP, plain, stem, tokens, unspaced
from gatekeeper.assistant.transcript.lines import LineId
from gatekeeper.consent.types import ParticipantId

_LONGER = 4
"""Letters, from which on a word must be accounted for."""
_ACCOUNTED = 1 / 3
_MOST_TEXT = 400
_MOST_DUE = 80
_COUNTED = 10
"""A smaller number may be the model's own count of things."""
_KINDS: tuple[SectionKind, ...] = ("topics", "decisions", "todos", "questions")
# Of Markdown and of mentions; a model's own bullet goes too.
_MARKS = re.compile(r"[⟦⟧`*]|^[\s#>•-]+")


@dataclass(frozen=True, slots=True)
class Checked:
    """An item that passed."""

    kind: SectionKind
    item: Item

    @property
    def cited(self) -> frozenset[LineId]:
        """The lines that it rests on."""
        return frozenset(quote.line for quote in self.item.quotes)


@dataclass(frozen=True)
class Check:
    """Checks answers to one chunk."""

    chunk: Chunk
    names: Mapping[ParticipantId, str]
    """Names never go to the model; they tell who is named in a line."""
    language: str
    _named: Mapping[ParticipantId, re.Pattern[str] | None] = field(init=False)

    def __post_init__(self) -> None:
        named = {who: names_of(name) for who, name in self.names.items()}
        object.__setattr__(self, "_named", named)

    def passed(self, answer: Answer) -> list[Checked]:
        """The items of an answer that may stand."""
        found = []
        for kind in _KINDS:
            for said in getattr(answer, kind):
                item = self._item(said)
                if item is not None:
                    found.append(Checked(kind, item))
        return found

    def _item(self, said: Said) -> Item | None:
        cited = self._cited(said.lines)
        text = clean(_MARKS.sub("", clean(said.text, _MOST_TEXT)), _MOST_TEXT)
        prose = self._prose(text)
        if not cited or prose is None or not self._rests(text, cited):
            return None
        owner, due = None, None
        if isinstance(said, Task):
            owner, due = self._owner(said.owner, cited), self._due(said.due, cited)
        return Item(
            id=new_item_id(),
            text=prose,
            owner=owner,
            due=due,
            quotes=tuple(_quote(it) for it in cited),
        )

    def _cited(self, refs: Iterable[str]) -> list[Numbered]:
        """The lines of this chunk among them, in order of time."""
        wanted = set(refs)
        return [it for it in self.chunk.lines if it.ref in wanted]

    def _prose(self, text: str) -> str | None:
        """Labels as mentions; None if there is one of nobody."""
        unknown = False

        def named(found: re.Match[str]) -> str:
            nonlocal unknown
            participant = self.chunk.people.get(found[0].upper())
            unknown = unknown or participant is None
            return "" if participant is None else mention(participant)

        prose = self._labels.sub(named, text)
        return None if unknown else prose

    @property
    def _labels(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self.chunk.label}\d+(?!\w)", re.IGNORECASE)

    def _rests(self, text: str, cited: Sequence[Numbered]) -> bool:
        """Rules 1 and 2."""
        said = " ".join(it.text for it in cited)
        own = self._labels.sub(" ", text)
        if links(own) - links(said) or not self._counts(own, said):
            return False
        words = _longer(own)
        known = {stem(token) for token in tokens(said)}
        heard = numbers(said)
        accounted = sum(
            stem(word) in known or bool(stated(word) & heard) for word in words
        )
        return accounted > 0 and accounted >= _ACCOUNTED * len(words)

    def _counts(self, own: str, said: str) -> bool:
        meant = {number for number in stated(own) if number >= _COUNTED}
        if in_words(self.language):
            return meant <= numbers(said)
        return not re.search(r"\d", said) or meant <= numbers(said)

    def _owner(
        self, label: str | None, cited: Sequence[Numbered]
    ) -> ParticipantId | None:
        owner = self.chunk.people.get((label or "").strip().upper())
        if owner is None:
            return None
        speaks = any(it.line.participant == owner for it in cited)
        named = self._named.get(owner)
        if speaks or any(named.search(it.text) for it in cited if named):
            return owner
        return None

    def _due(self, words: str | None, cited: Sequence[Numbered]) -> str | None:
        """The words, if they were said; nothing else."""
        due = clean(_MARKS.sub("", words or ""), _MOST_DUE)
        said = " ".join(it.text for it in cited)
        known = {stem(token) for token in tokens(said)}
        told = [token for token in tokens(due) if token not in STOP]
        heard = all(
            stem(token) in known or bool(stated(token) & numbers(said))
            for token in told
        )
        return due if due and told and heard and not links(due) - links(said) else None


def _longer(text: str) -> list[str]:
    """The words that must be accounted for: longer ones, and numbers."""
    return [
        token
        for token in tokens(text)
        if token not in STOP
        and (len(token) >= _LONGER or unspaced(token) or stated(token))
    ]


def _quote(it: Numbered) -> Quote:
    assert it.line.participant is not None  # noqa: S101 - no tombstones in a chunk
    return Quote(
        line=it.line.id,
        participant=it.line.participant,
        at=it.line.began,
        text=it.line.text,
        span=it.line.span,
    )


def same(one: Checked, other: Checked) -> bool:
    """Whether two items, of overlapping chunks, say the same thing."""
    if one.kind != other.kind or not one.cited & other.cited:
        return False
    first, second = (set(_longer(plain(it.item.text or ""))) for it in (one, other))
    shared = {stem(word) for word in first} & {stem(word) for word in second}
    return len(shared) * 2 >= min(len(first), len(second))
