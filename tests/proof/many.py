"""Many meetings, some at once, each with its verdict."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiortc import InvalidStateError

from gatekeeper.consent.types import RoomId
from tests.proof.finished import film_of
from tests.proof.judge import Verdict, judge
from tests.proof.meeting import Meeting, Server
from tests.proof.script import Script
from tests.proof.server import DATA, hurried, inside, outside
from tests.proof.story import Story
from tests.proof.violation import Violation
from tests.proof.visit import visits
from tests.proof.words import listening, prepare

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one meeting."""

    script: Script
    verdict: Verdict | None
    violation: Violation | None


async def hold(
    server: Server, folder: Path, script: Script, *, film: bool = False
) -> Verdict:
    """One meeting on a server that runs; with its film. Raises `Violation`."""
    story = await Meeting(server, script, film=film).run()
    return await verdict_on(story, server.url, folder, film=film)


async def verdict_on(story: Story, url: str, folder: Path, *, film: bool) -> Verdict:
    """What is kept of a meeting that is over, and shown. Raises `Violation`."""
    story.served = await visits(url, story)
    verdict = await asyncio.to_thread(judge, folder / DATA, story)
    if film:
        verdict.film = await film_of(folder / DATA, story, verdict)
    return verdict


async def hold_killed(
    folder: Path,
    speech: str,
    filmed: set[RoomId],
    script: Script,
    *,
    film: bool = False,
) -> Verdict:
    """One meeting on a process of its own, judged once another server goes on."""
    await asyncio.to_thread(folder.mkdir)
    async with outside(folder, speech) as server:
        story = await Meeting(server, script, film=film).run()
    if film:
        filmed.add(story.room)
    async with inside(folder, speech, filmed) as after:
        try:  # a film that was not finished goes on
            return await verdict_on(story, after.url, folder, film=film)
        except Violation as exc:
            wrong = exc  # it is no reason for the server to fail
    raise wrong


async def hold_jumping(
    folder: Path,
    speech: str,
    filmed: set[RoomId],
    script: Script,
    *,
    film: bool = False,
) -> Verdict:
    """One meeting on a server of its own, whose clock is set."""
    await asyncio.to_thread(folder.mkdir)
    async with inside(folder, speech, filmed) as server:
        try:
            return await hold(server, folder, script, film=film)
        except Violation as exc:
            wrong = exc  # it is no reason for the server to fail
    raise wrong


async def prove(
    folder: Path,
    scripts: Sequence[Script],
    *,
    at_once: int = AT_ONCE,
    films: int = 0,
    told: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """
    Hold these meetings, `at_once` of them at a time; `told` as each is over.

    All are on one server, save those in which it is killed or its clock is set.
    `films`: of so many meetings the film of one is looked at; 0 for none.
    """
    waiting = list(enumerate(scripts))[::-1]
    outcomes: list[Outcome] = []

    async def work(server: Server) -> None:
        while waiting:
            number, script = waiting.pop()
            film = films > 0 and number % films == 0
            try:
                if script.killed:
                    own = folder / f"killed-{number}"
                    verdict = await hold_killed(own, speech, filmed, script, film=film)
                elif script.jumps:
                    own = folder / f"jumping-{number}"
                    verdict = await hold_jumping(own, speech, filmed, script, film=film)
                else:
                    verdict = await hold(server, folder, script, film=film)
                outcome = Outcome(script, verdict, None)
            except Violation as exc:
                outcome = Outcome(script, None, exc)
            except (TimeoutError, aiohttp.ClientError) as exc:
                wrong = Violation(f"the server does not answer: {exc!r}\n\n{script}")
                outcome = Outcome(script, None, wrong)
            outcomes.append(outcome)
            told(outcome)

    prepare(words=any(script.speaks for script in scripts))
    asyncio.get_running_loop().set_exception_handler(_tell)
    with hurried() as filmed:
        async with (
            listening() as speech,
            inside(folder, speech, filmed) as server,
            asyncio.TaskGroup() as tasks,
        ):
            for _ in range(at_once):
                tasks.create_task(work(server))
    return outcomes


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Report what went wrong in a task of nobody's, save one."""
    # A peer connection of aiortc's that is closed while it connects leaves that behind.
    if not isinstance(context.get("exception"), InvalidStateError):
        loop.default_exception_handler(context)
