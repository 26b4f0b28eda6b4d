"""A day of an admin, from the first start to signing out, in one browser."""

import json
import os
import re
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.media.film import films
from gatekeeper.web.admin.token import AdminToken
from tests.archive.past import Meeting, lay, marks_in, meeting
from tests.browser import pressing
from tests.browser.conftest import Invite, configured
from tests.browser.test_axe import SPILLED, clean
from tests.browser.waiting import until
from tests.catalogues import console
from tests.meeting.conftest import World, start
from tests.meeting.person import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = os.environ.get("GATEKEEPER_LANGUAGES", "ar").split()
SECTIONS = (
    "features", "notices", "rooms", "storage", "evidence", "requests", "services",
    "health", "overview",
)  # fmt: skip
MEANINGS = {
    "en": "Somebody writes down what is said.",
    "de": "Jemand schreibt auf, was gesagt wird.",
}
OWN: dict[str, Any] = {
    "minutes": {
        "sink": "external",
        "kinds": ["audio"],
        "notices": {
            tag: {
                "name": "Minutes",
                "object": "minutes",
                "meaning": meaning,
                "captured": "What you say",
                "purpose": "Remembering it",
                "processor": "A person in the room",
                "recipients": "The people in this meeting",
                "retention": "A year",
                "withdrawal": "One click in the room",
            }
            for tag in locales()
            for meaning in [MEANINGS.get(tag, MEANINGS["en"])]
        },
    },
    "recording": {},
    "transcript": {},
    "summary": {},
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    data = tmp_path_factory.mktemp("admin") / "data"
    return configured(data, features=OWN, api={"open": True})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def past(config: Config) -> AsyncIterator[Meeting]:
    """A meeting of yesterday, with something of three people in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(films, "WORKER", ("false",))
        made = meeting(config.data.directory, "q1ana", "q2ben", "q3cid")
        await lay(made)
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(config: Config, past: Meeting) -> AsyncIterator[World]:
    async with start(config) as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An admin's, on a desk."""
    faults: list[str] = []
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(20_000)
    await context.add_init_script(pressing.NOTE)
    page = await context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Policy" in said.text else None,
    )
    yield page
    await context.close()
    assert faults == []


class Admin:
    """Somebody at the console."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def row(self, text: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=text)

    async def turn(self, section: str) -> None:
        """To a section, by its link."""
        nav = self.page.get_by_role("navigation")
        await nav.get_by_role("link", name=section).click()
        heading = self.page.get_by_role("heading", level=1)
        await expect(heading).to_be_focused()

    async def agree(self, yes: str) -> None:
        """To what the console asks once more."""
        dialog = self.page.get_by_role("dialog")
        await expect(dialog.get_by_role("heading")).to_be_focused()
        await dialog.get_by_role("button", name=yes).click()
        await expect(dialog).to_have_count(0)


async def running(world: World) -> tuple[Person, Person]:
    """Two people in a room, with minutes on."""
    room, secret = await world.room("minutes")
    ann, ben = [await world.person(room, name) for name in ("Ann", "Ben")]
    await ann.join(host=secret)
    await ben.join()
    await ann.settle()
    await ann.say(type="request", feature="minutes")
    for person in (ann, ben):
        await person.allow("minutes")
    await ann.hears("sign", where=lambda sign: sign["on"])
    return ann, ben


async def test_a_day_of_an_admin(
    page: Page,
    world: World,
    config: Config,
    past: Meeting,
    invite: Invite,
    tmp_path: Path,
) -> None:
    admin = Admin(page, world.url)

    # They open the console with the token that the terminal has shown.
    token = AdminToken(config.data.directory).make()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    await page.goto(f"{world.url}/admin")
    await expect(page.get_by_label("Token of the console")).to_be_visible()
    assert said == []
    await page.get_by_label("Token of the console").fill("not it")
    await admin.button("Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("not the token")
    await page.get_by_label("Token of the console").fill(token)
    await admin.button("Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    counts = page.locator(".counts")
    await expect(counts).to_contain_text("4 of 4")
    await clean(page)

    # They word a notice in two languages; a mistake is shown at its text, and what
    # no prompt may say.
    await admin.turn("Notices")
    await page.get_by_label("Feature of the preview").select_option("minutes")
    await expect(page.locator("consent-card")).to_contain_text("Somebody writes down")
    await admin.button("Change the words").click()
    english = page.locator("#text-en-meaning")
    await english.fill("")
    await expect(page.locator("#text-en-meaning-fault")).to_contain_text("Write a text")
    german = page.locator("#text-de-meaning")
    await german.fill("Eine Schreibkraft schreibt bitte mit.")
    unfair = page.locator("#text-de-meaning-fault")
    await expect(unfair).to_contain_text("“bitte” presses, praises or pleads")
    await german.fill("Eine Schreibkraft schreibt mit.")
    await expect(unfair).to_be_hidden()
    seen = page.locator("[data-language=de] consent-card")
    await expect(seen).to_contain_text("Eine Schreibkraft schreibt mit.")
    await english.fill("A clerk writes down what is said.")
    changes = page.locator("[data-language=en] wording-difference ins")
    await expect(changes).to_contain_text("A clerk")
    await clean(page)
    await admin.button("Put in force").click()
    await admin.agree("Put in force")
    await expect(page.locator(".about").first).to_contain_text("The console")

    # A joiner reads just that, each in their own language.
    room, _ = await world.room("minutes")
    for name, locale, words in (
        ("Mara", "en-GB", "A clerk writes down what is said."),
        ("Tomas", "de-DE", "Eine Schreibkraft schreibt mit."),
    ):
        guest = await invite(name, world.url, locale=locale)
        await guest.open(room)
        await expect(guest.card("minutes")).to_contain_text(words)

    # Rooms fill; the console shows them as numbers, and names nobody.
    ann, ben = await running(world)
    await admin.turn("Rooms")
    row = admin.row(ann.room)
    await expect(row).to_contain_text("On")
    body = await page.inner_text("main")
    for hidden in ("Ann", "Ben", "Choosing an offer"):
        assert not re.search(rf"\b{hidden}\b", body), hidden

    # A switch turns it off everywhere at once, and on again without starting anything.
    await admin.turn("Features")
    await admin.row("Minutes").get_by_role("button", name="Switch off").click()
    heard = len(ann.heard)
    await admin.agree("Switch it off")
    await ann.hears("sign", since=heard, where=lambda sign: not sign["on"])
    await expect(admin.row("Minutes")).to_contain_text("Switched off")
    assert not any(room.capturing for room in world.registry.rooms)
    await admin.row("Minutes").get_by_role("button", name="Offer").click()
    await admin.agree("Offer it")
    await expect(admin.row("Minutes")).to_contain_text("Offered")
    assert not any(room.capturing for room in world.registry.rooms)

    # They end the room, and it is over for both.
    await admin.turn("Rooms")
    await admin.row(ann.room).get_by_role("button").click()
    await admin.agree("End it for everybody")
    await ben.ended()
    await expect(admin.row(ann.room)).to_have_count(0)

    # An auditor asks: the chain is whole, and a file says what is proved.
    await admin.turn("Evidence")
    await admin.row(ann.room).get_by_role("link").click()
    audit = page.get_by_role("region", name="Audit of")
    await expect(audit).to_contain_text("The chain is whole")
    await expect(audit).to_contain_text("Each of 2 people")
    await clean(page)
    async with page.expect_download() as download:
        await audit.get_by_role("link", name="Save as a file").click()
    await (await download.value).save_as(tmp_path / "audit.json")
    export = json.loads((tmp_path / "audit.json").read_text())
    assert export["meeting"] == ann.room
    assert export["signed"].count(".") == 2

    # The file has been read again; the doctor looks, and the server is well.
    await world.reload.run()
    await admin.turn("Health")
    reread = page.get_by_role("region", name="Configuration file")
    await expect(reread).to_contain_text("It says nothing else than before")
    await admin.button("Have the doctor look").click()
    await expect(page.get_by_text("faults 0")).to_be_visible(timeout=60_000)

    # A person of yesterday asks for all of theirs, and then for its end.
    ana = past.people[0]
    await admin.turn("Requests")
    file = past.receipt_file(ana, tmp_path)
    await page.locator("#receipts").set_input_files(file)
    await expect(page.locator(".subject-found")).to_contain_text(ana.id)
    await clean(page)
    await admin.button("Export all of theirs").click()
    async with page.expect_download() as download:
        await admin.agree("Export all of theirs")
    await (await download.value).save_as(tmp_path / "theirs.zip")
    assert ana.sound[:10] in (tmp_path / "theirs.zip").read_bytes()
    await admin.button("Erase all of theirs").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text(ana.id)
    await admin.agree("Erase all of theirs")
    data = config.data.directory
    await until(lambda: ana.mark not in marks_in(data, past), "all of theirs is gone")

    # A program with rooms of its own gets a key, shown once; then it is revoked.
    await admin.turn("Services")
    await admin.button("Make the key").click()
    await expect(page.get_by_role("alert")).to_contain_text("whose key")
    await page.get_by_label("Whose key it is").fill("Courtyard clinic")
    for scope in ("rooms", "permits", "events"):
        await page.locator(f"[name=scope][value={scope}]").check()
    await admin.button("Make the key").click()
    shown = page.get_by_label("The key", exact=True)
    await expect(shown).to_be_focused()
    key = await shown.input_value()
    assert re.fullmatch(r"gk_[0-9a-f]{12}_[0-9a-f]{64}", key)
    await expect(admin.row("Courtyard clinic")).to_contain_text(
        "Rooms, Permits and Events"
    )
    await clean(page)
    bearer = {"Authorization": f"Bearer {key}"}
    rooms = f"{world.url}/api/v1/rooms"
    async with world.http.get(rooms, headers=bearer) as answer:
        assert answer.status == 200
    await admin.button("It is kept there").click()
    assert key not in await page.content()

    # It is told what happens in its rooms, where it says; its secret is shown once.
    await admin.button("Add the webhook").click()
    await expect(page.get_by_role("alert").last).to_contain_text("where it leads")
    await page.get_by_label("Address").fill("http://10.0.0.1/")
    await admin.button("Add the webhook").click()
    await expect(page.get_by_role("alert").first).to_contain_text("may not lead")
    await page.get_by_label("Address").fill("https://app.example.org/in?token=sword")
    await page.locator("[name=event][value='film.ready']").check()
    await admin.button("Add the webhook").click()
    shown = page.get_by_label("The secret", exact=True)
    await expect(shown).to_be_focused()
    secret = await shown.input_value()
    await expect(admin.row("app.example.org/in")).to_contain_text("A film is there")
    await clean(page)
    await admin.button("It is kept there").click()
    row = admin.row("app.example.org/in")
    await row.get_by_role("button", name="Another secret").click()
    await admin.agree("Another secret")
    await expect(shown).to_be_focused()
    assert (await shown.input_value()).startswith("whsec_")
    await admin.button("It is kept there").click()
    content = await page.content()
    assert secret not in content
    assert "sword" not in content
    await row.get_by_role("button", name="Remove").click()
    await admin.agree("Remove")
    await expect(page.get_by_text("There is no webhook yet.")).to_be_visible()
    await admin.row("Courtyard clinic").get_by_role("button", name="Revoke").click()
    await admin.agree("Revoke it")
    await expect(admin.row("Courtyard clinic")).to_contain_text("Revoked")
    async with world.http.get(rooms, headers=bearer) as answer:
        assert answer.status == 401

    # They sign out, and nothing of it is shown any more.
    await admin.button("Sign out").click()
    await expect(page.get_by_label("Token of the console")).to_be_visible()
    assert ana.id not in await page.content()
    await page.goto(f"{world.url}/admin#evidence")
    await expect(page.get_by_label("Token of the console")).to_be_visible()


async def test_by_keyboard_alone_and_narrow_nothing_is_out_of_reach(
    page: Page, world: World, config: Config
) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    token = AdminToken(config.data.directory).make()
    await page.goto(f"{world.url}/admin")
    await page.get_by_label("Token of the console").focus()
    await page.keyboard.type(token)
    button = page.get_by_role("button", name="Sign in")
    while await button.count():
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(100)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    for section in SECTIONS:
        await page.evaluate("where => { location.hash = where }", section)
        name = section.capitalize() if section != "requests" else "Requests of a person"
        await expect(page.get_by_role("heading", level=1)).to_have_text(name)
        await expect(page.locator(".boards .section").first).to_be_visible()
        assert await page.evaluate(SPILLED) == [], section
    await page.evaluate(REACHED)
    for _ in range(60):
        await page.keyboard.press("Tab")
    reached = await page.evaluate("window.reached")
    assert any("Switch off" in text for text in reached)


REACHED = """
() => {
  window.reached = []
  addEventListener('focusin', ({target}) => window.reached.push(target.textContent))
}
"""
"""Notes what the focus comes to."""


@cache
def foreign(language: str) -> list[str]:
    """What the console says in other languages, long enough to be nobody's name."""
    own = {*console()[language].values()}
    others = {text for texts in console().values() for text in texts.values()}
    return [text for text in others - own if len(text) > 12 and "{" not in text]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_another_language_all_of_it_is_said_and_has_room(
    page: Page, world: World, config: Config, language: str
) -> None:
    said = console()[language]
    token = AdminToken(config.data.directory).make()
    await page.goto(f"{world.url}/admin")
    choice = page.locator("[data-choice=language]")

    await expect(choice).to_be_visible()

    # Its words do not come at first: the page stays as it is, and says so.
    if language != "en":
        files = f"**/console/texts/{language}.js*"
        await page.route(files, lambda route: route.abort())
        await choice.select_option(language)
        await expect(page.get_by_role("alert")).to_contain_text("did not arrive")
        await expect(page.get_by_label("Token of the console")).to_be_visible()
        await page.unroute(files)
    await choice.select_option(language)
    await page.get_by_label(said["door.token"]).fill(token)
    await page.keyboard.press("Enter")

    root = page.locator("html")
    await expect(root).to_have_attribute("lang", language)
    await expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    for section in SECTIONS:
        await page.evaluate("where => { location.hash = where }", section)
        link = page.locator(f"nav a[href$='#{section}']")
        await expect(link).to_have_attribute("aria-current", "page")
        await expect(link).to_have_text(said[f"nav.{section}"])
        await expect(page.locator(".boards .section").first).to_be_visible()
        shown = (await page.locator("body").inner_text()).replace("\u2068", "")
        assert [text for text in foreign(language) if text in shown] == []
        for width in (320, 1024):
            await page.set_viewport_size({"width": width, "height": 640})
            assert await page.evaluate(SPILLED) == [], (section, width)
    await clean(page)
