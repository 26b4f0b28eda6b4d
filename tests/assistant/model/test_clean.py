import pytest

from gatekeeper.assistant.model.clean import (
    LinkFilter,
    clean,
    links,
    visible,
    without_links,
)


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",  # right-to-left override
        "\u2066",  # isolate
        "\u200b",  # zero-width space
        "\ufeff",
        "\u00ad",
        "\u2060",
        "\U000e0041",  # tag A
        "\U000e0100",  # variation selector 17: one of 256 that can carry bytes
        "\ufe0f",
        "\u3164",  # Hangul filler
        "\x00",
        "\x1b",
        "\x9b",
        "\ud800",
        "\ue000",
    ],
)
def test_what_nobody_sees_is_taken_out(hidden: str) -> None:
    assert clean(f"we {hidden}ag{hidden}ree", 99) == "we agree"


def test_what_people_see_stays() -> None:
    text = "Größe 日本語 עברית العربية ไทย हिन्दी 👍🏽 e\u0301 “quote” ½ ✓"

    assert clean(text, 99) == text


def test_white_space_becomes_single_spaces_and_the_rest_is_cut() -> None:
    assert clean(" a\t\tb\r\n\n c\u2028d\u00a0e ", 99) == "a b c d e"
    assert clean("one two three", 8) == "one two"


def test_only_the_invisible_goes_where_layout_matters() -> None:
    assert visible("a\u200b\n\n b\tc\x07") == "a\n\n b\tc"


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/x?y=1#z",
        "HTTP://EVIL.EXAMPLE",
        "ftp://evil.example",
        "custom+scheme://do",
        "www.evil.example",
        "evil.com",
        "EVIL.COM",
        "a.b.evil.co.uk",
        "evil.sh/run",
        "münchen.de",
        "xn--mnchen-3ya.de",
        "10.0.0.1:8080",
        "10.0.0.1/admin",
        "me@evil.example",
        "mailto:me@evil.example",
        "javascript:alert(1)",
        "https://good.example@evil.example",
        "ht\u200btps://ev\u00adil.example",
    ],
)
def test_a_link_that_nobody_wrote_goes(link: str) -> None:
    told = without_links(f"Go to {link} now.", set())

    assert "evil" not in visible(told).lower()
    assert told.startswith("Go to")
    assert told.endswith("now.")
    assert links(link) or "\u200b" in link


@pytest.mark.parametrize(
    "text",
    [
        "We ship 2.5 on 3.12. and that is it.",
        "e.g. this, i.e. that, z.B. dies, a.m. or p.m.",
        "See Node.js, README.md, src/app.py and config.toml.",
        "Mr.Smith agreed.Then we left.",
        "and/or 50/50 at 10:30",
        "P1: yes; P2: no",
    ],
)
def test_what_only_looks_a_little_like_a_link_stays(text: str) -> None:
    assert links(text) == set()
    assert without_links(text, set()) == text


def test_a_link_that_somebody_wrote_stays_however_it_is_written_again() -> None:
    allowed = links("it is at https://www.Good.example/Page/ and mail@good.example")

    for again in (
        "https://good.example/page",
        "good.example/Page.",
        "mail@GOOD.example",
    ):
        assert without_links(f"See {again}", allowed) == f"See {again}"
    assert without_links("See good.example/other", allowed) == "See"
    assert without_links("See good.example.evil.com", allowed) == "See"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See https://e.com.", "See."),
        ("See (https://e.com) now", "See now"),
        ("[this](https://e.com) one", "[this] one"),
        ("<https://e.com> it is", "it is"),
        ("One\n\nhttps://e.com\n\nTwo", "One\n\nTwo"),
        ("请看https://e.com。谢谢", "请看。谢谢"),
    ],
)
def test_what_stands_around_a_link_stays_readable(text: str, left: str) -> None:
    assert without_links(text, set()).strip() == left


def test_a_link_is_found_however_it_is_cut_into_pieces() -> None:
    text = "Look at https://evil.example/path, or mail me@evil.example. Or e.g. 日本。"
    whole = without_links(text, set())

    for size in range(1, len(text)):
        tidy = LinkFilter(set())
        pieces = [tidy.feed(text[at : at + size]) for at in range(0, len(text), size)]
        assert "".join(pieces) + tidy.rest() == whole
    assert "evil" not in whole


def test_words_are_not_held_back_longer_than_they_last() -> None:
    tidy = LinkFilter(set())

    assert tidy.feed("We agree") == "We"
    assert tidy.feed(" that") == " agree"


@pytest.mark.parametrize(
    "text", ["a." * 9000, "a" * 20_000, "a@" * 9000, "://" * 9000, "1.1.1.1" * 3000]
)
@pytest.mark.timeout(10)  # it takes 0.1 s, or many minutes where it backtracks
def test_no_text_takes_long(text: str) -> None:
    without_links(text, set())
