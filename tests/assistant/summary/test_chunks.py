"""What is sent to a model in one request."""

from dataclasses import replace
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.assistant.summary.chunks import chunks
from gatekeeper.consent.types import OpeningId
from gatekeeper.evidence.presence import Span
from tests.assistant.meetings import talk

PARTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(1, 6)), min_size=1
)


@given(parts=PARTS, budget=st.integers(60, 400))
def test_R19_present_a_model_sees_lines_of_the_same_people_together(
    parts: list[tuple[int, int, int]], budget: int
) -> None:
    """So that what it says of some tells nothing of the others."""
    spans = [
        Span(OpeningId("opening"), first, first + more)
        for first, more, count in parts
        for _ in range(count)
    ]
    said = talk(*(f"Anna: Line {at} is about the letter." for at in range(len(spans))))
    lines = [replace(line, span=span) for line, span in zip(said, spans, strict=True)]

    made = chunks(lines, budget=budget)

    for chunk in made:
        assert len({numbered.line.span for numbered in chunk.lines}) == 1
    seen = dict.fromkeys(it.line.id for chunk in made for it in chunk.lines)
    assert list(seen) == [line.id for line in lines]
    refs = {it.ref: it.line.id for chunk in made for it in chunk.lines}
    assert len(refs) == len(lines)
    assert len(made) >= len(list(groupby(spans)))
