"""
Other words come into force while a meeting is recorded, and then the feature is
switched off everywhere: what people see of it, and that not a frame comes after.

The story is told once (`story`); each test looks at one thing about it.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gatekeeper.consent.features import RECORDING
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import LanguageTag
from tests.browser.conftest import Regulars, configured
from tests.browser.guest import Guest
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN = LanguageTag("en")
NAMES = ("Mara", "Tomas")

SAID = """
part => [...part.querySelectorAll('div')].map(row => [
  row.querySelector('dt').textContent,
  row.querySelector('dd').textContent,
  [...row.querySelectorAll('del, ins')].map(word => word.localName).join(),
])
"""
LOOKS = """
part => Object.fromEntries(['del', 'ins'].map(tag => {
  const {textDecorationLine} = getComputedStyle(part.querySelector(tag))
  return [tag, textDecorationLine]
}))
"""
Rows = list[list[str]]


@dataclass
class Story:
    """What was seen."""

    guests: dict[str, Guest]
    folder: Path
    sizes: dict[str, dict[Path, int]] = field(default_factory=dict)
    changes: dict[str, Rows] = field(default_factory=dict)
    """What the question showed of the difference, by person."""
    seen: dict[str, object] = field(default_factory=dict)

    def files(self) -> dict[Path, int]:
        return {f: f.stat().st_size for f in sorted(self.folder.rglob("*.webm"))}

    async def grows(self) -> None:
        before = self.files()

        def grown() -> bool:
            now = self.files()
            new = [file for file in now if now[file] > before.get(file, 0)]
            return len(new) >= 4

        await until(grown, "every file grows")


async def say(world: World, **texts: str) -> None:
    notice = asdict(world.offers.wordings.in_force(RECORDING)[EN].notice)
    own = {name: notice[name] for name in TEXTS}
    await world.offers.wordings.put(RECORDING, {EN: own | texts})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(
    regulars: Regulars, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Story]:
    data = tmp_path_factory.mktemp("words") / "data"
    async with start(configured(data)) as world, regulars.outing() as call:
        come = partial(call, url=world.url, manner="lively")
        room, secret = await world.room("recording")
        guests = {name: await come(name) for name in NAMES}
        for name, guest in guests.items():
            await guest.join(room, secret if name == "Mara" else None)
        story = Story(guests, data / "recordings" / room)
        await everybody_allows(story)
        await the_words_change(story, world)
        await it_is_switched_off(story, world)
        await tomas_comes_again(story, world, room)
        yield story


async def everybody_allows(story: Story) -> None:
    await story.guests["Mara"].ask("recording")
    await asyncio.gather(*(g.reply("granted") for g in story.guests.values()))
    for guest in story.guests.values():
        await guest.sees_sign("recording", "on")
    await story.grows()


async def the_words_change(story: Story, world: World) -> None:
    mara, tomas = story.guests.values()
    await tomas.show("Chat")
    draft = tomas.page.get_by_role("textbox", name="Message")
    await draft.fill("Half a line")
    await say(world, retention="90 days after the meeting, then deleted")
    for guest in (mara, tomas):
        await guest.sees_sign("recording", "off")
    story.sizes["reworded"] = story.files()
    for guest in (mara, tomas):
        part = guest.prompt.locator("wording-changes")
        await part.wait_for()
        story.changes[guest.name] = await part.evaluate(SAID)
    part = mara.prompt.locator("wording-changes")
    story.seen["looks"] = await part.evaluate(LOOKS)
    story.seen["heading"] = await part.get_by_role("heading").text_content()
    story.seen["whole"] = await mara.prompt.locator("dl.facts").last.text_content()
    story.seen["draft"] = await draft.input_value()
    await clean(mara.page)
    story.sizes["asked"] = story.files()
    await asyncio.gather(mara.reply("granted"), tomas.reply("granted"))
    for guest in (mara, tomas):
        await guest.sees_sign("recording", "on")
    await story.grows()
    story.seen["after"] = (
        await mara.row("recording").locator("wording-changes").is_visible()
    )


async def it_is_switched_off(story: Story, world: World) -> None:
    mara, tomas = story.guests.values()
    await tomas.show("Gate")
    await world.offers.switches.forbid(RECORDING)
    for guest in (mara, tomas):
        await guest.sees_sign("recording", "off")
        note = guest.row("recording").locator("[data-withheld]")
        await expect(note).to_be_visible()
    story.sizes["off"] = story.files()
    row = mara.row("recording")
    story.seen["can ask"] = await row.locator(".hosting").is_visible()
    story.seen["can take back"] = await row.locator("answer-pair").is_visible()
    await mara.choose("recording", "declined")
    await mara.hears("decided", decision="declined")
    await expect(row.locator("answer-pair")).to_be_hidden()
    story.sizes["later"] = story.files()


async def tomas_comes_again(story: Story, world: World, room: str) -> None:
    """Days later, in another page: only his receipts tell what he had agreed to."""
    tomas = story.guests["Tomas"]
    await until(lambda: tomas.frames("receipt"), "a receipt is there")
    await tomas.open(room)
    story.seen["cards off"] = await tomas.page.get_by_role("article").count()
    aside = tomas.page.locator(".not-asked").first
    story.seen["lobby off"] = await aside.text_content()
    await world.offers.switches.allow(RECORDING)
    await say(world, purpose="Training people who were not here")
    await tomas.page.reload()
    part = tomas.card("recording").locator("wording-changes")
    await part.wait_for()
    story.changes["in the lobby"] = await part.evaluate(SAID)
    pair = tomas.card("recording").locator("fieldset")
    story.seen["answer"] = await pair.get_attribute("data-answer")


async def test_R11_not_a_frame_comes_after_the_words_have_changed(story: Story) -> None:
    assert story.sizes["reworded"]
    assert story.sizes["asked"] == story.sizes["reworded"]


async def test_R11_the_question_shows_the_difference_word_by_word(story: Story) -> None:
    for name in NAMES:
        ((term, text, marks),) = story.changes[name]
        assert term == "Kept"
        assert text == ("(taken out: 7) (new: 90) days after the meeting, then deleted")
        assert marks == "del,ins"
    assert story.seen["heading"] == "What has changed since you allowed it"


async def test_K5_the_difference_is_told_by_shape_and_in_words(story: Story) -> None:
    assert story.seen["looks"] == {"del": "line-through", "ins": "underline"}


async def test_the_whole_of_the_new_wording_stands_there_too(story: Story) -> None:
    assert "90 days after the meeting" in str(story.seen["whole"])


async def test_what_somebody_was_writing_is_still_there(story: Story) -> None:
    assert story.seen["draft"] == "Half a line"


async def test_who_has_agreed_to_the_new_words_is_shown_no_difference(
    story: Story,
) -> None:
    assert story.seen["after"] is False


async def test_switched_off_not_a_frame_comes_after(story: Story) -> None:
    assert story.sizes["later"] == story.sizes["off"]
    assert len(story.sizes["off"]) > len(story.sizes["asked"])


async def test_switched_off_it_cannot_be_asked_for_and_a_yes_can_be_taken_back(
    story: Story,
) -> None:
    assert story.seen["can ask"] is False
    assert story.seen["can take back"] is True


async def test_the_room_is_told_off_and_nothing_else(story: Story) -> None:
    told = {frame["type"] for g in story.guests.values() for frame in g.heard}
    assert "fault" not in told
    for guest in story.guests.values():
        for frame in guest.frames("offering"):
            assert frame.keys() == {"type", "feature", "offered", "notices"}


async def test_a_lobby_asks_nothing_about_what_is_not_offered(story: Story) -> None:
    assert story.seen["cards off"] == 0
    assert "Not offered now: Recording" in str(story.seen["lobby off"])


async def test_R11_who_comes_again_sees_what_has_changed_since_they_agreed(
    story: Story,
) -> None:
    ((term, text, marks),) = story.changes["in the lobby"]
    assert term == "What for"
    assert "(new: Training people who were not here)" in text
    assert marks == "del,ins"
    assert story.seen["answer"] == "unset"
