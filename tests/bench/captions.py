"""
How long after a word was said it is on screen, and after an end the whole caption.

Four people with microphones (aiortc, Opus) talk in turn in one meeting, as in
`tests/assistant/meetings/A`; the server, its speech worker, and the four share the
machine. Somebody's end of speech is the last loud sample that they sent; the caption's
time is when its message has come in at a participant. A word has been said when as
much of the sound is over as of its line's letters, since no synthesiser tells; it is
there with the first message, final or not, in which it stands where it belongs. Words
that are never understood have no delay, and are counted. Meanwhile the server notes how
late its event loop is.
"""

import array
import asyncio
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import cycle
from typing import Any, NamedTuple

import aiohttp

from gatekeeper.consent.types import RoomId
from tests.assistant.meetings import lines
from tests.assistant.speaker import Speaker
from tests.assistant.speech.voices import RATE, plain, spoken
from tests.bench import child, ours
from tests.bench.process import cpu as cpu_of
from tests.meeting.person import Frame

PEOPLE = {"Anna": "Anna", "Ben": "Ben", "Carla": "Carla", "Dora": "Anna"}
"""Who speaks, and whose voice they have."""
PAUSE = 1.2
"""Seconds from the end of one line to the beginning of the next."""
LOUD = 500
"""Of 32767: what is softer is no speech."""
WITHIN = 10.0
"""Seconds to wait for the last caption."""


class Turn(NamedTuple):
    """What somebody says. Times are the event loop's."""

    who: str
    text: str
    first: float
    """When the first loud sample is due."""
    last: float


class Result(NamedTuple):
    """What was found, in seconds."""

    ends: list[float]
    """Of each turn, from its end to the final caption."""
    words: list[float]
    said: int
    """Words."""


class Listener(Speaker):
    """A `Speaker` who notes when each caption came, by the loop's clock."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.captions: list[tuple[Frame, float]] = []

    def _react(self, frame: Frame) -> None:
        if frame["type"] == "caption":
            now = asyncio.get_running_loop().time()
            self.captions.append((frame, now))
        super()._react(frame)


def run() -> dict[str, dict[str, Any]]:
    """Measure; results by name."""
    with (
        ours.configured(30.0, "\n[features.transcript]\n") as file,
        child.child("tests.bench.listener", str(file)) as server,
    ):
        asyncio.run(_warm(server))
        server.ask("late")
        (worker,) = server.children()
        before, began = server.cpu(), time.monotonic()
        heard = cpu_of(worker)
        said = len(lines("A"))
        delays, words, spoken_words = asyncio.run(_meet(server, said))
        took, cpu = time.monotonic() - began, server.cpu() - before
        heard = cpu_of(worker) - heard
        late, worked = zip(*server.ask("late"), strict=True)
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
        "word_delay_p95_s": {
            "value": round(_quantile(words, 0.95), 2),
            "unit": "s",
            "baseline": f"p50 {_quantile(words, 0.5):.2f} s, worst "
            f"{max(words):.2f} s; {len(words)} of {spoken_words} words, the others "
            "were never understood",
            "how": f"{how}: from a word's end to the first message that has it, at a "
            f"participant; the speech worker took {100 * heard / took:.0f} % of a core",
        },
        "loop_delay_p99_ms": {
            "value": round(_quantile(late, 0.99), 1),
            "unit": "ms",
            "baseline": f"p50 {_quantile(late, 0.5):.1f} ms, worst {max(late):.1f} ms; "
            f"the most that the process worked from one look to the next "
            f"{max(worked):.1f} ms, the rest is waiting for a core",
            "how": f"{how}: how late the server's event loop came to a timer due every "
            f"5 ms; the server took {100 * cpu / took:.0f} % of a core, its speech "
            f"worker not counted",
        },
    }


async def _warm(server: child.Child) -> None:
    """One line, so that the worker has loaded its model."""
    await _meet(server, 1)


async def _meet(server: child.Child, count: int) -> Result:
    texts = [line.text for line in lines("A")[:count]]
    for text, voice in zip(texts, cycle(PEOPLE.values()), strict=False):
        spoken(text, voice)  # rendered before anything is measured
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
        people = await _people(http, server.url, tasks)
        turns = await _speak(people, texts)
        await asyncio.sleep(WITHIN if count > 1 else 5)
        captions = people[0].captions
        words = [delay for turn in turns for delay in _word_delays(captions, turn)]
        count = sum(len(plain(text).split()) for text in texts)
        result = Result(_delays(captions, turns), words, count)
        await people[0].say(type="end")
        for person in people:
            await person.close()
            await person.drop()
    return result


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


async def _speak(people: Sequence[Listener], texts: Sequence[str]) -> list[Turn]:
    """Say `texts` in turn."""
    turns = []
    for text, person, voice in zip(
        texts, cycle(people), cycle(PEOPLE.values()), strict=False
    ):
        begin, end = person.mouth.say(text)
        samples = array.array("h", spoken(text, voice))
        loud = [at for at, sample in enumerate(samples) if abs(sample) > LOUD]
        first, last = (begin + at / RATE for at in (loud[0], loud[-1]))
        turns.append(Turn(person.id, text, first, last))
        await asyncio.sleep(end - begin + PAUSE)
    return turns


def _delays(
    captions: Sequence[tuple[Frame, float]], turns: Sequence[Turn]
) -> list[float]:
    """From each end of speech to the first final caption of that person after it."""
    found = []
    for turn in turns:
        later = [
            at
            for frame, at in captions
            if frame["sender"] == turn.who and frame["final"] and at > turn.last
        ]
        if later:
            found.append(min(later) - turn.last)
    return found


def _word_delays(
    captions: Sequence[tuple[Frame, float]], turn: Turn
) -> Iterator[float]:
    """Of those words of a turn that were understood."""
    words = plain(turn.text).split()
    there: dict[int, float] = {}
    lines: dict[str, str] = {}
    for frame, at in captions:
        # Their next turn is three other people's turns away.
        if frame["sender"] == turn.who and turn.first < at < turn.last + WITHIN / 2:
            lines[frame["line"]] = frame["text"]
            seen = plain(" ".join(lines.values())).split()
            matcher = SequenceMatcher(None, words, seen, autojunk=False)
            for block in matcher.get_matching_blocks():
                for place in range(block.a, block.a + block.size):
                    there.setdefault(place, at)
    letters = sum(map(len, words))
    for place, at in there.items():
        share = sum(map(len, words[: place + 1])) / letters
        yield max(0.0, at - turn.first - share * (turn.last - turn.first))


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
