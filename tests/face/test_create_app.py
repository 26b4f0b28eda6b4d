"""All of Gatekeeper within somebody else's `aiohttp` process."""

import asyncio
import gc
import logging
import os
import socket
import stat
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import hdrs, web, web_response

from gatekeeper import ConfigInvalid, OperatorError, create_app, verify_ledger
from gatekeeper.app import server
from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.media.film.films import Films
from gatekeeper.web.bodies import MOST
from tests.meeting.conftest import MINUTES, configured
from tests.meeting.person import Person

MINE = {
    "sink": "external",
    "kinds": ["audio"],
    "notices": dict.fromkeys(locales(), MINUTES),
}
NEW_ROOM = {"title": "Elsewhere", "language": "en", "features": ["minutes"]}


def given(data: Path) -> dict[str, Any]:
    """As a configuration file would say it."""
    return {
        "server": {"names": ["meet.test"]},
        "data": {"directory": str(data), "reserve_mb": 0},
        "features": {"minutes": MINE},
    }


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """Run an application the way any process would; where it is."""
    runner = web.AppRunner(app, shutdown_timeout=5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def mounted(data: Path) -> AsyncIterator[tuple[str, str]]:
    """Beside somebody's own routes, on a host name of its own; where both are."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]
        root = web.Application(client_max_size=10 << 20)
        root.router.add_get("/", say("theirs"))
        root.add_domain(f"meet.test:{port}", create_app(given(data)))
        runner = web.AppRunner(root, shutdown_timeout=5)
        await runner.setup()
        try:
            await web.SockSite(runner, bound).start()
            yield f"http://www.test:{port}", f"http://meet.test:{port}"
        finally:
            await runner.cleanup()


def say(text: str) -> Callable[[web.Request], Coroutine[None, None, web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=text)

    return answer


class Here(aiohttp.abc.AbstractResolver):
    """Every name is this machine's."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[aiohttp.abc.ResolveResult]:
        found = aiohttp.abc.ResolveResult(
            hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0
        )
        return [found]

    async def close(self) -> None:
        pass


def browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=Here()))


async def opened(http: aiohttp.ClientSession, url: str) -> tuple[RoomId, str]:
    async with http.post(f"{url}/api/rooms", json=NEW_ROOM) as answer:
        made = await answer.json()
        assert answer.status == 201
    return RoomId(made["room"]), made["host"]


async def said(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with http.get(url) as answer:
        return answer.status, await answer.text()


def run(story: Coroutine[None, None, None]) -> None:
    """Run a story in a loop of its own; nothing of it is left."""
    before = _left()
    asyncio.run(_whole(story))
    gc.collect()
    assert _left() - before == set()


async def _whole(story: Coroutine[None, None, None]) -> None:
    await story
    # Connections that were closed are gone with the next turn of the loop.
    await asyncio.sleep(0)
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    assert [task.get_name() for task in rest] == []


def _left() -> set[str]:
    """Threads and open files."""
    files = Path("/proc/self/fd")
    found = {f"thread {thread.name}" for thread in threading.enumerate()}
    for handle in files.iterdir() if files.is_dir() else ():
        try:
            found.add(f"{handle.name} {handle.readlink()}")
        except FileNotFoundError:
            continue  # what has listed them
    return found


# ---- Beside others ------------------------------------------------------------------


def test_a_meeting_is_held_beside_routes_of_others_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        async with mounted(tmp_path / "data") as (theirs, ours), browser() as http:
            assert "/static/" in (await said(http, f"{ours}/"))[1]
            room, secret = await opened(http, ours)
            async with (
                Person(http, ours, room, "Ada") as ada,
                Person(http, ours, room, "Ben") as ben,
            ):
                await ada.join(host=secret, allow=("minutes",))
                await ben.join(allow=("minutes",))
                await ada.say(type="request", feature="minutes")
                await ben.hears("sign", where=lambda frame: bool(frame["on"]))
                assert await said(http, f"{theirs}/") == (200, "theirs")
                await ben.refuse("minutes")
                await ada.hears("sign", where=lambda frame: not frame["on"])

        (chain,) = verify_ledger(tmp_path / "data").chains
        assert (chain.meeting, chain.openings, chain.fault) == (room, 1, None)

    run(story())


def test_it_closes_its_gates_and_says_so_before_connections_are_cut(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        async with browser() as http:
            async with mounted(tmp_path / "data") as (_, ours):
                room, secret = await opened(http, ours)
                ada = Person(http, ours, room, "Ada")
                await ada.__aenter__()
                await ada.join(host=secret, allow=("minutes",))
                ben = Person(http, ours, room, "Ben")
                await ben.__aenter__()
                await ben.join(allow=("minutes",))
                await ada.say(type="request", feature="minutes")
                await ben.hears("sign", where=lambda frame: bool(frame["on"]))

            assert await ben.ended() == 1001
            assert [f["on"] for f in ben.heard if f["type"] == "sign"] == [True, False]
            for person in (ada, ben):
                await person.drop()

    run(story())


async def test_what_is_asked_for_on_its_host_has_its_headers_and_its_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_response, "SERVER_SOFTWARE", "Theirs")
    async with mounted(tmp_path / "data") as (theirs, ours), browser() as http:
        async with http.get(f"{ours}/nothing") as answer:
            assert (await answer.json())["code"] == "not-found"
            assert "Content-Security-Policy" in answer.headers
            assert hdrs.SERVER not in answer.headers
        async with http.get(f"{theirs}/") as answer:
            assert answer.headers[hdrs.SERVER] == "Theirs"
            assert "Content-Security-Policy" not in answer.headers
        headers = {"Origin": theirs}
        async with http.post(
            f"{ours}/api/rooms", json=NEW_ROOM, headers=headers
        ) as answer:
            assert (await answer.json())["code"] == "other-site"


async def test_a_body_is_bounded_whatever_the_others_allow(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield bytes(MOST)

    async with mounted(tmp_path / "data") as (_, ours), browser() as http:
        async with http.post(f"{ours}/api/rooms", data=endless()) as answer:
            assert (await answer.json())["code"] == "too-large"
        await opened(http, ours)


# ---- More than one ------------------------------------------------------------------


def test_two_in_one_process_know_nothing_of_each_other(tmp_path: Path) -> None:
    async def story() -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        async with browser() as http, served(create_app(given(second))) as other:
            async with served(create_app(given(first))) as one:
                room, _ = await opened(http, one)
                assert (await said(http, f"{one}/api/rooms/{room}"))[0] == 200
                assert (await said(http, f"{other}/api/rooms/{room}"))[0] == 404
            await opened(http, other)
        assert [len(verify_ledger(each).chains) for each in (first, second)] == [1, 1]

    run(story())


def test_the_same_directory_is_had_by_one_after_the_other(tmp_path: Path) -> None:
    async def story() -> None:
        async with browser() as http:
            async with served(create_app(given(tmp_path / "data"))) as one:
                room, _ = await opened(http, one)
                with pytest.raises(DataDirectoryUnusable, match="another Gatekeeper"):
                    async with served(create_app(given(tmp_path / "data"))):
                        pass
                assert (await said(http, f"{one}/api/rooms/{room}"))[0] == 200
            async with served(create_app(given(tmp_path / "data"))) as again:
                assert (await said(http, f"{again}/api/rooms/{room}"))[0] == 200

    run(story())


def test_startup_and_cleanup_may_be_two_tasks(tmp_path: Path) -> None:
    """As they are under gunicorn, or in fixtures."""

    async def story() -> None:
        runner = web.AppRunner(create_app(given(tmp_path / "data")))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with browser() as http:
            await opened(http, f"http://127.0.0.1:{runner.addresses[0][1]}")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(runner.cleanup())

    run(story())


# ---- What cannot work ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"server": {"prot": 1}}, "server.prot: there is no such key"),
        ({"limits": {"participants": 1}, "x": 1}, "limits.participants: .*\nx: "),
        ({"features": {"minutes": {}}}, "minutes"),
        ({"ai": {"base_url": "http://x"}}, "ai.base_url and ai.model go together"),
        ({"ai": {"base_url": "no", "model": "m"}}, "ai.base_url"),
        (Path("nowhere.toml"), "nowhere.toml: cannot be read"),
    ],
)
def test_a_configuration_that_cannot_work_makes_no_application(
    config: dict[str, Any] | Path, why: str
) -> None:
    before = _left()
    with pytest.raises(ConfigInvalid, match=why):
        create_app(config)

    assert _left() - before == set()


def test_features_are_told_as_in_a_file(tmp_path: Path) -> None:
    """What is left out keeps its default: `recording` is offered beside `minutes`."""

    async def story() -> None:
        async with (
            served(create_app(given(tmp_path / "data"))) as url,
            browser() as http,
            http.get(f"{url}/api/features") as answer,
        ):
            offer = await answer.json()
        named = {feature["id"] for feature in offer["features"]}
        assert named >= {"recording", "transcript", "summary", "compose", "minutes"}

    run(story())


def a_file_in_its_place(data: Path) -> None:
    data.write_text("in the way")


def no_ledger(data: Path) -> None:
    data.mkdir(mode=0o700)
    (data / "ledger.sqlite3").write_bytes(b"no database at all" * 200)


def no_key(data: Path) -> None:
    (data / "keys").mkdir(mode=0o700, parents=True)
    (data / "keys" / "receipt.pem").touch(0o600)


def others_look_in(data: Path) -> None:
    data.mkdir(mode=0o755)
    (data / "somebody's").touch()


def no_secret(data: Path) -> None:
    """Found out only where the last thing is opened."""


@pytest.mark.parametrize(
    "spoil", [a_file_in_its_place, no_ledger, no_key, others_look_in, no_secret]
)
@pytest.mark.parametrize("within", [False, True], ids=["alone", "mounted"])
def test_a_startup_that_fails_leaves_nothing_behind(
    tmp_path: Path, spoil: Callable[[Path], None], within: bool
) -> None:
    data = tmp_path / "data"
    spoil(data)
    config = given(data)
    if spoil is no_secret:
        there = tmp_path / "missing"
        turn = {"urls": "turn:turn.test", "username": "us", "credential_file": there}
        config["ice"] = {"servers": [turn]}

    async def story() -> None:
        app = create_app(config)
        root = web.Application()
        if within:
            root.add_domain("meet.test", app)
        runner = web.AppRunner(root if within else app)
        with pytest.raises(OperatorError):
            await runner.setup()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await runner.cleanup()

    run(story())


async def test_a_startup_that_is_given_up_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = asyncio.Event()

    async def dawdle(films: Films) -> None:
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(Films, "run", dawdle)
    monkeypatch.setattr("gatekeeper.meeting.registry.RoomRegistry.run", stuck)
    runner = web.AppRunner(create_app(given(tmp_path / "data")))
    async with asyncio.TaskGroup() as tasks:
        starting = tasks.create_task(runner.setup())
        await reached.wait()
        starting.cancel()

    assert [
        t.get_name() for t in asyncio.all_tasks() if t.get_name() == "gatekeeper"
    ] == []
    monkeypatch.undo()
    async with served(create_app(given(tmp_path / "data"))) as url, browser() as http:
        await opened(http, url)


async def stuck(*_: object) -> None:
    await asyncio.Event().wait()


# ---- What goes wrong later ----------------------------------------------------------


@pytest.fixture
def break_down(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """When it is set, something that runs beside the rooms breaks."""
    now = asyncio.Event()

    async def run(films: Films) -> None:
        await now.wait()
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(Films, "run", run)
    return now


async def test_a_crash_closes_gates_and_spares_the_process_it_is_in(
    tmp_path: Path, break_down: asyncio.Event
) -> None:
    runner = web.AppRunner(create_app(given(tmp_path / "data")), shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with browser() as http:
        room, secret = await opened(http, url)
        async with Person(http, url, room, "Ada") as ada:
            await ada.join(host=secret, allow=("minutes",))
            break_down.set()
            assert await ada.ended() == 1001
        async with http.get(f"{url}/api/features") as answer:
            assert answer.status == 503
            assert (await answer.json())["code"] == "service-unavailable"

    with pytest.raises(ExceptionGroup, match="unhandled errors"):
        await runner.cleanup()
    assert verify_ledger(tmp_path / "data").good
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0


async def test_a_crash_ends_a_server_that_has_its_process_to_itself(
    tmp_path: Path, break_down: asyncio.Event
) -> None:
    async def serve() -> None:
        async with server.running(configured(tmp_path / "data")):
            break_down.set()
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as crashed:
        await serve()

    assert crashed.group_contains(RuntimeError, match="broken on purpose")


# ---- Logs ---------------------------------------------------------------------------


async def test_its_lines_hold_no_values_unless_the_process_logs_in_its_own_way(
    tmp_path: Path,
    break_down: asyncio.Event,
    capsys: pytest.CaptureFixture[str],
) -> None:
    runner = web.AppRunner(create_app(given(tmp_path / "data")))
    await runner.setup()
    break_down.set()
    with pytest.raises(ExceptionGroup):
        await runner.cleanup()
    told = capsys.readouterr()

    assert '"event": "gatekeeper.crashed"' in told.err
    assert "RuntimeError" in told.err
    assert "broken on purpose" not in told.out + told.err


async def test_how_the_process_logs_is_left_alone(tmp_path: Path) -> None:
    lines: list[str] = []

    def keep(_: object, __: str, event: structlog.typing.EventDict) -> str:
        lines.append(str(event["event"]))
        raise structlog.DropEvent

    structlog.configure(processors=[keep])
    levels = logging.getLogger("aiohttp").level, logging.getLogger().handlers[:]
    async with served(create_app(given(tmp_path / "data"))) as url, browser() as http:
        await opened(http, url)

    assert "room.opened" in lines
    assert levels == (
        logging.getLogger("aiohttp").level,
        logging.getLogger().handlers[:],
    )


# ---- Who else is on the machine -----------------------------------------------------


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_what_is_kept_is_for_nobody_else_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    async def story() -> None:
        async with served(create_app(given(tmp_path / "data"))) as url, browser() as it:
            await opened(it, url)

    before = os.umask(umask)
    try:
        run(story())
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_a_server_of_its_own_minds_no_neighbours_in_its_directory(
    tmp_path: Path,
) -> None:
    others_look_in(tmp_path / "data")
    config: Config = configured(tmp_path / "data")
    async with server.running(config) as running, browser() as http:
        await opened(http, running.url)
