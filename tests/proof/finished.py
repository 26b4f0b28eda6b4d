"""The films that the server has made of a meeting, when they are whole."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from gatekeeper.media.film.recipe import FilmIndex
from tests.proof.allowed import Interval
from tests.proof.film import Chapter, FilmVerdict, prove_film
from tests.proof.judge import Verdict
from tests.proof.script import RECORDING
from tests.proof.story import Story
from tests.proof.violation import Violation

PATIENCE = 120.0
"""Seconds for a film of some seconds, on a machine that has other things to do."""


async def film_of(data: Path, story: Story, kept: Verdict) -> FilmVerdict | None:
    """
    Wait for the films of a meeting and check each; None if nothing was kept.

    Raises `Violation`, also if somebody whose sound was kept is not to be heard.
    """
    if not kept.heard:
        return None
    folder = data / "films" / story.room / RECORDING
    try:
        async with asyncio.timeout(PATIENCE):
            while not (folder / "film.json").exists():  # noqa: ASYNC110 - of a file
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Violation(f"no film was made\n\n{story.told()}") from None
    return await asyncio.to_thread(_check, folder, story, kept)


def _check(folder: Path, story: Story, kept: Verdict) -> FilmVerdict:
    index = FilmIndex.model_validate_json((folder / "film.json").read_text("utf-8"))
    found, allowed = FilmVerdict(), story.allowed[RECORDING]
    for film in index.films:
        chapters = [
            Chapter(c.at, *(story.when(at.timestamp()) for at in (c.from_, c.to)))
            for c in film.chapters
        ]
        path = folder / film.name
        people = [story.people[who] for who in film.viewers]
        seen_by = present([allowed.get(who, []) for who in people])
        found.add(
            prove_film(path, chapters, allowed, present=seen_by, told=story.told())
        )
    if found.heard != kept.heard:
        raise Violation(
            f"the films let us hear {sorted(found.heard)}, but what was kept is of "
            f"{sorted(kept.heard)}\n\n{story.told()}"
        )
    return found


def present(people: Sequence[Sequence[Interval]]) -> list[Interval]:
    """The times in which all of them were there."""
    found = list(people[0]) if people else []
    for times in people[1:]:
        found = [
            min(a, b, key=lambda i: i.ends)._replace(begins=max(a.begins, b.begins))
            for a in found
            for b in times
            if a.begins < b.ends and b.begins < a.ends
        ]
    return found
