"""A feed, between a permit and a machine that is no machine."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from gatekeeper.consent.types import OpeningId, ParticipantId, SourceKind
from gatekeeper.errors import OutOfOrder, UnknownOpening
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.sink import Opened
from gatekeeper.media.feed import line as lines
from gatekeeper.media.feed.context import FeedContext
from gatekeeper.media.feed.feed import AT_ONCE, Feed
from gatekeeper.media.feed.packet import Kind, head
from gatekeeper.media.tap.quota import Quotas
from gatekeeper.media.tap.rtp import Picture
from gatekeeper.media.tap.stream import Frame
from gatekeeper.web.room.reading import Socket
from gatekeeper.web.v1.outlet import Outlet
from tests.media.people import ALICE, BOB, RECORDING, ROOM, Company

MICROPHONE, CAMERA = SourceKind.MICROPHONE, SourceKind.CAMERA
OPUS_SILENCE = b"\xf8\xff\xfe"
KEY = Picture(16, 16)


class Wire:
    """What would have been written."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.packets: list[bytes] = []
        self.waiting = 0
        self.cuts = 0

    def send(self, frame: bytes) -> None:
        self.said.append(frame)

    def packet(self, content: bytes) -> None:
        self.packets.append(content)

    def cut(self) -> None:
        self.cuts += 1

    @property
    def written(self) -> int:
        return len(self.said) + len(self.packets)


class Fed:
    """A feed whose taps are played by a test."""

    def __init__(self, tasks: asyncio.TaskGroup, decoding: ThreadPoolExecutor) -> None:
        self.mint = Mint()
        self.permit = self.mint.issue(RECORDING, ROOM, OpeningId("o"))
        self.turned: list[bool] = []
        context = FeedContext(
            clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
            ice_servers=tuple,
            quotas=Quotas(),
            decoding=decoding,
        )
        opened = Opened(
            self.permit,
            tasks,
            running=lambda: None,
            failed=lambda _: None,
            turned=lambda: self.turned.append(bool(self.feed.sources)),
        )
        self.feed = Feed(
            opened, context, sources=[MICROPHONE, CAMERA], recipients=Company()
        )
        self.feed.cut(0, [ALICE, BOB])

    def sends(
        self,
        who: ParticipantId = ALICE,
        source: SourceKind = MICROPHONE,
        *,
        picture: Picture | None = None,
        ago: float = 0,
    ) -> None:
        at = asyncio.get_running_loop().time() - ago
        self.feed._hearer(who)(source, Frame(OPUS_SILENCE, at, picture))


@asynccontextmanager
async def fed() -> AsyncIterator[Fed]:
    with ThreadPoolExecutor(1) as decoding:
        async with asyncio.TaskGroup() as tasks:
            here = Fed(tasks, decoding)
            yield here
            here.mint.revoke(here.permit)


def sequences(wire: Wire) -> list[int]:
    return [int.from_bytes(packet[8:12], "big") for packet in wire.packets]


def test_a_head_is_as_it_is_documented() -> None:
    made = head(Kind.VP8, track=2, part=3, sequence=4 + (1 << 32), at=5, length=6)

    assert made.hex(" ") == (
        "01 03 00 02 00 00 00 03 00 00 00 04 00 00 00 00 00 00 00 05 00 00 00 06"
    )


async def test_nothing_is_written_once_the_call_that_ends_the_permit_returns() -> None:
    async with fed() as here:
        opus, pcm = Wire(), Wire()
        here.feed.attach(opus, pcm=False)
        here.feed.attach(pcm, pcm=True)
        here.sends()
        while not pcm.packets:
            here.sends()
            await asyncio.sleep(0)
        here.sends()  # which the thread still has to decode
        here.mint.revoke(here.permit)
        written = opus.written, pcm.written
        assert opus.cuts
        assert pcm.cuts
        for _ in range(20):
            here.sends()
            here.feed.cut(1, [ALICE])
            here.feed.drop(ALICE)
            await asyncio.sleep(0.01)

        assert (opus.written, pcm.written) == written


async def test_a_line_asks_the_permit_itself() -> None:
    async with fed() as here:
        wire = Wire()
        line = here.feed.attach(wire, pcm=False)
        here.sends()
        here.permit._hears.clear()  # nobody tells it
        here.mint.revoke(here.permit)
        track = lines.Track(0, ALICE, MICROPHONE)
        written = wire.written
        line.take(lines.Taken(track, 0, 1, 0, Frame(OPUS_SILENCE, 0.0, None)))
        line.tell(b"{}")

        assert wire.written == written


async def test_one_that_is_being_closed_is_cut_off_too() -> None:
    async with fed() as here:
        wire = Wire()
        line = here.feed.attach(wire, pcm=False)
        here.feed.detach(line)
        here.sends()
        assert (wire.cuts, wire.packets) == (0, [])
        here.mint.revoke(here.permit)
        assert wire.cuts


async def test_under_a_dead_permit_nobody_is_fed() -> None:
    async with fed() as here:
        here.mint.revoke(here.permit)
        with pytest.raises(UnknownOpening):
            here.feed.attach(Wire(), pcm=False)


async def test_taps_are_wanted_while_a_machine_is_there() -> None:
    async with fed() as here:
        with pytest.raises(UnknownOpening):
            await here.feed.offer(ALICE, "v=0", {})
        assert not here.feed.sources
        line = here.feed.attach(Wire(), pcm=False)
        assert list(here.feed.sources) == [MICROPHONE, CAMERA]
        here.feed.detach(line)
        here.feed.detach(line)
        here.feed.forget(line)

        assert here.turned[0] is True
        assert here.turned[-1] is False


async def test_so_many_machines_and_no_more() -> None:
    async with fed() as here:
        for _ in range(AT_ONCE):
            here.feed.attach(Wire(), pcm=False)
        with pytest.raises(OutOfOrder):
            here.feed.attach(Wire(), pcm=False)


async def test_R19_what_is_of_nobody_present_goes_nowhere() -> None:
    async with fed() as here:
        wire = Wire()
        here.feed.attach(wire, pcm=False)
        here.sends(ParticipantId("carol"))
        here.sends(ago=60)  # before anybody was there
        assert not wire.packets
        here.feed.cut(1, [BOB])
        here.sends(ALICE)
        here.sends(BOB)

        assert [packet[4:8] for packet in wire.packets] == [b"\0\0\0\1"]


async def test_a_picture_of_before_begins_no_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anew: list[ParticipantId | None] = []
    async with fed() as here:
        wire = Wire()
        here.feed.attach(wire, pcm=False)
        monkeypatch.setattr(
            here.feed._taps, "begin_anew", lambda who=None: anew.append(who)
        )
        await asyncio.sleep(0.02)
        here.feed.cut(1, [ALICE, BOB, ParticipantId("carol")])
        here.sends(source=CAMERA, picture=KEY, ago=0.01)
        here.sends(source=MICROPHONE)
        here.sends(source=CAMERA, picture=KEY)

        assert [packet[1] for packet in wire.packets] == [Kind.OPUS, Kind.VP8]
        assert anew == [None, ALICE]


async def test_who_does_not_read_loses_whole_packets() -> None:
    async with fed() as here:
        slow, quick = Wire(), Wire()
        line = here.feed.attach(slow, pcm=False)
        here.feed.attach(quick, pcm=False)
        here.sends()
        slow.waiting = lines.UNREAD + 1
        here.sends()
        here.sends()
        slow.waiting = lines.UNREAD
        here.sends()

        assert sequences(slow) == [0, 3]
        assert sequences(quick) == [0, 1, 2, 3]
        assert line.lost == 2


async def test_who_does_not_even_read_what_is_said_is_cut_off() -> None:
    async with fed() as here:
        wire = Wire()
        here.feed.attach(wire, pcm=False)
        wire.waiting = 2 * lines.UNREAD + 1
        here.feed.cut(1, [ALICE, BOB])

        assert wire.cuts


async def test_after_a_lost_picture_the_next_is_one_that_stands_alone() -> None:
    async with fed() as here:
        wire = Wire()
        here.feed.attach(wire, pcm=False)
        here.sends(source=CAMERA)  # refers to one that is not there
        here.sends(source=CAMERA, picture=KEY)
        here.sends(source=CAMERA)
        wire.waiting = lines.UNREAD + 1
        here.sends(source=CAMERA)
        wire.waiting = 0
        here.sends(source=CAMERA)
        here.sends(source=CAMERA, picture=KEY)

        assert sequences(wire) == [1, 2, 5]


async def test_a_machine_that_comes_later_is_told_what_there_is() -> None:
    async with fed() as here:
        here.feed.attach(Wire(), pcm=False)
        here.sends()
        later = Wire()
        here.feed.attach(later, pcm=False)

        assert [b'"part"' in said for said in later.said] == [True, False]
        assert b'"track":0' in later.said[1]


async def test_sound_that_is_not_decoded_in_time_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "UNDECODED", 2)
    async with fed() as here:
        line = here.feed.attach(Wire(), pcm=True)
        for _ in range(5):
            here.sends()

        assert line.lost == 3


# ---- A socket that is cut off -------------------------------------------------------


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of TCP: ours, and that of somebody who does not read yet."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        theirs = socket.socket()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        theirs.connect(listening.getsockname())
        ours, _ = listening.accept()
    with ours, theirs:
        yield ours, theirs


async def test_what_waits_when_it_is_cut_off_never_arrives(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = pair
    transport, _ = await asyncio.get_running_loop().create_connection(
        asyncio.Protocol, sock=ours
    )
    async with asyncio.TaskGroup() as tasks:
        outlet = Outlet(Socket(1024), transport, tasks, "")
        outlet.bound()
        sent = 0
        while outlet.waiting < 4 * 65_536:
            outlet.packet(bytes(60_000))
            sent += 60_000
        outlet.cut()
        outlet.packet(b"more")
        outlet.cut()
        await asyncio.sleep(0)
        theirs.settimeout(20)
        arrived = await asyncio.to_thread(_all, theirs)

    assert 0 < arrived < 65_536, f"of {sent}, most of it in the system by then"


def _all(theirs: socket.socket) -> int:
    """Bytes that come until the end, however it comes."""
    count = 0
    try:
        while data := theirs.recv(65_536):
            count += len(data)
    except ConnectionResetError:
        pass
    return count


def test_a_permit_calls_those_who_cut_and_a_dead_one_at_once() -> None:
    mint = Mint()
    called: list[bool] = []
    permit: Permit = mint.issue(RECORDING, ROOM, OpeningId("o"))
    permit.when_it_ends(lambda: called.append(permit.alive))
    mint.revoke(permit)
    mint.revoke(permit)
    permit.when_it_ends(lambda: called.append(permit.alive))

    assert called == [False, False]
