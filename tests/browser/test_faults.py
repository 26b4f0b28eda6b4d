"""The ledger fails: people are told, the sign goes off, the meeting goes on."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import Invite, configured, gather
from tests.browser.guest import Guest
from tests.meeting.conftest import start
from tests.meeting.test_faults import take_the_ledger_away

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_disk_that_is_nearly_full_ends_the_recording_and_says_so(
    call: Invite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(tmp_path / "data")
    data = config.data.model_copy(update={"reserve_mb": 1})
    async with start(config.model_copy(update={"data": data})) as world:
        mara, tomas = await gather(call, world, "Mara", "Tomas", manner="lively")
        await mara.ask("recording")
        await mara.reply("granted")
        await tomas.reply("granted")
        for guest in (mara, tomas):
            await guest.sees_sign("recording", "on")

        full = shutil.disk_usage(tmp_path)._replace(free=0)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: full)

        for guest in (mara, tomas):
            await guest.sees_sign("recording", "off")
            alert = guest.page.get_by_role("alert").filter(has_text="nearly full")
            await expect(alert).to_contain_text("the meeting goes on.")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def unproven(
    call_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Guest, ...]]:
    """Mara and Tomas, whose transcript ran until the ledger went away."""
    config = configured(tmp_path_factory.mktemp("faults") / "data")
    async with start(config) as world:
        two = mara, _ = await gather(call_all, world, "Mara", "Tomas")
        for guest in two:
            await guest.choose("transcript", "granted")
        await mara.ask("transcript")
        for guest in two:
            await guest.sees_sign("transcript", "on")
        await take_the_ledger_away(world, config)
        yield two


def told(guest: Guest) -> Locator:
    return guest.page.get_by_role("alert").filter(has_text="write down proof")


async def test_with_the_ledger_gone_people_are_told_and_go_on_talking(
    unproven: tuple[Guest, ...],
) -> None:
    mara, tomas = unproven
    for guest in (mara, tomas):
        await guest.sees_sign("transcript", "off")
        await expect(told(guest)).to_contain_text("The meeting goes on.")
    await tomas.write("I can still write")
    await mara.show("Chat")
    await expect(mara.page.get_by_role("log")).to_contain_text("I can still write")
    await tomas.show("Gate")


async def test_with_the_ledger_gone_a_yes_is_refused_in_words_and_a_no_holds(
    unproven: tuple[Guest, ...],
) -> None:
    _, tomas = unproven
    await tomas.sees_sign("transcript", "off")
    await tomas.choose("transcript", "declined")
    choice = tomas.row("transcript").get_by_role("group")
    await expect(choice).to_have_attribute("data-answer", "declined")
    await tomas.page.get_by_role("button", name="Dismiss").click()
    await expect(told(tomas)).to_be_hidden()
    await tomas.choose("transcript", "granted")

    await expect(told(tomas)).to_be_visible()
    await expect(choice).to_have_attribute("data-answer", "unset")
