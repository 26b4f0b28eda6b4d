"""Two people meet: each sees and hears the other."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.browser.conftest import Invite, gather
from tests.browser.guest import Guest
from tests.browser.live import hears, sees
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(call_all: Invite, world: World) -> AsyncIterator[tuple[Guest, ...]]:
    yield await gather(call_all, world, "Mara", "Tomas", manner="lively")


async def test_each_sees_the_other(two: tuple[Guest, ...]) -> None:
    mara, tomas = two

    assert await sees(mara, mara.tile(tomas)) == "Tomas"
    assert await sees(tomas, tomas.tile(mara)) == "Mara"


async def test_each_hears_the_other(two: tuple[Guest, ...]) -> None:
    mara, tomas = two

    assert await hears(mara, mara.tile(tomas)) == "Tomas"
    assert await hears(tomas, tomas.tile(mara)) == "Mara"


async def test_a_shared_screen_is_seen_until_it_is_taken_back(
    two: tuple[Guest, ...],
) -> None:
    mara, tomas = two
    await mara.page.get_by_role("button", name="Share").click()
    screen = tomas.page.get_by_role("figure", name="Mara shares a screen")

    assert await sees(tomas, screen) == "Mara's screen"

    await mara.page.get_by_role("button", name="Stop sharing").first.click()
    await tomas.page.wait_for_selector(
        "figure:has-text('shares a screen')", state="hidden"
    )
    assert await sees(tomas, tomas.tile(mara)) == "Mara"
