"""A summary as others read it."""

import json
import re

import pytest

from gatekeeper.assistant.highlights import highlights
from gatekeeper.assistant.summary.document import (
    Item,
    Quote,
    Section,
    Summary,
    mention,
)
from gatekeeper.assistant.summary.markdown import as_json, markdown
from gatekeeper.consent.types import ParticipantId
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN, participant, talk

ANNA, BEN = participant("Anna"), participant("Ben")


def name(who: ParticipantId) -> str | None:
    return {ANNA: "Anna", BEN: "Ben", participant("Carla"): "Carla"}.get(who)


def by_rules() -> Summary:
    found = highlights(meetings.lines("A"), language="en", made_at=BEGAN)
    assert found is not None
    return found


def by_model(said: str = "I will send it today.", host: str | None = None) -> Summary:
    (line,) = talk(f"Ben: {said}")
    quote = Quote(line=line.id, participant=BEN, at=line.began, text=said)
    item = Item(
        id="one",
        text=f"{mention(BEN)} sends the list to {mention(ANNA)}.",
        owner=BEN,
        due="today",
        quotes=(quote,),
    )
    return Summary(
        engine="model",
        model="tiny_1",
        host=host,
        language="en",
        first=BEGAN,
        last=line.ended,
        made_at=BEGAN,
        sections=(Section(kind="todos", items=(item,)),),
    )


def test_highlights_are_called_what_they_are() -> None:
    text = markdown(by_rules(), "Launch", name)

    assert text.startswith(
        "# Launch\n\n## Highlights (no AI model: quotes picked by rules"
    )
    for heading in (
        "Possible decisions",
        "Possible to-dos",
        "Open questions",
        "Worth reading",
    ):
        assert f"\n### {heading}\n" in text
    assert "AI summary" not in text
    assert (
        "- **Ben, due: on Wednesday morning**\n  - 09:01:32 Anna: “Last point" in text
    )


@pytest.mark.parametrize(
    ("host", "place"), [(None, "on this server"), ("ai.example", "at ai.example")]
)
def test_a_models_summary_says_who_wrote_it_where(host: str | None, place: str) -> None:
    text = markdown(by_model(host=host), "Launch", name).replace("\\", "")

    assert f"Written by tiny_1 {place}. It makes mistakes" in text
    assert "### To-dos" in text
    assert "- Ben sends the list to Anna. **Ben, due: today**" in text


def test_it_speaks_german_too() -> None:
    assert "### Mögliche Beschlüsse" in markdown(
        by_rules(), "Start", name, language="de"
    )
    assert "Geschrieben von" in markdown(by_model(), "Start", name, language="de-CH")


@pytest.mark.parametrize(
    ("said", "live"),
    [
        ("[sign in](https://evil.example)", "[sign in]("),
        ("https://evil.example/x", "https://"),
        ("www.evil.example", "www.evil"),
        ("mallory@evil.example", "y@evil"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("# We decided", " # We"),
        ("![x](y)", "!["),
        ("`code` **bold** _it_ ~~no~~", "`code`"),
        ("a\n\n# Heading", "\n# Heading"),
        ("&#91;x&#93;", "&#91;"),
    ],
)
def test_what_was_said_is_text_in_markdown(said: str, live: str) -> None:
    text = markdown(by_model(said), "Launch", name)

    assert live not in re.sub(r"\\.", "", text)


def test_a_title_and_a_name_are_text_in_markdown() -> None:
    text = markdown(by_model(), "x\n# [y](z)", lambda who: "<b>*1. Mallory*</b>")

    assert text.startswith("# x \\# \\[y\\]\\(z\\)\n")
    assert "<b>" not in text


def test_it_says_that_a_name_was_masked_and_that_nothing_was_found() -> None:
    empty = by_rules().without(lambda item: False).model_copy(update={"masked": True})
    text = markdown(empty, "Launch", name)

    assert "Nothing was found" in text
    assert "has withdrawn" in text


def test_the_json_is_what_the_page_knows() -> None:
    summary = by_model(host="ai.example")
    told = json.loads(json.dumps(as_json(summary, name)))

    quote = summary.sections[0].items[0].quotes[0]
    assert told == {
        "engine": "model",
        "model": "tiny_1",
        "host": "ai.example",
        "third_party": True,
        "language": "en",
        "from": "2026-11-03T09:00:00.000Z",
        "to": "2026-11-03T09:00:01.666Z",
        "made_at": "2026-11-03T09:00:00.000Z",
        "masked": False,
        "sections": [
            {
                "kind": "todos",
                "items": [
                    {
                        "id": "one",
                        "text": "Ben sends the list to Anna.",
                        "owner": BEN,
                        "owner_name": "Ben",
                        "due": "today",
                        "quotes": [
                            {
                                "line": quote.line,
                                "participant": BEN,
                                "name": "Ben",
                                "at": "2026-11-03T09:00:00.000Z",
                                "text": "I will send it today.",
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_who_has_no_name_any_more_is_somebody() -> None:
    told = as_json(by_model(), lambda who: None)
    item = told["sections"][0]["items"][0]

    assert item["text"] == "somebody sends the list to somebody."
    assert item["owner_name"] is None
    assert item["quotes"][0]["name"] is None
    assert not told["third_party"]
