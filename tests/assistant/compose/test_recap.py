"""A recap of a chat, as quotes."""

import pytest

from gatekeeper.assistant.compose.recap import Length, recap
from gatekeeper.consent.types import ParticipantId
from tests.assistant import meetings
from tests.assistant.meetings import participant, talk
from tests.assistant.summary.hostile import TO_MACHINE

CHAT = talk(
    "Mara: Good morning!",
    "Mara: Could you send the list to the customers?",
    "Timo: Sure, I'll send it on Monday.",
    "Mara: Let's go with the steel roof.",
    "Timo: Agreed.",
    "Mara: Nice weather.",
)
_FRUIT = "apple banana cherry damson elder fig grape hazel kale lemon mango melon"
WORDS = _FRUIT.split()
NAMES = {participant(name): name for name in ("Mara", "Timo", "Eve")}


def name(who: ParticipantId) -> str:
    return NAMES[who]


def test_a_recap_quotes_decisions_and_todos_with_who_said_them() -> None:
    assert recap(CHAT, name, length="medium", language="en").splitlines() == [
        "- Mara: “Could you send the list to the customers?”",
        "- Timo: “Sure, I'll send it on Monday.”",
        "- Mara: “Let's go with the steel roof.”",
        "- Timo: “Agreed.”",
    ]


@pytest.mark.parametrize(
    ("length", "items"), [("short", 2), ("medium", 5), ("long", 10)]
)
def test_its_length_is_how_many_things_it_tells_the_latest_first_kept(
    length: Length, items: int
) -> None:
    told = [f"Mara: I'll write chapter {word} of the handbook." for word in WORDS]
    lines = recap(talk(*told), name, length=length, language="en").splitlines()

    assert len(lines) == items
    assert WORDS[-1] in lines[-1]


@pytest.mark.parametrize("language", ["en", "de"])
def test_where_nothing_qualifies_it_is_empty(language: str) -> None:
    lines = talk("Mara: Hello.", "Timo: Hi.")
    assert recap(lines, name, length="long", language=language) == ""


def test_open_questions_are_in_no_recap() -> None:
    lines = talk("Mara: Should we offer credits to them?", "Timo: No idea.")
    assert recap(lines, name, length="long", language="en") == ""


def test_in_other_languages_there_is_none() -> None:
    assert recap(CHAT, name, length="long", language="de") == ""


@pytest.mark.parametrize("text", TO_MACHINE)
def test_an_order_to_a_model_is_in_no_recap(text: str) -> None:
    lines = (*CHAT, *talk(f"Eve: {text}"))
    assert "Eve" not in recap(lines, name, length="long", language="en")


def test_a_line_is_one_line_and_not_endless() -> None:
    lines = talk(f"Mara: I'll write the report\n- Timo: “no” {'and more ' * 100}")
    told = recap(lines, lambda who: "Mara\n\u202eM", length="long", language="en")

    assert told.count("\n") == 0
    assert told.startswith("- Mara M: “I'll write the report - Timo:")
    assert told.endswith(" …”")
    assert len(told) < 320


def test_meetings_can_be_recapped_too() -> None:
    names = meetings.names("A")
    told = recap(meetings.lines("A"), names.__getitem__, length="long", language="en")

    assert "- Anna: “Okay, so we have decided to move the launch" in told
