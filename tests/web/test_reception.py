"""How many connections there may be, and what becomes of a gate when none is left."""

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gatekeeper.errors import DescriptorsFew
from gatekeeper.web.reception import KEPT_BACK, LEAST, Reception, origin, provide
from tests.meeting.conftest import World, configured, start
from tests.meeting.straits import no_descriptors


@pytest.fixture
def descriptors() -> Iterator[tuple[int, int]]:
    """The limits of this process, put back afterwards."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_an_ipv6_host_is_one_address_whatever_of_its_64_it_uses(
    address: str, whose: str
) -> None:
    assert origin(address) == whose


def test_connections_are_counted_by_address_and_in_all() -> None:
    reception = Reception(asyncio.Protocol, most=3, per_address=2)

    assert [reception.admit("a") for _ in range(3)] == [True, True, False]
    assert [reception.admit("b") for _ in range(2)] == [True, False]
    reception.leave("a")
    assert reception.connections == 2
    assert reception.admit("c")
    assert not reception.admit("d")


async def test_one_connection_too_many_is_closed_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    limits = {"connections_per_address": 8}
    async with start(configured(tmp_path / "data", limits=limits)) as world:
        parts = urlsplit(world.url)
        held = [
            await asyncio.open_connection(parts.hostname, parts.port) for _ in range(8)
        ]
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)

        async with asyncio.timeout(20):
            assert await _end(reader)
        writer.close()
        for old_reader, old_writer in held[:1]:
            old_writer.write(b"GET /api/features HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200 OK" in await old_reader.readline()
        for _, old_writer in held:
            old_writer.close()
        for _, old_writer in held:
            await old_writer.wait_closed()

        async with world.http.get(f"{world.url}/api/features") as answer:
            assert answer.status == 200


async def _end(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read() == b""
    except ConnectionError:
        return True


def test_the_limit_of_open_files_is_raised_or_there_are_fewer_connections(
    descriptors: tuple[int, int],
) -> None:
    hard = descriptors[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))

    assert provide(100) == 100
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 100 + KEPT_BACK


def test_a_process_that_may_open_too_few_files_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = KEPT_BACK + LEAST - 1
    monkeypatch.setattr(resource, "getrlimit", lambda _: (few, few))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)

    with pytest.raises(DescriptorsFew, match="ulimit -n"):
        provide(4096)


async def test_without_a_descriptor_left_the_gate_closes_and_the_meeting_goes_on(
    world: World,
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    await ben.hears("sign", where=lambda sign: bool(sign["on"]))
    since = len(cat.heard)
    async with no_descriptors():
        await ben.refuse("minutes")

        await cat.hears("sign", since=since, where=lambda sign: not sign["on"])
        await ann.say(type="chat", text="We go on")
        await cat.hears("chat-line", since=since)
    await ben.allow("minutes")
    await cat.hears("sign", since=since, where=lambda sign: bool(sign["on"]))
