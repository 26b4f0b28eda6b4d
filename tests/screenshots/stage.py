"""Real servers, in whose rooms people with a drawn face meet, on one same day."""

import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.config.model import Meeting
from gatekeeper.consent.types import RoomId
from tests.browser.conftest import configured
from tests.browser.guest import GIVEN, Guest, Manner
from tests.browser.pressing import NOTE
from tests.meeting.conftest import World, start

BEGAN = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
"""When each scene begins."""
ZONE = "Europe/Berlin"
LOCALES = {"en": "en-GB", "ar": "ar"}

PLACE = {
    "en": ("Orchard Lane Housing Co-op", "Leipzig"),
    "ar": ("تعاونية بستان السكنية", "لايبزيغ"),
}
TITLE = {
    "en": "Courtyard repair: choosing an offer",
    "ar": "إصلاح الفناء: اختيار عرض",
}
NAMES = {
    "en": {
        "Mara": "Mara Lindqvist",
        "Tomas": "Tomás Okoro",
        "Ines": "Ines Haddad",
        "Noor": "Noor Rahmani",
    },
    "ar": {
        "Mara": "مريم حداد",
        "Tomas": "طارق منصور",
        "Ines": "إيناس خليل",
        "Noor": "نور رحماني",
    },
}

LOOKS: dict[str, dict[str, Any]] = {
    "Mara": {
        "wall": ["#cfe0d8", "#a9bfb6"],
        "window": "#eef4ef",
        "at": 40,
        "skin": "#e6b696",
        "hair": "#b9bcb9",
        "width": 80,
        "height": 104,
        "shirt": "#98402f",
        "line": "#6d3f2c",
    },
    "Tomas": {
        "wall": ["#6b5b50", "#4a3f3a"],
        "window": "#8d8178",
        "at": 470,
        "skin": "#7a4a33",
        "hair": "#17110f",
        "width": 76,
        "height": 100,
        "shirt": "#efe6d2",
        "line": "#26120b",
    },
    "Ines": {
        "wall": ["#ecc4ad", "#d19b80"],
        "window": "#f6dccb",
        "at": 36,
        "skin": "#b9814f",
        "hair": "#251610",
        "width": 108,
        "height": 112,
        "shirt": "#3f5d92",
        "line": "#4a2912",
    },
    "Noor": {
        "wall": ["#5b8289", "#3d6069"],
        "window": "#7fa0a4",
        "at": 480,
        "skin": "#e8c4a4",
        "hair": "#7b3f20",
        "width": 82,
        "height": 106,
        "shirt": "#24452f",
        "line": "#6d4228",
    },
}
"""Colours of a person and of the wall behind them; where its window is."""

SHIFTED = """
ahead => {
  const Machine = Date
  globalThis.Date = class extends Machine {
    constructor(...given) {
      super(...(given.length === 0 ? [Machine.now() + ahead] : given))
    }
    static now() {
      return Machine.now() + ahead
    }
  }
}
"""
"""A page whose day is another one; milliseconds."""


@dataclass
class Stage:
    """For one scene in one language."""

    browser: Browser
    language: str
    folder: Path
    """For what the servers keep; gone afterwards."""
    stack: AsyncExitStack
    guests: list[Guest] = field(default_factory=list)
    ahead: float = field(init=False)
    """Seconds that this scene's clocks are ahead of the machine's."""

    def __post_init__(self) -> None:
        self.ahead = BEGAN.timestamp() - time.time()

    @property
    def clock(self) -> Clock:
        return Clock(wall=lambda: time.time() + self.ahead)

    @property
    def title(self) -> str:
        return TITLE[self.language]

    def config(self, name: str = "data", **sections: Any) -> Config:
        """As `configured`, with the name of a place in this language."""
        called, where = PLACE[self.language]
        given = {"controller": {"name": called, "place": where}} | sections
        config = configured(self.folder / name, **given)
        # With the pause between two questions that a server has.
        unhurried = config.meeting.model_copy(update={"ask_again": Meeting().ask_again})
        return config.model_copy(update={"meeting": unhurried})

    async def house(
        self, config: Config, read: Callable[[], Config] | None = None
    ) -> World:
        """A server that runs as long as the scene."""
        running = start(config, clock=self.clock, read=read)
        return await self.stack.enter_async_context(running)

    async def room(
        self, world: World, *features: str, knock: bool = False
    ) -> tuple[RoomId, str]:
        """A new room and its host capability."""
        body = {
            "title": self.title,
            "language": self.language,
            "features": list(features),
            "knock": knock,
        }
        async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
            made = await answer.json()
        return RoomId(made["room"]), made["host"]

    async def context(
        self, language: str | None = None, **given: Any
    ) -> BrowserContext:
        """A browser of somebody's, on this day, who has been here before."""
        given.setdefault("permissions", GIVEN)
        context = await self.browser.new_context(
            viewport={"width": 1440, "height": 900},
            locale=LOCALES[language or self.language],
            timezone_id=ZONE,
            reduced_motion="reduce",
            **given,
        )
        self.stack.push_async_callback(context.close)
        shifted = f"({SHIFTED.strip()})({self.ahead * 1000:.0f})"
        await context.add_init_script(shifted)
        return context

    async def page(self, **given: Any) -> Page:
        """Somebody's without a camera."""
        context = await self.context(**given)
        context.set_default_timeout(20_000)
        await context.add_init_script(NOTE)
        return await context.new_page()

    async def guest(
        self, who: str, world: World, manner: Manner = "quiet", **broken: Any
    ) -> Guest:
        """Somebody with a face, who has not come yet."""
        context = await self.context()
        guest = await Guest.arrive(context, who, world.url, broken, manner)
        if "camera" not in broken:
            face = json.dumps(LOOKS[who])
            await context.add_init_script(f"({PORTRAITS})({face})")
        guest.name = NAMES[self.language][who]
        self.guests.append(guest)
        return guest


PORTRAITS = (Path(__file__).parent / "portraits.js").read_text("utf-8")
PORTRAITS = PORTRAITS.split("*/\n", 1)[1].strip()
