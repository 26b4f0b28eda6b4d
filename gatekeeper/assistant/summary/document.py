"""
The summary as a document: what is kept, shown, erased from and corrected.

Rule 1: every item cites the lines that it rests on.
Rule 2: a person is an id here, never a name; in prose as `⟦id⟧` (`mention`), so that
a name can go, and a name that somebody chose cannot carry instructions.
"""

import re
import secrets
from collections.abc import Callable, Collection
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from gatekeeper.assistant.transcript.lines import LineId
from gatekeeper.consent.types import ParticipantId
from gatekeeper.evidence.presence import Span

SectionKind = Literal["topics", "decisions", "todos", "questions", "points"]
"""`points`: what the rules find worth reading; a model writes `topics`."""

_MENTION = re.compile(r"⟦([A-Za-z0-9_-]{1,128})⟧")


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(_Closed):
    """One line, as it was heard."""

    line: LineId
    participant: ParticipantId
    at: AwareDatetime
    text: str
    span: Span | None = None
    """See `Line`."""


class Item(_Closed):
    """One thing that the summary says."""

    id: str
    text: str | None
    """A model's words; None where the quotes speak for themselves."""
    owner: ParticipantId | None = None
    """Of a to-do: who took it on."""
    due: str | None = None
    """Of a to-do: until when, in the words that were said."""
    quotes: tuple[Quote, ...]

    def concerns(self, participant: ParticipantId) -> bool:
        """Whether it quotes, cites, mentions or is assigned to somebody."""
        return (
            self.owner == participant
            or any(quote.participant == participant for quote in self.quotes)
            or mention(participant) in (self.text or "")
        )

    def words(self) -> str:
        """All that it says and quotes."""
        return "\n".join((self.text or "", *(quote.text for quote in self.quotes)))


class Section(_Closed):
    """Items of one kind, in the order in which they came up."""

    kind: SectionKind
    items: tuple[Item, ...]


class Summary(_Closed):
    """All of it. Times are UTC."""

    engine: Literal["rules", "model"]
    model: str | None = None
    """The model's name as configured; None for the rules."""
    host: str | None = None
    """The host of the model's endpoint; None for this machine and for the rules."""
    language: str
    first: AwareDatetime
    """When the first of its words was said."""
    last: AwareDatetime
    made_at: AwareDatetime
    sections: tuple[Section, ...]
    masked: bool = False
    """Whether somebody's name was taken out of what others said."""

    def concerns(self, participant: ParticipantId) -> bool:
        """Whether any of it does."""
        items = (item for section in self.sections for item in section.items)
        return any(item.concerns(participant) for item in items)

    def without(self, keep: Callable[[Item], bool]) -> "Summary":
        """The same with only the items that `keep` is true of."""
        sections = (
            section.model_copy(
                update={"items": tuple(item for item in section.items if keep(item))}
            )
            for section in self.sections
        )
        left = tuple(section for section in sections if section.items)
        return self.model_copy(update={"sections": left})

    def within(
        self, may_read: Callable[[Item], bool], people: Collection[ParticipantId]
    ) -> "Summary":
        """
        As for somebody who `may_read` only some of its items, and knows `people`.

        Of the rest it tells nothing: not how long it was, nor whether it was masked.
        """
        seen = self.without(may_read)
        items = [item for section in seen.sections for item in section.items]
        known = frozenset(people)
        sections = (
            section.model_copy(
                update={"items": tuple(_known(item, known) for item in section.items)}
            )
            for section in seen.sections
        )
        times = [quote.at for item in items for quote in item.quotes]
        return seen.model_copy(
            update={
                "sections": tuple(sections),
                "first": min(times, default=self.made_at),
                "last": max(times, default=self.made_at),
                "masked": self.masked and any(WITHDRAWN in it.words() for it in items),
            }
        )


def _known(item: Item, people: Collection[ParticipantId]) -> Item:
    """An item that assigns nothing to somebody who is not known."""
    owner = item.owner if item.owner in people else None
    return item.model_copy(update={"owner": owner})


WITHDRAWN = "[withdrawn]"
"""Stands for a name that was taken out of what others said."""


def new_item_id() -> str:
    """A fresh id: 72 random bits in base64url."""
    return secrets.token_urlsafe(9)


def mention(participant: ParticipantId) -> str:
    """How prose names somebody."""
    return f"⟦{participant}⟧"


def named(text: str, name: Callable[[ParticipantId], str]) -> str:
    """Prose with `name` of everybody whom it mentions."""
    return _MENTION.sub(lambda found: name(ParticipantId(found[1])), text)
