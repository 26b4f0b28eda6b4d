"""
Rule 16 in the other languages: Arabic, French and Spanish at some of the sizes.

`GATEKEEPER_SIZES=all` has their windows take every size, as those of `test_size.py` do.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.config.locales import locales
from tests.browser.conftest import Invite, seated, start_unbundled
from tests.browser.guest import Guest, answer
from tests.browser.opposite import Opposite
from tests.browser.sizes import NARROWEST, Size, all_in_reach, some_sizes, swept
from tests.browser.test_size import (
    ANSWERS,
    CREATED,
    FEATURES,
    LIT,
    QUESTION,
    both_or_neither,
    house,
    opened,
    questions,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("ar", "fr", "es")
SIZES = some_sizes()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def readers(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Opposite, list[Guest]]]:
    """Mara, the host, is opposite; the others stand in the lobby, each in their own."""
    data = tmp_path_factory.mktemp("sizes") / "data"
    async with start_unbundled(house(data)) as world:
        room, secret = await world.room(*FEATURES)
        mara = await seated(world, room, "Mara", secret)
        guests = []
        for name, language in zip(("Noor", "Ines", "Tomas"), LANGUAGES, strict=True):
            guest = await invite_all(name, world.url, locale=language)
            await guest.open(room)
            await expect(guest.page.locator("html")).to_have_attribute("lang", language)
            guests.append(guest)
        yield mara, guests


Look = Callable[[Guest, Size], Awaitable[None]]


async def everywhere(guests: list[Guest], look: Look) -> None:
    """Each one's window takes every size, side by side."""

    async def sweep(guest: Guest) -> None:
        async for size in swept(guest.page, SIZES):
            await look(guest, size)

    await asyncio.gather(*map(sweep, guests))


async def test_R16_size_each_language_is_looked_at() -> None:
    assert {*locales()} == {"en", "de", *LANGUAGES}
    assert len(SIZES) >= len(NARROWEST)


async def test_R16_size_a_room_that_has_just_been_opened_in_each_language(
    invite: Invite, readers: tuple[Opposite, list[Guest]]
) -> None:
    _, (reader, *_) = readers
    ines = await invite("Ines", reader.url)
    page = ines.page
    await opened(ines)
    for language in LANGUAGES:
        await page.locator("[data-choice=language]").select_option(language)
        await expect(page.locator("html")).to_have_attribute("lang", language)
        async for _ in swept(page, SIZES):
            await all_in_reach(page, "room-created", CREATED)


async def test_R16_size_cards_questions_panel_and_ends_in_each_language(
    readers: tuple[Opposite, list[Guest]],
) -> None:
    mara, guests = readers

    async def cards(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "consent-card", ANSWERS, len(FEATURES))
        await both_or_neither(guest, size, ".choices-head", ".pair button", 1)

    await everywhere(guests, cards)
    for guest in guests:
        await guest.enter()
    await mara.ask("recording")
    for guest in guests:
        await expect(guest.prompt).to_be_visible()
        await guest.page.evaluate(QUESTION)
    await everywhere(guests, questions)

    for guest in guests:
        await guest.reply("granted")
    await mara.choose("recording", "granted")

    async def panel(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "gate-row", ANSWERS, len(FEATURES))
        assert await guest.page.evaluate(LIT) == [1], (size, guest.name)

    for guest in guests:
        await guest.sees_sign("recording", "on")
    await everywhere(guests, panel)

    async def ends(guest: Guest, size: Size) -> None:
        await both_or_neither(guest, size, "two-ends", "button[data-end]", 1)

    for guest in guests:
        await guest.sees_sign("recording", "on")
        await guest.plate("recording").locator(answer("declined")).click()
        await expect(guest.page.locator("button[data-end]")).to_have_count(2)
        await everywhere([guest], ends)
        await guest.choose("recording", "granted")
