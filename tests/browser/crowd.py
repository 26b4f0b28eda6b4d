"""A room of made-up people in one page, of the client's own elements (`crowd.js`)."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Route

from tests.browser.guest import script
from tests.meeting.conftest import World

_PAGE = Path(__file__).parents[2] / "static" / "meeting.html"
NAMES = {
    "en": (
        *("Mara Lindqvist", "Tomás Okoro", "Ines Haddad", "Noor Rahmani"),
        *("Jonas Weber", "Alexandrina-Konstanze von Hohenfels", "Li Wei", "Ada"),
        *("Priya Raghunathan", "Sam", "Bartholomew Featherstonehaugh", "Zoë"),
    ),
    "ar": (
        *("مريم حداد", "طارق منصور", "إيناس خليل", "نور رحماني", "يونس عبد الرحمن"),
        *("عبد الرحمن بن عبد العزيز الهاشمي", "ليلى", "آدم", "برية الراغب", "سامي"),
        *("بدر الدين المصطفى الأندلسي", "زينب"),
    ),
}
"""Twelve, some of them long."""


class Crowd:
    """The room, as it is shown in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def anew(self, language: str = "en") -> None:
        """As at first, in this language."""
        given = [language, names_in(language)]
        await self.page.evaluate("given => crowd.anew(...given)", given)

    async def show(self, **wish: Any) -> None:
        """So many `people`, whose `screens`, what is `on`: the rest stays as it is."""
        await self.page.evaluate("wish => crowd.show(wish)", wish)

    async def prefer(self, preference: str, value: str) -> None:
        await self.page.evaluate("given => crowd.prefer(...given)", [preference, value])

    async def small(self, shows: bool) -> None:
        """Whether what is in the small window is shown instead."""
        await self.page.evaluate("shows => crowd.small(shows)", shows)

    async def tab(self, name: str | None) -> None:
        """Which tab of the side panel is open, if any."""
        await self.page.evaluate("tab => crowd.open(tab)", name)


def names_in(language: str) -> tuple[str, ...]:
    return NAMES.get(language, NAMES["en"])


async def crowd(page: Page, world: World, language: str = "en", own: int = 3) -> Crowd:
    """
    A room of `world` with made-up people, in an empty page.

    `world` serves the client's sources as they are. `own`: which of them oneself is.
    """
    room, _ = await world.room("recording", "transcript", "summary", "compose")
    head = re.sub(r"<script.*?</script>", "", _PAGE.read_text("utf-8"))

    async def serve(route: Route) -> None:
        await route.fulfill(body=head, content_type="text/html")

    await page.route("**/crowd", serve)
    await page.goto(f"{world.url}/crowd")
    # A page some of whose requests are looked at has each of them wait for its leave.
    await page.unroute("**/crowd")
    names = names_in(language)
    given = {"room": room, "language": language, "names": names, "own": own}
    await page.evaluate(script("crowd.js"), given)
    return Crowd(page)
