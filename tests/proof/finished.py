"""The films that the server has made of a meeting, when they are whole."""

import asyncio
from pathlib import Path

from gatekeeper.media.film.recipe import FilmIndex
from tests.proof.allowed import Intervals
from tests.proof.film import Chapter, FilmVerdict, prove_film
from tests.proof.judge import Verdict
from tests.proof.meeting import FEATURE
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
    folder = data / "films" / story.room / FEATURE
    try:
        async with asyncio.timeout(PATIENCE):
            while not (folder / "film.json").exists():  # noqa: ASYNC110 - of a file
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Violation(f"no film was made\n\n{story.told()}") from None
    return await asyncio.to_thread(_check, folder, story, kept)


def _check(folder: Path, story: Story, kept: Verdict) -> FilmVerdict:
    index = FilmIndex.model_validate_json((folder / "film.json").read_text("utf-8"))
    found = FilmVerdict()
    for film in index.films:
        chapters = [
            Chapter(c.at, c.from_.timestamp(), c.to.timestamp()) for c in film.chapters
        ]
        path = folder / film.name
        found.add(prove_film(path, chapters, _by_wall(story), told=story.told()))
    if found.heard != kept.heard:
        raise Violation(
            f"the films let us hear {sorted(found.heard)}, but what was kept is of "
            f"{sorted(kept.heard)}\n\n{story.told()}"
        )
    return found


def _by_wall(story: Story) -> Intervals:
    return {
        who: [
            i._replace(begins=i.begins + story.wall, ends=i.ends + story.wall)
            for i in times
        ]
        for who, times in story.allowed.items()
    }
