"""The queue, with real workers."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.media.film.files import Busy, Folder, Progress
from gatekeeper.media.film.films import Films
from gatekeeper.media.film.recipe import Recipe
from gatekeeper.media.film.standing import FilmState, films_on_disk
from gatekeeper.storage.news import News, RoomEvent
from tests.media.film.material import FEATURE, MARA, RED, ROOM, TOM, Shelf
from tests.media.people import until

FIRST = [("opening0", 0)]
NONE = FilmState("none", 0, None)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A second of film."""
    shelf = Shelf(tmp_path)
    shelf.camera(MARA, RED, (0, 1), size=(160, 90))
    shelf.opening(0, 1)
    return shelf


@pytest.fixture
def long(tmp_path: Path) -> Shelf:
    """Longer than any test waits."""
    shelf = Shelf(tmp_path)
    for number in range(20):
        shelf.camera(MARA, RED, (0, 1), size=(160, 90))
        shelf.opening(60 * number, 1)
    return shelf


@asynccontextmanager
async def running(shelf: Shelf, news: News | None = None) -> AsyncIterator[Films]:
    films = Films(shelf.data, news=news)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(films.run())
        yield films
        task.cancel()


def state(films: Films) -> str:
    return films.state(ROOM, FEATURE).state


def is_now(films: Films, wanted: str) -> Callable[[], bool]:
    return lambda: state(films) == wanted


def workers() -> Iterator[int]:
    """The workers that are children of this process."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text().rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat[1]) == os.getpid() and b"media.film" in command:
            yield int(path.name)


def parts(shelf: Shelf) -> set[tuple[str, int]]:
    return {
        (path.name, path.stat().st_mtime_ns)
        for path in shelf.folder.work.glob("parts/*/0*.mkv")
    }


async def test_a_wanted_film_is_made_and_not_made_again(shelf: Shelf) -> None:
    recipe = shelf.recipe({MARA: "Mara Secret"})
    with capture_logs() as logs:
        async with running(shelf) as films:
            assert films.state(ROOM, FEATURE) == NONE
            await films.enqueue(recipe)
            await films.enqueue(recipe)
            await until(is_now(films, "ready"))
            made = films.state(ROOM, FEATURE).films
            film = films.state(ROOM, FEATURE).of(MARA, FIRST)
            assert made is not None
            assert film is not None
            assert (made.recipe, film.seconds) == (recipe.digest, 0.96)
            assert films.state(ROOM, FEATURE).of(TOM, FIRST) is None
            assert films.state(ROOM, FEATURE).of(MARA, []) is None
            await films.enqueue(recipe)
            assert state(films) == "ready"

    events = [entry["event"] for entry in logs]
    assert events == ["film.started", "film.finished"]
    assert {(entry["room"], entry["feature"]) for entry in logs} == {(ROOM, FEATURE)}
    assert "Secret" not in str(logs)
    assert films_on_disk(shelf.data) == [(ROOM, FEATURE, FilmState("ready", 1.0, made))]


async def test_what_nobody_runs_waits_and_is_made_after_a_restart(shelf: Shelf) -> None:
    before = Films(shelf.data)
    await before.enqueue(shelf.recipe())
    assert state(before) == "waiting"
    assert [entry.state.state for entry in films_on_disk(shelf.data)] == ["waiting"]

    async with running(shelf) as films:
        await until(is_now(films, "ready"))


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from gatekeeper.media.film.films import Films

class Killed:
    def tell(self, event):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    await Films(Path(sys.argv[1]), news=Killed()).run()

asyncio.run(main())
"""


class Hears:
    """Who is told; it says when that is durable."""

    def __init__(self) -> None:
        self.heard: list[RoomEvent] = []
        self.durable = False

    def tell(self, event: RoomEvent) -> "asyncio.Future[None]":
        self.heard.append(event)
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.durable:
            told.set_result(None)
        return told

    def write(self, event: RoomEvent, connection: Connection) -> None:
        raise NotImplementedError


async def test_a_film_is_told_of_though_the_server_is_killed_before_that(
    shelf: Shelf,
) -> None:
    hears = Hears()
    await Films(shelf.data, news=hears).enqueue(shelf.recipe())
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(shelf.data)
    )
    assert await killed.wait() == -signal.SIGKILL
    assert [film.state.state for film in films_on_disk(shelf.data)] == ["ready"]
    assert hears.heard == []

    async def is_told(times: int) -> None:
        while len(hears.heard) < times:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.01)

    for times in (1, 2):  # it was told, and that was not durable yet
        async with running(shelf, hears):
            await asyncio.wait_for(is_told(times), 30)
    hears.durable = True
    async with running(shelf, hears):
        await until(lambda: not shelf.folder.untold)
    async with running(shelf, hears) as films:
        await films.enqueue(shelf.recipe(form="webm"))
        await until(lambda: len(hears.heard) == 4)
        await until(lambda: not shelf.folder.untold)
    told = RoomEvent("film.ready", RoomId(ROOM), FeatureId(FEATURE))

    assert hears.heard == [told] * 4


async def test_the_old_film_stays_until_the_new_one_is_whole(shelf: Shelf) -> None:
    async with running(shelf) as films:
        await films.enqueue(shelf.recipe(form="webm"))
        await until(is_now(films, "ready"))
        old = films.state(ROOM, FEATURE).films
        path = shelf.film(MARA)

        await films.enqueue(shelf.recipe({MARA: "Mara"}))
        seen = films.state(ROOM, FEATURE)
        there = path.exists()
        await until(is_now(films, "ready"))

    assert seen.state in ("waiting", "making")
    assert (seen.films, there) == (old, True)
    film = shelf.film()
    names = {"film.json", "former.jsonl", film.name, film.with_suffix(".jpg").name}
    assert set(os.listdir(shelf.folder.path)) == names
    assert path not in shelf.folder.path.iterdir()


async def test_erasing_takes_the_old_film_away_first(shelf: Shelf) -> None:
    async with running(shelf) as films:
        await films.enqueue(shelf.recipe({MARA: "Mara"}))
        await until(is_now(films, "ready"))

        await films.enqueue(shelf.recipe(), replacing=True)
        assert films.state(ROOM, FEATURE).films is None
        assert not list(shelf.folder.path.glob("film*"))
        await until(is_now(films, "ready"))

        film = films.state(ROOM, FEATURE).films
    assert film is not None
    assert film.recipe == shelf.recipe().digest


async def test_erasing_takes_what_is_half_done_too(long: Shelf) -> None:
    async with running(long) as films:
        await films.enqueue(long.recipe())
        await until(lambda: len(parts(long)) > 1)
        (worker,) = workers()

        await films.enqueue(long.recipe({MARA: "", TOM: "x"}), replacing=True)

        assert not parts(long)
        assert worker not in workers()
        assert Folder.of(long.data, ROOM, FEATURE).recipe() != long.recipe()


async def test_stopping_keeps_what_is_done_and_survives_a_restart(long: Shelf) -> None:
    async with running(long) as films:
        await films.enqueue(long.recipe())
        await until(lambda: len(parts(long)) > 1)
        await films.stop(ROOM, FEATURE)
        assert state(films) == "stopped"
        assert not list(workers())
    kept = parts(long)
    assert kept

    async with running(long) as films:
        # Another film goes its way meanwhile: the queue has been looked through.
        other = await another(films, long)
        await until(lambda: films.state("other", FEATURE).state == "failed")
        assert state(films) == "stopped"
        assert parts(long) == kept
        assert other.room == "other"

        await films.enqueue(long.recipe())
        await until(lambda: len(parts(long)) > len(kept))
        assert kept <= parts(long)


async def another(films: Films, shelf: Shelf) -> Recipe:
    """Want a film of nothing, which fails at once."""
    recipe = shelf.recipe().model_copy(update={"room": "other", "openings": ()})
    await films.enqueue(recipe)
    return recipe


async def test_cancelling_ends_the_worker_and_loses_nothing(long: Shelf) -> None:
    async with running(long) as films:
        await films.enqueue(long.recipe())
        await until(lambda: len(parts(long)) > 1)
        assert len(list(workers())) == 1
        begun = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - begun < 5
    assert not list(workers())
    kept = parts(long)

    async with running(long) as films:
        await until(lambda: len(parts(long)) > len(kept))
        assert kept <= parts(long)


async def test_a_worker_that_is_killed_has_failed_and_may_go_on(shelf: Shelf) -> None:
    with capture_logs() as logs:
        async with running(shelf) as films:
            await films.enqueue(shelf.recipe())
            await until(lambda: bool(list(workers())))
            (worker,) = workers()
            os.kill(worker, signal.SIGKILL)
            await until(is_now(films, "failed"))
            assert films_on_disk(shelf.data)[0].state.state == "failed"

            await films.enqueue(shelf.recipe())
            await until(is_now(films, "ready"))

    failed = [entry for entry in logs if entry["event"] == "film.failed"]
    assert [entry["code"] for entry in failed] == ["exit -9"]


async def test_what_cannot_be_made_says_why(shelf: Shelf) -> None:
    shutil.rmtree(shelf.data / "recordings")
    with capture_logs() as logs:
        async with running(shelf) as films:
            await films.enqueue(shelf.recipe())
            await until(is_now(films, "failed"))

    events = [entry["event"] for entry in logs]
    assert events == ["film.started", "film.track_left_out", "film.failed"]
    assert logs[-1]["code"] == "empty"


async def test_dropping_leaves_nothing(long: Shelf) -> None:
    async with running(long) as films:
        await films.enqueue(long.recipe())
        await until(lambda: len(parts(long)) > 1)

        await films.drop(ROOM, FEATURE)

        assert films.state(ROOM, FEATURE) == NONE
        assert not list(workers())
        assert not (long.data / "films").exists()
        await films.drop(ROOM, FEATURE)  # nothing is there to be dropped


async def test_dropping_leaves_the_films_of_others(shelf: Shelf) -> None:
    films = Films(shelf.data)
    await films.enqueue(shelf.recipe())
    await another(films, shelf)

    await films.drop(ROOM, FEATURE)

    assert [entry.room for entry in films_on_disk(shelf.data)] == ["other"]
    assert films.state(ROOM, FEATURE) == NONE
    assert films.state("other", FEATURE).state == "waiting"


async def test_what_cannot_be_deleted_is_not_said_to_be_gone(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = Films(shelf.data)
    await films.enqueue(shelf.recipe())
    monkeypatch.setattr("gatekeeper.media.film.files.PATIENCE", 0.1)

    with shelf.folder.alone():
        with pytest.raises(Busy):
            await films.drop(ROOM, FEATURE)
        with pytest.raises(OSError, match="another process"):
            await films.enqueue(shelf.recipe({MARA: "x"}), replacing=True)

    assert state(films) == "waiting"


@pytest.mark.parametrize("room", ["..", "a/b", ""])
async def test_only_ids_become_folders(tmp_path: Path, room: str) -> None:
    films = Films(tmp_path)

    with pytest.raises(ValueError, match="not an id"):
        films.state(room, FEATURE)
    with pytest.raises(ValueError, match="not an id"):
        await films.drop(room, FEATURE)


def test_a_crash_between_the_last_steps_is_made_good(shelf: Shelf) -> None:
    shelf.folder.begin(shelf.recipe())
    (shelf.folder.path / "film.mp4").write_bytes(b"not yet said to be whole")

    assert shelf.folder.films() is None
    assert films_on_disk(shelf.data)[0].state == FilmState("waiting", 0, None)
    shelf.folder.note(Progress(done=0.5, state="making"))
    assert films_on_disk(shelf.data)[0].state == FilmState("making", 0.5, None)
