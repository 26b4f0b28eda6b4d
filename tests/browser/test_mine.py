"""Everything held of one, from the page afterwards: one archive, and erased."""

import asyncio
import zipfile
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from gatekeeper.media.film import films
from tests.archive.past import lay, marks_in, meeting
from tests.archive.test_own import ALL, check_own
from tests.browser.pressing import NOTE
from tests.browser.test_axe import clean
from tests.meeting.conftest import configured, start

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_everything_of_mine_is_saved_as_one_archive_and_erased_by_one_choice(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "WORKER", ("false",))
    past = meeting(tmp_path / "data", "q1ana", "q2ben", "q3cid")
    await lay(past)
    ana = past.people[0]
    async with start(configured(past.data, features=ALL)) as world:
        context = await browser.new_context(locale="en-GB", reduced_motion="reduce")
        await context.add_init_script(NOTE)
        page = await context.new_page()
        link = f"{world.url}/m/{past.room}/after#p={past.capability(ana)}"
        await page.goto(link)
        mine = page.get_by_role("region", name="Everything held of you")
        await clean(page)

        async with page.expect_download() as saving:
            await mine.get_by_role("link", name="Save everything").click()
        saved = await (await saving.value).path()
        assert zipfile.is_zipfile(saved)
        check_own(await asyncio.to_thread(saved.read_bytes), past, ana)

        await mine.get_by_role("button", name="Erase everything of me").click()
        question = mine.get_by_role("region", name="Erase everything of you?")
        await expect(question.get_by_role("heading")).to_be_focused()
        await clean(page)
        yes, no = (
            question.get_by_role("button", name=name)
            for name in ("Erase everything", "Keep everything")
        )
        left, right = [await each.bounding_box() for each in (yes, no)]
        assert left is not None
        assert right is not None
        assert (left["width"], left["height"]) == (right["width"], right["height"])
        await page.keyboard.press("Escape")
        await expect(question).to_have_count(0)
        await mine.get_by_role("button", name="Erase everything of me").click()
        await yes.click()
        own = page.get_by_role("region", name="Your part")
        await expect(own.get_by_text("Your part is erased")).to_have_count(3)
        await expect(mine.get_by_role("button")).to_have_count(0)
        await context.close()
    assert marks_in(past.data, past) == {"q2ben", "q3cid"}
