"""
The assistant, as people meet it: captions, notes, drafts, and the page afterwards.

Mara hosts, Tomas and Ines are there. They speak by microphone (flite), into a real
speech engine. The story is told once with no model and once with a real llama.cpp
server, whose model says what `ANSWER` and `DRAFT` say.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from playwright.async_api import Locator, expect

from gatekeeper.consent.types import ParticipantId
from gatekeeper.wire.assistant import Caption
from tests.assistant.conftest import bytes_below
from tests.assistant.llama import Llama, llama, make_gguf
from tests.assistant.speech.voices import plain, spoken
from tests.assistant.summary.model import answer, said
from tests.browser.conftest import Invite, configured, gather
from tests.browser.guest import Frame, Guest
from tests.browser.test_axe import clean
from tests.browser.waiting import until
from tests.meeting.conftest import World, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

FEATURES: dict[str, Any] = {
    name: {} for name in ("recording", "transcript", "summary", "compose")
}
DECISION = "So we have decided to move the launch to the eighth of June."
TASK = "I will send you the first version of the letter on Wednesday."
HIDDEN = "The pineapple volcano hides behind the second waterfall of the island."
MARKERS = ("pineapple", "volcano", "waterfall", "island")
LATER = "Please update the public calendar before Friday afternoon."
DRAFT = "I agree: the launch moves to the eighth of June."
VOICES = {"Mara": "Anna", "Tomas": "Ben", "Ines": "Carla"}


@dataclass
class Story:
    """What was seen while the meeting was going on."""

    guests: dict[str, Guest]
    data: Path
    logs: list[Any] = field(default_factory=list)
    on: tuple[str, ...] = ()
    """The features that are on."""
    bars: list[str] = field(default_factory=list)
    """What stood in Tomas's caption bar after each line."""
    so_far: str = ""
    """What the notes showed of the summary so far."""

    @property
    def everybody(self) -> list[Guest]:
        return list(self.guests.values())

    async def open(self, *features: str) -> None:
        """Everybody allows, the host asks, and every sign goes on."""
        mara = self.guests["Mara"]
        for guest in self.everybody:
            await guest.show("Gate")
            for feature in features:
                await guest.choose(feature, "granted")
        for feature in features:
            await mara.ask(feature)
        await self.is_on(*features)

    async def reopen(self, guest: Guest, *features: str) -> None:
        """The one who said no allows again, and it goes on by itself."""
        await guest.show("Gate")
        for feature in features:
            await guest.choose(feature, "granted")
        await self.is_on(*features)

    async def is_on(self, *features: str) -> None:
        """Every sign is on, and everybody is heard."""
        self.on = features
        for guest in self.everybody:
            for feature in features:
                await guest.sees_sign(feature, "on")
                await guest.hears("tap-answer", since=tapped(guest, feature))
        for guest in self.everybody:
            await until(guest.is_heard, "every tap hears the microphone")

    async def hear(self, name: str, text: str) -> Frame:
        """Somebody says something, and the others read it."""
        since = {guest.name: len(guest.heard) for guest in self.everybody}
        speaker = self.guests[name]
        await speaker.speak(spoken(text, VOICES[name]))
        frames = [
            await guest.hears(
                "caption", since=since[guest.name], sender=speaker.id, final=True
            )
            for guest in self.everybody
        ]
        if "summary" in self.on:
            await until(lambda: self.noted(speaker), "the summary has heard it, too")
        return frames[0]

    def noted(self, speaker: Guest) -> bool:
        """Whether the last caption of somebody is among the words of the summary."""
        line = [frame for frame in speaker.frames("caption") if frame["final"]][-1]
        found = (self.data / "words").glob(f"*/summary/*/{speaker.id}.jsonl")
        return any(line["line"] in file.read_text("utf-8") for file in found)


def tapped(guest: Guest, feature: str) -> int:
    """Where a guest last heard of a tap of this feature."""
    return max(
        at
        for at, frame in enumerate(guest.heard)
        if frame["type"] == "tap" and frame["feature"] == feature
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rules(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Story]:
    """Without a model: three people speak, and Tomas says no in mid-sentence."""
    data = tmp_path_factory.mktemp("rules") / "data"
    with structlog.testing.capture_logs() as logs:
        async with start(configured(data, features=FEATURES)) as world:
            story = Story(await meet(invite_all, world), data, logs)
            mara, tomas = story.guests["Mara"], story.guests["Tomas"]
            await tomas.page.get_by_role("button", name="Captions").click()
            await story.open("transcript", "summary")
            for name, text in (("Mara", DECISION), ("Tomas", TASK)):
                await story.hear(name, text)
                story.bars.append(await bar(tomas).inner_text())
            await correct(world, mara, tomas)
            await no_in_mid_sentence(story, "Ines")
            await story.reopen(tomas, "transcript", "summary")
            await story.hear("Ines", LATER)
            await ask_so_far(story, mara)
            await end(story)
            yield story


async def meet(invite: Invite, world: World) -> dict[str, Guest]:
    room, secret = await world.room(*FEATURES)
    guests = {n: await invite(n, world.url, speaks=True) for n in VOICES}
    for name, guest in guests.items():
        await guest.join(room, secret if name == "Mara" else None)
    return guests


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


async def no_in_mid_sentence(story: Story, speaker: str) -> None:
    """Somebody is speaking when Tomas presses "Don't allow" on both plates."""
    tomas = story.guests["Tomas"]
    length = await story.guests[speaker].speak(spoken(HIDDEN, VOICES[speaker]))
    over = asyncio.get_running_loop().time() + length + 1
    await asyncio.sleep(length / 3)  # into the sentence, which is what is tested
    for feature in ("transcript", "summary"):
        await tomas.plate(feature).get_by_role("button").click()
        for guest in story.everybody:
            await guest.sees_sign(feature, "off")
    await until(lambda: asyncio.get_running_loop().time() > over, "she has spoken")
    await tomas.settle()


async def ask_so_far(story: Story, guest: Guest) -> None:
    await guest.show("Notes")
    await guest.page.locator("[data-act=so-far]").click()
    await guest.hears("summary")
    notes = guest.page.get_by_role("tabpanel", name="Notes")
    await expect(notes).to_contain_text("move the launch")
    story.so_far = await notes.inner_text()


async def end(story: Story) -> None:
    """Mara ends it for everyone, and all look at what was kept."""
    page = story.guests["Mara"].page
    await page.get_by_role("button", name="Leave").click()
    await page.get_by_role("button", name="End for everyone").click()
    for guest in story.everybody:
        await guest.page.get_by_role("link", name="What was kept").click()
        await expect(lines(guest).first).to_be_visible(timeout=60_000)


def lines(guest: Guest) -> Locator:
    """The lines of the transcript on the page afterwards."""
    section = guest.page.get_by_role("region", name="Transcript", exact=True)
    return section.locator("[id^=t-]")


def summary(guest: Guest) -> Locator:
    """The summary on the page afterwards."""
    return guest.page.locator("summary-section")


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
    for guest, scheme in zip(rules.everybody, ("light", "dark"), strict=False):
        await guest.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await clean(guest.page)
        await guest.page.emulate_media(color_scheme="light")


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


# ---- With a model -------------------------------------------------------------------

ANSWER = answer(
    decisions=[said("The launch moves to the eighth of June.", "L1")],
    todos=[
        said("Send the first version of the letter.", "L2", owner="P2", due=None),
    ],
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def model(
    invite_all: Invite, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Story, Llama]]:
    """Two people decide something, with a model that sums up."""
    folder = tmp_path_factory.mktemp("model")
    with llama(make_gguf(folder / "writer.gguf", ANSWER)) as server:
        ai = {"base_url": server.base_url, "model": "writer"}
        given = configured(folder / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            room, secret = await world.room("transcript", "summary")
            guests = {
                n: await invite_all(n, world.url, speaks=True)
                for n in ("Mara", "Tomas")
            }
            for name, guest in guests.items():
                await guest.join(room, secret if name == "Mara" else None)
            story = Story(guests, folder / "data")
            await story.open("transcript", "summary")
            await story.hear("Mara", DECISION)
            await story.hear("Tomas", TASK)
            await no_in_mid_sentence(story, "Mara")
            await end(story)
            yield story, server


async def test_a_model_writes_and_the_page_says_so(
    model: tuple[Story, Llama],
) -> None:
    story, server = model
    for guest in story.everybody:
        await expect(summary(guest)).to_contain_text(
            "The launch moves to the eighth of June.", timeout=60_000
        )
        await expect(summary(guest)).to_contain_text("Written by writer on this server")
        await expect(summary(guest)).to_contain_text("It makes mistakes")
        await expect(summary(guest)).to_contain_text("Tomas")
        await clean(guest.page)
    asked = server.requests.read_text("utf-8", "replace")
    assert "move the launch" in asked
    everything = (asked + server.log.read_text("utf-8", "replace")).lower()
    for never in ("tomas", *MARKERS):
        assert never not in everything


async def test_a_draft_is_streamed_used_and_not_sent(
    invite: Invite, tmp_path: Path
) -> None:
    with llama(make_gguf(tmp_path / "drafter.gguf", DRAFT)) as server:
        ai = {"base_url": server.base_url, "model": "drafter"}
        given = configured(tmp_path / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            mara, tomas = await gather(
                invite, world, "Mara", "Tomas", features=("compose",)
            )
            await tomas.write("Written before the gate was open.")
            for guest in (mara, tomas):
                await guest.show("Gate")
                await guest.choose("compose", "granted")
            await mara.ask("compose")
            await tomas.sees_sign("compose", "on")
            await tomas.write("Shall the launch move to the eighth of June?")
            await mara.show("Chat")
            page = mara.page
            await page.get_by_role("button", name=re.compile("for a draft")).click()
            await page.get_by_role("textbox", name="What should the draft say").fill(
                "Say that I agree"
            )
            await page.get_by_role("button", name="Draft it").click()
            card = page.get_by_role("region", name=re.compile("Draft by"))
            await expect(card).to_contain_text(DRAFT)
            await expect(card).to_contain_text("Only you see it")
            await clean(page)
            await card.get_by_role("button", name="Use draft").click()
            field = page.get_by_role("textbox", name="Message")
            await expect(field).to_have_value(DRAFT)
            sent = len(tomas.frames("chat-line"))
            await page.keyboard.press("Enter")
            await mara.hears("chat-line", text=DRAFT)
            said_before = [f["text"] for f in tomas.frames("chat-line")[:sent]]

            await tomas.hears("chat-line", text=DRAFT)
    asked = server.requests.read_text("utf-8", "replace")
    assert DRAFT not in said_before
    assert not tomas.frames("draft-text")
    assert "Shall the launch move" in asked
    assert "before the gate" not in asked


async def test_a_no_takes_an_open_draft_away(invite: Invite, tmp_path: Path) -> None:
    endless = make_gguf(tmp_path / "endless.gguf", DRAFT, endless=True)
    with llama(endless) as server:
        ai = {"base_url": server.base_url, "model": "endless"}
        given = configured(tmp_path / "data", features=FEATURES, ai=ai)
        async with start(given) as world:
            mara, tomas = await gather(
                invite, world, "Mara", "Tomas", features=("compose",)
            )
            for guest in (mara, tomas):
                await guest.choose("compose", "granted")
            await mara.ask("compose")
            await tomas.sees_sign("compose", "on")
            await mara.show("Chat")
            page = mara.page
            await page.get_by_role("button", name=re.compile("for a draft")).click()
            await page.get_by_role("textbox", name="What should the draft say").fill(
                "Go on for ever"
            )
            await page.get_by_role("button", name="Draft it").click()
            card = page.get_by_role("region", name=re.compile("Draft by"))
            await expect(card).to_contain_text("I agree")
            await tomas.plate("compose").get_by_role("button").click()
            await expect(card).to_be_hidden()
            await expect(page.get_by_text("the draft is gone")).to_be_visible()
