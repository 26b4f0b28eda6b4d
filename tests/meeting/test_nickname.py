"""What people may be called, and how they are told apart."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.faults import NameUnusable
from gatekeeper.meeting.nickname import (
    _COMPARED,
    LONGEST,
    Nameplates,
    as_data,
    compared,
    nickname,
)
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
INVISIBLE = [
    "\u200b", "\u3164", "\u00ad", "\u2060", "\0", "\u115f", "\uffa0", "\u2800",
    "\ufeff", "\u180e", "\u200d", "\ufe0f", "\ufffc", "\u0301", "\u00a0", "\U000e0041",
]  # fmt: skip
TURNING = [
    "\u202e",
    "\u202d",
    "\u202a",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u200f",
    "\u061c",
]


@pytest.mark.parametrize("name", INVISIBLE, ids=ascii)
def test_a_name_that_nobody_can_see_is_refused(name: str) -> None:
    for text in (name, name * 5, f" {name} "):
        with pytest.raises(NameUnusable):
            nickname(text)


@pytest.mark.parametrize(
    "sign", [*TURNING, "\n", "\r", "\u2028", "\t", "\x1b", "\u200b"]
)
def test_a_name_that_changes_the_text_around_it_is_refused(sign: str) -> None:
    for text in (f"Mara{sign}04:12", f"{sign}Mara", f"Mara{sign}"):
        if text.strip() != "Mara":
            with pytest.raises(NameUnusable):
                nickname(text)


@pytest.mark.parametrize(
    "name",
    [
        "Sam", "Zoë",
        "O\u2019Brien-Łukasz", "李小龍", "علی‌رضا", "שָׁלוֹם", "นภา", "Đặng Thị Hồng",
        "क्‍षेत्र", "Sam ❤️", FAMILY, f"The {FAMILY}s", "🇩🇪", "👍🏽", "Åsa", "1. FC",
    ],
)  # fmt: skip
def test_a_name_in_any_script_stays_as_it_is(name: str) -> None:
    assert nickname(name) == unicodedata.normalize("NFC", name)


def test_a_tower_of_marks_is_refused() -> None:
    assert nickname("A\u0300\u0301\u0302")
    with pytest.raises(NameUnusable):
        nickname("Z" + "\u0300" * 12)


def test_a_character_that_becomes_many_does_not_make_a_name_longer_than_allowed() -> (
    None
):
    with pytest.raises(NameUnusable):
        nickname("\ufdfa" * 16)


@given(st.text(max_size=LONGEST))
def test_whatever_is_accepted_can_be_seen_and_turns_nothing(text: str) -> None:
    try:
        name = nickname(text)
    except NameUnusable:
        return

    assert name.strip() == name
    assert len(name) <= LONGEST
    assert "\n" not in name
    assert not {*TURNING, "\u200b", "\0"} & set(name)
    assert nickname(name) == name
    assert compared(name)


PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1)


@given(PLAIN.filter(str.strip))
def test_a_plain_name_is_compared_as_the_tables_of_all_scripts_would(name: str) -> None:
    """Which take hundreds of times as long, and are asked for each file of a page."""
    assert compared(name) == _COMPARED.enforce(name)


# ---- Told apart -------------------------------------------------------------------


def people(count: int) -> list[ParticipantId]:
    return [ParticipantId(f"p{number}") for number in range(count)]


def test_the_second_sam_gets_a_number_and_keeps_it() -> None:
    plates = Nameplates({})
    one, two, three = people(3)

    assert plates.name(one, "Sam") == "Sam"
    assert plates.name(two, "sam") == "sam (2)"
    assert plates.name(three, "Sam (2)") == "Sam (2) (2)"
    assert plates.name(two, "sam") == "sam (2)"
    assert plates.name(one, "Sam") == "Sam"
    assert plates.name(one, "Samuel") == "Samuel"
    assert plates.name(three, "Sam") == "Sam"


def test_numbers_are_the_same_after_a_restart() -> None:
    one, two, three = people(3)
    plates = Nameplates({one: "Sam", two: "Sam (2)"})

    assert plates.name(two, "Sam") == "Sam (2)"
    assert plates.name(three, "Sam") == "Sam (3)"
    assert plates.name(one, "Sam") == "Sam"


def test_a_number_does_not_make_a_name_too_long() -> None:
    plates = Nameplates({})
    names = [plates.name(who, "W" * LONGEST) for who in people(12)]

    assert len({compared(name) for name in names}) == 12
    assert max(map(len, names)) == LONGEST


@given(
    st.lists(
        st.sampled_from(["Sam", "SAM", "Sam (2)", "Sam (3)", "\uff53am"]), max_size=12
    )
)
def test_nobody_is_called_like_anybody_else(wishes: list[str]) -> None:
    plates = Nameplates({})
    names = [
        plates.name(who, nickname(wish))
        for who, wish in zip(people(len(wishes)), wishes, strict=True)
    ]

    assert len({compared(name) for name in names}) == len(wishes)


def test_people_who_left_long_ago_are_let_go() -> None:
    plates = Nameplates({})
    for who in people(600):
        plates.name(who, "Sam")
        plates.forget({who})

    _, _, number = plates.name(ParticipantId("another"), "Sam").rpartition("(")
    assert int(number.rstrip(")")) < 300


@given(st.lists(st.text(max_size=LONGEST), max_size=6), st.integers(0, 20))
def test_any_name_can_be_numbered(wishes: list[str], again: int) -> None:
    plates = Nameplates({})
    for wish in wishes:
        try:
            name = nickname(wish)
        except NameUnusable:
            continue
        for who in people(again):
            assert nickname(plates.name(ParticipantId(wish + who), name))


# ---- In the room ------------------------------------------------------------------


async def names(person: Person) -> list[str]:
    welcome = await person.hears("welcome")
    return [each["name"] for each in welcome["people"]][:2]


async def test_two_people_of_one_name_are_told_apart_by_everybody(world: World) -> None:
    *_, other = await world.meeting("Sam", "Sam", "Mara")

    assert await names(other) == ["Sam", "Sam (2)"]


async def test_an_unusable_name_is_refused_with_its_code_and_takes_no_seat(
    world: World,
) -> None:
    (mara,) = await world.meeting("Mara")
    nobody = await world.person(mara.room, "\u200b")

    hello = await nobody.connect()
    await nobody.say(**nobody.joining(hello))

    assert await nobody.fault() == "name-unusable"
    await mara.settle()
    assert mara.kinds().count("joined") == 0


async def test_a_title_that_cannot_be_seen_is_refused(tmp_path: Path) -> None:
    async with start(configured(tmp_path / "data")) as world:
        for title in ("\u3164", "Plan\u202e", "a\nb"):
            body = {"title": title, "language": "en", "features": ["recording"]}
            async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
                assert answer.status == 400
                assert (await answer.json())["code"] == "name-unusable"


# ---- In exports -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Mara", "Mara"),
        ("Mara O\u2019Neill-2", "Mara O\u2019Neill-2"),
        ("Bob: I accept", '"Bob: I accept"'),
        ('Bob "x\\', '"Bob \\"x\\\\"'),
        ("Bob]\n[10:00:05] Eve", '"Bob] [10:00:05] Eve"'),
        ("Ma\u202era", "Ma ra"),
        ("\u05e0\u05d5", "\u2068\u05e0\u05d5\u2069"),
    ],
)
def test_a_name_in_an_export_is_data(name: str, written: str) -> None:
    assert as_data(name) == written
