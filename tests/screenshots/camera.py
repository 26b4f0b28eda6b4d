"""Takes pictures of a page as it is, in every window and both schemes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from tests.browser.measure import SCHEMES
from tests.browser.test_axe import SPILLED

WINDOWS = {"desk": (1440, 900), "phone": (390, 844)}
MORE = {"low": (1024, 640), "turned": (844, 390), "zoomed": (320, 640)}
"""Where something is cut off first: for whoever looks for it."""
NARROW = 768
"""CSS pixels up to which the room's panel is a sheet, as in room.css."""

TO = "node => node.scrollIntoView({block: 'start', behavior: 'instant'})"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))"
"""What a page does on a resize, or in another scheme, is in the next frame."""
QUALITY = 74
COLUMNS = 2
"""Of a contact sheet."""
THUMB = 776


@dataclass
class Camera:
    """One scene's, in one language."""

    folder: Path
    """Of this language."""
    windows: dict[str, tuple[int, int]]
    due: set[str]
    """States that are still to be taken."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    """What has no room, by picture (`spilled.js`)."""

    async def take(
        self,
        state: str,
        page: Page,
        *,
        whole: bool = False,
        at: str = "body",
        narrow: bool | None = None,
    ) -> None:
        """
        The page in each window, light and dark.

        `whole`: all of it, beyond the window. `at`: what is to be seen in the window,
        as a selector. `narrow`: only in windows in which the
        room's panel is a sheet, or only in the others.
        """
        assert page.viewport_size
        before = page.viewport_size
        for name, (width, height) in self.windows.items():
            if narrow is not None and narrow != (width <= NARROW):
                continue
            await page.set_viewport_size({"width": width, "height": height})
            await page.mouse.move(0, 0)
            await page.evaluate(DRAWN)
            if spilled := await page.evaluate(SPILLED):
                self.faults[f"{self.folder.name}/{state}-{name}"] = spilled
            await page.locator(at).first.evaluate(TO)
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)
                await page.evaluate(DRAWN)
                await page.screenshot(
                    path=self.folder / f"{state}-{name}-{scheme}.png",
                    full_page=whole,
                    animations="disabled",
                )
        await page.emulate_media(color_scheme="light")
        await page.set_viewport_size(before)
        self.due.discard(state)


def shrunk(picture: Path, height: int) -> bytes:
    """A picture as the documentation shows it: small, and no higher than this."""
    with Image.open(picture) as whole:
        kept = whole.convert("RGB").crop((0, 0, whole.width, min(height, whole.height)))
    file = io.BytesIO()
    kept.save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()


def sheet(pictures: Iterable[Path], to: Path) -> None:
    """Many at once, to be looked at together."""
    thumbs = []
    for picture in pictures:
        with Image.open(picture) as whole:
            cut = whole.convert("RGB").crop(
                (0, 0, whole.width, min(whole.height, whole.width * 9 // 4))
            )
        cut.thumbnail((THUMB, THUMB))
        thumbs.append(cut)
    if not thumbs:
        return
    rows = [thumbs[at : at + COLUMNS] for at in range(0, len(thumbs), COLUMNS)]
    heights = [max(each.height for each in row) for row in rows]
    widths = max(sum(each.width + 8 for each in row) for row in rows)
    whole_sheet = Image.new("RGB", (widths, sum(heights) + 8 * len(rows)), "#777")
    y = 0
    for row, height in zip(rows, heights, strict=True):
        x = 0
        for each in row:
            whole_sheet.paste(each, (x, y))
            x += each.width + 8
        y += height + 8
    whole_sheet.save(to)
