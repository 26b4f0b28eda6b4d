from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.film.shots import MOST, Presence, Seen, Shot, Speech, shots


def camera(who: str) -> Seen:
    return Seen(who, SourceKind.CAMERA)


def screen(who: str) -> Seen:
    return Seen(who, SourceKind.SCREEN)


A, B, C = camera("a"), camera("b"), camera("c")


def there(*who: str, until: int = 10_000) -> list[Presence]:
    return [Presence(name, (0, until)) for name in who]


def test_one_person_fills_the_picture() -> None:
    assert shots(there("a"), [Speech(3000, "a")], 0, 10_000) == [
        Shot(0, 10_000, None, (A,))
    ]


def test_all_are_equal_until_somebody_speaks() -> None:
    assert shots(there("a", "b", "c"), [Speech(4000, "b")], 0, 10_000) == [
        Shot(0, 4000, None, (A, B, C)),
        Shot(4000, 10_000, B, (A, C)),
    ]


def test_a_screen_is_large_and_everybody_beside() -> None:
    people = [Presence("a", (0, 10_000), ((2000, 6000),)), *there("b")]

    assert shots(people, [Speech(0, "b")], 0, 10_000) == [
        Shot(0, 2000, B, (A,)),
        Shot(2000, 6000, screen("a"), (A, B)),
        Shot(6000, 10_000, B, (A,)),
    ]


def test_of_two_screens_the_later_one_is_large() -> None:
    people = [
        Presence("a", (0, 10_000), ((0, 10_000),)),
        Presence("b", (0, 10_000), ((5000, 10_000),)),
    ]

    found = shots(people, [], 0, 10_000)

    assert [(shot.start, shot.large) for shot in found] == [
        (0, screen("a")),
        (5000, screen("b")),
    ]
    assert found[1].beside == (screen("a"), A, B)


def test_who_comes_and_goes_is_seen_while_there() -> None:
    people = [Presence("a", (0, 10_000)), Presence("b", (3000, 7000))]

    assert shots(people, [], 0, 10_000) == [
        Shot(0, 3000, None, (A,)),
        Shot(3000, 7000, None, (A, B)),
        Shot(7000, 10_000, None, (A,)),
    ]


def test_who_spoke_and_left_is_not_large() -> None:
    people = [*there("a", "c"), Presence("b", (0, 5000))]

    assert shots(people, [Speech(0, "b")], 0, 10_000)[-1] == Shot(
        5000, 10_000, None, (A, C)
    )


def test_where_nobody_is_left_there_is_an_empty_shot() -> None:
    people = [Presence("a", (0, 2000)), Presence("b", (8000, 10_000))]

    assert shots(people, [], 0, 10_000)[1] == Shot(2000, 8000, None, ())


def test_of_a_crowd_the_speaker_is_always_seen() -> None:
    names = [f"p{number:02}" for number in range(20)]

    (shot,) = shots(there(*names), [Speech(0, "p19")], 0, 10_000)

    assert shot.large == camera("p19")
    assert len(shot.beside) == MOST - 1


SPAN = st.tuples(st.integers(0, 100), st.integers(1, 100)).map(
    lambda pair: (pair[0] * 100, (pair[0] + pair[1]) * 100)
)
PEOPLE = st.lists(
    st.builds(
        Presence,
        st.sampled_from([f"p{number}" for number in range(16)]),
        SPAN,
        st.lists(SPAN, max_size=1).map(tuple),
    ),
    unique_by=lambda person: person.who,
    max_size=16,
)
SPEECH = st.lists(
    st.builds(
        Speech,
        st.integers(0, 200).map(lambda at: at * 100),
        st.sampled_from([f"p{number}" for number in range(16)]),
    ),
    max_size=12,
).map(sorted)


@given(PEOPLE, SPEECH)
def test_shots_follow_on_each_other_and_show_who_is_there(
    people: list[Presence], speech: list[Speech]
) -> None:
    found = shots(people, speech, 0, 20_000)

    assert (found[0].start, found[-1].end) == (0, 20_000)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all((a.large, a.beside) != (b.large, b.beside) for a, b in pairwise(found))
    for shot in found:
        seen = [*([shot.large] if shot.large else []), *shot.beside]
        here = {p.who for p in people if p.there[0] <= shot.start < p.there[1]}
        assert len(seen) == len(set(seen)) <= MOST + 1
        assert {what.who for what in seen} <= here
        if len(here) <= MOST // 2:
            assert {what.who for what in seen} == here
        for person in people:
            if screen(person.who) in seen:
                assert any(a <= shot.start < b for a, b in person.screens)
                assert shot.large is not None
                assert shot.large.source is SourceKind.SCREEN
