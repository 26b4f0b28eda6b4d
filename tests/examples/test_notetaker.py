"""
The note taker writes what is said while everybody agrees, and nothing after the lease.

What people say are words that name their speaker and their number, so that a transcript
says itself when each was said (`tests.proof.words`), however slow the machine is.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.consent.types import RoomId
from tests.client.relay import network
from tests.examples.running import EXAMPLES, a_gate, a_key, started
from tests.examples.test_examples import LEASE, MARGIN
from tests.meeting.test_presence import until
from tests.proof import guest as guests
from tests.proof import words
from tests.proof.content import PACKET, pictures
from tests.proof.guest import Guest

NOTES = "notes"
LONG = words.LONG * PACKET
"""Seconds of a word."""


@dataclass
class Taker:
    """The example, and what it has written."""

    room: RoomId
    host: str
    file: Path
    process: asyncio.subprocess.Process

    def said(self) -> list[tuple[str, int]]:
        """The words in its transcript, in order."""
        text = self.file.read_text("utf-8") if self.file.exists() else ""
        for line in text.splitlines():
            assert re.fullmatch(r"\[\d\d:\d\d:\d\d\] (Mara|Tomas): .+", line)
            named = line.split(" ")[1].removesuffix(":")
            assert {who for who, _ in words.said_in(line)} <= {named}
        return [*words.said_in(text)]


@asynccontextmanager
async def a_taker(cwd: Path, url: str, speech: str) -> AsyncIterator[Taker]:
    env = {
        "GATE_URL": url,
        "GATE_KEY": await asyncio.to_thread(a_key, cwd),
        "SPEECH_URL": speech,
    }
    command = (sys.executable, EXAMPLES / "notetaker/notetaker.py")
    process_ = started(*command, cwd=cwd, env=env, stdout=asyncio.subprocess.PIPE)
    async with process_ as process:
        assert process.stdout is not None
        text = "".join([(await process.stdout.readline()).decode() for _ in range(3)])
        found = re.search(r"/m/([\w-]+)#host=(\S+)", text)
        assert found, text
        file = cwd / text.split()[-1]
        yield Taker(RoomId(found[1]), found[2], file, process)


async def test_it_writes_what_all_agree_to_and_nothing_after_the_lease(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "TRANSCRIPT", NOTES)  # they speak words
    for name in ("Mara", "Tomas"):
        words.speech(name)
        pictures(name, screen=False)
        pictures(name, screen=True)
    async with (
        a_gate(tmp_path) as gate,
        network(gate.url) as between,
        words.listening() as speech,
        a_taker(tmp_path, between.url, speech) as taker,
        aiohttp.ClientSession() as http,
        asyncio.TaskGroup() as tasks,
    ):
        new = partial(Guest, http, gate.url, taker.room, tasks=tasks, impolite=True)
        async with new("Mara") as ann, new("Tomas") as ben:
            people = {"Mara": ann, "Tomas": ben}
            await ann.join(host=taker.host, allow=(NOTES,))
            await ben.join()

            def began(word: tuple[str, int]) -> float:
                return words.times(*word, people[word[0]].clock.began)[0]

            def writes(after: float) -> bool:
                return any(began(word) > after for word in taker.said())

            async def a_no() -> None:
                await ben.refuse(NOTES)

            async def a_network_that_is_gone() -> None:
                between.holds()

            ways: dict[Callable[[], Awaitable[None]], float] = {
                a_no: MARGIN,
                a_network_that_is_gone: LEASE + MARGIN,
                gate.is_killed: LEASE + MARGIN,
            }
            for way, late in ways.items():
                between.passes()
                agreed = ann.clock.now()
                await ben.allow(NOTES)
                await until(partial(writes, agreed))
                happened = ann.clock.now()
                await way()
                over = happened + late
                await until(lambda: ann.clock.now() > over + LONG)  # noqa: B023
                assert began(max(taker.said(), key=began)) <= over, way
            for guest in people.values():
                await guest.close()
