"""The film of a meeting: made, shown, stopped, and made again without somebody."""

from pathlib import Path

import av
import numpy as np
import pytest

from gatekeeper.app.cli import main
from gatekeeper.config import Config
from tests.after.conftest import Past, record, recorded
from tests.meeting.conftest import World, start
from tests.proof.content import PALETTE


def film(config: Config) -> Path:
    (found,) = (config.data.directory / "films").rglob("film-*.mp4")
    return found


def hears(path: Path, name: str) -> bool:
    """Whether somebody's tones are in the sound of a film."""
    with av.open(str(path)) as container:
        sound = np.concatenate(
            [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
        )
        rate = container.streams.audio[0].rate
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / rate)
    low = PALETTE[name].tone
    band = (hertz > low - 100) & (hertz < low + 1700)
    return float(power[band].sum()) > 0.02 * float(power.sum())


async def test_a_film_is_made_when_the_meeting_is_over(
    world: World, config: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url, "Tomas") as visit:
        feature = await visit.until("film", "ready")
        shown = feature["film"]
        async with visit.http.get(
            world.url + shown["url"], headers={"Range": "bytes=0-15"}
        ) as answer:
            head, status = await answer.read(), answer.status
    file = tmp_path / "gatekeeper.toml"
    file.write_text(f"[data]\ndirectory = '{config.data.directory}'\n", "utf-8")
    assert main(["films", "--config", str(file)]) == 0
    listed = capsys.readouterr().out

    assert (status, head[4:8]) == (206, b"ftyp")
    assert shown["bytes"] == film(config).stat().st_size
    assert [chapter["at"] for chapter in shown["chapters"]] == [0]
    assert shown["seconds"] > 0.3
    assert hears(film(config), "Mara")
    assert hears(film(config), "Tomas")
    assert f"{past.room}  recording  ready  {film(config).name}" in listed


async def test_who_erases_their_part_is_in_no_film_any_more(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas", called={"Tomas": "Xq7marker"})
    async with past.visit(world.url, "Tomas") as visit:
        before = (await visit.until("film", "ready"))["film"]
        assert hears(film(config), "Tomas")
        assert await visit.post("recording/erase") == 202
        await visit.until("your_part", "erased")
        after = (await visit.until("film", "ready"))["film"]

    assert before != after
    assert hears(film(config), "Mara")
    assert not hears(film(config), "Tomas")
    files = [p for p in config.data.directory.rglob("*") if p.is_file()]
    assert not any(b"Xq7marker" in file.read_bytes() for file in files)


async def test_when_all_have_erased_their_part_nothing_is_left(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas")
    for name in ("Mara", "Tomas"):
        async with past.visit(world.url, name) as visit:
            await visit.until("film", "ready")
            assert await visit.post("recording/erase") == 202
            await visit.until("your_part", "erased")
            if name == "Mara":
                await visit.until("film", "ready")
    async with past.visit(world.url, "Mara") as visit:
        feature = await visit.feature()

    assert (feature["film"]["state"], feature["tracks"]) == ("emptied", [])
    assert not list((config.data.directory).rglob("film*.*"))


async def test_who_has_stopped_is_in_nothing_new_until_they_change_their_mind(
    config: Config,
) -> None:
    names = ("Mara", "Tomas", "Ines", "Noor")
    async with start(config) as world:
        past = await recorded(world, *names)
        async with past.visit(world.url, "Tomas") as visit:
            await visit.until("film", "ready")
            assert await visit.post("recording/stopped") == 204
            assert (await visit.feature())["stopped"]
            assert (await visit.feature())["film"]["state"] == "ready", "that exists"
        async with past.visit(world.url, "Mara") as visit:
            assert not (await visit.feature())["stopped"]
        await made_again_without(world, past, "Ines")
        assert not hears(film(config), "Tomas")
    async with start(config) as world:
        async with past.visit(world.url, "Tomas") as visit:
            assert (await visit.feature())["stopped"], "it is kept"
            assert await visit.delete("recording/stopped") == 204
        await made_again_without(world, past, "Noor")
        assert hears(film(config), "Tomas")


async def made_again_without(world: World, past: Past, name: str) -> None:
    async with past.visit(world.url, name) as visit:
        assert await visit.post("recording/erase") == 202
        await visit.until("your_part", "erased")
        await visit.until("film", "ready")


async def test_the_host_may_have_it_made_while_the_meeting_goes_on(
    world: World, config: Config
) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    async with past.visit(world.url, "Tomas") as visit:
        await visit.until("your_part", "kept")
        assert (await visit.feature())["film"]["state"] == "later"
        assert await visit.post("recording/film") == 403
    async with past.visit(world.url, "Mara", host=True) as visit:
        assert (await visit.page())["host"]
        assert await visit.post("recording/film") == 202
        first = (await visit.until("film", "ready"))["film"]

        await record(*past.people.values())
        await past.people["Mara"].say(type="end")
        whole = (await visit.until("film", "ready"))["film"]
        while len(whole["chapters"]) < 2:
            whole = (await visit.feature())["film"]

    assert len(first["chapters"]) == 1
    assert whole["seconds"] > first["seconds"]


async def test_the_host_may_stop_it_and_a_restart_does_not_take_it_up(
    config: Config,
) -> None:
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Mara", host=True) as visit:
            work = f"{visit.root}/recording/film/work"
            async with visit.http.delete(work) as answer:
                assert answer.status == 202
            stopped = (await visit.feature())["film"]["state"]
        async with (
            past.visit(world.url, "Tomas") as visit,
            visit.http.delete(work) as answer,
        ):
            assert answer.status == 403
    async with start(config) as world, past.visit(world.url, "Tomas") as visit:
        later = await recorded(world, "Ines")
        async with later.visit(world.url, "Ines") as other:
            await other.until("film", "ready")  # one after the other
        assert (await visit.feature())["film"]["state"] == stopped == "stopped"
        assert await visit.post("recording/film") == 202
        await visit.until("film", "ready")
