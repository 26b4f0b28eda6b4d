"""
The assistant without a model, as people meet it: captions, notes, the page afterwards.

The story is told once; each test looks at one thing about it.
"""

import json
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import structlog
from playwright.async_api import Locator, expect

from gatekeeper.consent.types import ParticipantId
from gatekeeper.wire.assistant import Caption
from tests.assistant.conftest import bytes_below
from tests.assistant.speech.voices import plain
from tests.browser.conftest import Invite, configured
from tests.browser.guest import Guest
from tests.browser.speaking import (
    DECISION,
    FEATURES,
    MARKERS,
    TASK,
    Story,
    Voice,
    end,
    lines,
    no_in_mid_sentence,
    summary,
    voice,
)
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

LATER = "Please update the public calendar before Friday afternoon."


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rules(
    call_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Story]:
    """Without a model: three people speak, and Tomas says no in mid-sentence."""
    data = tmp_path_factory.mktemp("rules") / "data"
    with structlog.testing.capture_logs() as logs:
        async with start(configured(data, features=FEATURES)) as world:
            story = Story(await meet(call_all, world), data, logs)
            mara, tomas = story.guests["Mara"], story.guests["Tomas"]
            await tomas.page.get_by_role("button", name="Captions").click()
            await story.open("transcript", "summary")
            for name, text in (("Mara", DECISION), ("Tomas", TASK)):
                await story.hear(name, text)
                story.bars.append(await bar(tomas).inner_text())
            await correct(world, mara, tomas)
            await no_in_mid_sentence(story, "Mara")
            await story.reopen(tomas, "transcript", "summary")
            await story.hear("Ines", LATER)
            await ask_so_far(story, mara)
            await end(story, call_all)
            yield story


async def meet(invite: Invite, world: World) -> dict[str, Guest | Voice]:
    """Nobody looks at the page of Ines before it is over."""
    room, secret = await world.room(*FEATURES)
    mara, tomas = [
        await invite(name, world.url, manner="speaks") for name in ("Mara", "Tomas")
    ]
    await mara.join(room, secret)
    await tomas.join(room)
    ines = await voice(world, room, "Ines", None)
    return {"Mara": mara, "Tomas": tomas, "Ines": ines}


def bar(guest: Guest) -> Locator:
    return guest.page.get_by_role("region", name="Captions")


async def correct(world: World, speaker: Guest, reader: Guest) -> None:
    """What is still being said is corrected in its place, and not read out."""
    (room,) = world.registry.rooms
    growing = bar(reader).locator(".caption[data-final=false]")
    said = Caption(
        line="A" * 16,
        sender=ParticipantId(speaker.id),
        name=speaker.name,
        at="2026-11-22T11:06:00Z",
        text="",
        final=False,
    )
    await reader.show("Notes")
    log = reader.page.get_by_role("log", name="Transcript")
    for text in ("It wrecks a nice", "It recognises"):
        room._roster.tell_all(said.model_copy(update={"text": text}))
        await expect(growing).to_have_count(1)
        await expect(growing).to_contain_text(text)
        assert text not in await log.inner_text()
    room._roster.tell_all(said)
    await expect(growing).to_have_count(0)


async def ask_so_far(story: Story, guest: Guest) -> None:
    await guest.show("Notes")
    await guest.page.locator("[data-act=so-far]").click()
    await guest.hears("summary")
    notes = guest.page.get_by_role("tabpanel", name="Notes")
    await expect(notes).to_contain_text("move the launch")
    story.so_far = await notes.inner_text()


async def test_captions_show_who_says_what(rules: Story) -> None:
    first, second = rules.bars

    assert "Mara" in first
    assert "move the launch" in first
    assert "Tomas" in second
    assert "letter" in second.lower()


async def test_each_line_of_the_transcript_has_its_speaker(rules: Story) -> None:
    for guest in rules.everybody:
        await expect(lines(guest)).to_have_count(3)
        found = [plain(text) for text in await lines(guest).all_inner_texts()]
        for text, name, word in zip(
            found,
            ("mara", "tomas", "ines"),
            ("launch", "letter", "calendar"),
            strict=True,
        ):
            assert name in text
            assert word in text


async def test_not_a_word_after_a_no_is_anywhere(rules: Story) -> None:
    """
    Not on a page, in a message, in a log, or in a file.

    What she said before the no was on air, and was captioned while she said it: that
    is in messages of then, and nowhere else.
    """
    texts = [await guest.page.locator("body").inner_text() for guest in rules.everybody]
    growing = [
        frame["text"].lower()
        for guest in rules.everybody
        for frame in guest.frames("caption")
        if not frame["final"]
    ]
    heard = [
        json.dumps([frame for frame in guest.heard if frame.get("final", True)])
        for guest in rules.everybody
    ]
    kept = bytes_below(rules.data).decode("utf-8", "replace")
    everything = "\n".join([*texts, *heard, kept, str(rules.logs)]).lower()

    assert "move the launch" in everything
    for marker in MARKERS:
        assert marker not in everything
    assert not any("waterfall" in text or "island" in text for text in growing)


async def test_highlights_are_named_as_what_they_are(rules: Story) -> None:
    named = "Highlights (no AI model: quotes picked by rules; check them)"

    assert named in rules.so_far
    for guest in rules.everybody:
        await expect(summary(guest)).to_contain_text(named)
        await expect(summary(guest)).to_contain_text("Possible decisions")
        await expect(summary(guest)).to_contain_text("move the launch")
        await expect(summary(guest)).to_contain_text("Possible to-dos")


async def test_the_page_with_words_is_accessible(rules: Story) -> None:
    await clean(rules.guests["Tomas"].page)


async def test_one_press_takes_a_wrong_line_out_for_everybody(rules: Story) -> None:
    tomas, ines = rules.guests["Tomas"], rules.guests["Ines"]
    wrong = summary(tomas).get_by_role("button", name=re.compile("This is wrong"))
    before = await wrong.count()
    await wrong.first.click()
    await expect(wrong).to_have_count(before - 1)

    await ines.page.reload()
    other = summary(ines).get_by_role("button", name=re.compile("This is wrong"))
    await expect(other).to_have_count(before - 1)


async def test_erasing_takes_ones_words_out_of_both(rules: Story) -> None:
    tomas, ines = rules.guests["Tomas"], rules.guests["Ines"]
    await (
        tomas.page.get_by_role("button", name=re.compile("erase my part"))
        .nth(0)
        .click()
    )
    await tomas.page.get_by_role("button", name="Erase my part", exact=True).click()
    await expect(lines(tomas).nth(1)).to_contain_text("taken back", timeout=60_000)

    await ines.page.reload()
    await expect(lines(ines).nth(1)).to_contain_text("taken back")
    await until(lambda: b"letter" not in kept(rules), "his words are gone")
    body = await ines.page.locator("main").inner_text()
    assert "letter" not in body.lower()


def kept(story: Story) -> bytes:
    return bytes_below(story.data / "words").lower()
