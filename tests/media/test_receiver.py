"""The seam: aiortc's private names, and what this program relies on them to do."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Coroutine
from dataclasses import replace
from importlib.metadata import version

import pytest
from aioice import stun
from aioice.ice import StunProtocol
from aiortc import RTCCertificate, RTCDtlsTransport

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.tap import receiver as receiver_module
from gatekeeper.media.tap.handshake import Handshake
from gatekeeper.media.tap.offer import Offer, TransportParameters
from gatekeeper.media.tap.receiver import AIORTC, Receiver
from tests.media.people import Microphone, Sender, until


def receiver(taken: list[bytes]) -> Receiver:
    return Receiver([], rtp=taken.append, rtcp=lambda _: None)


async def connected(taken: list[bytes]) -> tuple[Receiver, Sender]:
    ours, sender = receiver(taken), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await sender.accept(offer.answer(await ours.gather()))
    await ours.connect(offer.remote)
    return ours, sender


async def close(ours: Receiver, sender: Sender) -> None:
    await sender.pc.close()
    await ours.close()


def test_aiortc_is_the_version_whose_inside_is_known() -> None:
    assert version("aiortc").startswith(f"{AIORTC}."), (
        f"gatekeeper/media/tap/receiver.py uses private names of aiortc {AIORTC}. "
        "Read it against the new version, run this file, then change AIORTC."
    )


async def test_the_private_names_are_still_there() -> None:
    taken: list[bytes] = []
    ours, sender = await connected(taken)
    try:
        names = (
            "aiortc has changed inside: gatekeeper/media/tap/receiver.py needs "
            "RTCIceTransport._connection (an aioice Connection with _nominated and "
            "_protocols, _queue and check_incoming), RTCDtlsTransport._rx_srtp and "
            "_tx_srtp (pylibsrtp sessions); handshake.py needs _do_handshake, _ssl, "
            "_write_ssl and RTCCertificate._create_ssl_context."
        )
        connection = ours._ice._connection
        assert connection._nominated[1].remote_addr, names
        assert all(isinstance(p, StunProtocol) for p in connection._protocols), names
        assert callable(connection.check_incoming), names
        assert connection._queue.qsize() >= 0, names
        assert callable(RTCDtlsTransport._do_handshake), names
        assert callable(RTCDtlsTransport._write_ssl), names
        assert callable(RTCCertificate._create_ssl_context), names
        assert callable(ours._dtls._rx_srtp.unprotect), names
        assert callable(ours._dtls._tx_srtp.protect_rtcp), names
    finally:
        await close(ours, sender)


async def test_packets_come_decrypted_and_without_a_decoder() -> None:
    taken: list[bytes] = []
    ours, sender = await connected(taken)
    try:
        await until(lambda: len(taken) > 3)
        assert all(packet[0] >> 6 == 2 for packet in taken)
        assert ours._dtls._rtp_router.receivers == set()
    finally:
        await close(ours, sender)


async def test_nothing_is_taken_once_deaf() -> None:
    taken: list[bytes] = []
    ours, sender = await connected(taken)
    try:
        await until(lambda: bool(taken))
        ours.deafen()
        count = len(taken)
        await until(lambda: ours.dropped["closed"] > 2)

        assert len(taken) == count
    finally:
        await close(ours, sender)


async def test_packets_say_when_they_came_not_when_they_were_read() -> None:
    now = asyncio.get_running_loop().time
    delays: list[float] = []
    ours, sender = await connected([])
    ours._rtp = lambda _: delays.append(now() - ours.arrived)
    try:
        await until(lambda: len(delays) > 20)

        # A microphone's packets are 20 ms apart, and several wait for each other.
        assert max(delays) > 0.015
        assert min(delays) >= 0
    finally:
        await close(ours, sender)


async def test_forged_and_oversize_datagrams_are_dropped_and_counted() -> None:
    taken: list[bytes] = []
    ours, sender = await connected(taken)
    try:
        protocol = next(iter(ours._ice._connection._protocols))
        for data in (
            b"\x80" + bytes(40),
            b"\x80" + bytes(2000),
            b"\x80",
            b"\x80\xc8" * 9,
        ):
            protocol.datagram_received(data, ("192.0.2.9", 9))
        await until(lambda: len(taken) > 2)

        assert ours.dropped["forged"] == 2
        assert ours.dropped["oversize"] == 1
    finally:
        await close(ours, sender)


async def test_the_end_of_the_other_side_is_noticed() -> None:
    ours, sender = await connected([])
    await sender.pc.close()

    async with asyncio.timeout(10):
        await ours.over()
    await ours.close()


async def test_a_browser_that_hides_its_addresses_is_reached() -> None:
    """It knows where we are, and its own checks tell where it is."""
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    hidden = TransportParameters(offer.remote.ice, offer.remote.dtls, [])
    await sender.accept(offer.answer(await ours.gather()))
    try:
        await ours.connect(hidden)
    finally:
        await close(ours, sender)


async def test_whoever_never_comes_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiver_module, "CONNECT_WITHIN", 0.05)
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await ours.gather()
    try:
        with pytest.raises(ConnectionError):
            await ours.connect(offer.remote)
    finally:
        await close(ours, sender)


async def test_no_outside_server_is_asked_unless_configured() -> None:
    ours = receiver([])
    try:
        assert ours._gatherer._connection.stun_server is None
        assert ours._gatherer._connection.turn_server is None
    finally:
        await ours.close()


async def test_a_receiver_that_is_closed_connects_no_more() -> None:
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await ours.gather()
    await close(ours, sender)

    with pytest.raises(ConnectionError):
        await ours.connect(offer.remote)


def port_of(ours: Receiver) -> tuple[str, int]:
    """Where one of its sockets is."""
    address = ours._ice._connection._protocols[0].transport.get_extra_info("sockname")
    return address[0], address[1]


def descriptors() -> int:
    """How many this process has open."""

    def is_open(descriptor: int) -> bool:
        with contextlib.suppress(OSError):
            os.fstat(descriptor)
            return True
        return False

    return sum(map(is_open, range(1024)))


@pytest.mark.parametrize("steps", range(20))
async def test_a_receiver_that_is_closed_at_any_step_keeps_no_socket(
    steps: int,
) -> None:
    before = descriptors()
    ours = receiver([])

    async def live() -> None:
        try:
            await ours.gather()
        finally:
            await ours.close()

    living = asyncio.create_task(live())  # noqa: TID251 - awaited below
    for _ in range(steps):
        await asyncio.sleep(0)
    living.cancel()
    await asyncio.wait([living])
    await ours.close()
    await asyncio.sleep(0)  # a transport closes its socket one turn later
    assert descriptors() == before


async def test_an_offer_makes_the_server_send_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiver_module, "CONNECT_WITHIN", 0.5)
    asked: list[object] = []
    monkeypatch.setattr("aioice.mdns.create_mdns_protocol", asked.append)
    monkeypatch.setattr("socket.getaddrinfo", asked.append)
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await ours.gather()
    here, _ = port_of(ours)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as victim:
        victim.bind((here, 0))
        victim.setblocking(False)
        named = [
            replace(offer.remote.candidates[0], ip=ip, port=victim.getsockname()[1])
            for ip in (here, "127.0.0.1", "5f1c9a4e.local", "localhost")
        ]
        with pytest.raises(ConnectionError):
            await ours.connect(
                TransportParameters(offer.remote.ice, offer.remote.dtls, named)
            )
        await close(ours, sender)

        with pytest.raises(BlockingIOError):
            victim.recv(2048)
    assert asked == []


async def test_only_who_has_the_answer_is_answered() -> None:
    ours = receiver([])
    await ours.gather()
    local = ours._gatherer.getLocalParameters()

    def check(user: str, key: str) -> stun.Message:
        message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        message.attributes["USERNAME"] = user
        message.attributes["PRIORITY"] = 1
        message.add_message_integrity(key.encode())
        return message

    good = check(f"{local.usernameFragment}:a", str(local.password))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.setblocking(False)
        stranger.connect(port_of(ours))
        for data in (bytes(check("abcd:efgh", "a" * 22)), bytes(20), b"\x16" * 50):
            stranger.send(data)
        stranger.send(bytes(good))
        async with asyncio.timeout(20):
            reply = await asyncio.get_running_loop().sock_recv(stranger, 2048)

        # What came first went unanswered: the first reply is to the last message.
        assert stun.parse_message(reply).transaction_id == good.transaction_id
        with pytest.raises(BlockingIOError):
            stranger.recv(2048)
    assert ours.dropped["unwanted"] == 2  # garbage of DTLS waits for its handshake
    await ours.close()


async def test_checks_from_many_addresses_are_not_all_followed() -> None:
    ours, sender = await connected([])
    try:
        connection = ours._ice._connection
        message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        message.attributes["PRIORITY"] = 1
        for port in range(2000, 3000):
            connection.check_incoming(
                message, ("192.0.2.9", port), connection._protocols[0]
            )

        assert len(connection._remote_candidates) <= 16
        assert ours.dropped["too many paths"] >= 984
    finally:
        await close(ours, sender)


async def test_a_handshake_is_computed_beside_the_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: set[str] = set()
    compute = Handshake._compute

    def noting(self: Handshake, data: bytes | None) -> bool:
        threads.add(threading.current_thread().name.partition("_")[0])
        return compute(self, data)

    monkeypatch.setattr(Handshake, "_compute", noting)
    ours, sender = await connected([])
    await close(ours, sender)

    assert threads == {"dtls"}


async def test_a_receiver_that_is_closed_in_mid_handshake_waits_for_its_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()
    compute = Handshake._compute

    def slowly(self: Handshake, data: bytes | None) -> bool:
        begun.set()
        assert go_on.wait(20)
        finished = compute(self, data)
        done.set()
        return finished

    monkeypatch.setattr(Handshake, "_compute", slowly)
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await sender.accept(offer.answer(await ours.gather()))
    async with asyncio.TaskGroup() as tasks:
        connecting = tasks.create_task(_try(ours.connect(offer.remote)))
        await until(begun.is_set)
        connecting.cancel()
        closing = tasks.create_task(ours.close())
        await asyncio.sleep(0)
        assert not closing.done()
        go_on.set()
        await closing

    assert done.is_set()
    await sender.pc.close()


async def _try(work: Coroutine[None, None, None]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def test_behind_a_nat_the_place_of_the_page_is_sent_checks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiver_module, "CONNECT_WITHIN", 0.5)
    ours, sender = receiver([]), Sender({SourceKind.MICROPHONE: Microphone(440)})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await ours.gather()
    here, _ = port_of(ours)
    ours._outside, ours._page = True, here
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waiting:
        waiting.bind((here, 0))
        waiting.setblocking(False)
        named = replace(
            offer.remote.candidates[0], ip=here, port=waiting.getsockname()[1]
        )
        with pytest.raises(ConnectionError):
            await ours.connect(
                TransportParameters(offer.remote.ice, offer.remote.dtls, [named])
            )
        await close(ours, sender)

        check = stun.parse_message(waiting.recv(2048))
        assert check.message_class is stun.Class.REQUEST
