"""Rule 19, where it is decided: who may have what, of all comings and goings."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, SharedWith
from gatekeeper.evidence.history import History
from gatekeeper.evidence.presence import Presence, Span
from tests.evidence.people import NOON
from tests.evidence.told import RECORDING, file, opened, told

SUMMARY = FeatureId("summary")
MINUTE = timedelta(minutes=1)


def of(history: History, who: str) -> Presence:
    return Presence(history, ParticipantId(who))


def numbers(mine: Presence) -> list[tuple[str, int]]:
    return [(part.opening, part.number) for part in mine.parts(RECORDING)]


def test_R19_present_each_gets_the_parts_that_they_were_in() -> None:
    held = told(opened("ab", "a", "ac", "ab"), opened("ac", opening="later"))

    first = [("opening", number) for number in range(4)]
    assert numbers(of(held, "a")) == [*first, ("later", 0)]
    assert numbers(of(held, "b")) == [first[0], first[3]]
    assert numbers(of(held, "c")) == [first[2], ("later", 0)]
    assert numbers(of(held, "d")) == []
    assert [of(held, who).whole(RECORDING) for who in "abcd"] == [True, *[False] * 3]
    assert not of(told(), "a").whole(RECORDING)


def test_R19_present_one_knows_those_with_whom_one_was_there() -> None:
    held = told(opened("ab", "a", "ac"))

    assert set(of(held, "a").people(RECORDING)) == set("abc")
    assert set(of(held, "b").people(RECORDING)) == set("ab")
    assert set(of(held, "c").people(RECORDING)) == set("ac")
    assert of(held, "d").people(RECORDING) == ()
    assert of(held, "a").people(SUMMARY) == ()


@given(
    present=st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1),
    viewer=st.sampled_from("abcd"),
    owner=st.sampled_from("abcd"),
    part=st.integers(0, 9),
)
def test_R19_present_a_file_is_for_who_was_there_with_its_owner(
    present: list[set[str]], viewer: str, owner: str, part: int
) -> None:
    mine = of(told(opened(*present)), viewer)
    was_there = part < len(present) and viewer in present[part]

    assert mine.may_have(file(owner, part)) == was_there
    assert not mine.may_have(file(owner, part, opening="another"))


@given(
    present=st.lists(
        st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=6
    ),
    viewer=st.sampled_from("abcd"),
    first=st.integers(0, 7),
    more=st.integers(0, 3),
    begin=st.integers(-8, 56).map(lambda n: n / 8),
    lasting=st.integers(0, 24).map(lambda n: n / 8),
)
def test_R19_present_words_are_for_who_was_there_throughout(
    present: list[set[str]],
    viewer: str,
    first: int,
    more: int,
    begin: float,
    lasting: float,
) -> None:
    """By the parts where they are known, by the time where they are not."""
    mine = of(told(opened(*present)), viewer)
    span = Span(OpeningId("opening"), first, first + more)
    began, ended = NOON + begin * MINUTE, NOON + (begin + lasting) * MINUTE

    by_parts = mine.may_read(RECORDING, span, began, ended)
    by_time = mine.may_read(RECORDING, None, began, ended)

    in_parts = range(first, first + more + 1)
    assert by_parts == all(
        number < len(present) and viewer in present[number] for number in in_parts
    )
    touched = [
        number
        for number in range(len(present))
        if number <= begin + lasting and begin < number + 1
    ]
    assert by_time == (
        bool(touched) and all(viewer in present[number] for number in touched)
    )


def test_R19_present_with_the_meeting_whoever_was_there_gets_all() -> None:
    shared = opened("ab", "a", "ac", shared_with=SharedWith.MEETING)
    held = told(shared)
    span = Span(OpeningId("opening"), 1, 1)

    for who in "abc":
        mine = of(held, who)
        assert len(mine.parts(RECORDING)) == 3
        assert mine.whole(RECORDING)
        assert set(mine.people(RECORDING)) == set("abc")
        assert mine.may_have(file("a", 1))
        assert mine.may_read(RECORDING, span, NOON + MINUTE, NOON + MINUTE)
    stranger = of(held, "d")
    assert stranger.parts(RECORDING) == ()
    assert not stranger.may_have(file("a", 1))
    assert not stranger.may_read(RECORDING, span, NOON + MINUTE, NOON + MINUTE)


def test_R19_present_each_opening_is_shared_as_its_own_notice_said() -> None:
    """An admin who widens it later widens nothing that was kept before."""
    before = opened("ab", "a", opening="before")
    after = opened(
        "ab",
        "a",
        opening="after",
        began=NOON + 9 * MINUTE,
        shared_with=SharedWith.MEETING,
    )
    mine = of(told(before, after), "b")

    assert numbers(mine) == [("before", 0), ("after", 0), ("after", 1)]
    late = NOON + 1.5 * MINUTE
    assert not mine.may_read(RECORDING, Span(OpeningId("before"), 1, 1), late, late)
    late = NOON + 10.5 * MINUTE
    assert mine.may_read(RECORDING, Span(OpeningId("after"), 1, 1), late, late)


def test_R19_present_another_features_sharing_widens_nothing() -> None:
    """A summary written anew from a transcript that everybody gets."""
    transcript = opened(
        "ab",
        "a",
        feature=FeatureId("transcript"),
        opening="heard",
        shared_with=SharedWith.MEETING,
    )
    held = told(transcript, opened("ab", "a", feature=SUMMARY, opening="minutes"))
    late = NOON + 1.5 * MINUTE
    span = Span(OpeningId("heard"), 1, 1)

    assert of(held, "b").may_read(FeatureId("transcript"), span, late, late)
    assert not of(held, "b").may_read(SUMMARY, span, late, late)
    assert of(held, "a").may_read(SUMMARY, span, late, late)
    early = Span(OpeningId("heard"), 0, 0)
    assert of(held, "b").may_read(SUMMARY, early, NOON, NOON)


def test_R19_present_who_was_in_no_part_of_a_feature_gets_nothing_of_it() -> None:
    held = told(opened("ab"), opened("a", feature=SUMMARY, opening="minutes"))
    span = Span(OpeningId("opening"), 0, 0)

    assert of(held, "b").may_read(RECORDING, span, NOON, NOON)
    assert not of(held, "b").may_read(SUMMARY, span, NOON, NOON)


@pytest.mark.parametrize(("first", "last"), [(-1, 0), (1, 0), (-2, -1)])
def test_a_span_goes_forward(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(OpeningId("opening"), first, last)


def test_R19_present_an_unknown_part_is_nobodys() -> None:
    """A crash came before it was written down, and nothing tells who was there."""
    held = told(opened("ab", "ab"))

    for who, part in product("ab", (2, 3)):
        assert not of(held, who).may_have(file("a", part))
        span = Span(OpeningId("opening"), 1, part)
        assert not of(held, who).may_read(RECORDING, span, NOON, NOON)
