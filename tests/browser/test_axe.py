"""
axe-core finds nothing, on any page, in light and dark, on a desk and on a phone; and no
text is cut off, runs out of its box or lies on another.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import Invite, gather
from tests.browser.guest import Guest, script
from tests.browser.measure import PHONE, WIDE, looks
from tests.meeting.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = Path(__file__).parents[1] / "js/node_modules/axe-core/axe.min.js"
SPILLED = script("spilled.js")
"""What has no room."""
STATIC = Path(__file__).parents[2] / "static"
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that look at colours."""
RUN = """
async rules => {
  const {violations} = await axe.run(document, {
    resultTypes: ['violations'],
    // Of styles only a rule looks at files that is off.
    preload: {assets: ['media']},
    ...(rules && {runOnly: {type: 'rule', values: rules}}),
  })
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({html, any}) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`))
}
"""
FAULTS = f"""
async rules => {{
  const spilled = rules ? [] : ({SPILLED})()
  return [...(await ({RUN})(rules)), ...spilled.map(each => `without room: ${{each}}`)]
}}
"""


async def clean(page: Page) -> None:
    """
    Assert it of the page as it is, in every look; of a dark one, of its colours.

    Of what is written into a page only as it loads, a test waits for its own part.
    """
    await expect(page.get_by_role("heading", level=1).first).to_be_attached()
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found = {}
    async for where in looks(page, WIDE, PHONE):
        rules = COLOURS if where.startswith("dark") else None
        if faults := await page.evaluate(FAULTS, rules):
            found[where] = faults
    assert found == {}


async def test_dark_differs_from_light_in_colours_alone() -> None:
    """`light-dark()` is a colour (CSS Color 5); this is the only other way."""
    files = [f for f in STATIC.rglob("*") if f.suffix in (".css", ".js", ".html")]
    asks = [f.name for f in files if "prefers-color-scheme" in f.read_text("utf-8")]
    assert len(files) > 100
    assert asks == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(call_all: Invite, world: World) -> AsyncIterator[tuple[Guest, ...]]:
    """Mara hosts; both allow the transcript, which runs."""
    mara, tomas = await gather(call_all, world, "Mara", "Tomas")
    await mara.ask("transcript")
    await mara.reply("granted")
    await tomas.reply("granted")
    await mara.write("The roof comes first")
    await mara.show("Gate")
    yield mara, tomas


async def test_the_start_page(call: Invite, world: World) -> None:
    noor = await call("Noor", world.url)
    page = noor.page
    await page.goto(world.url)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await clean(page)
    await page.get_by_label("What is the meeting about?").fill("Roof")
    await page.get_by_role("checkbox").first.check()
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_role("heading", name="The room is open")).to_be_visible()
    await clean(page)


@pytest.mark.parametrize("page", ["promise", "allow"])
async def test_a_page_to_read(call: Invite, world: World, page: str) -> None:
    noor = await call("Noor", world.url)
    await noor.page.goto(f"{world.url}/{page}")
    await expect(noor.page.get_by_role("heading", level=1)).to_be_visible()

    await clean(noor.page)


async def test_what_may_be_asked_in_a_room(call: Invite, world: World) -> None:
    """The address that programs ask is a page for people."""
    room, _ = await world.room("recording", "summary")
    noor = await call("Noor", world.url)
    await noor.page.goto(f"{world.url}/.well-known/meeting-consent/{room}")
    await expect(noor.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(noor.page.locator("section[data-feature] .facts")).to_have_count(2)

    await clean(noor.page)


async def test_the_lobby(invite: Invite, world: World) -> None:
    room, _ = await world.room("recording", "summary")
    noor = await invite("Noor", world.url, broken={"camera": "NotFoundError"})
    await noor.open(room)
    await noor.card("summary").locator("button").first.click()

    await clean(noor.page)


@pytest.mark.parametrize("tab", ["Gate", "People", "Chat"])
async def test_the_room(two: tuple[Guest, ...], tab: str) -> None:
    mara, _ = two
    await mara.show(tab)

    await clean(mara.page)


async def test_the_question_the_two_ends_and_the_end(two: tuple[Guest, ...]) -> None:
    mara, tomas = two
    await mara.show("Gate")
    await mara.ask("summary")
    await expect(tomas.prompt).to_be_visible()
    await clean(tomas.page)

    await tomas.reply("declined")
    await tomas.choose("transcript", "declined")
    await expect(tomas.page.locator("button[data-end]").first).to_be_visible()
    await clean(tomas.page)

    await tomas.page.get_by_role("button", name="Leave").click()
    await expect(tomas.page.get_by_role("heading", name="You left")).to_be_visible()
    await tomas.page.locator("summary").first.click()
    await clean(tomas.page)
