"""Colours, and whether one can be read on another (WCAG 2.2, 1.4.3)."""

from collections.abc import Collection

READABLE = 4.5
"""What texts need (WCAG 2.2, level AA)."""

LIGHT = {"ground": "#f1f4f4", "cards": "#ffffff", "wells": "#e7edee"}
DARK = {"ground": "#0b1214", "cards": "#1a2529", "wells": "#0e1619"}
"""What pages are painted with, in light and dark windows (`styles/tokens.css`)."""
WHITE, BLACK = "#ffffff", "#000000"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); each is written as #rrggbb."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mend(colour: str, grounds: Collection[str]) -> str:
    """The nearest to it that can be read on each ground: darker or lighter alone."""
    dark = sum(map(_luminance, grounds)) / len(grounds) < _MIDDLE
    towards = WHITE if dark else BLACK
    for step in range(101):
        mixed = mix(colour, towards, step / 100)
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            return mixed
    return towards


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with a share of another."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    mixed = (round(a + (b - a) * share) for a, b in parts)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def text_on(colour: str) -> str:
    """White or black, whichever is read more easily there."""
    return max((WHITE, BLACK), key=lambda each: contrast(each, colour))


_MIDDLE = 0.179
"""The luminance on which black and white are read equally well."""


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
