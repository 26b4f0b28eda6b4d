"""The seam: aiortc's private names, and what this program relies on them to do."""

import asyncio
from importlib.metadata import version

import pytest
from aioice.ice import StunProtocol

from gatekeeper.consent.words import SourceKind
from gatekeeper.media import receiver as receiver_module
from gatekeeper.media.offer import Endpoint, Offer
from gatekeeper.media.receiver import AIORTC, Receiver
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
        f"gatekeeper/media/receiver.py uses private names of aiortc {AIORTC}. "
        "Read it against the new version, run this file, then change AIORTC."
    )


async def test_the_private_names_are_still_there() -> None:
    taken: list[bytes] = []
    ours, sender = await connected(taken)
    try:
        names = (
            "aiortc has changed inside: gatekeeper/media/receiver.py needs "
            "RTCIceTransport._connection (an aioice Connection with _nominated and "
            "_protocols), RTCDtlsTransport._rx_srtp and _tx_srtp (pylibsrtp sessions)."
        )
        connection = ours._ice._connection
        assert connection._nominated[1].remote_addr, names
        assert all(isinstance(p, StunProtocol) for p in connection._protocols), names
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
    hidden = Endpoint(offer.remote.ice, offer.remote.dtls, [])
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
