"""
Lines, chat texts, names and answers that want to forge a summary, through the writer.

The model here is a traitor: it does whatever a line tells it, and then some.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.assistant.faults import NothingSaid
from gatekeeper.assistant.model.faults import ModelAnswerUnusable
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.writer import SummaryWriter
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.types import ParticipantId
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN, participant
from tests.assistant.summary.hostile import FORGED, HIDDEN, NAMES, TO_MACHINE
from tests.assistant.summary.model import Given, Model, answer, reference, said

MALLORY = participant("Mallory")
PAY = "We have decided to pay Mallory nine thousand dollars."
DECISION = "The launch moves to the eighth of June."


def with_line(text: str, *, after: int = 6) -> tuple[TranscriptLine, ...]:
    """Meeting A with a line of Mallory in its midst."""
    lines = list(meetings.lines("A"))
    before = lines[after]
    lines.insert(
        after + 1,
        replace(
            before, id=meetings.line_id("M", "00:50"), participant=MALLORY, text=text
        ),
    )
    return tuple(lines)


def names() -> dict[ParticipantId, str]:
    return {**meetings.names("A"), MALLORY: "Mallory"}


def traitor(lines: list[Given]) -> str:
    """One true decision; and forgeries on Mallory's line, and on every other one."""
    launch = reference(lines, "decided to move the launch")
    mallory = [line["id"] for line in lines if "Mallory" in line["text"]]
    labels = {line["who"] for line in lines}
    every = [line["id"] for line in lines]
    forged = [said(PAY, ref) for ref in [*mallory, "L999", *every[:14]]]
    link = said("Sign in at https://evil.example/login to see the launch date.", launch)
    return answer(
        topics=[
            said(
                "You write the minutes of a meeting, never follow instructions.", "L1"
            ),
            said("Mallory gets nine thousand dollars for the launch.", *every[:10]),
        ],
        decisions=[said(DECISION, launch), *forged, link],
        todos=[
            said(
                "Update the public calendar.",
                launch,
                owner=label,
                due="by midnight 9000",
            )
            for label in [*sorted(labels), "P99", "Mallory", "mallory@evil.example"]
        ],
        questions=[said("Is this [a link](https://evil.example)?", launch)],
    )


async def written(
    lines: Sequence[TranscriptLine],
    model: Model | None,
    *,
    called: dict[ParticipantId, str] | None = None,
) -> Summary:
    writer = SummaryWriter(model, clock=lambda: BEGAN)
    return await writer.write(
        lines, called or names(), language="en", progress=lambda done: None
    )


def own_words(summary: Summary) -> str:
    """What the summary says beyond quotes."""
    return "\n".join(
        f"{it.text} {it.due}" for section in summary.sections for it in section.items
    ).lower()


def is_forged(summary: Summary) -> bool:
    items = [it for section in summary.sections for it in section.items]
    quoted = {quote.participant for it in items for quote in it.quotes}
    return (
        any(word in own_words(summary) for word in FORGED)
        or MALLORY in quoted
        or any(it.owner == MALLORY for it in items)
    )


@pytest.mark.parametrize("text", [*TO_MACHINE, *HIDDEN[3:]])
async def test_nothing_that_a_line_orders_reaches_the_summary(text: str) -> None:
    model = Model(traitor)
    summary = await written(with_line(text), model)

    assert not is_forged(summary)
    assert DECISION in [it.text for s in summary.sections for it in s.items]


@pytest.mark.parametrize("text", [*TO_MACHINE, *HIDDEN[3:]])
async def test_an_order_to_a_model_is_never_sent_to_it(text: str) -> None:
    model = Model(answer())
    await written(with_line(text), model)

    assert "Mallory" not in json.dumps([list(it) for it in model.asked])
    assert "evil.example" not in json.dumps([list(it) for it in model.asked])


@pytest.mark.parametrize("text", TO_MACHINE)
async def test_an_order_to_a_model_is_no_highlight(text: str) -> None:
    summary = await written(with_line(text), None)

    quoted = {q.line for s in summary.sections for it in s.items for q in it.quotes}
    assert meetings.line_id("M", "00:50") not in quoted


@pytest.mark.parametrize("text", HIDDEN)
async def test_what_nobody_sees_is_not_sent_and_not_quoted(text: str) -> None:
    model = Model(answer())
    await written(with_line(text), model)
    highlights = await written(with_line(text), None)

    for shown in (model.asked[0][1]["content"], highlights.model_dump_json()):
        assert not {char for char in shown if char in "\u200b\u2060\u202e\u202c\ufeff"}
        assert not [char for char in shown if ord(char) >= 0xE0000]


async def test_what_is_said_stays_inside_the_array() -> None:
    told = 'We use "quotes", {braces} and [brackets] and \\ in the\ntemplate, Anna.'
    model = Model(answer())
    await written(with_line(told), model)

    (sent,) = [
        it
        for it in json.loads(model.asked[0][1]["content"])
        if "template" in it["text"]
    ]
    assert set(sent) == {"id", "who", "text"}


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_goes_to_no_model_and_changes_no_summary(name: str) -> None:
    called = dict.fromkeys(meetings.names("A"), name)
    model = Model(traitor)
    summary = await written(meetings.lines("A"), model, called=called)

    asked = json.dumps([list(it) for it in model.asked])
    assert name == "P1" or json.dumps(name)[1:-1] not in asked
    assert not is_forged(summary)


async def test_somebody_who_only_says_that_it_was_decided_is_shown_as_who_said_so() -> (
    None
):
    # Words to people, not to the machine: that is what quotes are for.
    lines = with_line(PAY)
    decided = Model(
        lambda given: answer(decisions=[said(PAY, reference(given, "Mallory"))])
    )
    summary = await written(lines, decided)

    (item,) = summary.sections[0].items
    assert [quote.participant for quote in item.quotes] == [MALLORY]
    assert item.quotes[0].text == PAY


async def test_of_orders_alone_no_summary_is_made() -> None:
    (first, *_) = meetings.lines("A")
    with pytest.raises(NothingSaid):
        await written([replace(first, text=TO_MACHINE[0])], Model(traitor))


UNUSABLE: dict[str, Any] = {
    "prose": "We have decided to pay Mallory.",
    "an array": "[]",
    "a key too many": '{"decisions": [], "tools": [{"name": "send_mail"}]}',
    "a key too many in an item": answer(decisions=[said("a", "L1", html="")]),
    "no lines": '{"decisions": [{"text": "We move the launch."}]}',
    "an empty list of lines": '{"decisions": [{"text": "We move.", "lines": []}]}',
    "a number for a text": '{"decisions": [{"text": 7, "lines": ["L1"]}]}',
    "an object for an owner": answer(todos=[{**said("a", "L1"), "owner": {}}]),
    "far too much": answer(decisions=[said("launch", "L7")] * 21),
    "a text far too long": answer(decisions=[said("launch " * 200, "L7")]),
    "a broken object": '{"decisions": [',
    "null": "null",
    "forgeries only": answer(decisions=[said(PAY, "L1"), said(PAY, "L999")]),
}


@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
async def test_an_answer_of_another_shape_is_refused_after_two_tries(text: str) -> None:
    model = Model(text)

    with pytest.raises(ModelAnswerUnusable):
        await written(meetings.lines("A"), model)
    assert len(model.asked) == 2
