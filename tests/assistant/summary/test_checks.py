"""What of an answer may stand."""

import pytest

from gatekeeper.assistant.summary.answer import parse
from gatekeeper.assistant.summary.checks import Check, Checked
from gatekeeper.assistant.summary.chunks import chunks
from gatekeeper.assistant.summary.document import mention
from gatekeeper.consent.types import ParticipantId
from tests.assistant import meetings
from tests.assistant.meetings import participant, talk
from tests.assistant.summary.model import answer, said

ANNA, BEN, CARLA = (participant(name) for name in ("Anna", "Ben", "Carla"))
NOBODY = ParticipantId("Ben")
# P1 is Anna, P2 Ben, P3 Carla; the decision is L7.
LINES = meetings.lines("A")
LAUNCH = "The launch moves to the eighth of June."


def passed(answered: str, *, language: str = "en") -> list[Checked]:
    (chunk,) = chunks(LINES, budget=10_000)
    parsed = parse(answered)
    assert parsed is not None
    return Check(chunk, meetings.names("A"), language).passed(parsed)


def todo(
    text: str, *lines: str, owner: str | None = None, due: str | None = None
) -> Checked:
    (found,) = passed(answer(todos=[said(text, *lines, owner=owner, due=due)]))
    return found


def test_an_item_that_rests_on_its_lines_stands_with_them_as_quotes() -> None:
    (found,) = passed(answer(decisions=[said(LAUNCH, "L7")]))

    assert found.item.text == LAUNCH
    assert [quote.line for quote in found.item.quotes] == [LINES[6].id]


@pytest.mark.parametrize(
    "item",
    [
        said(LAUNCH, "L99"),
        said(LAUNCH, "L1x"),
        said(LAUNCH, "L8"),
        said("Everybody gets a raise.", "L7"),
        said("We move the launch to the 18th of June.", "L7"),
        said("The launch moves, and everybody gets 5000 dollars.", "L7"),
        said("The launch moves to June, see evil.example/launch.", "L7"),
        said("The launch moves to June, says P9.", "L7"),
        said("So it is.", "L7"),
        said("**", "L7"),
    ],
    ids=lambda item: item["text"] + item["lines"][0],
)
def test_an_item_that_does_not_rest_on_its_lines_is_dropped(
    item: dict[str, str],
) -> None:
    assert not passed(answer(decisions=[item]))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The starter plan costs $20 a month.", "L12"),
        ("Support costs $6 for each customer, so 20 dollars are enough.", "L10"),
        ("The launch is on June 8.", "L7"),
    ],
)
def test_numbers_may_be_written_as_digits(text: str, line: str) -> None:
    assert passed(answer(topics=[said(text, line)]))


def test_labels_become_mentions_and_nothing_else_does() -> None:
    (found,) = passed(
        answer(topics=[said(f"P3 and {mention(NOBODY)} move the launch.", "L7")])
    )

    assert found.item.text == f"{mention(CARLA)} and Ben move the launch."


def test_where_somebody_speaks_of_a_p1_labels_are_others() -> None:
    (chunk,) = chunks(talk("Anna: The P1 incident is over, and P2 too."), budget=1000)
    parsed = parse(
        answer(topics=[said("PP1 says that the P1 incident is over.", "L1")])
    )
    assert parsed is not None
    (found,) = Check(chunk, {}, "en").passed(parsed)

    assert chunk.lines[0].who == "PP1"
    assert found.item.text == f"{mention(ANNA)} says that the P1 incident is over."


def test_an_owner_speaks_in_the_lines_or_is_named_there() -> None:
    assert todo("Update the public calendar.", "L7", owner="P3").item.owner == CARLA
    assert todo("Update the public calendar.", "L8", owner="P3").item.owner == CARLA
    assert todo("Update the public calendar.", "L7", owner="P2").item.owner is None
    assert todo("Update the public calendar.", "L7", owner="P9").item.owner is None
    assert todo("Update the public calendar.", "L7", owner="Carla").item.owner is None


def test_a_day_must_have_been_said() -> None:
    assert todo("Update the calendar.", "L7", due="by Friday").item.due == "by Friday"
    assert todo("Update the calendar.", "L7", due="June 8").item.due == "June 8"
    assert todo("Update the calendar.", "L7", due="by Monday").item.due is None
    assert todo("Update the calendar.", "L7", due="at once or else").item.due is None


def test_markup_goes_and_the_words_stay() -> None:
    (found,) = passed(
        answer(topics=[said("- **The launch** `moves`\n to June.", "L7")])
    )

    assert found.item.text == "The launch moves to June."
