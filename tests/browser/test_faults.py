"""The ledger fails: people are told, the sign goes off, the meeting goes on."""

import shutil
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ALL, Invite, configured, gather, seated
from tests.meeting.conftest import start
from tests.meeting.test_faults import take_the_ledger_away

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_with_the_ledger_gone_people_are_told_and_go_on_talking(
    call: Invite, tmp_path: Path
) -> None:
    config = configured(tmp_path / "data")
    async with start(config) as world:
        mara, tomas = await gather(call, world, "Mara", "Tomas")
        await mara.ask("transcript")
        await mara.reply("granted")
        await tomas.reply("granted")
        for guest in (mara, tomas):
            await guest.sees_sign("transcript", "on")

        await take_the_ledger_away(world, config)

        for guest in (mara, tomas):
            await guest.sees_sign("transcript", "off")
            alert = guest.page.get_by_role("alert").filter(has_text="write down proof")
            await expect(alert).to_contain_text("The meeting goes on.")
        await tomas.write("I can still write")
        await mara.show("Chat")
        await expect(mara.page.get_by_role("log")).to_contain_text("I can still write")


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


async def test_with_the_ledger_gone_a_yes_is_refused_in_words_and_a_no_holds(
    call: Invite, tmp_path: Path
) -> None:
    config = configured(tmp_path / "data")
    async with start(config) as world:
        room, secret = await world.room(*ALL)
        mara = await seated(world, room, "Mara", secret)
        tomas = await call("Tomas", world.url)
        await tomas.join(room)
        await mara.choose("transcript", "granted")
        await tomas.choose("transcript", "granted")
        await mara.ask("transcript")
        await tomas.sees_sign("transcript", "on")
        await take_the_ledger_away(world, config)
        await tomas.sees_sign("transcript", "off")

        await tomas.choose("transcript", "declined")
        choice = tomas.row("transcript").get_by_role("group")
        await expect(choice).to_have_attribute("data-answer", "declined")
        await tomas.page.get_by_role("button", name="Dismiss").click()
        await tomas.choose("transcript", "granted")

        alert = tomas.page.get_by_role("alert").filter(has_text="write down proof")
        await expect(alert).to_be_visible()
        await expect(choice).to_have_attribute("data-answer", "unset")
