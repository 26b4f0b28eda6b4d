"""The page afterwards: from the end of a meeting to its film, and one's part erased."""

import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from gatekeeper.evidence.export.bundle import opened
from gatekeeper.evidence.export.check import check
from tests.browser.conftest import Invite, configured, gather
from tests.browser.guest import Guest
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import start

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def over(
    call_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Guest, ...]]:
    """Two people were recorded twice; Mara has ended the meeting."""
    data = tmp_path_factory.mktemp("after") / "data"
    async with start(configured(data)) as world:
        mara, tomas = await gather(call_all, world, "Mara", "Tomas", manner="lively")
        for guest in (mara, tomas):
            await guest.choose("recording", "granted")
        await mara.ask("recording")
        await until(lambda: recorded(data, 1), "the first stretch is recorded")
        await tomas.choose("recording", "declined")
        await mara.sees_sign("recording", "off")
        await tomas.choose("recording", "granted")
        await until(lambda: recorded(data, 2), "the second stretch is recorded")
        await mara.page.get_by_role("button", name="Leave").click()
        await mara.page.get_by_role("button", name="End for everyone").click()
        for guest in (mara, tomas):
            await guest.looks_afterwards()
            await expect(guest.page.locator("video")).to_be_visible(timeout=90_000)
        yield mara, tomas


def recorded(data: Path, openings: int) -> bool:
    """Whether a second or so of both people is on the disk, of so many openings."""
    folders = list((data / "recordings").glob("*/recording/*"))
    return len(folders) == openings and all(
        len([f for f in folder.glob("*.webm") if f.stat().st_size > 2_000]) == 4
        for folder in folders
    )


async def test_everything_with_its_proof_is_saved_and_proves_itself(
    over: tuple[Guest, ...], tmp_path: Path
) -> None:
    """Of real browsers' yeses, and what they sent."""
    _, tomas = over
    link = tomas.page.get_by_role("link", name="Everything with its proof")
    async with tomas.page.expect_download() as saving:
        await link.click()
    path = tmp_path / "meeting.zip"
    await (await saving.value).save_as(path)

    with opened(path) as bundle:
        found = check(bundle)
    assert {part for _, part in found.accounts} == {0}
    assert len(found.accounts) == 2
    # Tomas took his yes back and gave another; which one is shown is always the same.
    grants = {grant for each in found.accounts.values() for grant in each.grants}
    assert len(grants) == 2
    assert len(found.leaves) == len(found.tracks) == 8
    [film] = found.edits.values()
    assert {edit.track for part in film.parts for edit in part.edits} == set(
        found.tracks
    )


async def test_both_see_the_film_with_its_chapters(over: tuple[Guest, ...]) -> None:
    for guest in over:
        page = guest.page
        assert "#" not in page.url
        chapters = page.get_by_role("navigation", name="Chapters")
        await expect(chapters.get_by_role("button")).to_have_count(2)
        for name in ("Mara", "Tomas"):
            await expect(chapters).to_contain_text(name)
        poster = re.compile("/recording/film/poster")
        await expect(page.locator("video")).to_have_attribute("poster", poster)
        await page.get_by_role("button", name=re.compile("^Play")).first.click()
        await until(partial(_shown, page), "the film plays")
    await clean(over[1].page)


async def test_each_reads_who_fetched_what(over: tuple[Guest, ...]) -> None:
    page = over[0].page
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    lines = page.get_by_role("region", name="Who fetched it")
    await expect(lines).to_contain_text("Tomas: everything with its proof")
    await expect(lines).to_contain_text("Mara (you): the film")


async def _shown(page: Page) -> bool:
    return bool(
        await page.locator("video").evaluate(
            "v => v.currentTime > 0.3 && v.videoWidth > 0 &&"
            " v.getVideoPlaybackQuality().totalVideoFrames > 3"
        )
    )


async def test_a_chapter_leads_to_its_place(over: tuple[Guest, ...]) -> None:
    page = over[0].page
    chapters = page.get_by_role("navigation", name="Chapters").get_by_role("button")
    # The film comes to no chapter by itself.
    await page.locator("video").evaluate(
        "video => { video.pause(); video.play = async () => {} }"
    )

    for led, other in ((0, 1), (1, 0)):
        await chapters.nth(led).click()

        await expect(chapters.nth(led)).to_have_attribute("aria-current", "true")
        await expect(chapters.nth(other)).not_to_have_attribute("aria-current", "true")


async def test_erasing_ones_part_makes_the_film_again_without_one(
    over: tuple[Guest, ...],
) -> None:
    mara, tomas = over
    page = tomas.page
    await expect(page.locator("video")).to_be_visible(timeout=90_000)

    await page.get_by_role("button", name=re.compile("Stop and erase my part")).click()
    await clean(page)
    await page.get_by_role("button", name="Erase my part", exact=True).click()

    await expect(page.get_by_text("Your part is erased")).to_be_visible(timeout=90_000)
    await expect(page.locator("video")).to_be_visible(timeout=90_000)
    # Mara's page was open all the time: at her next glance it has learned of it.
    await mara.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    note = mara.page.get_by_text("This is another film than before")
    await expect(note).to_be_visible(timeout=90_000)
    await expect(mara.page.locator("video")).to_be_visible(timeout=90_000)
    await clean(mara.page)
    tracks = mara.page.get_by_role("region", name="Downloads")
    await expect(tracks).to_contain_text("Mara")
    await expect(tracks).not_to_contain_text("Tomas")


async def test_the_link_is_remembered_by_this_browser_and_can_be_forgotten(
    over: tuple[Guest, ...],
) -> None:
    page = over[0].page
    await page.goto(page.url.removesuffix("/after"))
    await page.get_by_role("link", name="What was kept").click()
    await expect(page.locator("video")).to_be_visible(timeout=90_000)

    await page.get_by_role("button", name="Forget the link in this browser").click()
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("The link is forgotten here")
    await page.reload()

    await expect(heading).to_have_text("This page is for those who were there")
    await expect(page.locator("video")).to_be_hidden()
    await clean(page)


async def test_a_new_link_stops_the_old_one_and_opens_the_page(
    over: tuple[Guest, ...],
) -> None:
    page = over[1].page
    renew = page.get_by_role("button", name="Make a new link")
    await renew.focus()
    await expect(renew).to_have_attribute("data-ready", "")
    async with page.expect_response("**/after/session") as used:
        await page.keyboard.press("Enter")
    assert (await used.value).status == 204

    link = page.get_by_role("textbox", name="Your new link")
    await expect(link).to_be_visible()
    said = page.get_by_role("status").filter(has_text="no longer work")
    await expect(said).to_be_visible()
    await clean(page)
    address = await link.input_value()
    for come in (page.reload, partial(page.goto, address)):
        await come()
        await expect(renew).to_be_visible()
