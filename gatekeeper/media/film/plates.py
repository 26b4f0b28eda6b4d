"""
Plates: names and the card between openings, as small pictures.

Rule 1: a name is anybody's text. It is drawn here, once, and never becomes part of a
filter graph's description.
Rule 2: what no font at hand can draw is left out rather than shown as boxes: whole
letters with their marks, whole pictures with what is joined to them, never half of one.
Rule 3: a name turns nothing around it, and nothing in it that its script does not turn.
What runs from right to left needs FriBidi, which Pillow takes from the machine. Without
it such letters cannot be drawn (rule 2): they would stand apart, the wrong way round.
"""

import os
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont, features

from gatekeeper.config.locales import REFERENCE, nearest

GROUND = (10, 30, 36)
"""A quiet dark petrol: behind everything."""
PANEL = (18, 50, 58)
"""In a cell without a picture, and beside one that does not fill it."""
_INK = (240, 246, 246)
_SHADE = (6, 20, 24, 190)
_PREFERRED = ("NotoSans-Regular", "DejaVuSans", "LiberationSans-Regular")
_FONTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
)
_LONGEST = 80
"""Letters of a name."""
_MARKS = 6
"""Marks on one letter, at most."""
_JOINER = "\u200d"
_SILENT = "\u200c\u200d\ufe0e\ufe0f"
"""They say how what is beside them is drawn, and draw nothing."""

_TURNED = ("R", "AL", "AN")
"""Classes of letters that run from right to left (Unicode, UAX 9, table 4)."""
_ONE_BY_ONE = ImageFont.Layout.BASIC

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def plate(name: str, width: int, height: int) -> av.VideoFrame | None:
    """A name for the corner of a cell of this size; None if there is nothing to say."""
    size = max(13, min(28, height // 16))
    text, font = _fitting(name, size, width - 3 * size)
    if not text:
        return None
    box = font.getbbox(text)
    plate = Image.new(
        "RGBA", (_even(box[2] - box[0] + size), _even(size * 1.7)), (0, 0, 0, 0)
    )
    draw = ImageDraw.Draw(plate)
    draw.rounded_rectangle((0, 0, *plate.size), radius=size // 3, fill=_SHADE)
    # Anchored in the middle, so that letters of all scripts sit well.
    draw.text(
        (plate.width / 2, plate.height / 2), text, font=font, fill=_INK, anchor="mm"
    )
    return _frame(plate, "yuva420p")


def card(text: str, width: int, height: int, ground: tuple[int, ...]) -> av.VideoFrame:
    """An unmoving picture that says `text` in its middle."""
    picture = Image.new("RGB", (width, height), ground)
    shown, font = _fitting(text, max(14, height // 12), width * 4 // 5)
    if shown:
        draw = ImageDraw.Draw(picture)
        draw.text((width / 2, height / 2), shown, font=font, fill=_INK, anchor="mm")
    return _frame(picture, "yuv420p")


def gap(kind: str, language: str, width: int, height: int) -> av.VideoFrame:
    """
    The card between two parts.

    In the reference language where no font at hand can draw the other one.
    """
    told, plain = (
        {"paused": film.paused, "later": film.later}[kind]
        for film in (nearest(language).film, nearest(REFERENCE).film)
    )
    text = told if can_draw(told) else plain
    return card(text, width, height, GROUND)


def can_draw(text: str) -> bool:
    """Whether all of it can be drawn here."""
    letters = _letters(text)
    return _font(letters, 20)[1] == letters


def colour(rgb: tuple[int, ...]) -> str:
    """A colour as filters want it."""
    return "0x" + "".join(f"{part:02x}" for part in rgb)


def _fitting(name: str, size: int, width: int) -> tuple[str, Font]:
    """As much of a name as fits, and the font that can draw most of it."""
    font, letters = _font(_letters(name), size)
    text = "".join(letters)
    while letters and font.getlength(text) > width:
        letters = letters[:-1]
        text = "".join(letters).rstrip() + "…" if letters else ""
    return text, font


def _letters(name: str) -> list[str]:
    """
    A name in one line, letter by letter, each with all that belongs to it.

    Without controls: no reordering but that of the script itself. What is joined to a
    picture is a part of it (Unicode, UAX 29, table 3).
    """
    found: list[str] = []
    for character in _line(name):
        marks = unicodedata.category(character)[0] == "M" or character in _SILENT
        skin = "\U0001f3fb" <= character <= "\U0001f3ff"
        if found and (marks or skin or found[-1].endswith(_JOINER)):
            if len(found[-1]) <= _MARKS or not marks:
                found[-1] += character
        elif not marks:  # a mark on nothing is no letter
            found.append(character)
    return found[:_LONGEST]


def _line(name: str) -> str:
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", name)
        if character.isspace()
        or character in _SILENT
        or unicodedata.category(character)[0] != "C"
    )
    return " ".join(kept.split())


def _font(letters: list[str], size: int) -> tuple[Font, list[str]]:
    """The first font that draws all letters, else the best; those it can draw."""
    best: tuple[Font, list[str]] | None = None
    for path in _fonts():
        try:
            font = ImageFont.truetype(path, size)
            glyphs = ImageFont.truetype(path, size, layout_engine=_ONE_BY_ONE)
        except OSError:
            continue
        drawn = _drawable(glyphs, letters)
        if best is None or len(drawn) > len(best[1]):
            best = font, drawn
        if drawn == letters:
            break
    if best is None:
        font_within = ImageFont.load_default(size)
        best = font_within, _drawable(font_within, letters)
    return best


def _drawable(font: Font, letters: list[str]) -> list[str]:
    """Those that `font`, which shapes nothing, has, without marks that it lacks."""
    missing = bytes(font.getmask("\U0010ffff"))
    turns = features.check("fribidi")

    def has(character: str) -> bool:
        if not turns and unicodedata.bidirectional(character) in _TURNED:
            return False
        ink = bytes(font.getmask(character))
        return ink != missing and any(ink)

    found: list[str] = []
    for letter in letters:
        base, marks = letter[0], letter[1:]
        if base == " ":
            if found and found[-1] != " ":
                found.append(base)
        elif has(base):
            found.append(base + "".join(m for m in marks if m in _SILENT or has(m)))
    while found and found[-1] == " ":
        found.pop()
    return found


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, ...]:
    """The upright fonts of this machine, the usual ones first."""
    return tuple(sorted(_found(), key=_rank))


def _found() -> Iterator[str]:
    for root in _FONTS:
        for folder, _, files in os.walk(root):
            for file in files:
                if file.endswith((".ttf", ".otf", ".ttc")) and not any(
                    word in file for word in ("Bold", "Italic", "Oblique", "Mono")
                ):
                    yield os.path.join(folder, file)


def _rank(path: str) -> tuple[int, int, str]:
    name = Path(path).stem
    preferred = _PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED)
    return preferred, "Sans" not in name, path


def _frame(picture: Image.Image, pixels: str) -> av.VideoFrame:
    rgba = picture.convert("RGBA")
    frame = av.VideoFrame.from_bytes(rgba.tobytes(), *rgba.size)
    # As VP8 has it, so that nothing has to be converted afterwards.
    return frame.reformat(
        format=pixels, dst_colorspace="ITU601", dst_color_range="MPEG"
    )


def _even(value: float) -> int:
    return int(value + 1) // 2 * 2
