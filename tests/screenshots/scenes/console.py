"""The console: its door, each section, and what it asks once more."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from gatekeeper.config import Config, load
from gatekeeper.config.locales import locales
from gatekeeper.media.film import films
from gatekeeper.web.admin.token import AdminToken
from tests.archive.past import Meeting, lay, meeting
from tests.meeting.conftest import World
from tests.screenshots.camera import Camera
from tests.screenshots.gallery import scene
from tests.screenshots.stage import BEGAN, Stage

MINUTES = {
    "en": {
        "name": "Minutes",
        "object": "minutes",
        "meaning": "Somebody writes down what is decided.",
        "captured": "What you say",
        "purpose": "Remembering what was agreed",
        "processor": "The board's secretary",
        "recipients": "The members of the co-op",
        "retention": "Ten years",
        "withdrawal": "One click in the room, at any time",
    },
    "ar": {
        "name": "المحضر",
        "object": "المحضر",
        "meaning": "يدوّن شخص ما يتقرر.",
        "captured": "ما تقوله",
        "purpose": "تذكّر ما اتُّفق عليه",
        "processor": "أمينة سر مجلس الإدارة",
        "recipients": "أعضاء التعاونية",
        "retention": "عشر سنوات",
        "withdrawal": "ضغطة واحدة في الغرفة، في أي وقت",
    },
}
FEATURES: dict[str, Any] = {
    "recording": {},
    "transcript": {},
    "summary": {},
    "minutes": {
        "sink": "external",
        "kinds": ["audio"],
        "notices": {tag: MINUTES.get(tag, MINUTES["en"]) for tag in locales()},
    },
}
SAID = {
    "en": ("meaning", "A clerk writes down what is decided, and who is to do it."),
    "ar": ("meaning", "يدوّن كاتب ما يتقرر، ومن الذي يقوم به."),
}


class File:
    """The configuration file, as somebody has changed it meanwhile."""

    def __init__(self, config: Config) -> None:
        recording = config.features["recording"].model_copy(
            update={"keep_for": timedelta(days=14)}
        )
        meeting = config.meeting.model_copy(update={"grace": 45.0})
        features = {**config.features, "recording": recording}
        changed = {"meeting": meeting, "features": features}
        self._changed = config.model_copy(update=changed)
        self._mistaken: Path | None = None

    def mistake(self, folder: Path) -> None:
        """From now on it holds one."""
        self._mistaken = folder / "gatekeeper.toml"
        self._mistaken.write_text('[meeting]\ngrace = "soon"\n', "utf-8")

    def read(self) -> Config:
        return self._changed if self._mistaken is None else load(self._mistaken)


class Desk:
    """An admin's."""

    def __init__(self, page: Page, camera: Camera, url: str) -> None:
        self.page = page
        self.camera = camera
        self.url = url

    async def turn(self, section: str) -> None:
        """To a section; it is there with all that it is told."""
        await self.page.goto(f"{self.url}/admin#{section}")
        current = self.page.locator("nav [aria-current=page]")
        name = section.partition("/")[0]
        await expect(current).to_have_attribute("href", f"/admin#{name}")
        await expect(self.page.locator(".boards .section").first).to_be_visible()

    async def take(self, state: str) -> None:
        await self.camera.take(state, self.page, whole=True)

    def act(self, name: str) -> Locator:
        return self.page.locator(f"[data-act={name}]")


@scene(
    "admin.html",
    states=(
        "console-door",
        "console-refused",
        *(
            f"console-{name}"
            for name in (
                *("overview", "features", "notices", "rooms", "storage", "evidence"),
                *("requests", "services", "health"),
            )
        ),
        "console-key",
        "console-webhook",
        "console-wording",
        "console-mistake",
        "console-switch-off",
        "console-switched-off",
        "console-subject",
        "console-erase",
        "console-audit",
        "console-doctor",
        "console-refused-file",
    ),
)
async def console(stage: Stage, camera: Camera) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Their files hold marks in place of pictures: nothing makes a film of those.
        patch.setattr(films, "WORKER", ("sh", "-c", "exec sleep 600"))
        config = stage.config(features=FEATURES)
        past = [
            meeting(config.data.directory, *marks)
            for marks in (("ana", "ben", "cid"), ("dan", "eva"))
        ]
        for each, days in zip(past, (1, 3), strict=True):
            each.ended = BEGAN - timedelta(days=days)
        await lay(*past)
        file = File(config)
        world = await stage.house(config, file.read)
        page = await stage.page()
        desk = Desk(page, camera, world.url)
        await come_in(desk, AdminToken(config.data.directory).make())
        await running(world)
        await world.reload.run()
        await sections(desk)
        file.mistake(stage.folder)
        await world.reload.run()
        await desk.turn("health")
        await expect(desk.page.locator(".mistakes")).to_be_visible()
        await desk.take("console-refused-file")
        await wording(desk, stage.language)
        await switching(desk)
        await requests(desk, stage, past[0])
        await evidence(desk)
        await services(desk)


async def come_in(desk: Desk, token: str) -> None:
    page = desk.page
    await page.goto(f"{desk.url}/admin")
    field = page.locator("[name=token]")
    await expect(field).to_be_visible()
    await desk.take("console-door")
    for typed, seen in (("not it", "#door-fault"), (token, "admin-frame")):
        await field.fill(typed)
        await page.locator("form [data-rank=first]").click()
        await expect(page.locator(seen)).to_be_visible()
        if typed != token:
            await desk.take("console-refused")


async def running(world: World) -> None:
    """A room with something on, and two without."""
    room, secret = await world.room("minutes")
    people = [await world.person(room, name) for name in ("Ann", "Ben", "Cid")]
    for number, person in enumerate(people):
        await person.join(host=None if number else secret)
        await person.settle()
    await people[0].say(type="request", feature="minutes")
    for person in people:
        await person.allow("minutes")
    await people[0].hears("sign", where=lambda sign: sign["on"])
    other, secret = await world.room("minutes", "recording")
    dan = await world.person(other, "Dan")
    await dan.join(host=secret)
    await world.room("recording")


async def sections(desk: Desk) -> None:
    for name in (
        *("overview", "features", "notices", "rooms", "storage", "evidence"),
        *("requests", "services", "health"),
    ):
        await desk.turn(name)
        await desk.take(f"console-{name}")


async def wording(desk: Desk, language: str) -> None:
    await desk.turn("notices/minutes")
    await desk.act("word").click()
    for tag, (field, text) in SAID.items():
        await desk.page.locator(f"#text-{tag}-{field}").fill(text)
    changes = desk.page.locator(f"[data-language={language}] wording-difference ins")
    await expect(changes.first).to_be_visible()
    await desk.take("console-wording")
    await desk.page.locator("#text-en-purpose").fill("")
    await expect(desk.page.locator("#text-en-purpose-fault")).to_be_visible()
    await desk.take("console-mistake")
    await desk.page.reload()


async def switching(desk: Desk) -> None:
    await desk.turn("features")
    await desk.page.locator("[data-act=switch-off][data-feature=minutes]").click()
    await expect(desk.page.locator("dialog h2")).to_be_focused()
    await desk.camera.take("console-switch-off", desk.page)
    await desk.page.locator("dialog [data-act=do]").click()
    offer = desk.page.locator("[data-act=offer][data-feature=minutes]")
    await expect(offer).to_be_visible()
    await desk.take("console-switched-off")


async def services(desk: Desk) -> None:
    await desk.turn("services")
    await desk.page.locator("#service-name").fill("Courtyard clinic")
    for scope in ("rooms", "permits", "events"):
        await desk.page.locator(f"[name=scope][value={scope}]").check()
    await desk.act("make-key").click()
    await expect(desk.page.locator(".key-made input")).to_be_focused()
    await desk.take("console-key")
    await desk.act("key-kept").click()
    await desk.page.locator("#webhook-url").fill("https://app.example.org/gatekeeper")
    await desk.page.locator("[name=event][value='film.ready']").check()
    await desk.act("add-webhook").click()
    await expect(desk.page.locator(".key-made input")).to_be_focused()
    await desk.take("console-webhook")
    await desk.act("secret-kept").click()


async def requests(desk: Desk, stage: Stage, past: Meeting) -> None:
    file = past.receipt_file(past.people[0], stage.folder)
    await desk.turn("requests")
    await desk.page.locator("#receipts").set_input_files(file)
    await expect(desk.act("erase")).to_be_visible()
    await desk.take("console-subject")
    await desk.act("erase").click()
    await expect(desk.page.locator("dialog h2")).to_be_focused()
    await desk.camera.take("console-erase", desk.page)
    await desk.page.keyboard.press("Escape")


async def evidence(desk: Desk) -> None:
    await desk.turn("evidence")
    await desk.page.locator("evidence-page td a").last.click()
    await expect(desk.page.locator("audit-view")).to_be_visible()
    await desk.take("console-audit")
    await desk.turn("health")
    await desk.act("doctor").click()
    await expect(desk.page.locator(".doctor-result table")).to_be_visible()
    await expect(desk.act("doctor")).not_to_have_attribute(
        "aria-disabled", "true", timeout=60_000
    )
    await desk.take("console-doctor")
