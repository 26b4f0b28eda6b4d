"""STUN and TURN servers: who is told of them, and for how long."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aioice.stun
import aioice.turn
import pytest
from aiortc.rtcicetransport import parse_stun_turn_uri

from gatekeeper.app.cli import main
from gatekeeper.config import Config, load, parse
from gatekeeper.errors import ConfigInvalid
from gatekeeper.meeting.ice import IceServers, IceSource, turn_credential
from tests.meeting.conftest import World, configured, start
from tests.meeting.test_door import knocks, open_room
from tests.turn import SECRET, Turn, coturn

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def secret_file(folder: Path, text: str = SECRET) -> Path:
    file = folder / "turn-secret"
    file.write_text(text)
    file.chmod(0o600)
    return file


def served(folder: Path, *servers: dict[str, Any], life: float = 3600) -> Config:
    config = configured(folder / "data", ice={"servers": list(servers)})
    # Shorter than any admin may have it, so that a test sees it end.
    ice = config.ice.model_copy(update={"credential_life": life})
    return config.model_copy(update={"ice": ice})


def test_a_credential_is_made_as_coturn_has_it() -> None:
    assert turn_credential("north", "1700003600:p_8Kd") == (
        "4ahULvFUOyn1e2KpfwQlaEc1ObA="
    )


def test_each_gets_their_own_that_end_and_say_nothing_of_anybody() -> None:
    source = IceSource(("turn:turn.example.org",), secret=SECRET)
    ice = IceServers([source], relay_only=True, life=600, clock=lambda: NOON)

    told = [ice.issue() for _ in range(50)]

    assert all(each.relay_only for each in told)
    users = {each.servers[0].username or "" for each in told}
    assert len(users) == 50
    ends = int((NOON + timedelta(seconds=600)).timestamp())
    assert {user.partition(":")[0] for user in users} == {str(ends)}
    assert SECRET not in "".join(each.model_dump_json() for each in told)


# ---- Who is told ------------------------------------------------------------------


@pytest.mark.parametrize("fixed", [False, True])
async def test_nobody_without_a_seat_is_told(tmp_path: Path, fixed: bool) -> None:
    file = secret_file(tmp_path, "planted-secret")
    way = (
        {"username": "gatekeeper", "credential_file": file}
        if fixed
        else {"secret_file": file}
    )
    server = {"urls": ["turn:turn.example.org", "turns:turn.example.org"], **way}
    async with start(served(tmp_path, server)) as world:
        (mara,) = await world.meeting("Mara")
        for path in (f"/api/rooms/{mara.room}", "/api/features", f"/m/{mara.room}"):
            async with world.http.get(world.url + path) as answer:
                text = await answer.text()
            for word in ("turn.example.org", "planted-secret", "credential"):
                assert word not in text
        stranger = await world.person(mara.room, "Noor")
        await stranger.connect()
        assert [frame["type"] for frame in stranger.heard] == ["hello"]

        (told,) = next(f for f in mara.heard if f["type"] == "welcome")["ice"][
            "servers"
        ]
        assert told["urls"] == server["urls"]
        assert (told["credential"] == "planted-secret") == fixed
        assert told["credential"] == (
            "planted-secret"
            if fixed
            else turn_credential("planted-secret", told["username"])
        )


async def test_who_has_a_seat_is_told_anew_before_it_ends(tmp_path: Path) -> None:
    server = {"urls": "turn:turn.example.org", "secret_file": secret_file(tmp_path)}
    async with start(served(tmp_path, server, life=0.4)) as world:
        mara, tomas = await world.meeting("Mara", "Tomas")
        waiting = await world.person(mara.room, "Noor")
        await waiting.connect()
        for person in (mara, tomas):
            for _ in range(3):
                await person.hears("ice", since=len(person.heard))
        users = [
            frame["servers"][0]["username"]
            for person in (mara, tomas)
            for frame in person.heard
            if frame["type"] == "ice"
        ]
        assert len(set(users)) == len(users) >= 6
        assert [frame["type"] for frame in waiting.heard] == ["hello"]
        await tomas.drop()
        welcome = await tomas.resume()
        assert welcome["ice"]["servers"][0]["username"] not in users


async def test_who_waits_at_the_door_is_told_when_they_are_let_in(
    tmp_path: Path,
) -> None:
    server = {"urls": "turn:turn.example.org", "secret_file": secret_file(tmp_path)}
    async with start(served(tmp_path, server, life=0.4)) as world:
        room, ann = await open_room(world)
        ben = await knocks(world, room, "Ben")
        for _ in range(3):
            await ann.hears("ice", since=len(ann.heard))
        assert "turn.example.org" not in str(ben.heard)
        await ann.say(type="admit", participant=ben.id)
        assert (await ben.hears("welcome"))["ice"]["servers"]


async def test_without_a_secret_nothing_is_said_again(world: World) -> None:
    (mara,) = await world.meeting("Mara")

    welcome = next(f for f in mara.heard if f["type"] == "welcome")
    assert welcome["ice"] == {"type": "ice", "servers": [], "relay_only": False}
    context = world.context
    async with asyncio.timeout(5):
        await context.ice.renew(lambda: ())


# ---- A real relay -----------------------------------------------------------------


async def allocated(turn: Turn, username: str, credential: str) -> bool:
    """Whether the relay gives an address to who says so."""
    try:
        transport, _ = await aioice.turn.create_turn_endpoint(
            asyncio.DatagramProtocol,
            server_addr=("127.0.0.1", turn.port),
            username=username,
            password=credential,
        )
    except aioice.stun.TransactionFailed as exc:
        if exc.response.attributes["ERROR-CODE"][0] != 401:
            raise
        return False
    transport.close()
    await asyncio.sleep(0)
    return True


async def test_a_relay_takes_what_is_told_while_it_is_good_and_nothing_else(
    tmp_path: Path,
) -> None:
    async with coturn(tmp_path / "turn") as turn:
        async with start(served(tmp_path, turn.ice)) as world:
            (mara,) = await world.meeting("Mara")
        welcome = next(f for f in mara.heard if f["type"] == "welcome")
        (told,) = welcome["ice"]["servers"]
        user, credential = told["username"], told["credential"]

        assert await allocated(turn, user, credential)
        later = f"{int(user.partition(':')[0]) + 60}:{user.partition(':')[2]}"
        assert not await allocated(turn, later, credential)
        assert not await allocated(turn, user, credential[:-4] + "AAA=")
        assert not await allocated(turn, user, turn_credential("south", user))
        then = datetime.now(UTC) - timedelta(hours=2)  # noqa: TID251 - coturn's clock
        old = IceServers(
            [IceSource((turn.url,), secret=SECRET)],
            relay_only=False,
            life=3600,
            clock=lambda: then,
        )
        (ended,) = old.issue().servers
        assert not await allocated(turn, ended.username or "", ended.credential or "")


# ---- The configuration ------------------------------------------------------------

GOOD = [
    "stun:stun.example.org", "stun:192.0.2.1:3478", "stuns:stun.example.org:5349",
    "turn:turn.example.org", "turn:turn.example.org:3478?transport=tcp",
    "turns:turn.example.org:443", "turns:t:443?transport=tcp", "turn:127.0.0.1:65535",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_what_is_an_address_is_one_for_our_own_ends_too(
    tmp_path: Path, url: str
) -> None:
    file = secret_file(tmp_path)
    server = {"urls": url} | ({"secret_file": file} if url.startswith("turn") else {})

    (read,) = parse({"ice": {"servers": [server]}}).ice.servers

    assert read.urls == (url,)
    assert parse_stun_turn_uri(url)["scheme"] == url.partition(":")[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://x", "https://turn.example.org", "turn.example.org", "turn:", "stun:",
        "turn://turn.example.org", "turn:a b", "stun:x?transport=udp", "turn:x:0",
        "turn:x?transport=sctp", "turn:x:65536", "turn:x:port", "TURN:x", "turn:x/",
        "turn:user@x", "turn:[2001:db8::1]", "turn:ä", "stun:x\n", "", 5, [], ["x"],
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_with_what_is_one(url: object) -> None:
    server = {"urls": url, "secret_file": "turn"}
    with pytest.raises(ConfigInvalid, match=r'^ice\.servers\.0\.urls: .*"stun:host'):
        parse({"ice": {"servers": [server]}})


TURN = {"urls": "turn:turn.example.org"}


@pytest.mark.parametrize(
    ("ice", "said"),
    [
        ({"servers": [TURN]}, r"ice\.servers\.0\.urls: .*Set secret_file"),
        (
            {"servers": [{"urls": ["stun:x", "turn:x"]}]},
            r"ice\.servers\.0\.urls: .*Set secret_file",
        ),
        ({"servers": [TURN | {"username": "a"}]}, "go together. Set both"),
        ({"servers": [TURN | {"credential_file": "a"}]}, "go together. Set both"),
        (
            {
                "servers": [
                    TURN | {"username": "a", "credential_file": "a", "secret_file": "a"}
                ]
            },
            "Remove username and credential_file, or secret_file",
        ),
        ({"servers": [{"urls": "stun:x", "secret_file": "a"}]}, "takes no credentials"),
        ({"relay_only": True}, r"ice\.relay_only: relay_only needs a relay"),
        (
            {"relay_only": True, "servers": [{"urls": "stun:x"}]},
            r"ice\.relay_only: relay_only needs a relay",
        ),
        ({"credential_life": 5}, r"ice\.credential_life"),
    ],
)
def test_what_cannot_work_is_told_with_what_can(
    ice: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigInvalid, match=said):
        parse({"ice": ice})


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("", 0o600, "is empty"),
        ("x", 0o644, "chmod 600"),
        (None, 0, "cannot be read"),
    ],
)
def test_a_secret_that_is_none_is_said_by_check_and_before_anything_starts(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str | None,
    mode: int,
    said: str,
) -> None:
    secret = tmp_path / "turn-secret"
    if text is not None:
        secret.write_text(text)
        secret.chmod(mode)
    file = tmp_path / "config.toml"
    file.write_text(
        f"[server]\nport = 0\n[data]\ndirectory = '{tmp_path / 'data'}'\n"
        f"[[ice.servers]]\nurls = 'turn:turn.example.org'\nsecret_file = '{secret}'\n"
    )
    assert main(["check", str(file)]) == 2
    assert said in capsys.readouterr().err

    async def started() -> None:
        async with start(load(file)):
            pass

    with pytest.raises(ConfigInvalid, match=said):
        asyncio.run(started())
