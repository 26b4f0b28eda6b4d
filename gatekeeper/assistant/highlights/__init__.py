"""
Highlights: quotes of a meeting, picked by rules. No model, nothing but Python.

Rule 1: every word is somebody's own: an item has quotes and no text. Of a long line the
clause is quoted that says it.
Rule 2: precision before recall: what is listed should be one; much will be missed.
Rule 3: decisions, to-dos and questions are known by English cues; of other languages
only what is worth reading is picked.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from gatekeeper.assistant.highlights.clauses import clauses
from gatekeeper.assistant.highlights.decisions import decisions
from gatekeeper.assistant.highlights.points import points
from gatekeeper.assistant.highlights.questions import questions
from gatekeeper.assistant.highlights.talk import Talk
from gatekeeper.assistant.highlights.todos import todos
from gatekeeper.assistant.model.clean import visible
from gatekeeper.assistant.summary.document import (
    Item,
    Quote,
    Section,
    SectionKind,
    Summary,
    new_item_id,
)
from gatekeeper.assistant.transcript.lines import TranscriptLine

__all__ = ["commitments", "highlights"]


def highlights(
    lines: Sequence[TranscriptLine], *, language: str, made_at: datetime
) -> Summary | None:
    """The highlights of `lines`, in their order; None if nothing was said at all."""
    said = [line for line in lines if not line.erased and line.text.strip()]
    if not said:
        return None
    sections = commitments(lines, language=language)
    quoted = {
        quote.line for part in sections for it in part.items for quote in it.quotes
    }
    taken = {at for at, line in enumerate(lines) if line.id in quoted}
    worth = [_item(lines, (at,)) for at in points(lines, taken)]
    return Summary(
        engine="rules",
        language=language,
        first=said[0].began,
        last=max(line.ended for line in said),
        made_at=made_at,
        sections=(*sections, *_section("points", worth)),
    )


def commitments(
    lines: Sequence[TranscriptLine], *, language: str
) -> tuple[Section, ...]:
    """Decisions, to-dos and open questions; none in other languages than English."""
    if language.lower().partition("-")[0] != "en":
        return ()
    lines = clauses(lines)
    talk = Talk(lines)
    owed = [
        _item(lines, todo.places).model_copy(
            update={"owner": todo.owner, "due": todo.due}
        )
        for todo in todos(talk)
    ]
    return (
        *_section("decisions", [_item(lines, places) for places in decisions(talk)]),
        *_section("todos", owed),
        *_section("questions", [_item(lines, places) for places in questions(talk)]),
    )


def _section(kind: SectionKind, items: Sequence[Item]) -> Iterator[Section]:
    if items:
        yield Section(kind=kind, items=tuple(items))


def _item(lines: Sequence[TranscriptLine], places: Sequence[int]) -> Item:
    quotes = tuple(_quote(lines[at]) for at in sorted(set(places)))
    return Item(id=new_item_id(), text=None, quotes=quotes)


def _quote(line: TranscriptLine) -> Quote:
    """What a line, or a clause of one, says."""
    assert line.participant is not None  # noqa: S101 - no rule picks a tombstone
    return Quote(
        line=line.id,
        participant=line.participant,
        at=line.began,
        text=visible(line.text).strip(" ,;:"),
        span=line.span,
    )
