"""The proof's own word on when content may be kept, where the answer is plain."""

import pytest

from tests.proof.allowed import Fact, Intervals, Room, intervals
from tests.proof.script import Script, read
from tests.proof.strategy import openings, some


def times(text: str) -> Intervals:
    """When who may be kept, if one thing happens each second."""
    events = read(text).events
    return intervals([Fact(float(at), event) for at, event in enumerate(events)], 99.0)


def spans(text: str) -> dict[str, list[tuple[float, float]]]:
    return {
        who: [(i.begins, i.ends) for i in found] for who, found in times(text).items()
    }


def test_everybody_has_to_allow_it() -> None:
    assert spans("""
        Mara joins and allows
        Tomas joins
        Mara asks for recording
        Tomas allows
        Tomas refuses
        Tomas allows
    """) == {"Mara": [(3, 4), (5, 99)], "Tomas": [(3, 4), (5, 99)]}


def test_a_newcomer_ends_it_unless_they_allow_it() -> None:
    assert spans("""
        Mara joins and allows
        Mara asks for recording
        Tomas joins and allows
        Ines joins
        Ines allows
    """) == {"Mara": [(1, 3), (4, 99)], "Tomas": [(2, 3), (4, 99)], "Ines": [(4, 99)]}


def test_who_leaves_is_kept_no_longer_and_the_others_are() -> None:
    assert spans("""
        Mara joins and allows
        Tomas joins and allows
        Ines joins and allows
        Mara asks for recording
        Tomas leaves
    """) == {"Mara": [(3, 99)], "Tomas": [(3, 4)], "Ines": [(3, 99)]}


def test_nothing_goes_on_with_one_alone() -> None:
    assert spans("""
        Mara joins and allows
        Tomas joins and allows
        Mara asks for recording
        Tomas leaves
        Tomas joins and allows
    """) == {"Mara": [(2, 3)], "Tomas": [(2, 3)]}


def test_nothing_goes_on_without_the_host() -> None:
    assert spans("""
        Mara joins and allows
        Tomas joins and allows
        Ines joins and allows
        Mara asks for recording
        Mara leaves
        Mara joins and allows
    """) == {"Mara": [(3, 4)], "Tomas": [(3, 4)], "Ines": [(3, 4)]}


def test_nothing_starts_by_leaving() -> None:
    assert (
        spans("""
        Mara joins and allows
        Tomas joins
        Mara asks for recording
        Tomas leaves
        Mara stops recording
        Mara asks for recording
    """)
        == {}
    )


def test_after_a_departure_everybody_is_asked_afresh() -> None:
    assert spans("""
        Mara joins and allows
        Tomas joins
        Mara asks for recording
        Tomas leaves
        Mara asks for recording
        Mara allows
    """) == {"Mara": [(5, 99)]}


def test_who_is_cut_off_ends_it_until_they_are_back_or_gone() -> None:
    assert spans("""
        Mara joins and allows
        Ines joins and allows
        Tomas joins and allows
        Mara asks for recording
        Tomas is cut off
        Tomas is back
        Tomas is cut off
        Tomas is gone
    """) == {
        "Mara": [(3, 4), (5, 6), (7, 99)],
        "Ines": [(3, 4), (5, 6), (7, 99)],
        "Tomas": [(3, 4), (5, 6)],
    }


def test_one_who_refused_and_is_gone_starts_nothing() -> None:
    assert (
        spans("""
        Mara joins and allows
        Tomas joins
        Mara asks for recording
        Tomas is cut off
        Tomas is gone
    """)
        == {}
    )


@pytest.mark.parametrize("end", ["Mara ends the meeting", "the server is killed"])
def test_nothing_outlives_the_end(end: str) -> None:
    assert spans(f"""
        Mara joins and allows
        Mara asks for recording
        {end}
    """) == {"Mara": [(1, 2)]}


def test_an_end_has_the_slack_of_a_packet_and_of_the_way_to_the_server() -> None:
    events = read("Mara joins and allows\nMara asks for recording\nMara refuses").events
    facts = [Fact(float(at), event, late=0.01) for at, event in enumerate(events)]
    (interval,) = intervals(facts, 99.0)["Mara"]

    assert interval.covers(1.0)
    assert interval.covers(2.07)
    assert not interval.covers(2.08)
    assert not interval.covers(0.99)
    assert interval.overhang(2.05) == pytest.approx(0.05)


def test_scripts_can_be_written_down_and_read() -> None:
    for script in some(5, number=3, killed=True):
        assert read(str(script)) == script


def test_the_same_seed_makes_the_same_scripts() -> None:
    assert some(3, number=4) == some(3, number=4)
    assert some(3, number=4) != some(3, number=5)


@pytest.mark.parametrize("killed", [False, True])
def test_scripts_are_worth_their_time(killed: bool) -> None:
    scripts = some(8, number=6, killed=killed)

    assert len(scripts) == 8
    assert all(openings(script) for script in scripts)
    assert all(script.killed is killed for script in scripts)
    assert all(2 <= len(script.people) <= 4 for script in scripts)
    assert all(ended(script) for script in scripts)


def ended(script: Script) -> bool:
    """Whether it ends with nobody in the room."""
    room = Room()
    for event in script.events:
        room.take(event)
    return not room.allows
