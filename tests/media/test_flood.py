"""Hostile peers, with real connections: nothing grows, and nobody else notices."""

import asyncio
import random
import struct
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from gatekeeper.consent.types import SourceKind
from gatekeeper.errors import RoomShareTaken
from gatekeeper.media.tap.quota import Caps
from tests.media.hostile import KEYFRAME, Peer, peer
from tests.media.people import ALICE, BOB, meeting, until

MICROPHONE, CAMERA = SourceKind.MICROPHONE, SourceKind.CAMERA
SMALL = Caps(video=100_000, room=1e9, address=1e9)
"""A megabyte at once."""


def words(count: int) -> list[bytes]:
    """Opus packets of 20 ms, each unlike the others."""
    chance = random.Random(4)  # noqa: S311
    return [b"\x78" + chance.randbytes(60) for _ in range(count)]


def kept(data: Path, name: str) -> list[bytes]:
    """The packets in a file."""
    (file,) = data.rglob(f"{name}.webm")
    with av.open(str(file)) as container:
        return [bytes(packet) for packet in container.demux() if packet.size]


async def say(speaker: Peer, said: Sequence[bytes]) -> None:
    for packet in said:
        at = (speaker.numbers.get(MICROPHONE, -1) + 1) * 960
        await speaker.send(MICROPHONE, packet, timestamp=at)


async def test_who_sends_too_much_loses_their_tap_and_nobody_else_notices(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path, caps=SMALL) as held:
        permit, recording = held.open()
        alice = await peer(held, recording, ALICE, MICROPHONE)
        bob = await peer(held, recording, BOB, CAMERA)
        said = words(100)
        await say(alice, said[:50])

        await _until_over(bob)
        await say(alice, said[50:])
        await until(lambda: alice.tap._streams[_ssrc(alice)]._arrivals.received == 100)
        held.close(permit)
        await recording.stopped()

        assert held.audience.told == [(BOB, "tap-limit")]
        assert held.said == ["running"]
        assert kept(tmp_path, f"{ALICE}-microphone") == said
        pictures = kept(tmp_path, f"{BOB}-camera")
        assert 0 < sum(map(len, pictures)) <= SMALL.video * 10
        assert all(picture.startswith(KEYFRAME) for picture in pictures)


async def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    async with meeting(tmp_path, caps=Caps(source_bytes=200_000)) as held:
        permit, recording = held.open()
        for _ in range(2):  # offering again begins nothing afresh
            bob = await peer(held, recording, BOB, CAMERA)
            await _until_over(bob)
        held.close(permit)
        await recording.stopped()

        assert held.audience.told == [(BOB, "tap-limit")] * 2
        assert sum(map(len, kept(tmp_path, f"{BOB}-camera"))) <= 200_000


async def test_a_room_that_has_its_share_of_the_disk_stops_and_others_go_on(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path, caps=Caps(share=1e-12)) as held:
        permit, recording = held.open()
        alice = await peer(held, recording, ALICE, MICROPHONE)
        held.context.quotas.caps = Caps()  # of the address, which is the same here
        held.context.count(permit.room, 1 << 62)
        await say(alice, words(1))
        await until(lambda: "disk-share" in held.said)

        assert held.context.has_space()
        with pytest.raises(RoomShareTaken):
            held.open("again")


async def test_nothing_grows_whatever_comes(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        alice = await peer(held, recording, ALICE, MICROPHONE)
        bob = await peer(held, recording, BOB, MICROPHONE, CAMERA)
        said = words(120)
        for part, attack in enumerate(
            (
                _sources,
                _timestamps,
                _unfinished,
                _gaps,
                _reports,
                _garbage,
            )
        ):
            await say(alice, said[20 * part : 20 * part + 20])
            async with asyncio.timeout(30):
                await attack(bob, chance)
                _bounded(bob)
                await _read_on(bob)
            _bounded(bob)
        await until(lambda: alice.tap._streams[_ssrc(alice)]._arrivals.received == 120)
        held.close(permit)
        await recording.stopped()

        assert kept(tmp_path, f"{ALICE}-microphone") == said
        assert held.audience.told == []
        assert held.said == ["running"]


def _ssrc(one: Peer) -> int:
    ssrc = one.sections[MICROPHONE].ssrc
    assert ssrc is not None
    return ssrc


def _bounded(one: Peer) -> None:
    receiver = one.tap._receiver
    assert len(receiver._sources) <= 16
    assert len(one.tap._streams) == 2
    assert receiver._ice._connection._queue.qsize() <= 64
    assert len(receiver._ice._connection._check_list) <= 32
    for stream in one.tap._streams.values():
        assert len(stream._order._held) <= 1024
        assert len(getattr(stream._frames, "_parts", [])) <= 4096


async def _until_over(one: Peer) -> None:
    """Send keyframes until the server has had enough."""
    async with asyncio.timeout(30):
        while not one.tap._quota.over:
            await one.send(CAMERA, b"\x10" + KEYFRAME + bytes(900))


async def _read_on(one: Peer) -> None:
    """What was sent has been read, as far as it has not overflowed in the kernel."""
    arrivals = one.tap._streams[_ssrc(one)]._arrivals
    before = arrivals.received
    while arrivals.received == before:
        await one.send(MICROPHONE, b"\x78a")
        await asyncio.sleep(0.01)


async def _sources(one: Peer, chance: random.Random) -> None:
    dropped = one.tap._receiver.dropped
    while dropped["too many sources"] < 100:
        await one.send(CAMERA, b"\x10a", ssrc=chance.getrandbits(32))


async def _timestamps(one: Peer, chance: random.Random) -> None:
    for _ in range(200):
        await one.send(CAMERA, b"\x10" + KEYFRAME, timestamp=chance.getrandbits(32))
        await one.send(MICROPHONE, b"\x7b\x30a", timestamp=chance.getrandbits(32))


async def _unfinished(one: Peer, chance: random.Random) -> None:
    await one.send(CAMERA, b"\x10" + KEYFRAME, marker=False)
    for _ in range(4200):
        await one.send(CAMERA, b"\0a", marker=False)


async def _gaps(one: Peer, chance: random.Random) -> None:
    for _ in range(300):
        number = one.numbers[CAMERA] + chance.choice((2, 3, 900, 30_000))
        await one.send(CAMERA, b"\x10" + KEYFRAME, number=number)
        await one.send(CAMERA, b"\x10" + KEYFRAME, number=number)  # once more


async def _reports(one: Peer, chance: random.Random) -> None:
    for _ in range(200):
        body = chance.randbytes(4 * chance.randint(1, 300))
        head = struct.pack("!BBH", 0x80 | chance.getrandbits(5), 200, len(body) // 4)
        await one.raw(head + body)


async def _garbage(one: Peer, chance: random.Random) -> None:
    dropped = one.tap._receiver.dropped
    while dropped["unwanted"] < 100:
        one.datagram(b"")
        for first in (0, 1, 20, 22, 63, 70, 128, 200):
            for size in (0, 1, 12, 1400):
                one.datagram(bytes([first]) + chance.randbytes(size))
        await asyncio.sleep(0)
