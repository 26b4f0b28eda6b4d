"""Two people share a screen: the newest is large, both can be reached."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Invite, gather
from tests.browser.live import sees
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


async def test_the_newest_screen_is_large_and_the_other_one_press_away(
    call: Invite, world: World
) -> None:
    mara, tomas, ines = await gather(call, world, "Mara", "Tomas", "Ines")
    large = tomas.page.locator("figure.shared")
    # Ines has arrived last: neither arrival nor name decides what is large.
    for guest in (ines, mara):
        await guest.page.get_by_role("button", name="Share", exact=True).click()
        await expect(guest.page.get_by_text("You share your screen")).to_be_visible()
        await expect(large).to_contain_text(f"{guest.name} shares a screen")
    behind = f"Mara{APOSTROPHE}s is newer and is shown large"
    await expect(ines.page.get_by_text(behind)).to_be_visible()
    await expect(mara.page.get_by_text("is newer")).to_have_count(0)

    show = f"Show Ines{APOSTROPHE}s screen large"
    await tomas.page.get_by_role("button", name=show).click()
    await expect(large).to_contain_text("Ines shares a screen")
    assert await sees(tomas, large) == "Ines's screen"

    # Who comes later is shown the newest large, whatever they chose here before.
    await tomas.join(mara.room)
    await expect(tomas.page.get_by_role("button", name=show)).to_be_visible()
    await expect(large).to_contain_text("Mara shares a screen")

    await mara.page.get_by_role("button", name="Stop sharing").first.click()
    await expect(large).to_contain_text("Ines shares a screen")
    await expect(ines.page.get_by_text("is newer")).to_have_count(0)
