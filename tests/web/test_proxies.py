"""Whom a proxy speaks for, and who only says so."""

from collections.abc import AsyncIterator, Mapping, Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict
from pydantic import TypeAdapter

from gatekeeper.config import parse
from gatekeeper.config.network import Proxy
from gatekeeper.errors import ConfigInvalid
from gatekeeper.web.proxies import HOPS, TrustedProxies
from gatekeeper.web.reception import Reception, origin
from tests.meeting.conftest import World, configured, start

NEW = {"title": "A room", "language": "en", "features": ["minutes"]}
_PARSED: TypeAdapter[Any] = TypeAdapter(Proxy)


def proxies(*networks: str) -> TrustedProxies:
    return TrustedProxies([_PARSED.validate_python(each) for each in networks])


OURS = proxies("10.0.0.0/8", "fd00::/8", "unix")


@pytest.mark.parametrize(
    ("lines", "client"),
    [
        ([], "10.0.0.1"),
        (["192.0.2.7"], "192.0.2.7"),
        (["203.0.113.9, 192.0.2.7"], "192.0.2.7"),
        (["203.0.113.9", "192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, 10.0.0.2", "10.9.9.9"], "192.0.2.7"),
        (["203.0.113.9,192.0.2.7", "10.0.0.2 , 10.0.0.3"], "192.0.2.7"),
        (["10.0.0.8, 10.0.0.7"], "10.0.0.8"),
        (["192.0.2.7:50123"], "192.0.2.7"),
        (["2001:db8:1:2:3::4"], "2001:db8:1:2::/64"),
        (["[2001:db8:1:2:3::4]"], "2001:db8:1:2::/64"),
        (['"[2001:db8:1:2:3::4]:443"'], "2001:db8:1:2::/64"),
        (["fe80::1%eth0"], "fe80::/64"),
        (["::ffff:192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, ::ffff:10.0.0.2"], "192.0.2.7"),
        (["192.0.2.7, fd00::2"], "192.0.2.7"),
        (["192.0.2.7, ", " ,, "], "192.0.2.7"),
    ],
)
def test_the_last_entry_that_is_no_proxy_of_ours_is_the_client(
    lines: Sequence[str], client: str
) -> None:
    assert OURS.spoken_for("10.0.0.1", lines) == client


@pytest.mark.parametrize(
    "said",
    [
        "unknown", "_hidden", "unix:", "-", "192.0.2", "192.0.2.7:x", "192.0.2.7:443:1",
        "[192.0.2.7", "2001:db8::g", "192.0.2.07", "1" * 9000, "\udcff", "192.0.2.7 b",
        "for=192.0.2.7", "١٩٢.0.2.7", "\x00", "%", "[%]", "[]:1", ":1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("forged", [[], ["203.0.113.9"]])
def test_what_cannot_be_read_counts_as_the_proxy_that_passed_it_on(
    said: str, forged: list[str]
) -> None:
    assert OURS.spoken_for("10.0.0.1", [*forged, said]) == "10.0.0.1"
    assert OURS.spoken_for("10.0.0.1", [*forged, f"{said}, 10.0.0.2"]) == "10.0.0.2"
    assert OURS.spoken_for("10.0.0.1", [f"{said}, 192.0.2.7"]) == "192.0.2.7"


def test_a_list_of_proxies_without_an_end_is_not_followed_to_it() -> None:
    lines = [f"10.0.1.{number}" for number in range(200)]

    assert OURS.spoken_for("10.0.0.1", lines) == f"10.0.1.{200 - HOPS}"


def test_a_peer_without_an_address_is_believed_only_where_it_is_meant_to_be() -> None:
    assert OURS.trusts("")
    assert OURS.spoken_for("", ["192.0.2.7"]) == "192.0.2.7"
    assert not proxies("10.0.0.0/8").trusts("")
    assert not proxies("unix").trusts("10.0.0.1")


CLIENTS = st.ip_addresses().map(str).filter(lambda address: not OURS.trusts(address))
HOPS_OF_OURS = st.integers(0, 2**24 - 1).map(lambda n: str(ip_address(0x0A000000 + n)))
TEXT = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=80)
FORGED = st.lists(st.one_of(CLIENTS, HOPS_OF_OURS, TEXT, st.just("10.0.0.1, 10.0.0.2")))


@given(
    forged=FORGED,
    client=CLIENTS,
    hops=st.lists(HOPS_OF_OURS, max_size=HOPS - 1),
    added=st.sampled_from([", ", ",", "line"]),
)
def test_no_line_of_ones_own_makes_anybody_somebody_else(
    forged: list[str], client: str, hops: list[str], added: str
) -> None:
    """Each proxy adds its peer, to the last line that a client sends or in another."""
    lines = list(forged)
    for peer in (client, *hops):
        if added == "line" or not lines:
            lines.append(peer)
        else:
            lines[-1] += added + peer

    assert OURS.spoken_for("10.0.0.1", lines) == origin(client)


@given(
    lines=st.lists(st.one_of(TEXT, st.text(',:[]"% 0123456789abcdef.', max_size=60)))
)
def test_whatever_stands_there_an_address_comes_of_it(lines: list[str]) -> None:
    found = OURS.spoken_for("10.0.0.1", lines)

    assert ip_network(found).version in (4, 6)


# ---- Over real connections --------------------------------------------------------


@pytest.fixture
async def behind(tmp_path: Path) -> AsyncIterator[World]:
    """A server behind a proxy on this machine, and one room an hour and address."""
    config = configured(
        tmp_path / "data",
        server={
            "port": 0,
            "host": "127.0.0.1",
            "names": ["meet.example.org"],
            "trusted_proxies": ["127.0.0.1"],
        },
        limits={"rooms_per_address": 1, "sockets_per_address": 1},
    )
    async with start(config) as world:
        yield world


async def opened(world: World, *fields: tuple[str, str]) -> int:
    """The status of opening a room with these header fields."""
    url, headers = f"{world.url}/api/rooms", CIMultiDict(fields)
    async with world.http.post(url, json=NEW, headers=headers) as answer:
        return answer.status


def forwarded(*lines: str) -> list[tuple[str, str]]:
    return [("X-Forwarded-For", line) for line in lines]


async def test_a_forged_line_gets_nobody_another_room(behind: World) -> None:
    assert await opened(behind, *forwarded("192.0.2.7")) == 201
    assert await opened(behind, *forwarded("192.0.2.7")) == 429
    assert await opened(behind, *forwarded("203.0.113.1", "192.0.2.7")) == 429
    assert await opened(behind, *forwarded("203.0.113.1, 192.0.2.7")) == 429
    assert await opened(behind, *forwarded("x", "::ffff:192.0.2.7")) == 429
    assert await opened(behind, *forwarded("192.0.2.8")) == 201


async def test_a_64_is_one_address_for_rooms_and_for_sockets(behind: World) -> None:
    room, _ = await behind.room()
    one, other = forwarded("2001:db8:1:2::1"), forwarded("2001:db8:1:2:ffff::9")
    elsewhere = forwarded("2001:db8:1:3::1")
    socket = f"{behind.url}/api/rooms/{room}/socket"

    assert await opened(behind, *one) == 201
    assert await opened(behind, *other) == 429
    assert await opened(behind, *elsewhere) == 201
    async with behind.http.ws_connect(socket, headers=CIMultiDict(one)):
        async with behind.http.get(socket, headers=CIMultiDict(other)) as answer:
            assert answer.status == 429
        async with behind.http.ws_connect(socket, headers=CIMultiDict(elsewhere)):
            pass


async def test_who_is_no_proxy_is_not_believed(tmp_path: Path) -> None:
    config = configured(
        tmp_path / "data",
        server={
            "port": 0,
            "host": "127.0.0.1",
            "names": ["meet.example.org"],
            "trusted_proxies": ["192.0.2.0/24"],
        },
        limits={"rooms_per_address": 1},
    )
    async with start(config) as world:
        assert await opened(world, *forwarded("203.0.113.1")) == 201
        assert await opened(world, *forwarded("203.0.113.2")) == 429
        lies = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "meet.example.org"}
        async with world.http.get(f"{world.url}/", headers=lies) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert f"connect-src 'self' {world.url.replace('http', 'ws')};" in policy


@pytest.mark.parametrize(
    ("fields", "socket"),
    [
        ({"X-Forwarded-Proto": "https"}, "wss://meet.example.org"),
        ({"X-Forwarded-Proto": "wss"}, "wss://meet.example.org"),
        ({"X-Forwarded-Proto": "http, https"}, "wss://meet.example.org"),
        ({"X-Forwarded-Proto": "https, http"}, "ws://meet.example.org"),
        ({"X-Forwarded-Proto": "gopher"}, "ws://meet.example.org"),
        ({}, "ws://meet.example.org"),
        (
            {"Host": "localhost", "X-Forwarded-Host": "evil.example, meet.example.org"},
            "ws://meet.example.org",
        ),
    ],
)
async def test_a_proxy_says_how_and_as_what_the_server_is_reached(
    behind: World, fields: Mapping[str, str], socket: str
) -> None:
    headers = {"Host": "meet.example.org", **fields}
    async with behind.http.get(f"{behind.url}/", headers=headers) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
    assert f"connect-src 'self' {socket};" in policy


@pytest.mark.parametrize(
    ("host", "said", "page", "status"),
    [
        ("127.0.0.1", "meet.example.org", "https://meet.example.org", 201),
        ("meet.example.org", None, "https://meet.example.org", 201),
        ("meet.example.org", None, "http://meet.example.org", 403),
        ("127.0.0.1", "meet.example.org", "https://127.0.0.1", 403),
        ("127.0.0.1", "evil.example", "https://evil.example", 421),
        ("evil.example", "meet.example.org", "https://meet.example.org", 421),
        ("127.0.0.1", "[", "https://meet.example.org", 421),
    ],
)
async def test_a_page_is_our_own_as_the_browser_sees_it(
    behind: World, host: str, said: str | None, page: str, status: int
) -> None:
    fields = [("Host", host), ("X-Forwarded-Proto", "https"), ("Origin", page)]
    if said is not None:
        fields.append(("X-Forwarded-Host", said))

    assert await opened(behind, *fields) == status


def test_connections_are_counted_by_address_save_those_of_a_proxy() -> None:
    def protocol() -> Any:
        raise AssertionError

    reception = Reception(protocol, most=6, per_address=1, speaks_for_many=OURS.trusts)

    assert [reception.admit("10.0.0.1") for _ in range(4)] == [True] * 4
    assert [reception.admit("2001:db8::1") for _ in range(2)] == [True, False]
    assert not reception.admit("2001:db8::2")
    assert [reception.admit("10.0.0.2") for _ in range(2)] == [True, False]


# ---- The configuration ------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "network"),
    [
        ("127.0.0.1", "127.0.0.1/32"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("fd00::/8", "fd00::/8"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("unix", "unix"),
    ],
)
def test_proxies_are_addresses_networks_or_a_socket(said: str, network: str) -> None:
    config = parse({"server": {"trusted_proxies": [said]}})

    assert [str(each) for each in config.server.trusted_proxies] == [network]
    again = parse({"server": config.server.model_dump()})
    assert again.server == config.server


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("10.0.0.1/8", 'Say "10.0.0.0/8", or "10.0.0.1"'),
        ("0.0.0.0/0", "is everybody"),
        ("::/0", "is everybody"),
        ("::ffff:0:0/96", "is everybody"),
        ("proxy.example.org", "is no network"),
        ("10.0.0.0/33", "is no network"),
        ("", "is no network"),
    ],
)
def test_what_is_no_network_is_told_with_what_is_one(said: str, told: str) -> None:
    with pytest.raises(
        ConfigInvalid, match=r"^server\.trusted_proxies\.0.*: "
    ) as wrong:
        parse({"server": {"trusted_proxies": [said]}})
    assert told in str(wrong.value)


def test_the_key_that_there_was_before_says_what_there_is_now() -> None:
    with pytest.raises(ConfigInvalid, match=r'trusted_proxies = \["127'):
        parse({"server": {"behind_proxy": True}})
