"""
The worker: makes the films of one recipe, in a process of its own.

`python -m gatekeeper.media.film <folder> <data>` reads `<folder>/work/recipe.json`.
Exit code 0: the films are there. 1: one cannot be made; the last line says why.
3: told to stop; what is finished is kept for the next time.

Rule 1: films appear when all are whole and on the disk, not before.
Rule 2: it is made for those who wait for nothing: meetings that go on come first.
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import av.logging
from av.error import FFmpegError

from gatekeeper.media.film.files import Busy, Folder, Progress
from gatekeeper.media.film.parts import Parts
from gatekeeper.media.film.progress import Failed, Steps, Stopped, say
from gatekeeper.media.film.recipe import FilmIndex, LeftOut, Recipe, Track
from gatekeeper.media.film.reel import Reel
from gatekeeper.media.film.timeline import plan
from gatekeeper.media.film.track import Unreadable


def main(arguments: list[str]) -> int:
    """Make the film in the folder given; the exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m gatekeeper.media.film FOLDER DATA\n")
        return 2
    folder, data = Folder(Path(arguments[0])), Path(arguments[1])
    steps = Steps(folder)

    def stop(_signal: int, _frame: object) -> None:
        steps.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    os.nice(10)
    av.logging.set_level(av.logging.PANIC)
    try:
        with folder.alone(patience=2):
            return _run(folder, data, steps)
    except Busy:
        return _fail("busy", "Another process works in this folder.")


def _run(folder: Folder, data: Path, steps: Steps) -> int:
    try:
        _make(folder, data, steps)
    except Stopped:
        return 3
    except (Failed, Unreadable, OSError, FFmpegError) as exc:
        folder.note(Progress(done=0, state="failed"))
        code = exc.code if isinstance(exc, Failed) else "io"
        return _fail(code, str(exc))
    return 0


def _make(folder: Folder, data: Path, steps: Steps) -> None:
    recipe = folder.recipe()
    if recipe is None:
        raise Failed("recipe", "There is no recipe, or it cannot be read.")
    steps.made("sound", 0, now=True)
    left_out: list[Track] = []

    def leave_out(track: Track, why: str) -> None:
        left_out.append(track)
        steps.warn("sound", why, track.path)

    stretches = plan(recipe, data, leave_out)
    if not any(stretches):
        raise Failed("empty", "Nothing that can be read is left.")
    parts = Parts(folder.work / "parts", recipe, stretches)
    parts.make(steps)
    reel = Reel(folder.ready, parts)
    index = FilmIndex(
        recipe=recipe.digest,
        made_at=datetime.fromtimestamp(time.time(), UTC),
        films=tuple(reel.films(recipe.cuts(), steps)),
        left_out=_left_out(recipe, left_out),
    )
    # Whoever wanted the films may be gone, or want other ones by now.
    steps.made("finish", 1, now=True)
    folder.publish(index)
    say({"done": 1.0, "stage": "finish", "films": len(index.films)})


def _left_out(recipe: Recipe, tracks: list[Track]) -> tuple[LeftOut, ...]:
    """What is to be said of them, in each part."""
    return tuple(
        LeftOut(
            participant=track.participant,
            source=track.source,
            opening=opening.opening,
            part=opening.part,
        )
        for opening in recipe.openings
        for track in opening.tracks
        if track in tracks
    )


def _fail(code: str, detail: str) -> int:
    say({"error": code, "detail": detail})
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
