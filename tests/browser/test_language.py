"""The language of a page: its words alone are fetched, before it turns to it."""

import re

import pytest
from playwright.async_api import Page, Request, Route, expect

from tests.browser.conftest import Invite
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CATALOGUES = re.compile(r"/i18n/(\w\w\.js.*)$")
LANGUAGES = re.compile(r"/i18n/languages\.js$")
OWN_NAMES = ["English", "Deutsch", "Français", "Español", "العربية"]
MADE_UP = """
import {texts as english} from './en.js'
export const texts = Object.fromEntries(
  Object.entries(english).map(([key, text]) => [key, `eo: ${text}`]),
)
"""


def catalogues(page: Page) -> list[str]:
    """The files of words that `page` asks for, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if found := CATALOGUES.search(request.url):
            asked.append(found[1])

    page.on("request", note)
    return asked


async def test_a_page_fetches_the_words_of_its_language_and_turns_to_no_other_without(
    invite: Invite, world: World
) -> None:
    page = (await invite("Noor", world.url)).page
    asked = catalogues(page)
    await page.goto(f"{world.url}/promise")
    choice = page.get_by_role("combobox")
    title = page.get_by_role("heading", level=1)
    await expect(title).to_have_text("What Gatekeeper promises")
    assert asked == ["en.js"]

    await page.route(CATALOGUES, lambda route: route.abort())
    await choice.select_option("de")
    await expect(page.get_by_role("alert")).to_contain_text("Deutsch did not arrive")
    await expect(choice).to_have_value("en")
    await expect(title).to_have_text("What Gatekeeper promises")
    assert await page.evaluate("document.documentElement.lang") == "en"

    await page.unroute(CATALOGUES)
    await choice.select_option("de")
    await expect(title).to_have_text("Was Gatekeeper verspricht")
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(choice).to_be_focused()
    # Some browsers never ask again for a module at an address where it was not.
    assert asked == ["en.js", "de.js", "de.js?again=1"]
    assert await page.evaluate("document.documentElement.lang") == "de"

    asked.clear()
    await page.reload()
    await expect(title).to_have_text("Was Gatekeeper verspricht")
    assert asked == ["de.js"]


async def test_of_two_choices_the_last_one_holds(
    invite: Invite, checkout: World
) -> None:
    page = (await invite("Noor", checkout.url)).page
    held: list[Route] = []
    await page.route(re.compile(r"/i18n/de\.js$"), lambda route: held.append(route))
    await page.goto(f"{checkout.url}/promise")
    choice = page.get_by_role("combobox")

    async with page.expect_request(re.compile(r"/i18n/de\.js$")):
        await choice.select_option("de")
    await choice.select_option("en")
    async with page.expect_response(re.compile(r"/i18n/de\.js$")) as late:
        await held[0].continue_()
    await (await late.value).finished()
    await page.evaluate("import('/static/i18n/when.js')")

    await expect(choice).to_have_value("en")
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "What Gatekeeper promises"
    )


async def test_a_language_from_outside_is_one_line_and_one_file(
    invite: Invite, checkout: World
) -> None:
    page = (await invite("Noor", checkout.url)).page

    async def add(route: Route) -> None:
        known = await (await route.fetch()).text()
        line = "  eo: 'Esperanto',\n}"
        await route.fulfill(
            content_type="text/javascript", body=re.sub(r"\}\s*$", line, known)
        )

    await page.route(LANGUAGES, add)
    await page.route(
        re.compile(r"/i18n/eo\.js$"),
        lambda route: route.fulfill(content_type="text/javascript", body=MADE_UP),
    )
    await page.goto(f"{checkout.url}/promise")
    choice = page.get_by_role("combobox")
    await expect(choice.get_by_role("option")).to_have_text([*OWN_NAMES, "Esperanto"])

    await choice.select_option("eo")
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "eo: What Gatekeeper promises"
    )
    # What the server has no notices in is not offered where they are shown.
    await page.goto(checkout.url)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Meet")
    await expect(page.locator("[data-choice=language] option")).to_have_text(OWN_NAMES)
