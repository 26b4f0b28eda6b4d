"""Lines of what somebody said at length."""

import random
from itertools import pairwise

import pytest

from gatekeeper.assistant.speech.sentences import in_lines, sentences
from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.assistant.transcript.lines import new_line_id

LONG = (
    "Testing is almost finished. We found two serious bugs in the payment page last "
    "week. One is fixed, and the other one needs about three more days. Can we still "
    "release on the first of June?"
)


def said(text: str) -> Utterance:
    return Utterance(new_line_id(), 10.0, 20.0, text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Yes.", 1),
        ("Yes. And no!", 2),
        ("Dr. Smith and Mrs. Jones agree. Good.", 2),
        ("It is 3.5 percent, e.g. in June. Is it? Yes", 3),
        ("J. Doe said “no.” Then she left…", 2),
        ("and then we", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_they_do(text: str, count: int) -> None:
    found = list(sentences(text))

    assert len(found) == count
    assert " ".join(found) == text


def test_what_is_short_is_one_line_as_it_was() -> None:
    short = said("Thank you, Ben. Then we have decided to send it on Friday.")

    assert list(in_lines(short)) == [short]


def test_what_is_long_ends_its_lines_where_sentences_end() -> None:
    whole = said(LONG)
    lines = list(in_lines(whole))

    assert [line.text.split()[-1] for line in lines] == ["week.", "days.", "June?"]
    assert lines[0].line == whole.line
    assert lines == list(in_lines(whole))  # the same ids for another track
    assert (lines[0].began, lines[-1].ended) == (10.0, 20.0)
    for before, after in pairwise(lines):
        assert before.began < before.ended == after.began < after.ended


def test_no_word_is_lost_or_comes_twice() -> None:
    chance = random.Random(7)  # noqa: S311
    words = ["so", "Dr.", "we", "end.", "Why?", "it", "No!", "3.5", "e.g.", "a."]
    for _ in range(300):
        text = " ".join(chance.choices(words, k=chance.randrange(1, 80)))
        lines = list(in_lines(said(text)))

        assert " ".join(line.text for line in lines) == text
        assert len({line.line for line in lines}) == len(lines)
        assert all(len(line.line) == len(new_line_id()) for line in lines)
