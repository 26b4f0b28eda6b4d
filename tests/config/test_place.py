"""`[place]`: what a place may say of itself, and that its colours can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.config import parse
from gatekeeper.config.colour import DARK, LIGHT, READABLE, contrast, mend, text_on
from gatekeeper.config.place import LARGEST, Logo, kind_of
from gatekeeper.errors import ConfigInvalid
from gatekeeper.web.own_look import style

TOKENS = Path(__file__).parents[2] / "static" / "styles" / "tokens.css"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'


def test_what_colours_are_held_against_is_what_pages_are_painted_with() -> None:
    painted = dict(
        re.findall(r"--gk-(\w+): light-dark\((#\w+, #\w+)\)", TOKENS.read_text("utf-8"))
    )
    names = {"ground": "ground", "cards": "surface", "wells": "sunken"}
    light = {name: painted[token].split(", ")[0] for name, token in names.items()}
    dark = {name: painted[token].split(", ")[1] for name, token in names.items()}

    assert light == LIGHT
    raised = painted["raised"].split(", ")[1]
    assert dark | {"cards": raised} == DARK  # the lightest of what is dark


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    assert READABLE == 4.5  # 1.4.3, level AA


@given(COLOURS)
def test_the_colour_that_is_named_instead_can_be_read_and_any_can_be_written_on(
    colour: str,
) -> None:
    for grounds in (LIGHT.values(), DARK.values()):
        mended = mend(colour, grounds)
        assert all(contrast(mended, ground) >= READABLE for ground in grounds)
    assert contrast(text_on(colour), colour) >= READABLE


@given(COLOURS, COLOURS)
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(
    light: str, dark: str
) -> None:
    given = {"place": {"accent": light, "accent_dark": dark}}
    bad = {
        key
        for key, colour, grounds in (
            ("accent", light, LIGHT),
            ("accent_dark", dark, DARK),
        )
        if any(contrast(colour, ground) < READABLE for ground in grounds.values())
    }
    try:
        place = parse(given).place
    except ConfigInvalid as exc:
        told = set(re.findall(r"place\.(\w+) #\w+ cannot be read", str(exc)))
        assert told == bad
        return
    assert not bad
    pairs = re.findall(r"light-dark\((#\w+), (#\w+)\)", style(place))
    accent, strong, on_accent, fill, fill_strong, on_fill = pairs
    for light_or_dark in (0, 1):
        for ground, text in ((accent, on_accent), (fill, on_fill)):
            assert contrast(ground[light_or_dark], text[light_or_dark]) >= READABLE
        grounds = (LIGHT, DARK)[light_or_dark].values()
        for each in (strong, fill_strong):
            assert all(contrast(each[light_or_dark], g) >= READABLE for g in grounds)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "http://example.org", "//example.org/x", "/\\example",
        "https://", "https://a b", "https://user:pw@example.org/", "data:text/html,x",
        "imprint", "https://example.org:99999/", "/a b", "/\tx",
        "HTTPS://example.org\n", " https://example.org",
    ],
)  # fmt: skip
def test_a_link_leads_to_a_page_and_nowhere_else(link: str) -> None:
    with pytest.raises(ConfigInvalid, match=r"place\.privacy: say an address"):
        parse({"place": {"privacy": link}})


@pytest.mark.parametrize("link", ["https://example.org/p?a=1#b", "/", "/imprint", ""])
def test_a_good_link_is_taken(link: str) -> None:
    assert parse({"place": {"imprint": link}}).place.imprint == link


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (SVG, "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n" + SVG, "image/svg+xml"),
        (b"<html><svg></svg></html>", None),
        (b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>", None),
        (b"GIF89a", None),
        (b"", None),
        (b"\xff\xd8\xff\xe0", None),
    ],
)
def test_a_logo_is_what_its_content_says(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


def test_a_logo_is_small_and_there(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    with pytest.raises(ConfigInvalid, match=r"place\.logo: .* cannot be read"):
        Logo.read(file)
    file.write_bytes(PNG + b"\0" * LARGEST)
    with pytest.raises(ConfigInvalid, match="is larger than 200 kB"):
        Logo.read(file)
    with pytest.raises(ConfigInvalid, match="cannot be read"):
        Logo.read(tmp_path)
    file.write_bytes(PNG)
    assert Logo.read(file) == Logo(PNG, "image/png")
