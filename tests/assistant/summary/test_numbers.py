"""Numbers however they are said."""

import pytest

from gatekeeper.assistant.summary.numbers import numbers, stated


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("31 tickets", "thirty-one tickets"),
        ("312", "three hundred and twelve"),
        ("1,200 users", "around twelve hundred users"),
        ("1.200", "zwölfhundert"),
        ("at 14:25", "at fourteen twenty-five"),
        ("14:02", "fourteen oh two"),
        ("2026", "two thousand twenty six"),
        ("1990", "nineteen ninety"),
        ("the 8th", "the eighth"),
        ("31", "einunddreißig"),
        ("312", "dreihundertzwölf"),
        ("am 8. Juni", "am achten Juni"),
        ("2000000", "two million"),
        ("100", "a hundred"),
    ],
)
def test_digits_and_words_are_one(written: str, spoken: str) -> None:
    assert stated(written) <= numbers(spoken)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [("18", "eighth"), ("9000", "nine dollars"), ("21", "twenty"), ("40", "fourteen")],
)
def test_other_numbers_are_not(written: str, spoken: str) -> None:
    assert not stated(written) & numbers(spoken)


def test_a_number_of_several_words_means_one() -> None:
    assert stated("three hundred and twelve doses in four weeks") == {312, 4}
