"""
How long after somebody has stopped speaking their caption is there.

Four people with microphones (aiortc, Opus) talk in turn in one meeting, as in
`tests/assistant/meetings/A`; the server, its speech worker, and the four share the
machine. Somebody's end of speech is the last loud sample that they sent; the caption's
time is when its message has come in at a participant. Meanwhile the server notes how
late its event loop is.
"""

import array
import asyncio
import time
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import aiohttp

from gatekeeper.consent.words import RoomId
from tests.assistant.meetings import lines
from tests.assistant.speaker import Speaker
from tests.assistant.speech.voices import RATE, spoken
from tests.bench import child, ours
from tests.meeting.person import Frame

PEOPLE = {"Anna": "Anna", "Ben": "Ben", "Carla": "Carla", "Dora": "Anna"}
"""Who speaks, and whose voice they have."""
PAUSE = 1.2
"""Seconds from the end of one line to the beginning of the next."""
LOUD = 500
"""Of 32767: what is softer is no speech."""
WITHIN = 10.0
"""Seconds to wait for the last caption."""


class Listener(Speaker):
    """A `Speaker` who notes when each caption came, by the loop's clock."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.captions: list[tuple[str, float]] = []

    def _react(self, frame: Frame) -> None:
        if frame["type"] == "caption":
            now = asyncio.get_running_loop().time()
            self.captions.append((frame["sender"], now))
        super()._react(frame)


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with (
        ours.configured(30.0, "\n[features.transcript]\n") as file,
        child.child("tests.bench.listener", str(file)) as server,
    ):
        asyncio.run(_warm(server))
        server.ask("late")
        before, began = server.cpu(), time.monotonic()
        delays, said = asyncio.run(_talk(server))
        took, cpu = time.monotonic() - began, server.cpu() - before
        late = server.ask("late")
    how = (
        f"{len(PEOPLE)} people talking in turn, {said} lines in {took:.0f} s, flite "
        f"voices, Opus; moonshine tiny-en; all on one machine"
    )
    return {
        "caption_delay_p95_s": {
            "value": round(_quantile(delays, 0.95), 2),
            "unit": "s",
            "baseline": f"p50 {_quantile(delays, 0.5):.2f} s, worst "
            f"{max(delays):.2f} s; {len(delays)} captions of {said} lines. 0.6 s of "
            f"it is the silence that ends an utterance",
            "how": f"{how}: last loud sample to the caption's message at a participant",
        },
        "loop_delay_p99_ms": {
            "value": round(_quantile(late, 0.99), 1),
            "unit": "ms",
            "baseline": f"p50 {_quantile(late, 0.5):.1f} ms, worst {max(late):.1f} ms",
            "how": f"{how}: how late the server's event loop came to a timer due every "
            f"5 ms; the server took {100 * cpu / took:.0f} % of a core, its speech "
            f"worker not counted",
        },
    }


async def _warm(server: child.Child) -> None:
    """One line, so that the worker has loaded its model."""
    await _meet(server, 1)


async def _talk(server: child.Child) -> tuple[list[float], int]:
    return await _meet(server, len(lines("A")))


async def _meet(server: child.Child, count: int) -> tuple[list[float], int]:
    texts = [line.text for line in lines("A")[:count]]
    for text, voice in zip(texts, cycle(PEOPLE.values()), strict=False):
        spoken(text, voice)  # rendered before anything is measured
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
        people = await _people(http, server.url, tasks)
        ends = await _speak(people, texts)
        await asyncio.sleep(WITHIN if count > 1 else 5)
        delays = _delays(people, ends)
        await people[0].say(type="end")
        for person in people:
            await person.close()
            await person.drop()
    return delays, count


async def _people(
    http: aiohttp.ClientSession, url: str, tasks: asyncio.TaskGroup
) -> Sequence[Listener]:
    room = {"title": "Talk", "language": "en", "features": ["transcript"]}
    async with http.post(f"{url}/api/rooms", json=room) as answer:
        made = await answer.json()
    people: list[Listener] = []
    for name, voice in PEOPLE.items():
        person = Listener(
            http, url, RoomId(made["room"]), name, voice=voice, tasks=tasks
        )
        await person.__aenter__()
        host = None if people else made["host"]
        await person.join(host=host, allow=("transcript",))
        people.append(person)
    await people[0].say(type="request", feature="transcript")
    async with asyncio.timeout(30):
        while not all(person.tapped for person in people):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return people


async def _speak(
    people: Sequence[Listener], texts: Sequence[str]
) -> list[tuple[str, float]]:
    """Say `texts` in turn; who spoke, and when their last loud sample was."""
    ends = []
    for text, person, voice in zip(
        texts, cycle(people), cycle(PEOPLE.values()), strict=False
    ):
        begin, end = person.mouth.say(text)
        samples = array.array("h", spoken(text, voice))
        last = max(at for at, sample in enumerate(samples) if abs(sample) > LOUD)
        ends.append((person.id, begin + last / RATE))
        await asyncio.sleep(end - begin + PAUSE)
    return ends


def _delays(
    people: Sequence[Listener], ends: Sequence[tuple[str, float]]
) -> list[float]:
    """From each end of speech to the first caption of that person after it."""
    hearer = people[0]
    found = []
    for who, end in ends:
        later = [at for sender, at in hearer.captions if sender == who and at > end]
        if later:
            found.append(min(later) - end)
    return found


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
