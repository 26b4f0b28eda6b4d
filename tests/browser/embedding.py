"""Another site whose pages show the gate of a room, and a service that opens rooms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Frame, Locator, Page, expect

from gatekeeper.app import desk
from tests.browser.guest import answer
from tests.browser.waiting import until
from tests.meeting.conftest import World, start
from tests.services.conftest import Service, open_to_services

SEEN = """
node => new Promise(resolve => {
  const from = performance.now()
  const observer = new IntersectionObserver(([entry]) => {
    observer.disconnect()
    resolve(entry.isVisible && entry.intersectionRatio > 0.97)
  }, {threshold: [0, 1], trackVisibility: true, delay: 100})
  observer.observe(node)
})
"""
"""Whether the browser says that it is wholly visible."""


@dataclass
class Site:
    """Another site: its pages by their paths."""

    origin: str
    pages: dict[str, str] = field(default_factory=dict)


@dataclass
class Embedding:
    """A gate, a service of it, and the site whose pages may frame its rooms."""

    world: World
    service: Service
    site: Site

    async def room(self, **wanted: Any) -> str:
        return str((await self.service.opens(**wanted))["room"])

    async def entry(self, room: str, ref: str = "ann") -> str:
        where = f"/rooms/{room}/entries"
        status, given = await self.service.asks("POST", where, {"ref": ref})
        assert status == 201, given
        return str(given["entry"])

    async def asks(self, room: str, feature: str = "minutes") -> None:
        """Have everybody asked, for as long as it takes them to see it."""
        where = f"/rooms/{room}/permits?wait=1"
        await self.service.asks("POST", where, {"feature": feature})


@asynccontextmanager
async def another_site() -> AsyncIterator[Site]:
    """By its address and not by its name: to a browser it is another site than ours."""

    async def page(request: web.Request) -> web.Response:
        text = site.pages.get(request.path)
        if text is None:
            raise web.HTTPNotFound
        return web.Response(text=text, content_type="text/html")

    app = web.Application()
    app.router.add_get("/{any:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        _, port = runner.addresses[0]
        site = Site(f"http://127.0.0.1:{port}")
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def embedding(data: Path, **api: Any) -> AsyncIterator[Embedding]:
    server = {"port": 0, "host": "localhost"}
    config = open_to_services(data, server=server, api=api)
    async with another_site() as site, start(config) as world:
        wanted = desk.MakeServiceKey(
            name="App", scopes=("rooms", "entries", "permits"), origins=(site.origin,)
        )
        asked = await asyncio.to_thread(lambda: list(desk.ask(data, wanted)))
        service = Service(world.url, world.http, str(asked[0]["key"]))
        yield Embedding(world, service, site)


async def press(button: Locator) -> None:
    """Once a press there counts."""
    await button.scroll_into_view_if_needed()
    await expect(button).to_have_attribute("data-ready", "")
    await button.click()


@dataclass
class Framed:
    """The gate as it is shown in somebody's page."""

    page: Page
    frame: Frame

    @classmethod
    async def within(cls, page: Page) -> "Framed":
        """Once it is there."""

        def found() -> list[Frame]:
            return [frame for frame in page.frames if frame.url.endswith("/gate")]

        return cls(page, (await until(found, "the frame is there"))[-1])

    async def joins(self) -> None:
        """From the lobby into the room."""
        button = self.frame.locator(".join [data-rank=first]")
        await expect(button).to_have_attribute("data-ready", "")
        await self.press(await self.place(button))
        await expect(self.frame.locator("gate-room")).to_be_visible()

    def pick(self, decision: str, feature: str = "minutes") -> Locator:
        """An answer in the panel."""
        row = self.frame.locator(f"gate-row[data-feature={feature}]")
        return row.locator(answer(decision))  # type: ignore[arg-type]

    async def says(self, feature: str = "minutes") -> str | None:
        """What its person has answered."""
        row = self.frame.locator(f"gate-row[data-feature={feature}] .choice")
        return await row.get_attribute("data-answer")

    async def is_armed(self, pick: Locator) -> None:
        """Once a press there counts, as far as can be told from within."""
        await expect(pick).to_have_attribute("data-ready", "")
        await until(lambda: pick.evaluate(SEEN), "it is wholly visible")

    async def place(self, pick: Locator) -> tuple[float, float]:
        """Its middle, in the page around the frame."""
        box = await pick.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    async def press(self, at: tuple[float, float]) -> None:
        """By a real mouse: through the browser, to what is under it."""
        await self.page.mouse.move(at[0] - 30, at[1])
        await self.page.mouse.move(*at, steps=3)
        await self.page.mouse.down()
        await self.page.mouse.up()
