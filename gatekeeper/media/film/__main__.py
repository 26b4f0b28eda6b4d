"""
The worker: makes one film, in a process of its own.

`python -m gatekeeper.media.film <folder> <data>` reads `<folder>/work/recipe.json`.
Exit code 0: the film is there. 1: it cannot be made; the last line says why.
3: told to stop; what is finished is kept for the next time.

Rule 1: a film appears when it is whole and on the disk, not before.
Rule 2: it is made for those who wait for nothing: meetings that go on come first.
"""

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import av
import av.logging
from av.error import FFmpegError

from gatekeeper.media.film import finish, sound, speaker
from gatekeeper.media.film.files import Busy, Folder, Progress, replace, write
from gatekeeper.media.film.progress import Failed, Steps, Stopped, say
from gatekeeper.media.film.recipe import Film, Recipe
from gatekeeper.media.film.segments import Pictures, enough_space
from gatekeeper.media.film.shots import Shot, Speech, shots
from gatekeeper.media.film.sound import Levels
from gatekeeper.media.film.timeline import Timeline, plan
from gatekeeper.media.film.track import BLOCK_MS, Unreadable

_VERSION = 1
"""Grows when segments of before do not fit to those that are made now."""


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
    timeline = plan(
        recipe, data, lambda track, why: steps.warn("sound", why, track.path)
    )
    if not timeline.stretches:
        raise Failed("empty", "Nothing that can be read is left.")
    work = Work(folder, recipe, timeline, steps)
    work.take_up()
    film = work.finish(work.pictures(work.sound()))
    say({"done": 1.0, "stage": "finish", "seconds": film.seconds, "bytes": film.bytes})


class Work:
    """One film on its way through the stages."""

    def __init__(
        self, folder: Folder, recipe: Recipe, timeline: Timeline, steps: Steps
    ) -> None:
        self._folder = folder
        self._recipe = recipe
        self._timeline = timeline
        self._steps = steps
        self._parts = folder.work / "parts"
        self._heard = self._parts / f"sound.{recipe.format}"

    def take_up(self) -> None:
        """Keep what was made for this very plan, and throw away what was not."""
        made_for = self._parts / "plan.json"
        plan = json.dumps(
            {
                "version": _VERSION,
                "codecs": str(av.library_versions),
                "recipe": self._recipe.digest,
                "segments": [
                    (s.start, s.length, s.stretch and len(s.stretch.sources))
                    for s in self._timeline.segments
                ],
            }
        ).encode()
        self._parts.mkdir(exist_ok=True)
        if not made_for.exists() or made_for.read_bytes() != plan:
            for file in self._parts.iterdir():
                file.unlink()
            write(made_for, plan)

    def sound(self) -> list[Levels]:
        """The sound, and how loud everybody was."""
        kept = self._parts / "levels.json"
        if kept.exists() and self._heard.exists():
            return [
                {who: bytes.fromhex(blocks) for who, blocks in levels.items()}
                for levels in json.loads(kept.read_bytes())
            ]
        enough_space(self._parts)
        part = self._heard.with_suffix(".part")
        found = sound.mix(self._timeline, part, self._recipe.format, self._steps)
        replace(part, self._heard)
        write(
            kept,
            json.dumps(
                [{who: b.hex() for who, b in levels.items()} for levels in found]
            ).encode(),
        )
        return found

    def pictures(self, levels: list[Levels]) -> list[Path]:
        """The segments."""
        stretches = zip(self._timeline.stretches, levels, strict=True)
        found: list[list[Shot]] = []
        for stretch, heard in stretches:
            speech = [
                Speech(stretch.start + turn.at * BLOCK_MS, turn.who)
                for turn in speaker.turns(heard)
            ]
            found.append(shots(stretch.people(), speech, stretch.start, stretch.end))
        return Pictures(self._recipe, self._timeline, self._parts).make(
            found, self._steps
        )

    def finish(self, segments: list[Path]) -> Film:
        """The film, in its place."""
        enough_space(self._parts)
        whole = self._parts / f"film.{self._recipe.format}"
        finish.join(
            self._timeline,
            (segments, self._heard),
            whole,
            self._recipe.format,
            self._steps,
        )
        film = Film(
            recipe=self._recipe.digest,
            format=self._recipe.format,
            seconds=self._timeline.length / 1000,
            sha256=finish.digest(whole, self._steps),
            bytes=whole.stat().st_size,
            made_at=datetime.fromtimestamp(time.time(), UTC),
            chapters=tuple(stretch.chapter for stretch in self._timeline.stretches),
        )
        # Whoever wanted the film may be gone, or want another one by now.
        self._steps.made("finish", 1, now=True)
        self._folder.publish(whole, film)
        return film


def _fail(code: str, detail: str) -> int:
    say({"error": code, "detail": detail})
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
