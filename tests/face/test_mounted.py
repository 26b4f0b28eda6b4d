"""All of Gatekeeper below a path of somebody else's application, and its gate in it."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from gatekeeper import ConfigInvalid, LocalGate, LocalRoom, create_app, gate_of
from gatekeeper.client import ConsentRequired, GateUnreachable, PermitEnded, Refused
from gatekeeper.consent.types import RoomId
from tests.face import usage
from tests.face.test_create_app import browser, given, opened, run, said, say, served
from tests.meeting.person import Person
from tests.meeting.test_presence import until
from tests.web.test_base_path import crawled

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/embedding.md").read_text("utf-8")
_SECTION = GUIDE.partition("## In your own aiohttp app")[2].partition("\n## ")[0]
MOUNTED, HELD = re.findall(r"```python\n(.*?)```", _SECTION, re.DOTALL)
"""The code of the guide's section."""


@asynccontextmanager
async def mounted(
    data: Path, **sections: Any
) -> AsyncIterator[tuple[str, LocalGate, aiohttp.ClientSession]]:
    app = create_app(given(data) | sections)
    root = web.Application()
    root.router.add_get("/", say("theirs"))
    root.add_subapp("/consent", app)
    async with served(root) as url, browser() as http:
        yield f"{url}/consent", gate_of(app), http


async def comes(
    http: aiohttp.ClientSession, url: str, room: LocalRoom, name: str, *allow: str
) -> Person:
    person = Person(http, url, RoomId(room.id), name)
    await person.__aenter__()
    await person.join(allow=allow, entry=await room.entry(name))
    return person


async def refuses(person: Person) -> None:
    await person.refuse("minutes")
    await person.hears("decided")


# ---- Below a path -------------------------------------------------------------------


def test_the_path_is_said_once_and_all_is_below_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with mounted(tmp_path / "data", api={"open": True}) as (url, _, http):
            room, secret = await opened(http, url)
            async with (
                Person(http, url, room, "Ada") as ada,
                Person(http, url, room, "Ben") as ben,
            ):
                link = (await ada.join(host=secret, allow=("minutes",)))["after"]
                await ben.join(allow=("minutes",))
                await ada.say(type="request", feature="minutes")
                await ben.hears("sign", where=lambda frame: bool(frame["on"]))
                await ben.refuse("minutes")
                await ada.hears("sign", where=lambda frame: not frame["on"])
                await ada.say(type="end")
                await ada.ended()
            pages = [
                "/",
                "/promise",
                "/check",
                "/verify",
                f"/m/{room}",
                f"/m/{room}/after",
            ]
            seen = await crawled(http, [url + page for page in pages], stripped=False)
            assert len(seen) > 150
            assert [each for each in seen if not each.startswith(f"{url}/")] == []
            after = f"{url}/api/rooms/{room}/after"
            shown = {"capability": link}
            async with http.post(f"{after}/session", json=shown) as answer:
                assert answer.status == 204
                assert answer.cookies["after"]["path"] == urlsplit(after).path
            async with http.get(f"{url}/api/openapi.json") as answer:
                assert (await answer.json())["servers"] == [{"url": "/consent/"}]
            root = url.removesuffix("consent")
            assert await said(http, root) == (200, "theirs")
            async with http.get(url, allow_redirects=False) as answer:
                assert answer.status == 308
            async with http.get(url) as answer:
                assert str(answer.url) == f"{url}/"

    run(story())


async def test_a_path_within_a_path_is_found_as_well(tmp_path: Path) -> None:
    middle, root = web.Application(), web.Application()
    middle.add_subapp("/consent", create_app(given(tmp_path / "data")))
    root.add_subapp("/clinic", middle)
    async with served(root) as url, browser() as http:
        page = await said(http, f"{url}/clinic/consent/")
        assert '"/clinic/consent/static/' in page[1]


async def test_what_a_proxy_puts_before_it_is_said_in_the_configuration(
    tmp_path: Path,
) -> None:
    config = given(tmp_path / "data")
    config["server"] |= {"base_path": "/clinic/consent/"}
    root = web.Application()
    root.add_subapp("/consent", create_app(config))
    async with served(root) as url, browser() as http:
        page = await said(http, f"{url}/consent/")
        assert '"/clinic/consent/static/' in page[1]


@pytest.mark.parametrize(
    ("prefix", "said", "why"),
    [
        ("/consent", "/meet/", 'is "/meet/", .* mounted at "/consent".*"/consent/"'),
        ("/consent", "/consent/meet/", 'mounted at "/consent"'),
        ("/a/consent", "/consent/", 'mounted at "/a/consent"'),
        ("/static", "/", "add_subapp: '/static' is how addresses"),
        ("/a%20b", "/", "add_subapp: .* is no path"),
    ],
)
async def test_another_path_than_the_configured_one_is_said_to_be(
    prefix: str, said: str, why: str, tmp_path: Path
) -> None:
    config = given(tmp_path / "data") | {"server": {"base_path": said}}
    root = web.Application()
    root.add_subapp(prefix, create_app(config))
    runner = web.AppRunner(root)
    with pytest.raises(ConfigInvalid, match=why):
        await runner.setup()
    await runner.cleanup()


def test_two_of_them_are_in_one_application(tmp_path: Path) -> None:
    async def story() -> None:
        root, gates = web.Application(), []
        for name in ("one", "two"):
            app = create_app(given(tmp_path / name))
            root.add_subapp(f"/{name}", app)
            gates.append(gate_of(app))
        async with served(root) as url, browser() as http:
            rooms = [await usage.a_room(gate) for gate in gates]
            for room, name in zip(rooms, ("one", "two"), strict=True):
                person = await comes(http, f"{url}/{name}", room, "ann", "minutes")
                async with room.permit("minutes") as permit:
                    assert permit.room == room.id
                await person.drop()
            with pytest.raises(Refused) as refused:
                await gates[0].room(rooms[1].id).state()
            assert refused.value.code == "unknown-room"

    run(story())


# ---- Its gate, in the same process --------------------------------------------------


def test_a_body_runs_while_everybody_agrees_and_ends_with_a_no(tmp_path: Path) -> None:
    async def story() -> None:
        async with mounted(tmp_path / "data") as (url, gate, http):
            room = await usage.a_room(gate)
            assert room.opened["invitation"] == f"/consent/m/{room.id}"
            ann = await comes(http, url, room, "ann", "minutes")
            ben = await comes(http, url, room, "ben", "minutes")
            packets: asyncio.Queue[bytes] = asyncio.Queue()
            kept: list[bytes] = []
            async with asyncio.TaskGroup() as tasks:
                work = tasks.create_task(usage.keeps(room, packets, kept))
                assert (await ann.hears("sign"))["on"]
                packets.put_nowait(b"one")
                await until(lambda: kept == [b"one"])
                await refuses(ben)
                packets.put_nowait(b"two")
                since = len(ann.heard) - 1
                assert not (await ann.hears("sign", since=since))["on"]
                assert await work == "it was, and is over"
            assert kept == [b"one"]
            assert await usage.keeps(room, packets, kept) == "not everybody has agreed"
            state = await room.state()
            assert state["people"] == 2
            assert state["features"][0]["sign"] == "off"
            await room.end()
            assert await ann.ended() == 1000
            assert (await room.state())["ended"]
            for person in (ann, ben):
                await person.drop()

    run(story())


def test_with_wait_everybody_is_asked(tmp_path: Path) -> None:
    async def story() -> None:
        async with mounted(tmp_path / "data") as (url, gate, http):
            room = await usage.a_room(gate)
            ann = await comes(http, url, room, "ann")

            async def answers() -> None:
                await ann.hears("asked")
                await ann.allow("minutes")

            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(answers())
                async with room.permit("minutes", wait=30) as permit:
                    assert permit.people == (ann.id,)
                    assert permit.left > 1e9
            await ann.drop()

    run(story())


def test_what_an_engine_reports_ends_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with mounted(tmp_path / "data") as (url, gate, http):
            room = await usage.a_room(gate, presence=True)
            ann = await comes(http, url, room, "ann", "minutes")
            await room.report({"ann"})
            alive: list[bool] = []

            async def reports_while_it_captures() -> None:
                async with room.permit("minutes") as permit:
                    await room.report({"ann", "somebody"})
                    alive.append(permit.alive)
                    await asyncio.Event().wait()

            with pytest.raises(PermitEnded):
                await reports_while_it_captures()
            assert alive == [False]
            await ann.drop()

    run(story())


def test_it_ends_with_the_application(tmp_path: Path) -> None:
    async def story() -> None:
        ended: list[str] = []
        async with mounted(tmp_path / "data") as (url, gate, http):
            room = await usage.a_room(gate)
            ann = await comes(http, url, room, "ann", "minutes")
            packets: asyncio.Queue[bytes] = asyncio.Queue()
            loop = asyncio.get_running_loop()
            work = loop.create_task(usage.keeps(room, packets, []))
            await ann.hears("sign")
        ended.append(await work)
        await ann.drop()
        assert ended == ["it was, and is over"]
        with pytest.raises(GateUnreachable):
            await room.state()
        with pytest.raises(GateUnreachable):
            await usage.a_room(gate)

    run(story())


async def opens_what_runs_here(gate: LocalGate, room: LocalRoom) -> None:
    await gate.open_room("Call", language="en", features=["recording"])


async def opens_in_no_language(gate: LocalGate, room: LocalRoom) -> None:
    await gate.open_room("Call", language="xx", features=["minutes"])


async def says_what_there_is_not(gate: LocalGate, room: LocalRoom) -> None:
    await gate.open_room("Call", language="en", features=["minutes"], colour="red")


async def finds_none(gate: LocalGate, room: LocalRoom) -> None:
    await gate.room("../rooms").state()


async def wants(room: LocalRoom, feature: str, wait: float = 0) -> None:
    async with room.permit(feature, wait=wait):
        raise AssertionError("it has begun")


async def wants_what_is_not_there(gate: LocalGate, room: LocalRoom) -> None:
    await wants(room, "training")


async def waits_too_long(gate: LocalGate, room: LocalRoom) -> None:
    await wants(room, "minutes", wait=61)


async def reports_unasked(gate: LocalGate, room: LocalRoom) -> None:
    await room.report([])


async def sends_nobody(gate: LocalGate, room: LocalRoom) -> None:
    await room.entry("")


async def comes_too_late(gate: LocalGate, room: LocalRoom) -> None:
    await room.end()
    await room.end()
    await room.entry("ann")


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        (opens_what_runs_here, "feature-run-here"),
        (opens_in_no_language, "malformed"),
        (says_what_there_is_not, "malformed"),
        (finds_none, "unknown-room"),
        (wants_what_is_not_there, "unknown-feature"),
        (waits_too_long, "malformed"),
        (reports_unasked, "presence-not-agreed"),
        (sends_nobody, "malformed"),
        (comes_too_late, "room-ended"),
    ],
)
async def test_it_refuses_as_over_http(
    asks: Callable[[LocalGate, LocalRoom], Awaitable[None]], code: str, tmp_path: Path
) -> None:
    async with mounted(tmp_path / "data") as (url, gate, http):
        room = await usage.a_room(gate)
        ann = await comes(http, url, room, "ann", "minutes")
        with pytest.raises(Refused) as refused:
            await asks(gate, room)
        await ann.drop()

    assert refused.value.code == code
    assert refused.value.status in (400, 404, 409, 410, 422)


async def test_nobody_there_is_no_consent(tmp_path: Path) -> None:
    async with mounted(tmp_path / "data") as (_, gate, _):
        room = await usage.a_room(gate)
        with pytest.raises(ConsentRequired):
            await wants(room, "minutes")


async def test_another_event_loop_is_refused(tmp_path: Path) -> None:
    async with mounted(tmp_path / "data") as (_, gate, _):
        room = await usage.a_room(gate)

        def elsewhere() -> str:
            with pytest.raises(RuntimeError, match="event loop in which it runs"):
                asyncio.run(room.state())
            return "refused"

        assert await asyncio.to_thread(elsewhere) == "refused"


def test_only_what_create_app_made_has_one() -> None:
    with pytest.raises(TypeError, match="create_app"):
        gate_of(web.Application())


# ---- As the guide has it ------------------------------------------------------------


async def test_the_guides_code_works_as_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[web.Application] = []
    monkeypatch.setattr(web, "run_app", made.append)
    monkeypatch.chdir(tmp_path)
    config = (ROOT / "examples/gate.toml").read_text("utf-8")
    (tmp_path / "gate.toml").write_text(config)
    exec(MOUNTED + HELD, {"__name__": "guide"})  # noqa: S102 - that is what is tested
    async with served(made[0]) as url, browser() as http:
        async with http.post(f"{url}/calls") as answer:
            call = await answer.json()
        assert call["consent"].startswith(f"/consent/m/{call['room']}#entry=")
        ann = Person(http, f"{url}/consent", RoomId(call["room"]), "ann")
        async with ann:
            entry = call["consent"].partition("#entry=")[2]
            await ann.join(allow=("sound",), entry=entry)
            recording = f"{url}/calls/{call['room']}/recording"
            async with asyncio.TaskGroup() as tasks:
                asking = tasks.create_task(uploads(http, recording))
                await ann.hears("sign")
                await ann.refuse("sound")
                assert await asking == (409, "Not everybody agrees any more.")
            assert await uploads(http, recording) == (409, "Not everybody agrees.")
    (file,) = await asyncio.to_thread(lambda: list(tmp_path.glob("*.audio")))
    assert file.stat().st_size > 0


async def uploads(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    """Send sound for as long as it is taken; what is said in the end."""

    async def sound() -> AsyncIterator[bytes]:
        while True:
            yield b"sound"
            await asyncio.sleep(0.005)

    async with http.post(url, data=sound()) as answer:
        return answer.status, await answer.text()
