"""
People who speak by microphone (flite), into a real speech engine.

Mara hosts, Tomas and Ines are there. Their cameras stand still.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, expect

from tests.assistant.speech.voices import spoken
from tests.browser.guest import Frame, Guest
from tests.browser.waiting import until

FEATURES: dict[str, Any] = {
    name: {} for name in ("recording", "transcript", "summary", "compose")
}
DECISION = "So we have decided to move the launch to the eighth of June."
TASK = "I will send you the first version of the letter on Wednesday."
HIDDEN = "The pineapple volcano hides behind the second waterfall of the island."
MARKERS = ("pineapple", "volcano", "waterfall", "island")
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


async def end(story: Story) -> None:
    """Mara ends it for everyone, and all look at what was kept."""
    page = story.guests["Mara"].page
    await page.get_by_role("button", name="Leave").click()
    await page.get_by_role("button", name="End for everyone").click()
    for guest in story.everybody:
        await guest.looks_afterwards()
        await expect(lines(guest).first).to_be_visible(timeout=60_000)


def lines(guest: Guest) -> Locator:
    """The lines of the transcript on the page afterwards."""
    section = guest.page.get_by_role("region", name="Transcript", exact=True)
    return section.locator("[id^=t-]")


def summary(guest: Guest) -> Locator:
    """The summary on the page afterwards."""
    return guest.page.locator("summary-section")
