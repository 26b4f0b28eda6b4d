"""A seat for machines: media over a WebSocket, under a permit and no longer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import av
import numpy as np
import pytest

from gatekeeper.app import desk
from gatekeeper.config import Config
from gatekeeper.config.locales import locales
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.media.feed import feed as feeds
from gatekeeper.media.feed import line as lines
from gatekeeper.media.feed.feed import Feed
from gatekeeper.web.v1 import media, outlet
from tests.meeting.conftest import MINUTES, World
from tests.meeting.test_presence import until
from tests.proof.content import RATE, pictures, read_picture, read_sound, rgb, sounds
from tests.proof.guest import Guest
from tests.services.conftest import Service, a_service, open_to_services
from tests.services.machine import Machine, Packet, a_machine, address, refused

OPUS, PCM, VP8 = 1, 2, 3
NOTES, WATCH = "notes", "watch"
LEASE = 3
"""Seconds."""
SOME = 10
"""Packets that say enough."""


PEOPLE = ("Mara", "Tomas", "Ines")


@pytest.fixture(scope="module", autouse=True)
def recorded() -> None:
    """What they send, before the clock of any lease runs."""
    for name in PEOPLE:
        sounds(name)
        pictures(name, screen=False)
        pictures(name, screen=True)


def fed(*kinds: str) -> dict[str, Any]:
    return {
        "sink": "feed",
        "kinds": kinds,
        "notices": dict.fromkeys(locales(), MINUTES),
    }


@pytest.fixture
def config(tmp_path: Path) -> Config:
    minutes = fed("audio") | {"sink": "external"}
    features = {NOTES: fed("audio"), WATCH: fed("audio", "video", "screen")}
    features |= {"minutes": minutes}
    return open_to_services(tmp_path / "data", features=features, api={"lease": LEASE})


class Meeting:
    """A room of a service's, and people with cameras and microphones in it."""

    def __init__(
        self,
        world: World,
        service: Service,
        room: dict[str, Any],
        tasks: asyncio.TaskGroup,
        stack: AsyncExitStack,
    ) -> None:
        self.world = world
        self.service = service
        self.id = RoomId(room["room"])
        self._host = room["host"]
        self._tasks = tasks
        self._stack = stack
        self.people: list[Guest] = []

    async def joins(self, name: str, *allow: str, impolite: bool = False) -> Guest:
        guest = await self._stack.enter_async_context(
            Guest(
                self.world.http,
                self.world.url,
                self.id,
                name,
                tasks=self._tasks,
                impolite=impolite,
            )
        )
        await guest.join(host=None if self.people else self._host, allow=allow)
        self.people.append(guest)
        return guest

    async def lent(self, feature: str = NOTES) -> str:
        """A permit's id."""
        path, said = f"/rooms/{self.id}/permits", {"feature": feature}
        status, lent = await self.service.asks("POST", path, said)
        assert status == 201, lent
        return str(lent["permit"])

    async def renews(self, permit: str) -> int:
        path = f"/rooms/{self.id}/permits/{permit}"
        return (await self.service.asks("POST", path))[0]

    def feed(self, feature: str = NOTES) -> Feed:
        room = self.world.registry.living(self.id)
        assert room is not None
        found = room._gates.openings.of(FeatureId(feature)).sink.feed  # type: ignore[union-attr]
        assert isinstance(found, Feed)
        return found


@asynccontextmanager
async def meeting(
    world: World, service: Service, *features: str
) -> AsyncIterator[Meeting]:
    room = await service.opens(mode="meeting", features=list(features or (NOTES,)))
    async with asyncio.TaskGroup() as tasks, AsyncExitStack() as stack:
        held = Meeting(world, service, room, tasks, stack)
        try:
            yield held
        finally:
            for guest in held.people:
                await guest.close()


def heard(packets: list[Packet]) -> set[str | None]:
    """Whose tones are in what was taken, but for a decoder's beginning."""
    if packets[0].kind == OPUS:
        codec = av.CodecContext.create("libopus", "r")
        codec.sample_rate, codec.layout = RATE, "mono"
        blocks = [
            frame.to_ndarray()[0].astype(np.float32) / 32768
            for packet in packets
            for frame in codec.decode(av.Packet(packet.data))
        ]
    else:
        blocks = [
            np.repeat(np.frombuffer(p.data, "<i2").astype(np.float32) / 32768, 3)
            for p in packets
        ]
    told = [read_sound(block) for block in blocks[3:]]
    return {None if one is None else one[0] for one in told}


async def some(machine: Machine, *guests: Guest) -> None:
    """Something of each of them has come."""
    await machine.until(lambda: all(len(machine.of(g.id)) >= SOME for g in guests))


# ---- What it gets -------------------------------------------------------------------


@pytest.mark.parametrize(("audio", "kind"), [("opus", OPUS), ("pcm", PCM)])
async def test_a_machine_gets_one_track_of_each_who_agree(
    world: World, service: Service, audio: str, kind: int
) -> None:
    async with meeting(world, service) as here:
        ann = await here.joins("Mara", NOTES)
        ben = await here.joins("Tomas", NOTES)
        async with a_machine(service, await here.lent(), audio=audio) as machine:
            await some(machine, ann, ben)
            part, *_ = machine.said
            assert (await ann.hears("sign"))["on"]

            assert (part["type"], part["part"]) == ("part", 0)
            assert part["people"] == sorted([ann.id, ben.id])
            assert {t["source"] for t in machine.tracks.values()} == {"microphone"}
            named = {t["participant"]: t["name"] for t in machine.tracks.values()}
            assert named == {ann.id: "Mara", ben.id: "Tomas"}
            for guest in (ann, ben):
                mine = machine.of(guest.id)
                first = mine[0].sequence
                assert {p.kind for p in mine} == {kind}
                assert heard(mine) <= {guest.name, None}
                assert guest.name in heard(mine)
                assert [p.sequence - first for p in mine] == [*range(len(mine))]
                assert all(abs(p.at - part["at"] / 1e6) < 60 for p in mine)
                assert {p.part for p in mine} == {0}
                if audio == "pcm":
                    assert len(mine[-1].data) == 640


async def test_it_sees_what_the_notice_says_and_begins_with_what_stands_alone(
    world: World, service: Service
) -> None:
    async with meeting(world, service, WATCH) as here:
        ann = await here.joins("Mara", WATCH)
        ann.shares.set()
        await here.joins("Tomas", WATCH)
        async with a_machine(service, await here.lent(WATCH)) as machine:
            for source in ("camera", "screen"):
                await machine.until(lambda: len(machine.of(ann.id, source)) >= SOME)  # noqa: B023
                mine = machine.of(ann.id, source)
                codec = av.CodecContext.create("vp8", "r")
                frames = [
                    frame for p in mine for frame in codec.decode(av.Packet(p.data))
                ]
                seen = [read_picture(rgb(frame)) for frame in frames]
                assert {p.kind for p in mine} == {VP8}
                assert len(frames) >= SOME
                assert {(s.owner, s.screen) for s in seen if s} == {
                    ("Mara", source == "screen")
                }


async def test_nothing_is_tapped_before_a_machine_is_there_nor_after(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann = await here.joins("Mara", NOTES)
        await here.joins("Tomas", NOTES)
        await ann.say(type="request", feature=NOTES)
        await until(lambda: world.registry.living(here.id).capturing)  # type: ignore[union-attr]
        await ann.settle()
        assert not {"tap", "sign"} & set(ann.kinds())

        async with a_machine(service, await here.lent()) as machine:
            await some(machine, ann)
        since = len(ann.heard)
        await ann.hears("tap-closed")
        if (await ann.hears("sign"))["on"]:
            assert not (await ann.hears("sign", since=since - 2, where=off))["on"]
        await until(lambda: not world.registry.living(here.id).capturing)  # type: ignore[union-attr]


def off(sign: dict[str, Any]) -> bool:
    return not sign["on"]


async def test_R5_R19_who_comes_begins_a_part_and_who_goes_is_in_none(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann, ben = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        async with a_machine(service, await here.lent()) as machine:
            await some(machine, ann, ben)
            ines = await here.joins("Ines", NOTES)
            await some(machine, ines)
            await ben.say(type="leave")
            await machine.until(lambda: "ended" in machine.kinds())
            last = len(machine.packets)
            await machine.until(lambda: len(machine.packets) > last + SOME)

            parts = [each for each in machine.said if each["type"] == "part"]
            present = {each["part"]: set(each["people"]) for each in parts}
            assert [*present.values()] == [
                {ann.id, ben.id},
                {ann.id, ben.id, ines.id},
                {ann.id, ines.id},
            ]
            for packet in machine.packets:
                who = machine.tracks[packet.track]["participant"]
                assert who in present[packet.part]
            assert not {p.track for p in machine.packets[last:]} & {
                number
                for number, track in machine.tracks.items()
                if track["participant"] == ben.id
            }


# ---- How it ends --------------------------------------------------------------------


async def test_a_no_breaks_it_off_and_the_sign_is_off_without_a_lease_time(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann = await here.joins("Mara", NOTES)
        ben = await here.joins("Tomas", NOTES, impolite=True)
        permit = await here.lent()
        async with a_machine(service, permit) as machine:
            await some(machine, ann, ben)
            since = len(ann.heard)
            await ben.refuse(NOTES)
            code = await machine.ended()
            await ann.hears("sign", since=since, where=off)
            taken = len(machine.packets)

            assert code in (None, 1006)  # no word, and nothing that waits
            assert await here.renews(permit) == 409
            assert len(machine.packets) == taken


async def test_R5_somebody_without_a_yes_is_let_in_when_it_is_cut_off(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        async with a_machine(service, await here.lent()) as machine:
            await some(machine, ann)
            await here.joins("Ines")
            await machine.ended()

            assert all(t["name"] != "Ines" for t in machine.tracks.values())


async def test_the_socket_keeps_the_lease_and_its_end_is_the_leases(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        permit = await here.lent()
        async with a_machine(service, permit) as machine:
            long = 1.5 * LEASE / 0.02
            await machine.until(lambda: len(machine.of(ann.id)) > long)
        since = len(ann.heard)
        await ann.hears("sign", since=since - 3, where=off)

        assert await here.renews(permit) == 409


async def test_who_answers_no_ping_loses_the_lease(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        permit = await here.lent()
        async with service.http.ws_connect(
            address(service, permit),
            headers={"Authorization": f"Bearer {service.key}"},
            autoping=False,
        ) as socket:
            async for message in socket:
                assert message.type is not aiohttp.WSMsgType.CLOSE
            await ann.hears("sign", where=off)

        assert socket.close_code in (None, 1006)


async def test_what_is_given_back_is_cut_off(world: World, service: Service) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        permit = await here.lent()
        async with a_machine(service, permit) as machine:
            await some(machine, ann)
            await service.asks("DELETE", f"/rooms/{here.id}/permits/{permit}")

            assert await machine.ended() in (None, 1006)


async def test_a_key_that_is_revoked_takes_nothing_more(
    world: World, service: Service, config: Config
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        async with a_machine(service, await here.lent()) as machine:
            await some(machine, ann)
            revoke = desk.RevokeServiceKey(id=service.id)
            data = config.data.directory
            await asyncio.to_thread(lambda: [*desk.ask(data, revoke)])

            assert await machine.ended() in (None, 1006)


# ---- Who may have it ----------------------------------------------------------------


async def test_who_asks_in_vain_is_told_why_and_takes_nothing(
    world: World, service: Service, config: Config
) -> None:
    last = "0" if service.key[-1] != "0" else "1"
    wrong = Service(service.url, service.http, service.key[:-1] + last)
    async with (
        meeting(world, service, NOTES, "minutes") as here,
        a_service(world, config) as other,
        a_service(world, config, scopes=("rooms", "permits")) as scopeless,
    ):
        ann = await here.joins("Mara", NOTES, "minutes")
        await here.joins("Tomas", NOTES, "minutes")
        permit, external = await here.lent(), await here.lent("minutes")
        asked = {
            "wrong key": await refused(wrong, permit),
            "other key": await refused(other, permit),
            "no scope": await refused(scopeless, permit),
            "no permit": await refused(service, "x" * 22),
            "not fed": await refused(service, external),
            "no such sound": await refused(service, permit, audio="mp3"),
        }
        status, said = await service.asks("GET", f"/permits/{permit}/media")
        async with a_machine(service, permit) as machine:
            asked["again"] = await refused(service, permit)
            await some(machine, ann)

        assert (status, said["code"]) == (400, "malformed")
        assert asked == {
            "wrong key": (401, "key-unknown"),
            "other key": (409, "consent-required"),
            "no scope": (403, "scope-missing"),
            "no permit": (409, "consent-required"),
            "not fed": (400, "unknown-feature"),
            "no such sound": (400, "malformed"),
            "again": (409, "media-taken"),
        }


async def test_a_feature_feeds_so_many_machines(
    world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "AT_ONCE", 2)
    async with meeting(world, service) as here, AsyncExitStack() as stack:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        for _ in range(2):
            machine = await stack.enter_async_context(
                a_machine(service, await here.lent())
            )
            await some(machine, ann)
        assert await refused(service, await here.lent()) == (409, "media-taken")


async def test_no_room_elsewhere_has_a_feed(service: Service) -> None:
    wanted = {"title": "x", "language": "en", "mode": "gate", "features": [NOTES]}
    status, said = await service.asks("POST", "/rooms", wanted)

    assert (status, said["code"]) == (422, "feature-run-here")


async def test_everybody_is_told_whose_machine_it_is(
    world: World, service: Service
) -> None:
    async with meeting(world, service, NOTES, "minutes") as here:
        ann = await here.joins("Mara")
        told = {each["id"]: each["service"] for each in ann.facts["features"]}

    assert told == {NOTES: "Clinic", "minutes": None}


async def test_people_open_no_room_with_a_feed(world: World) -> None:
    async with world.http.get(f"{world.url}/api/features") as answer:
        offered = {each["id"] for each in (await answer.json())["features"]}
    wanted = {"title": "x", "language": "en", "features": [NOTES]}
    async with world.http.post(f"{world.url}/api/rooms", json=wanted) as answer:
        status, said = answer.status, await answer.json(content_type=None)

    assert offered == {"minutes"}
    assert (status, said["code"]) == (400, "unknown-feature")


async def test_a_key_that_is_no_ascii_is_no_crash(world: World) -> None:
    async with world.http.get(
        f"{world.url}/api/rooms/x/socket",
        headers={
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "schlüssel",
        },
    ) as answer:
        assert answer.status == 400


# ---- Machines that misbehave --------------------------------------------------------


@pytest.mark.parametrize(
    ("sends", "code"),
    [
        (lambda s: s.send_str("{}"), media.NOT_TAKEN),
        (lambda s: s.send_bytes(b"x"), media.NOT_TAKEN),
        (lambda s: s.send_bytes(bytes(media.LONGEST + 1)), 1009),
    ],
    ids=["text", "binary", "long"],
)
async def test_who_sends_anything_is_closed_with_a_code(
    world: World, service: Service, sends: Any, code: int
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        permit = await here.lent()
        async with a_machine(service, permit) as machine:
            await some(machine, ann)
            await sends(machine.socket)

            assert await machine.ended() == code
        assert await here.renews(permit) == 409


async def test_pings_are_answered_and_a_flood_of_them_is_not(
    world: World, service: Service
) -> None:
    async with meeting(world, service) as here:
        ann, _ = await here.joins("Mara", NOTES), await here.joins("Tomas", NOTES)
        async with a_machine(service, await here.lent()) as machine:
            await machine.socket.ping(b"x")
            await some(machine, ann)
            assert not machine.over.is_set()
            for _ in range(4 * media.PINGS[1]):
                await machine.socket.ping(b"x")

            assert await machine.ended() == media.TOO_FAST


async def test_who_does_not_read_loses_packets_and_delays_nobody(
    world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "UNREAD", 2048)
    narrow = aiohttp.TCPConnector(socket_factory=_narrow)
    async with (
        meeting(world, service) as here,
        aiohttp.ClientSession(connector=narrow) as http,
    ):
        ann = await here.joins("Mara", NOTES)
        ben = await here.joins("Tomas", NOTES)
        permit, other = await here.lent(), await here.lent()
        async with AsyncExitStack() as stack:
            open_ = stack.enter_async_context
            quick = await open_(a_machine(service, other))
            await some(quick, ann)
            monkeypatch.setattr(outlet, "_KEPT", 2048)  # of those who come now
            far = Service(service.url, http, service.key)
            slow = await open_(a_machine(far, permit))
            await some(slow, ann, ben)
            line = here.feed()._lines[1]
            reading = slow.socket._conn.transport  # type: ignore[union-attr]
            assert isinstance(reading, asyncio.Transport)
            reading.pause_reading()
            while line.lost < 2 * SOME:
                assert await here.renews(permit) == 200  # it answers no ping
                assert line._outlet.waiting < 4 * 2048
                await quick.until(partial(_more_than, quick, len(quick.packets)))
            lost = line.lost
            reading.resume_reading()
            await slow.until(lambda: _gaps(slow.of(ann.id)) > 0)
            await some(quick, ann, ben)

            assert sum(_gaps(slow.of(g.id)) for g in (ann, ben)) <= line.lost
            assert lost >= 2 * SOME
            assert [_gaps(quick.of(g.id)) for g in (ann, ben)] == [0, 0]
            await ben.refuse(NOTES)
            await quick.ended()


def _narrow(info: Any) -> socket.socket:
    made = socket.socket(info[0], info[1], info[2])
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    return made


def _more_than(machine: Machine, count: int) -> bool:
    return len(machine.packets) > count


def _gaps(packets: list[Packet]) -> int:
    """So many are missing between the first and the last."""
    return packets[-1].sequence - packets[0].sequence + 1 - len(packets)
