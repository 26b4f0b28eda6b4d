"""Whatever a model answers: nothing reaches the summary that no line bears out."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.assistant.model.faults import ModelAnswerUnusable
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.writer import SummaryWriter
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN
from tests.assistant.summary.model import Model

LINES = meetings.lines("A")
PEOPLE = meetings.names("A")
_SPOKEN = " ".join(line.text for line in LINES).split()

refs = st.one_of(
    st.sampled_from([f"L{at}" for at in range(25)]), st.text(max_size=9), st.integers()
)
texts = st.one_of(
    st.lists(st.sampled_from(_SPOKEN), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.sampled_from(["P1 P9", "https://evil.example/launch", "⟦x⟧ launch", ""]),
)
items = st.fixed_dictionaries(
    {"text": texts, "lines": st.lists(refs, max_size=4)},
    optional={
        "owner": st.one_of(
            st.none(), st.sampled_from(["P1", "P2", "P3", "P4", "Anna"])
        ),
        "due": st.one_of(st.none(), texts),
        "x": st.none(),
    },
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=9), inner, max_size=4),
    ),
    max_leaves=12,
)
sections = st.one_of(st.lists(items, max_size=5), anything)
answers = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "topics": sections,
            "decisions": sections,
            "todos": sections,
            "questions": sections,
        },
    ),
    anything,
)


@given(answers)
@settings(max_examples=100, deadline=None)
async def test_every_item_cites_lines_that_were_said_by_whom_it_names(
    told: Any,
) -> None:
    try:
        summary = await SummaryWriter(
            Model(json.dumps(told)), clock=lambda: BEGAN
        ).write(LINES, PEOPLE, language="en", progress=lambda done: None)
    except ModelAnswerUnusable:
        return
    said = {(it.id, it.participant, it.began, it.text) for it in LINES}
    for item in (it for section in summary.sections for it in section.items):
        quoted = {(q.line, q.participant, q.at, q.text) for q in item.quotes}
        assert quoted
        assert quoted <= said
        assert item.owner is None or item.owner in PEOPLE
        assert item.text
        assert "evil" not in item.text + (item.due or "")
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
