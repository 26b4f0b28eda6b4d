"""
Chunks: the lines in pieces that a model's context holds, each with the end of the last.

Rule 1: speakers are labels of this request alone (P1, P2...): fewer personal data
leave, and a name that somebody chose cannot carry instructions.
Rule 2: line ids are short ones of this request too; the real ones stay here.
Rule 3: a chunk holds lines of the same parts only: what a model makes of it tells
nothing to anybody who was there for what it cites and not for the rest (design.md,
rule 19).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from gatekeeper.assistant.model.clean import clean
from gatekeeper.assistant.model.faults import ModelInputTooLong
from gatekeeper.assistant.model.request import tokens
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.types import ParticipantId

MOST_LINE = 1000
"""Characters of one line that are sent; a spoken one has at most some 400."""
_OVERLAP = 1 / 8
"""Of a chunk: what it repeats of the one before, so that no exchange is cut in two."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One line as the model gets it."""

    ref: str
    """`L1`, `L2`..., counted over the whole meeting."""
    who: str
    """`P1`, `P2`...: the label of who said it."""
    line: TranscriptLine
    text: str
    """Clean."""

    @property
    def json(self) -> str:
        """As it stands in the request."""
        told = {"id": self.ref, "who": self.who, "text": self.text}
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class Chunk:
    """Lines for one request."""

    lines: tuple[Numbered, ...]
    people: Mapping[str, ParticipantId]
    """Label -> participant, of everybody in the meeting."""
    label: str
    """What labels begin with."""
    by_ref: Mapping[str, Numbered] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_ref", {it.ref: it for it in self.lines})

    @property
    def json(self) -> str:
        """The lines as one JSON array."""
        return "[" + ",\n".join(it.json for it in self.lines) + "]"


def chunks(lines: Sequence[TranscriptLine], *, budget: int) -> list[Chunk]:
    """
    Every line in at least one chunk of at most `budget` tokens.

    `lines` hold no tombstones. Raises `ModelInputTooLong` if one line is too long.
    """
    texts = [clean(line.text, MOST_LINE) for line in lines]
    label = _label(texts)
    labels: dict[ParticipantId, str] = {}
    numbered = []
    for at, (line, text) in enumerate(zip(lines, texts, strict=True), start=1):
        assert line.participant is not None  # noqa: S101 - no tombstones
        who = labels.setdefault(line.participant, f"{label}{len(labels) + 1}")
        numbered.append(Numbered(f"L{at}", who, line, text))
    people = {who: participant for participant, who in labels.items()}
    together = [list(own) for _, own in groupby(numbered, key=lambda it: it.line.span)]
    return [
        Chunk(tuple(own[part.start : part.stop]), people, label)
        for own in together
        for part in _parts([tokens(it.json) + 1 for it in own], budget)
    ]


def _label(texts: Sequence[str]) -> str:
    """P; or PP and so on, if somebody speaks of a "P1"."""
    said = "\n".join(texts)
    return next(
        label
        for label in map("P".__mul__, count(1))
        if not re.search(rf"(?<!\w){label}\d", said, re.IGNORECASE)
    )


def _parts(costs: Sequence[int], budget: int) -> Iterator[range]:
    start = 0
    while start < len(costs):
        stop, spent = start, 0
        while stop < len(costs) and spent + costs[stop] <= budget:
            spent += costs[stop]
            stop += 1
        if stop == start:
            raise ModelInputTooLong
        yield range(start, stop)
        if stop == len(costs):
            return
        repeated, again = stop, 0
        while again + costs[repeated - 1] <= budget * _OVERLAP and repeated - 1 > start:
            repeated -= 1
            again += costs[repeated]
        # A chunk must bring something new, even if the next line is a long one.
        while again and again + costs[stop] > budget:
            again -= costs[repeated]
            repeated += 1
        start = repeated
