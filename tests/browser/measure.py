"""Fairness in numbers: boxes, contrasts, and what one button has that another lacks."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import Locator, Page

from tests.browser.guest import script
from tests.browser.lent import lent
from tests.browser.sizes import DRAWN

Scheme = Literal["light", "dark"]

WIDE, PHONE, NARROW = 1440, 390, 320
LOW = 640
HEIGHTS = {WIDE: 900, PHONE: 844, NARROW: LOW}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """One button, measured."""

    box: dict[str, float]
    start: float
    """Pixels from the edge at which lines begin."""
    contrast: float
    """Of its words on its ground."""
    edge: float
    """Of its border on what is around it."""
    like: dict[str, Any]
    drawing: str | None
    pressed: str | None


async def measure_all(buttons: Locator) -> list[Look]:
    found = await buttons.evaluate_all(f"all => all.map({script('measure.js')})")
    return [Look(**each) for each in found]


def assert_alike(one: Look, other: Look, where: str) -> None:
    """Neither is more prominent (fair consent, C3)."""
    for side in ("width", "height"):
        assert abs(one.box[side] - other.box[side]) <= 1, (where, side, one, other)
    assert abs(one.contrast - other.contrast) <= 0.2, (where, one, other)
    assert abs(one.edge - other.edge) <= 0.2, (where, one, other)
    assert one.contrast >= 4.5, (where, one.contrast)
    assert one.like == other.like, where


def gap(one: Look, other: Look) -> float:
    """Free pixels between two boxes."""
    first, second = sorted((one.box, other.box), key=lambda box: (box["y"], box["x"]))
    across = max(first["x"], second["x"]) - min(
        first["x"] + first["width"], second["x"] + second["width"]
    )
    down = second["y"] - first["y"] - first["height"]
    return max(across, down)


@lent
async def widths(page: Page, *sizes: int) -> AsyncGenerator[int]:
    """The page at each of these widths; wide again afterwards."""
    try:
        for width in sizes or HEIGHTS:
            height = HEIGHTS.get(width, LOW)
            await page.set_viewport_size({"width": width, "height": height})
            await page.evaluate(DRAWN)
            yield width
    finally:
        if not page.is_closed():
            await page.set_viewport_size({"width": WIDE, "height": HEIGHTS[WIDE]})


@lent
async def looks(page: Page, *sizes: int) -> AsyncGenerator[str]:
    """The page at each width and in each scheme; light and wide again afterwards."""
    try:
        async for width in widths(page, *sizes):
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)
                yield f"{scheme} at {width}"
    finally:
        if not page.is_closed():
            await page.emulate_media(color_scheme="light")
