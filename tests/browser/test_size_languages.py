"""
Rule 16 in the other languages: Arabic, French and Spanish at some of the sizes.

`GATEKEEPER_SIZES=all` has their windows take every size, as those of `test_size.py` do.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.config.locales import locales
from tests.browser.conftest import Invite
from tests.browser.readers import at_the_door, house
from tests.browser.sizes import NARROWEST, some_sizes
from tests.browser.test_size import (
    look_at_cards,
    look_at_created,
    look_at_ends,
    look_at_panel,
    look_at_questions,
    opened,
)
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("ar", "fr", "es")
SIZES = some_sizes()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with start(house(tmp_path_factory.mktemp("sizes") / "data")) as world:
        yield world


async def test_R16_size_each_language_is_looked_at() -> None:
    assert {*locales()} == {"en", "de", *LANGUAGES}
    assert len(SIZES) >= len(NARROWEST)


async def test_R16_size_a_room_that_has_just_been_opened_in_each_language(
    invite: Invite, office: World
) -> None:
    ines = await invite("Ines", office.url)
    page = ines.page
    await opened(ines)
    for language in LANGUAGES:
        await page.locator("[data-choice=language]").select_option(language)
        await expect(page.locator("html")).to_have_attribute("lang", language)
        await look_at_created(ines, SIZES)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_R16_size_cards_questions_panel_and_ends_in_each_language(
    invite: Invite, office: World, language: str
) -> None:
    reader = await at_the_door(office, invite, "Noor", language)
    root = reader.guest.page.locator("html")
    await expect(root).to_have_attribute("lang", language)
    await look_at_cards(reader)

    await reader.guest.enter()
    await reader.asked("recording")
    await look_at_questions(reader, lit=0)

    await reader.on("recording")
    await look_at_panel(reader)

    await reader.end("recording")
    await look_at_ends(reader)
