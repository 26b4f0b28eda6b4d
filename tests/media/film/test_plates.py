import av
import numpy as np
import pytest
from PIL import features

from gatekeeper.config.locales import locales, nearest
from gatekeeper.media.film import plates
from gatekeeper.media.film.plates import GROUND, _letters, card, gap, plate

NAMES = [
    "Mara O'Neill",
    r"a:b=c\,[x];'%{pts}'\\",
    '50 % "quoted" \N{GRINNING FACE}',
    "שלום עולם",
    "مرحبا",
    "Zoë Ångström-Łukasz",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{POP DIRECTIONAL FORMATTING}\x00\x1b[0m\nline",
    "x" * 5000,
    "e" + "\N{COMBINING ACUTE ACCENT}" * 500,
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (200, 112)])
def test_any_name_makes_a_plate_that_fits(name: str, width: int, height: int) -> None:
    found = plate(name, width, height)

    assert found is not None
    assert found.width <= width - 8
    assert found.height <= height // 4
    assert found.format.name == "yuva420p"
    ink = np.frombuffer(bytes(found.planes[0]), np.uint8)
    assert ink.max() > 180


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\u202e\u200b", "\ue000"])
def test_nothing_to_say_is_no_plate(name: str) -> None:
    assert plate(name, 640, 360) is None


def test_a_control_for_direction_turns_nothing_round() -> None:
    plain, turned = plate("abc", 640, 360), plate("\u202eabc", 640, 360)

    assert plain is not None
    assert turned is not None
    assert content(plain) == content(turned)


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("\N{COMBINING ACUTE ACCENT}abc", "abc"),  # a mark on nothing
        ("abc\N{BRAILLE PATTERN BLANK}", "abc"),
        ("ab\N{HANGUL FILLER}c", "abc"),
        ("a\u202eb\u2066c\u200b\u00ad\u2060", "abc"),
        ("Zoe\N{COMBINING DIAERESIS}", "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}"),
        (
            "a" + "\N{COMBINING ACUTE ACCENT}" * 500,
            "a" + "\N{COMBINING ACUTE ACCENT}" * 7,
        ),
        ("x \U0010fffd y", "x y"),  # nothing is left where nothing can be drawn
        ("x \U0010fffd\u200d\U0010fffd\ufe0f", "x"),
    ],
)
def test_what_cannot_be_drawn_is_left_out_whole(name: str, alike: str) -> None:
    found, wanted = plate(name, 640, 360), plate(alike, 640, 360)

    assert found is not None
    assert wanted is not None
    assert content(found) == content(wanted)


def test_a_name_from_right_to_left_keeps_its_number_where_it_belongs() -> None:
    """The number is behind the name, which for it is at the left."""
    found, mirrored = plate("שלום (2)", 640, 360), plate("(2) שלום", 640, 360)

    assert found is not None
    assert mirrored is not None
    assert content(found) != content(mirrored)


ARABIC = "محمد"


def test_letters_that_join_are_drawn_joined() -> None:
    joined, apart = plate(ARABIC, 640, 360), plate("\u200c".join(ARABIC), 640, 360)

    assert joined is not None
    assert apart is not None
    assert joined.width < apart.width


def test_what_cannot_be_turned_is_left_out_rather_than_drawn_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on a machine without FriBiDi, where Pillow draws letters one by one."""
    monkeypatch.setattr(features, "check", lambda feature: feature != "fribidi")
    mixed, plain = plate(f"Mara {ARABIC}", 640, 360), plate("Mara", 640, 360)

    assert plate(ARABIC, 640, 360) is None
    assert mixed is not None
    assert plain is not None
    assert content(mixed) == content(plain)
    assert content(gap("paused", "ar", 640, 360)) == content(
        gap("paused", "en", 640, 360)
    )


def test_a_card_is_in_another_language_where_no_font_has_its_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plates, "_fonts", lambda: ())

    assert content(gap("later", "ar", 640, 360)) == content(
        gap("later", "en", 640, 360)
    )
    assert content(gap("later", "fr", 640, 360)) != content(
        gap("later", "en", 640, 360)
    )


@pytest.mark.parametrize("language", locales())
def test_each_language_has_its_own_cards(language: str) -> None:
    """With a font for each, as `tests/system.sh` installs one."""
    cards = {
        tag: content(gap("paused", tag, 640, 360))
        for tag in locales()
        if nearest(tag).film.paused != nearest(language).film.paused
    }

    assert content(gap("paused", language, 640, 360)) not in cards.values()
    assert content(gap("later", language, 640, 360)) not in cards.values()


def test_a_name_is_cut_between_letters() -> None:
    family = "\N{WOMAN}\u200d\N{GIRL}"
    assert _letters(f"a{family}e\N{COMBINING DOT BELOW}b") == ["a", family, "ẹ", "b"]
    wave = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"
    assert _letters(f"{wave}\ufe0f!") == [f"{wave}\ufe0f", "!"]


def test_a_card_is_quiet_and_says_a_word() -> None:
    german, english = gap("paused", "de", 1280, 720), gap("paused", "en", 1280, 720)
    empty = card("", 1280, 720, GROUND).to_ndarray(format="rgb24")

    assert np.abs(empty.astype(int) - GROUND).max() < 8
    assert not np.array_equal(german.to_ndarray(), english.to_ndarray())
    written = german.to_ndarray(format="rgb24").max(axis=2) > 150
    assert 0.001 < written.mean() < 0.05


def content(frame: av.VideoFrame) -> list[bytes]:
    """The planes, without the padding of their lines."""
    return [
        np.frombuffer(bytes(plane), np.uint8)
        .reshape(plane.height, plane.line_size)[:, : plane.width]
        .tobytes()
        for plane in frame.planes
    ]
