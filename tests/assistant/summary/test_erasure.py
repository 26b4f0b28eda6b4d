"""A summary without somebody, for each participant of each meeting in turn."""

import re
from collections.abc import Iterator

import pytest

from gatekeeper.assistant.highlights import highlights
from gatekeeper.assistant.summary.document import (
    Item,
    Quote,
    Section,
    Summary,
    mention,
)
from gatekeeper.assistant.summary.erasure import mask, prune
from gatekeeper.assistant.transcript.lines import TranscriptLine
from gatekeeper.consent.types import ParticipantId
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN, participant, recognised, talk
from tests.ids import without_ids

EVERYBODY = [
    pytest.param(meeting, who, id=f"{meeting}-{name}")
    for meeting in meetings.NAMES
    for who, name in meetings.names(meeting).items()
]


def highlights_of(lines: tuple[TranscriptLine, ...]) -> Summary:
    found = highlights(lines, language="en", made_at=BEGAN)
    assert found is not None
    return found


def everything(summary: Summary) -> Iterator[Item]:
    for section in summary.sections:
        yield from section.items


def assert_gone(summary: Summary, who: ParticipantId, name: str) -> None:
    assert not [it for it in everything(summary) if it.concerns(who)]
    told = summary.model_dump_json()
    assert who not in told
    assert not re.search(rf"\b{name}", without_ids(told), re.IGNORECASE)


@pytest.mark.parametrize("spoken", [True, False], ids=["written", "recognised"])
@pytest.mark.parametrize(("meeting", "who"), EVERYBODY)
def test_made_anew_without_somebody_it_has_nothing_of_them(
    meeting: str, who: ParticipantId, *, spoken: bool
) -> None:
    name = meetings.names(meeting)[who]
    lines = meetings.lines(meeting)
    left = tuple(
        line.tombstone()
        if line.participant == who
        else TranscriptLine(
            line.id, line.participant, line.began, line.ended, mask(line.text, name)
        )
        for line in (lines if spoken else recognised(lines))
    )

    assert_gone(highlights_of(left), who, name)


@pytest.mark.parametrize("spoken", [True, False], ids=["written", "recognised"])
@pytest.mark.parametrize(("meeting", "who"), EVERYBODY)
def test_pruned_of_somebody_it_has_nothing_of_them(
    meeting: str, who: ParticipantId, *, spoken: bool
) -> None:
    name = meetings.names(meeting)[who]
    lines = meetings.lines(meeting)
    whole = highlights_of(lines if spoken else recognised(lines))

    assert_gone(prune(whole, who, name), who, name)


def test_what_does_not_concern_them_stays_as_it_is() -> None:
    whole, carla = highlights_of(meetings.lines("A")), participant("Carla")
    left = prune(whole, carla, "Carla")

    kept = [it.id for it in everything(whole) if not it.concerns(carla)]
    assert [it.id for it in everything(left)] == kept
    assert kept
    assert left.masked


def by_model(*items: Item) -> Summary:
    return Summary(
        engine="model",
        model="tiny",
        language="en",
        first=BEGAN,
        last=BEGAN,
        made_at=BEGAN,
        sections=(Section(kind="todos", items=items),),
    )


def test_prose_loses_whom_it_mentions_and_a_name_that_it_spells() -> None:
    anna, ben = participant("Anna"), participant("Ben")
    (line,) = talk("Ben: Anna wants it by Friday.")
    quote = Quote(line=line.id, participant=ben, at=line.began, text=line.text)
    plain = Item(id="1", text="As Anna asks.", due="by Anna's day", quotes=(quote,))
    about = Item(id="2", text=f"For {mention(anna)}.", quotes=(quote,))
    hers = Item(id="3", text="Later.", owner=anna, quotes=(quote,))

    (left,) = everything(prune(by_model(plain, about, hers), anna, "Anna"))
    assert left.text == "As [withdrawn] asks."
    assert left.due == "by [withdrawn] day"
    assert left.quotes[0].text == "[withdrawn] wants it by Friday."


def test_a_mention_of_somebody_else_is_left_whole_whatever_it_spells() -> None:
    (line,) = talk("Ben: Later.")
    ben = ParticipantId("x-Anna-x")
    quote = Quote(line=line.id, participant=ben, at=line.began, text=line.text)
    item = Item(id="1", text=f"For {mention(ben)}.", quotes=(quote,))

    left = prune(by_model(item), participant("Anna"), "Anna")
    assert [it.text for it in everything(left)] == [f"For {mention(ben)}."]
    assert not left.masked


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Anna", "anna, ANNA and Anna's list", "#, # and # list"),
        ("Anna", "Annabel and Hannah stay", "Annabel and Hannah stay"),
        ("Anna", "Joanna stays", "Joanna stays"),
        ("Anna", "Annas Vorschlag", "# Vorschlag"),
        ("Mark", "it marks the end", "it marks the end"),
        ("Anna-Lena Müller", "Lena, Frau Müller, Mueller", "#, Frau #, Mueller"),
        ("Anna-Lena Müller", "anna-lena  müller said", "# said"),
        ("José", "Jose and Jose\u0301 and josé", "# and # and #"),
        ("Jo Li", "Jo said that Li is late", "Jo said that Li is late"),
        ("Jo Li", "jo li is late", "# is late"),
        ("Bo", "Bo and the boat", "# and the boat"),
        ("Will Smith", "Will will ask smith", "# will ask #"),
        ("We agree not", "We agree, and we do not", "We #, and we do not"),
        ("O'Brien", "O\u2019Brien or O'Brien", "# or #"),
        ("田中", "田中さんは遅れます", "#さんは遅れます"),
        ("a+b (c)", "a+b (c) is late", "# is late"),
        ("...", "nothing ... goes", "nothing ... goes"),
        ("", "nothing goes", "nothing goes"),
    ],
)
def test_a_name_is_masked_as_a_word(name: str, text: str, left: str) -> None:
    assert mask(text, name) == left.replace("#", "[withdrawn]")
