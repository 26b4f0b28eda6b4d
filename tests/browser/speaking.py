"""
People who speak by microphone (flite), into a real speech engine.

Mara hosts, Tomas and Ines are there. Their cameras stand still. Who is a `Voice` has
no page until it is over, and then comes to the page afterwards by a browser, too.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, expect

from gatekeeper.consent.types import RoomId
from tests.assistant.speaker import Speaker
from tests.assistant.speech.voices import spoken
from tests.browser.conftest import Invite
from tests.browser.guest import Frame, Guest
from tests.browser.opposite import Opposite
from tests.browser.waiting import until
from tests.meeting.conftest import World

FEATURES: dict[str, Any] = {
    name: {} for name in ("recording", "transcript", "summary", "compose")
}
DECISION = "So we have decided to move the launch to the eighth of June."
TASK = "I will send you the first version of the letter on Wednesday."
HIDDEN = "The pineapple volcano hides behind the second waterfall of the island."
MARKERS = ("pineapple", "volcano", "waterfall", "island")
VOICES = {"Mara": "Anna", "Tomas": "Ben", "Ines": "Carla"}


class Voice(Opposite):
    """Somebody opposite who speaks: a real microphone, and no page."""

    def __init__(self, person: Speaker) -> None:
        super().__init__(person)
        self.speaker = person

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def heard(self) -> list[Frame]:
        return self.person.heard

    async def is_heard(self) -> bool:
        """Whether each of the server's taps hears the microphone, and has for long."""
        closed = {frame["opening"] for frame in self.frames("tap-closed")}
        asked = {frame["opening"] for frame in self.frames("tap")}
        return asked - closed <= set(self.speaker.tapped)


async def voice(world: World, room: RoomId, name: str, host: str | None) -> Voice:
    """Somebody who speaks and has joined; they go with the server."""
    tasks = await world.stack.enter_async_context(asyncio.TaskGroup())
    speaker = Speaker(
        world.http, world.url, room, name, voice=VOICES[name], tasks=tasks
    )
    await world.stack.enter_async_context(speaker)
    world.stack.push_async_callback(speaker.close)
    await speaker.join(host=host)
    return Voice(speaker)


@dataclass
class Story:
    """What was seen while the meeting was going on."""

    people: Mapping[str, Guest | Voice]
    data: Path
    logs: list[Any] = field(default_factory=list)
    on: tuple[str, ...] = ()
    """The features that are on."""
    bars: list[str] = field(default_factory=list)
    """What stood in Tomas's caption bar after each line."""
    so_far: str = ""
    """What the notes showed of the summary so far."""

    @property
    def guests(self) -> dict[str, Guest]:
        """Those who have a page; when it is over, everybody."""
        return {n: each for n, each in self.people.items() if isinstance(each, Guest)}

    @property
    def everybody(self) -> list[Guest]:
        return list(self.guests.values())

    async def open(self, *features: str) -> None:
        """Everybody allows, the host asks, and every sign goes on."""
        for guest in self.everybody:
            await guest.show("Gate")
        for person in self.people.values():
            for feature in features:
                await person.choose(feature, "granted")
        for feature in features:
            await self.people["Mara"].ask(feature)
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
        for person in self.people.values():
            for feature in features:
                await person.sees_sign(feature, "on")
                if isinstance(person, Guest):
                    await person.hears("tap-answer", since=tapped(person, feature))
        for person in self.people.values():
            await until(person.is_heard, "every tap hears the microphone")

    async def say(self, name: str, text: str) -> float:
        """Somebody begins to say something; how long it is, in seconds."""
        person = self.people[name]
        if isinstance(person, Guest):
            return await person.speak(spoken(text, VOICES[name]))
        begins, ends = person.speaker.mouth.say(text)
        return ends - begins

    async def hear(self, name: str, text: str) -> None:
        """Somebody says something, and the others read it."""
        since = {each.name: len(each.heard) for each in self.people.values()}
        speaker = self.people[name]
        await self.say(name, text)

        def is_read() -> bool:
            return all(
                any(
                    frame["type"] == "caption"
                    and (frame["sender"], frame["final"]) == (speaker.id, True)
                    for frame in person.heard[since[person.name] :]
                )
                for person in self.people.values()
            )

        await until(is_read, f"everybody reads what {name} says")
        if "summary" in self.on:
            await until(lambda: self.noted(speaker), "the summary has heard it, too")

    def noted(self, speaker: Guest | Voice) -> bool:
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
    length = await story.say(speaker, HIDDEN)
    over = asyncio.get_running_loop().time() + length + 1
    await asyncio.sleep(length / 3)  # into the sentence, which is what is tested
    for feature in ("transcript", "summary"):
        await tomas.plate(feature).get_by_role("button").click()
        for person in story.people.values():
            await person.sees_sign(feature, "off")
    await until(lambda: asyncio.get_running_loop().time() > over, "she has spoken")
    await tomas.settle()


async def end(story: Story, invite: Invite) -> None:
    """Mara ends it for everyone, and all look at what was kept."""
    mara = story.people["Mara"]
    if isinstance(mara, Guest):
        await mara.page.get_by_role("button", name="Leave").click()
        await mara.page.get_by_role("button", name="End for everyone").click()
    else:
        await mara.person.say(type="end")
    for guest in story.everybody:
        await guest.looks_afterwards()
    url = story.everybody[0].url
    for name, person in story.people.items():
        if isinstance(person, Voice):
            guest = await invite(name, url)
            guest.heard = person.heard
            link = f"{url}/m/{person.room}/after#p={person.speaker.after}"
            await guest.page.goto(link)
            story.people = {**story.people, name: guest}
    for guest in story.everybody:
        await expect(lines(guest).first).to_be_visible(timeout=60_000)


def lines(guest: Guest) -> Locator:
    """The lines of the transcript on the page afterwards."""
    section = guest.page.get_by_role("region", name="Transcript", exact=True)
    return section.locator("[id^=t-]")


def summary(guest: Guest) -> Locator:
    """The summary on the page afterwards."""
    return guest.page.locator("summary-section")
