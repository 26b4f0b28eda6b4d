"""The rules, against what a careful reader finds in four meetings."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from gatekeeper.assistant.highlights import commitments, highlights
from gatekeeper.assistant.highlights.clauses import clauses
from gatekeeper.assistant.summary.document import Item, SectionKind, Summary
from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from tests.assistant import meetings
from tests.assistant.meetings import BEGAN, line, participant, recognised, run_on, talk

ANNA, BEN, CARLA = (participant(name) for name in ("Anna", "Ben", "Carla"))


def summary_of(lines: tuple[TranscriptLine, ...], language: str = "en") -> Summary:
    found = highlights(lines, language=language, made_at=BEGAN)
    assert found is not None
    return found


def items(lines: tuple[TranscriptLine, ...], kind: SectionKind) -> tuple[Item, ...]:
    sections = {it.kind: it.items for it in summary_of(lines).sections}
    return sections.get(kind, ())


def cited(item: Item) -> set[LineId]:
    return {quote.line for quote in item.quotes}


def score_of_actions(name: str, found: tuple[Item, ...]) -> tuple[int, int]:
    """How many are there with the right owner, and how many that should not be."""
    gold = meetings.gold(name).actions
    hits = sum(
        any(it.owner == a.owner and a.line in cited(it) for it in found) for a in gold
    )
    extra = sum(
        not any(it.owner == a.owner and a.line in cited(it) for a in gold)
        for it in found
    )
    return hits, extra


def score(gold: frozenset[LineId], found: tuple[Item, ...]) -> tuple[int, int]:
    hits = sum(any(line in cited(it) for it in found) for line in gold)
    return hits, sum(not cited(it) & gold for it in found)


@pytest.mark.parametrize("spoken", [True, False], ids=["written", "recognised"])
@pytest.mark.parametrize(
    ("name", "decisions", "actions", "questions"),
    [("A", 2, 5, 1), ("B", 4, 8, 1), ("C", 3, 8, 2)],
)
def test_the_rules_find_all_and_nothing_else_where_they_were_written(
    name: str, decisions: int, actions: int, questions: int, *, spoken: bool
) -> None:
    lines = meetings.lines(name) if spoken else recognised(meetings.lines(name))
    gold = meetings.gold(name)

    assert score(gold.decisions, items(lines, "decisions")) == (decisions, 0)
    assert score_of_actions(name, items(lines, "todos")) == (actions, 0)
    assert score(gold.questions, items(lines, "questions")) == (questions, 0)
    assert decisions == len(gold.decisions)
    assert actions == len(gold.actions)


def test_in_a_meeting_held_out_they_miss_much_and_invent_little() -> None:
    # D has 4 decisions, 9 to-dos and 2 questions. What is asserted is what was found
    # in the first run; the rules were not changed for it.
    lines, gold = meetings.lines("D"), meetings.gold("D")

    assert score(gold.decisions, items(lines, "decisions")) == (1, 0)
    assert score_of_actions("D", items(lines, "todos")) == (5, 0)
    assert score(gold.questions, items(lines, "questions")) == (1, 1)


@pytest.mark.parametrize("name", meetings.NAMES)
@pytest.mark.parametrize("joined", [False, True], ids=["written", "run on"])
def test_every_quote_is_of_a_line_as_it_was_said(name: str, *, joined: bool) -> None:
    said = run_on(meetings.lines(name))[0] if joined else meetings.lines(name)
    lines = {line.id: line for line in said}

    for section in summary_of(said).sections:
        for item in section.items:
            assert item.text is None
            assert item.quotes
            for quote in item.quotes:
                line = lines[quote.line]
                assert quote.participant == line.participant
                assert quote.text in line.text
                assert line.began <= quote.at < line.ended
                assert len(quote.text.split()) <= 25 or quote.text == line.text


# ---- As a recogniser gives it -------------------------------------------------------

WRITTEN = {"A": (2, 5, 1), "B": (4, 8, 1), "C": (3, 8, 2), "D": (1, 5, 1)}
"""How many decisions, to-dos and questions are found in the meetings as written."""


@pytest.mark.parametrize("bare", [False, True], ids=["commas", "no marks"])
@pytest.mark.parametrize("name", meetings.NAMES)
def test_run_on_lines_yield_nearly_all_and_invent_no_more(
    name: str, *, bare: bool
) -> None:
    lines, joined = run_on(meetings.lines(name))
    lines = recognised(lines) if bare else lines
    gold = meetings.gold(name)

    def says(item: Item, line: LineId) -> bool:
        """Whether a quote of it is of what that line said before it was joined."""
        (before,) = (it for it in meetings.lines(name) if it.id == line)
        return any(
            quote.line == joined[line] and _mostly(quote.text, before.text)
            for quote in item.quotes
        )

    listed = [items(lines, kind) for kind in ("decisions", "todos", "questions")]
    wanted: list[list[tuple[LineId, object]]] = [
        [(line, None) for line in gold.decisions],
        [(action.line, action.owner) for action in gold.actions],
        [(line, None) for line in gold.questions],
    ]
    hits = sum(
        any(says(it, line) and it.owner == owner for it in found)
        for found, gold_of in zip(listed, wanted, strict=True)
        for line, owner in gold_of
    )
    extra = sum(
        not any(says(it, line) and it.owner == owner for line, owner in gold_of)
        for found, gold_of in zip(listed, wanted, strict=True)
        for it in found
    )

    assert max(len(line.text.split()) for line in lines) >= 20
    assert hits >= 0.8 * sum(WRITTEN[name])
    assert extra <= (1 if name == "D" else 0), "as in the meetings as written"


def _mostly(quote: str, line: str) -> bool:
    words, others = set(_WORDS.findall(quote.lower())), _WORDS.findall(line.lower())
    return len(words & set(others)) >= 0.6 * len(words)


_WORDS = re.compile(r"[\w']+")
LONG = (
    "Anna: so I went through the numbers again this morning and honestly we agreed to "
    "move the launch to Friday the tenth, Bob, could you write the release notes by "
    "Thursday, that would give everybody a day to read them"
)


@pytest.mark.parametrize("bare", [False, True], ids=["commas", "no marks"])
def test_of_forty_words_without_a_stop_the_clause_is_quoted_that_says_it(
    *, bare: bool
) -> None:
    (said,) = talk(LONG)
    lines: tuple[TranscriptLine, ...] = (said, line("00:14", "Bob", "Yes, I will."))
    lines = recognised(lines) if bare else lines

    (decision,) = items(lines, "decisions")
    (todo,) = items(lines, "todos")
    assert items(lines, "questions") == ()
    assert decision.quotes[0].text.startswith("we agreed to move the launch to ")
    assert len(decision.quotes[0].text.split()) < 20
    assert todo.owner == participant("Bob")
    assert todo.due is not None
    assert todo.due.lower() == "by thursday"
    assert "write the release notes" in todo.quotes[0].text
    assert "the launch" not in todo.quotes[0].text
    assert cited(decision) | cited(todo) == {it.id for it in lines}


@pytest.mark.parametrize("name", meetings.NAMES)
def test_clauses_are_all_of_a_line_and_nothing_else(name: str) -> None:
    lines, _ = run_on(meetings.lines(name))
    for spoken in (lines, recognised(lines)):
        pieces = clauses(spoken)

        for whole in spoken:
            mine = [it for it in pieces if it.id == whole.id]
            assert " ".join(it.text for it in mine).split() == whole.text.split()
            assert (mine[0].began, mine[-1].ended) == (whole.began, whole.ended)


@pytest.mark.parametrize(
    ("name", "due"),
    [
        (
            "A",
            {"by Friday", "this afternoon", "on Wednesday morning", "today"},
        ),
        (
            "B",
            {
                "by the end of the week",
                "this afternoon",
                "before the next meeting",
                "today",
                "end of next week",
            },
        ),
        ("C", {"after this", "Not before Thursday", "today"}),
    ],
)
def test_days_are_given_in_the_words_that_were_said(name: str, due: set[str]) -> None:
    found = {it.due for it in items(meetings.lines(name), "todos")}

    assert found - {None} == due


def test_a_day_keeps_its_capital() -> None:
    (todo,) = items(talk("Ben: So I'll write the report by, um, Friday."), "todos")

    assert todo.due == "by, um, Friday"


NOT_ONE_OF_THEM = """\
Anna: I'll have a Big Mac, please.
Anna: I'll take a coffee, thanks.|Ben: Sure, I'll get you one.
Anna: I'll be right back.
Anna: Let me share my screen.
Anna: Okay, I'll start with the first slide.
Anna: Can you hear me?|Ben: Yes.
Anna: Could you say that again?|Ben: Sure. I said that the release is late.
Anna: We decided last year to close on Saturdays.|Ben: Agreed.
Anna: Last year we decided to close on Saturdays.|Ben: Agreed.
Anna: Have we decided on the colour?|Ben: Yes.
Anna: If we decide to move, the lease is a problem.
Anna: We have not decided anything yet.
Anna: Let's start with the rota.|Ben: Okay.|Carla: Yes.
Anna: Let's see.|Ben: Sounds good.
Anna: I think I'll write a book one day.|Ben: Ha.
Anna: So that's why we lost the customer.|Ben: Exactly.|Carla: Yes.
Anna: No problem until now.|Ben: Good.
Anna: Would you like some tea?|Ben: Yes, please.
Anna: I can see the point of that.
Anna: I'll call it a day.|Ben: Bye.
Anna: I can't write that today.
Anna: They will send the report on Monday.
Anna: Somebody should look at the status page.|Ben: Yeah, somebody should.
Anna: Who wants to do the runbook?|Ben: Not me.
Anna: Please speak up.|Ben: Sure.
Anna: That is how it is.|Ben: Agreed.
Anna: I like that.|Ben: Me too.
Anna: Let me show you the numbers.|Ben: Great.
Anna: Could you pass me the water?|Ben: Sure.
Anna: We agreed to disagree.|Ben: Ha.
Anna: I'll check my watch. We've got two minutes.
Anna: I'm going to call him an idiot.
Anna: I was asked whether I'll write the report.
Anna: I don't think I'll write the report.
Anna: What if I'll send it late?
Anna: I'll never write to them again.
Anna: Then we have lunch.|Ben: Sounds good.
Anna: I will pay for the drinks.
Anna: Okay, let's do this quickly.|Ben: Yes.|Carla: Okay.
Anna: Could you send me the list?|Ben: No, sorry.|Ben: It is late.
Anna: Could you send me the list?|Ben: Of course not.""".splitlines()


@pytest.mark.parametrize("spoken", [True, False], ids=["written", "recognised"])
@pytest.mark.parametrize("told", NOT_ONE_OF_THEM)
def test_small_talk_and_small_favours_are_no_decisions_and_no_todos(
    told: str, *, spoken: bool
) -> None:
    lines = talk(*told.split("|"))
    found = commitments(lines if spoken else recognised(lines), language="en")

    assert [it.kind for it in found if it.kind != "questions"] == []


REQUEST = ("Anna: Could you send the list to the customers?", "Ben: Yes, I will.")


def test_who_says_yes_to_a_request_owns_it() -> None:
    (todo,) = items(talk(*REQUEST), "todos")

    assert todo.owner == BEN
    assert [quote.participant for quote in todo.quotes] == [ANNA, BEN]


def test_what_nobody_takes_on_is_no_todo() -> None:
    assert not items(talk(REQUEST[0], "Ben: That list is long."), "todos")


def test_a_yes_after_a_tombstone_answers_nothing_before_it() -> None:
    asked, other, yes = talk(REQUEST[0], "Carla: Well.", REQUEST[1])

    assert items((asked, other, yes), "todos")
    assert not items((asked, other.tombstone(), yes), "todos")


def test_an_agreement_after_a_tombstone_agrees_to_nothing_before_it() -> None:
    lines = talk("Anna: Let's go with the steel roof.", "Carla: Fine.", "Ben: Agreed.")
    first, fine, agreed = lines

    assert items(lines, "decisions")
    assert not items((first, fine.tombstone(), agreed), "decisions")


def test_an_answer_after_a_tombstone_leaves_no_question_open() -> None:
    lines = talk(
        "Anna: Should we offer credits to them?", "Ben: No.", "Carla: No idea."
    )
    asked, no, unknown = lines

    assert items((asked, unknown), "questions")
    assert not items((asked, no.tombstone(), unknown), "questions")


def test_who_puts_a_question_off_means_the_last_one() -> None:
    lines = talk(
        "Anna: Should we offer credits to them?",
        "Ben: Should we publish the review as well?",
        "Carla: Let's talk about that next week.",
    )

    (question,) = items(lines, "questions")
    assert [quote.participant for quote in question.quotes] == [BEN, CARLA]


def test_a_yes_after_half_a_minute_of_silence_answers_nothing() -> None:
    asked, yes = talk(*REQUEST)
    late = timedelta(seconds=40)
    later = replace(yes, began=yes.began + late, ended=yes.ended + late)

    assert not items((asked, later), "todos")


def test_without_any_words_there_are_no_highlights() -> None:
    (line,) = talk("Anna: Good morning.")

    assert highlights((), language="en", made_at=BEGAN) is None
    assert highlights((line.tombstone(),), language="en", made_at=BEGAN) is None


def test_with_nothing_worth_quoting_there_are_no_sections() -> None:
    assert summary_of(talk("Anna: Hello.", "Ben: Hi.")).sections == ()


def test_a_tombstone_is_never_quoted_and_does_not_count_for_the_times() -> None:
    first, *rest = meetings.lines("A")
    found = summary_of((first.tombstone(), *rest))

    assert found.first == rest[0].began
    assert first.id not in {
        quote.line for s in found.sections for it in s.items for quote in it.quotes
    }


GERMAN = """\
Anna: Guten Morgen, willkommen zur Runde.
Ben: Wir haben beschlossen, den Start auf den achten Juni zu verschieben.
Anna: Der Start hängt am Zahlungsmodul, weil dort zwei schwere Fehler stecken.
Ben: Ein Fehler im Zahlungsmodul ist behoben, der andere braucht drei Tage.
Anna: Danke.""".splitlines()


def test_in_other_languages_only_what_is_worth_reading_is_picked() -> None:
    found = summary_of(talk(*GERMAN), "de")

    assert [section.kind for section in found.sections] == ["points"]
    assert all("Zahlungsmodul" in it.quotes[0].text for it in found.sections[0].items)


def test_a_language_without_spaces_has_points_too() -> None:
    lines = talk(
        "Anna: 来週の火曜日に新しい検索サービスを公開します。",
        "Ben: 検索サービスのテストはまだ終わっていません。",
        "Carla: はい。",
    )

    assert [it.kind for it in summary_of(lines, "ja").sections] == ["points"]


@pytest.mark.parametrize("name", meetings.NAMES)
def test_points_come_from_all_over_the_meeting_and_repeat_nothing(name: str) -> None:
    lines = meetings.lines(name)
    found = items(lines, "points")
    order = [line.id for line in lines]
    at = [order.index(it.quotes[0].line) for it in found]
    others = {
        line
        for section in summary_of(lines).sections
        if section.kind != "points"
        for it in section.items
        for line in cited(it)
    }

    assert at == sorted(at)
    assert at[0] < len(lines) / 2 <= at[-1] + len(lines) / 10
    assert not others & {line for it in found for line in cited(it)}
