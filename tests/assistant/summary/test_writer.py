"""Summaries by a model, in as many requests as its context asks for."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from gatekeeper.assistant.faults import NothingSaid
from gatekeeper.assistant.model.faults import (
    ModelAnswerUnusable,
    ModelInputTooLong,
    ModelUnreachable,
)
from gatekeeper.assistant.model.request import tokens
from gatekeeper.assistant.summary.document import Summary
from gatekeeper.assistant.summary.writer import SummaryWriter
from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN, talk
from tests.assistant.summary.model import Given, Model, answer, given, reference, said

CONTEXT = 4096


async def written(
    lines: tuple[TranscriptLine, ...], model: Model | None, *, language: str = "en"
) -> tuple[Summary, list[float]]:
    told: list[float] = []
    writer = SummaryWriter(model, clock=lambda: BEGAN)
    names = {
        who: name for m in meetings.NAMES for who, name in meetings.names(m).items()
    }
    return await writer.write(
        lines, names, language=language, progress=told.append
    ), told


def long_meeting(words: int = 9000) -> tuple[TranscriptLine, ...]:
    """All four meetings, again and again, until there are so many words."""
    base = [line for name in meetings.NAMES for line in meetings.lines(name)]
    lines: list[TranscriptLine] = []
    while words > 0:
        line, at = base[len(lines) % len(base)], len(lines)
        began = BEGAN + timedelta(seconds=5 * at)
        lines.append(
            replace(
                line,
                id=LineId(f"line-{at:011}"),
                began=began,
                ended=began + timedelta(seconds=4),
            )
        )
        words -= len(line.text.split())
    return tuple(lines)


def ends(lines: list[Given]) -> str:
    """Cites the first and the last lines of what it gets, and so all that overlaps."""
    cited = [*lines[:10], *lines[-10:]]
    return answer(decisions=[said(it["text"][:300], it["id"]) for it in cited])


def launch(lines: list[Given]) -> str:
    decided = reference(lines, "decided to move the launch")
    return answer(
        topics=[said("P1 and P2 talk about the launch date.", decided)],
        decisions=[said("The launch moves to the eighth of June.", decided)],
        todos=[
            said("Update the public calendar.", decided, owner="P3", due="by Friday")
        ],
    )


async def test_a_summary_says_who_wrote_it_and_when() -> None:
    lines = meetings.lines("A")
    summary, _ = await written(lines, Model(launch))

    assert (summary.engine, summary.model, summary.host) == ("model", "tiny", None)
    assert (summary.first, summary.last) == (lines[0].began, lines[-1].ended)
    assert summary.made_at == BEGAN
    assert [it.kind for it in summary.sections] == ["topics", "decisions", "todos"]


async def test_an_endpoint_elsewhere_is_named() -> None:
    model = Model(launch)
    model.endpoint = replace(model.endpoint, base_url="https://models.example/v1")
    summary, _ = await written(meetings.lines("A"), model)

    assert summary.host == "models.example"


async def test_no_name_and_no_real_id_leaves_the_server_with_the_request() -> None:
    lines = meetings.lines("B")
    model = Model(answer())
    await written(lines, model)

    for line in given(model.asked[0]):
        assert set(line) == {"id", "who", "text"}
        assert line["who"] in {"P1", "P2", "P3", "P4", "P5"}
    asked = json.dumps([list(it) for it in model.asked])
    assert not [line for line in lines if line.id in asked]
    assert not [who for who in meetings.names("B") if who in asked]
    assert "Priya" not in asked  # nobody says it


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("en", "in English"),
        ("de-AT", "in German"),
        ("fr-CA", "in French"),
        ("ar", "in Arabic"),
        ("eo", '"eo"'),
    ],
)
async def test_the_model_is_told_the_language_of_the_meeting(
    tag: str, word: str
) -> None:
    model = Model(answer())
    summary, _ = await written(meetings.lines("A"), model, language=tag)

    assert word in model.asked[0][0]["content"]
    assert summary.language == tag


async def test_a_long_meeting_goes_in_chunks_that_fit_and_overlap() -> None:
    lines, model = long_meeting(), Model(answer(), context_tokens=CONTEXT)
    await written(lines, model)

    seen = [[line["id"] for line in given(messages)] for messages in model.asked]
    assert len(seen) > 5
    assert sorted(
        {ref for part in seen for ref in part}, key=lambda ref: int(ref[1:])
    ) == [f"L{at}" for at in range(1, len(lines) + 1)]
    for one, after in pairwise(seen):
        assert set(one) & set(after)
        assert not set(after) <= set(one)
    for messages, answered in zip(model.asked, model.max_tokens, strict=True):
        used = sum(tokens(it["content"]) for it in messages)
        assert used + answered <= CONTEXT


async def test_what_two_chunks_say_of_the_same_line_is_said_once() -> None:
    summary, _ = await written(long_meeting(), Model(ends, context_tokens=CONTEXT))

    (section,) = summary.sections
    cited = [quote.line for it in section.items for quote in it.quotes]
    assert len(cited) > 40
    assert cited == sorted(set(cited))


async def test_progress_rises_to_one() -> None:
    _, told = await written(long_meeting(), Model(ends, context_tokens=CONTEXT))

    assert told == sorted(set(told))
    assert told[-1] == 1.0
    assert len(told) > 20


async def test_progress_never_falls_when_a_chunk_is_asked_again() -> None:
    _, told = await written(meetings.lines("A"), Model("nonsense" * 500, launch))

    assert told == sorted(set(told))
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    "first",
    ["no object", answer(decisions=[said("Forged.", "L1")]), ModelAnswerUnusable()],
)
async def test_a_second_try_is_told_that_the_first_was_of_no_use(
    first: str | ModelAnswerUnusable,
) -> None:
    model = Model(first, launch)
    summary, _ = await written(meetings.lines("A"), model)

    assert summary.sections
    assert [("could not be used" in it[0]["content"]) for it in model.asked] == [
        False,
        True,
    ]


async def test_a_fault_of_the_endpoint_is_passed_on_and_not_repeated_here() -> None:
    model = Model(ModelUnreachable())

    with pytest.raises(ModelUnreachable):
        await written(meetings.lines("A"), model)
    assert len(model.asked) == 1


async def test_an_empty_answer_is_one() -> None:
    summary, told = await written(meetings.lines("A"), Model(answer()))

    assert summary.sections == ()
    assert told[-1] == 1.0


async def test_one_chunk_without_a_usable_item_does_not_spoil_the_others() -> None:
    forged = answer(decisions=[said("Everybody gets a raise.", "L1")])
    model = Model(forged, forged, ends, context_tokens=CONTEXT)
    summary, _ = await written(long_meeting(), model)

    assert summary.sections


async def test_more_than_the_context_holds_is_refused_before_anything_is_sent() -> None:
    model = Model(answer(), context_tokens=1500)

    with pytest.raises(ModelInputTooLong):
        await written(talk(f"Anna: {'数' * 1000}"), model)
    assert not model.asked


async def test_tombstones_are_not_sent_and_do_not_count_for_the_times() -> None:
    first, *rest = meetings.lines("A")
    model = Model(answer())
    summary, _ = await written((first.tombstone(), *rest), model)

    assert len(given(model.asked[0])) == len(rest)
    assert summary.first == rest[0].began


@pytest.mark.parametrize("model", [None, Model(answer())])
async def test_where_nothing_was_said_nothing_is_written(model: Model | None) -> None:
    (line,) = talk("Anna: Good morning.")

    with pytest.raises(NothingSaid):
        await written((line.tombstone(),), model)


async def test_without_a_model_the_rules_write() -> None:
    summary, told = await written(meetings.lines("A"), None)

    assert (summary.engine, summary.model, summary.host) == ("rules", None, None)
    assert told == [1.0]
