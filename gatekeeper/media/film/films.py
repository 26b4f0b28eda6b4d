"""
Films: which are wanted, which are being made, which are there.

One recipe has a film for each set of people who may see the same; they are made,
stopped, replaced and dropped together.

Rule 1: what is wanted is on the disk before it is queued: a restart takes it up.
Rule 2: a film is made in a process of its own, which is gone before its files are
touched by anybody else.
Rule 3: a film stays until the one that replaces it is whole; where somebody's part is
erased it is deleted first, and making the new one comes after.
Rule 4: services are told of films that can be seen, though a crash came in between: an
event twice, rather than none.
Rule 5: deletion is confirmed: a method returns when the files are gone, or raises.
"""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.media.film.files import Folder, Progress, folders
from gatekeeper.media.film.recipe import Film, Recipe
from gatekeeper.media.film.standing import FilmState, State, standing_of
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.news import News, RoomEvent

log = structlog.get_logger()

WORKER = (sys.executable, "-m", "gatekeeper.media.film")
"""The command that makes films; takes a folder and the data directory."""
_GRACE = 5.0
"""Seconds for a worker to stop by itself."""
_STOPPED = 3
"""The worker's exit code when it was told to stop."""

Key = tuple[str, str]
"""Room and feature."""


@dataclass(slots=True)
class _Job:
    """One recipe's films; theirs is who holds `lock`, or the task that makes them."""

    folder: Folder
    standing: FilmState
    digest: str | None
    """Of the recipe in work."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    over: asyncio.Event | None = None
    """Set when the task that makes it has let go of it; None while there is none."""
    process: Process | None = None
    ending: bool = False
    """Somebody waits for `over`, and says what comes then."""

    def set(self, state: State, done: float) -> None:
        self.standing = FilmState(state, done, self.standing.films)


class Films:
    """The films below `<data>/films`. All methods are for one event loop."""

    def __init__(
        self, data: Path, *, workers: int = 1, news: News | None = None
    ) -> None:
        """`news`: who is told of films that can be seen."""
        self._news = news
        self._data = data
        self._workers = workers
        self._jobs: dict[Key, _Job] = {}
        self._queue: asyncio.Queue[Key] = asyncio.Queue()

    def state(self, room: str, feature: str) -> FilmState:
        """How it stands. Raises `ValueError` for what is no id."""
        job = self._jobs.get((room, feature))
        if job is not None:
            return job.standing
        # Two small files, and only until `run` has looked through all of them.
        return standing_of(Folder.of(self._data, room, feature))[0]

    def folder(self, room: str, feature: str) -> Path:
        """Where they lie. Raises `ValueError` for what is no id."""
        return Folder.of(self._data, room, feature).path

    async def enqueue(self, recipe: Recipe, *, replacing: bool = False) -> None:
        """
        Have the films of `recipe` made, unless they are there or under way.

        What was stopped or has failed goes on. With `replacing`, the films before and
        all that was made for them are gone when this returns, or `OSError` is raised.
        """
        key = recipe.room, recipe.feature
        job = await self._job(key)
        async with job.lock:
            there = job.standing.films
            if there is not None and there.recipe == recipe.digest and not job.digest:
                return
            same = job.digest == recipe.digest
            if same and not replacing and job.standing.state in ("waiting", "making"):
                return
            await self._end(job)
            if replacing:
                await in_thread(job.folder.clear)
            await in_thread(job.folder.begin, recipe)
            if self._news is not None:
                await in_thread(job.folder.owe_news)
            await self._look(job)
            if job.digest is not None:
                job.set("waiting", job.standing.done)
                self._queue.put_nowait(key)

    async def stop(self, room: str, feature: str) -> None:
        """Make it no further, until it is wanted again; keep what is finished."""
        job = await self._job((room, feature))
        async with job.lock:
            if job.standing.state not in ("waiting", "making"):
                return
            await self._end(job)
            await self._look(job)
            if job.digest is None:
                return  # it was whole before it could be stopped
            done = job.standing.done
            await in_thread(job.folder.note, Progress(done=done, state="stopped"))
            job.set("stopped", done)
            log.info("film.stopped", room=room, feature=feature)

    async def ever(self, room: str, feature: str) -> list[Film]:
        """Every film that there is or was: some may have been fetched."""
        folder = Folder.of(self._data, room, feature)
        return await in_thread(folder.ever)

    async def drop(self, room: str, feature: str, good: Collection[Film] = ()) -> None:
        """
        Delete the film and all that was made for it. Raises `OSError`.

        `good`: of those that were there, which of them may be used still where somebody
        has one.
        """
        job = await self._job((room, feature))
        async with job.lock:
            await self._end(job)
            try:
                await in_thread(job.folder.clear)
                await in_thread(job.folder.keep, good)
            finally:
                await self._look(job)

    async def run(self) -> None:
        """Make films until cancelled; begin with those that were left unfinished."""
        for room, feature, folder in await in_thread(folders, self._data):
            job = await self._job((room, feature))
            async with job.lock:
                if job.over is None and job.standing.state in ("waiting", "none"):
                    await in_thread(folder.tidy)
                    await self._look(job)
                if job.over is None and job.standing.state == "waiting":
                    self._queue.put_nowait((room, feature))
        async with asyncio.TaskGroup() as tasks:
            for key, job in self._jobs.items():
                if job.over is None and job.standing.state == "ready":
                    tasks.create_task(self._tell(key, job), name="film told")
            for number in range(self._workers):
                tasks.create_task(self._work(tasks), name=f"film {number}")

    async def _job(self, key: Key) -> _Job:
        if key not in self._jobs:
            folder = Folder.of(self._data, *key)
            standing, digest = await in_thread(standing_of, folder)
            # Somebody else may have been here meanwhile.
            self._jobs.setdefault(key, _Job(folder, standing.idle(), digest))
        return self._jobs[key]

    async def _look(self, job: _Job) -> None:
        """See what is on the disk now. Nobody makes it."""
        standing, job.digest = await in_thread(standing_of, job.folder)
        job.standing = standing.idle()

    async def _end(self, job: _Job) -> None:
        """Return when nobody makes it any more."""
        if job.over is None:
            return
        job.ending = True
        try:
            if job.process is not None:
                _signal(job.process, kill=False)
            try:
                async with asyncio.timeout(_GRACE):
                    await job.over.wait()
            except TimeoutError:
                if job.process is not None:
                    _signal(job.process, kill=True)
                await job.over.wait()
        finally:
            job.ending = False

    async def _work(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            key = await self._queue.get()
            job = self._jobs[key]
            if job.standing.state == "waiting" and job.over is None:
                await self._make(key, job)
                if self._is_ready(key):
                    # Beside: whoever erases, or makes the next, waits for no database.
                    tasks.create_task(self._tell(key, job), name="film told")

    def _is_ready(self, key: Key) -> bool:
        return self._jobs[key].standing.state == "ready"

    async def _make(self, key: Key, job: _Job) -> None:
        over = job.over = asyncio.Event()
        job.set("making", job.standing.done)
        room, feature = key
        began = asyncio.get_running_loop().time()
        log.info("film.started", room=room, feature=feature)
        try:
            code, error = await self._run(key, job)
            if job.ending:
                return
            if code == 0:
                seconds = round(asyncio.get_running_loop().time() - began, 1)
                log.info("film.finished", room=room, feature=feature, seconds=seconds)
            elif code == _STOPPED:
                # Not by us: whoever ends the server ends its worker too, at times.
                self._queue.put_nowait(key)
            else:
                log.error("film.failed", room=room, feature=feature, code=error)
                done = job.standing.done
                failed = Progress(done=done, state="failed")
                await in_thread(job.folder.note, failed)
            await self._look(job)
        finally:
            job.over = None
            over.set()

    async def _tell(self, key: Key, job: _Job) -> None:
        """Tell of films that are there, unless that was done."""
        if self._news is None or not await in_thread(lambda: job.folder.untold):
            return
        room, feature = RoomId(key[0]), FeatureId(key[1])
        try:
            # Shielded: what is told is told, whoever goes meanwhile.
            await asyncio.shield(
                self._news.tell(RoomEvent("film.ready", room, feature))
            )
        except LedgerUnavailable:
            return  # with the next start
        await in_thread(job.folder.told)

    async def _run(self, key: Key, job: _Job) -> tuple[int, str]:
        """Run a worker to its end: its exit code, and the word for what went wrong."""
        process = await asyncio.create_subprocess_exec(
            *WORKER,
            str(job.folder.path),
            str(self._data),
            stdin=DEVNULL,
            stdout=PIPE,
            # Ctrl-C at the terminal is for the server, which then ends its worker.
            start_new_session=True,
        )
        job.process = process
        try:
            if job.ending:
                _signal(process, kill=False)
            error = await self._follow(key, job, process)
            code = await process.wait()
        finally:
            # Cancelled: nothing outlives the server.
            await _gone(process)
            job.process = None
        return code, error or f"exit {code}"

    async def _follow(self, key: Key, job: _Job, process: Process) -> str:
        """Read what the worker says of itself; its last word, if that is an error."""
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        error = ""
        async for line in process.stdout:
            try:
                said = json.loads(line)
                job.set("making", float(said.get("done", job.standing.done)))
                error = str(said.get("error", ""))
                if "warning" in said:
                    room, feature = key
                    log.warning(
                        "film.track_left_out",
                        room=room,
                        feature=feature,
                        path=str(said.get("track", "")),
                        why=str(said["warning"]),
                    )
            except (ValueError, AttributeError, TypeError):
                continue  # something else has printed there
        return error


async def _gone(process: Process) -> None:
    """Return when `process` has ended, by itself or not."""
    if process.returncode is not None:
        return
    _signal(process, kill=False)
    try:
        async with asyncio.timeout(_GRACE - 1):
            await process.wait()
    except TimeoutError:
        _signal(process, kill=True)
        await process.wait()


def _signal(process: Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except ProcessLookupError:
        return  # it has ended meanwhile
