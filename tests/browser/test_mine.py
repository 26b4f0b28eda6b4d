"""
Everything held of one, from the page afterwards: one archive, and erased.

In Arabic, by keys alone, beside the words that were said.
"""

import asyncio
import zipfile
from pathlib import Path

import pytest
from playwright.async_api import expect

from gatekeeper.media.film import films
from tests.archive.past import lay, marks_in, meeting
from tests.archive.test_own import ALL, check_own
from tests.browser.conftest import Invite
from tests.browser.test_axe import clean
from tests.browser.test_story import Reader
from tests.meeting.conftest import configured, start

RUNS = "node => getComputedStyle(node).direction"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_everything_of_mine_is_saved_as_one_archive_and_erased_by_one_choice(
    invite: Invite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "WORKER", ("false",))
    past = meeting(tmp_path / "data", "q1ana", "q2ben", "q3cid")
    await lay(past)
    ana = past.people[0]
    async with start(configured(past.data, features=ALL)) as world:
        noor = Reader(await invite("Noor", world.url, locale="ar"), "ar")
        page, word = noor.page, noor.word
        link = f"{world.url}/m/{past.room}/after#p={past.capability(ana)}"
        await page.goto(link)
        mine = page.get_by_role("region", name=word("mine.title"), exact=True)
        await expect(mine).to_be_visible()
        await clean(page)
        await noor.reads()

        lines = page.get_by_role("region", name=word("script.title"), exact=True)
        said = lines.get_by_text("were said")
        await expect(said).to_have_count(3)
        runs = [await each.evaluate(RUNS) for each in await said.all()]
        assert runs == ["ltr"] * 3, "English words run as English does"

        async with page.expect_download() as saving:
            await noor.press(mine.get_by_role("link", name=word("mine.save")))
        saved = await (await saving.value).path()
        assert zipfile.is_zipfile(saved)
        check_own(await asyncio.to_thread(saved.read_bytes), past, ana)

        erase = mine.get_by_role("button", name=word("mine.erase"))
        await noor.press(erase)
        question = mine.get_by_role("region", name=word("mine.ask"))
        await expect(question.get_by_role("heading")).to_be_focused()
        await clean(page)
        await noor.reads()
        yes, no = (
            question.get_by_role("button", name=word(key), exact=True)
            for key in ("mine.yes", "mine.no")
        )
        one, other = [await each.bounding_box() for each in (yes, no)]
        assert one is not None
        assert other is not None
        assert (one["width"], one["height"]) == (other["width"], other["height"])
        assert one["x"] > other["x"], "from right to left, in the same order"
        await page.keyboard.press("Escape")
        await expect(question).to_have_count(0)
        await expect(erase).to_be_focused()
        await noor.press(erase)
        await noor.press(yes)
        own = page.get_by_role("region", name=word("part.title"), exact=True)
        await expect(own.get_by_text(word("part.erased"), exact=True)).to_have_count(3)
        await expect(mine.get_by_role("button")).to_have_count(0)
        await noor.reads()
    assert marks_in(past.data, past) == {"q2ben", "q3cid"}
