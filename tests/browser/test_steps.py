"""What an answer sets going is read beside each question, and answers nothing."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import ALL, Face, Invite, Meet
from tests.browser.guest import Guest
from tests.browser.reading import GRADES
from tests.browser.sizes import in_view, some_sizes, swept
from tests.browser.test_axe import clean
from tests.browser.test_choice import WHAT_HAPPENS
from tests.catalogues import catalogues
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

STEPS = "details.steps"
ANSWERS = "button[data-answer]"
PLACES = """
all => all.map(node => {
  const {x, y} = node.getBoundingClientRect()
  return [x, y]
})
"""


async def places(asked: Locator) -> list[list[float]]:
    found: list[list[float]] = await asked.locator(ANSWERS).evaluate_all(PLACES)
    return found


async def unfold(page: Page, asked: Locator) -> None:
    """By key, as somebody does who cannot point."""
    summary = asked.locator(f"{STEPS} summary")
    await summary.focus()
    await page.keyboard.press("Enter")
    await expect(asked.locator(STEPS)).to_have_attribute("open", "")


async def test_in_a_question_it_unfolds_where_the_words_are_and_the_answers_stay(
    face: Face,
) -> None:
    mara, tomas = await face("Tomas")
    await mara.ask("recording")
    page, asked = tomas.page, tomas.prompt
    await expect(asked.locator(f"{STEPS} summary")).to_have_text(WHAT_HAPPENS)
    async for size in swept(page, some_sizes()):
        await expect(asked.locator(STEPS)).not_to_have_attribute("open", "")
        before = await places(asked)
        await unfold(page, asked)
        assert await places(asked) == before, size
        for seen in await in_view(page, "consent-prompt", ANSWERS):
            whole = {round(share, 1) for share in seen["before"]}
            assert whole in ({1.0}, {0.0}), (size, seen)
        last = asked.locator(f"{STEPS} li").last
        await last.scroll_into_view_if_needed()
        await expect(last).to_be_in_viewport()
        await page.keyboard.press("Enter")
    assert tomas.decisions() == []
    await unfold(page, asked)
    await expect(asked.locator(f"{STEPS} ol li")).to_have_count(5)
    await expect(asked.locator(f"{STEPS} ul li")).to_have_count(4)
    await clean(page)
    await tomas.reply("declined")


async def test_C1_it_is_beside_every_question_and_is_no_answer(
    meet: Meet, call: Invite, world: World
) -> None:
    (mara,) = await meet("Mara")
    noor = await call("Noor", world.url)
    room, _ = await world.room(*ALL)
    await noor.open(room)
    for guest, place in await every_place(mara, noor):
        await unfold(guest.page, place)
        steps = place.locator(STEPS)
        await expect(steps.get_by_role("button")).to_have_count(0)
        assert await answer_states(place) == {"false"}
        await clean(guest.page)
    async for size in swept(noor.page, some_sizes()):
        for seen in await in_view(noor.page, "answer-pair", ANSWERS):
            assert all(round(share, 1) == 1 for share in seen["after"]), (size, seen)
    assert noor.decisions() == []


async def every_place(inside: Guest, door: Guest) -> list[tuple[Guest, Locator]]:
    row = inside.row("recording")
    await row.get_by_role("button", name=re.compile("^What it does")).click()
    return [(door, door.card("recording")), (inside, row)]


async def answer_states(place: Locator) -> set[str]:
    pressed = "all => all.map(node => node.ariaPressed)"
    return set(await place.locator(ANSWERS).evaluate_all(pressed))


@pytest.mark.parametrize("language", catalogues())
async def test_W4_a_child_of_twelve_can_read_it(language: str) -> None:
    texts = catalogues()[language]
    steps = [str(texts[key]) for key in texts if key.startswith("steps.")]

    assert len(steps) == 12
    assert GRADES[language](" ".join(f"{text}." for text in steps)) <= 6
