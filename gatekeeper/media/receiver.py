"""
Receiver: aiortc's ICE and DTLS, and packets without its decoder. Owns the seam.

aiortc has no public way to receive without decoding. Its `RTCRtpReceiver` starts a
thread per track, estimates bandwidth and parses what a recorder does not need; all of
that runs behind two queues. So once DTLS is up, this file takes SRTP datagrams where
aioice hands them over, and decrypts them with the session that aiortc keyed. STUN and
DTLS go the library's own way. From then on the sockets are read by the clock
(`intake`).

Rule 1: no other file of ours touches a private name of aiortc, aioice or pylibsrtp.
Rule 2: the names used are those of aiortc 1.16; `tests/media/test_receiver.py` says
in a sentence when they change.
Rule 3: what comes from the network is dropped and counted; it never raises.
"""

# ruff: noqa: SLF001 - this is the file of rule 1

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pylibsrtp
from aiortc import (
    RTCCertificate,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceServer,
    RTCIceTransport,
)
from aiortc.exceptions import InvalidStateError

from gatekeeper.media.intake import Intake
from gatekeeper.media.offer import Endpoint

AIORTC = "1.16"
"""The minor version whose private names are used here."""
CONNECT_WITHIN = 30.0
"""Seconds, for ICE and DTLS together."""
MAX_DATAGRAM = 1500
"""Bytes. Longer ones do not fit libsrtp's buffer, nor any link's MTU."""


class Receiver:
    """
    One encrypted connection from a participant.

    `rtp` and `rtcp` are called synchronously with each decrypted packet.
    """

    def __init__(
        self,
        ice_servers: Sequence[RTCIceServer],
        *,
        rtp: Callable[[bytes], None],
        rtcp: Callable[[bytes], None],
    ) -> None:
        # An empty list means no server; None would mean Google's (aiortc's default).
        self._gatherer = RTCIceGatherer(iceServers=list(ice_servers))
        self._ice = RTCIceTransport(self._gatherer)
        self._dtls = RTCDtlsTransport(self._ice, [RTCCertificate.generateCertificate()])
        self._rtp = rtp
        self._rtcp = rtcp
        self._over = asyncio.Event()
        self._listening = False
        self.arrived = 0.0
        """When the packet that is being handed over came, by the event loop's clock."""
        self.dropped: Counter[str] = Counter()
        """Datagrams that were thrown away, by cause."""

    async def gather(self) -> Endpoint:
        """Find our own addresses."""
        await self._gatherer.gather()
        return Endpoint(
            self._gatherer.getLocalParameters(),
            self._dtls.getLocalParameters(),
            self._gatherer.getLocalCandidates(),
        )

    async def connect(self, remote: Endpoint) -> None:
        """Return once packets are coming in. Raises `ConnectionError`."""
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                await asyncio.gather(
                    *(self._ice.addRemoteCandidate(c) for c in remote.candidates)
                )
                # The end of candidates is not told: a browser that hides its address
                # behind mDNS is reached by the checks that it sends itself, and aioice
                # would give up before they come.
                await self._ice.start(remote.ice)
                if self._ice.state == "completed":
                    await self._dtls.start(remote.dtls)
        except TimeoutError as exc:
            raise ConnectionError("no connection within the time") from exc
        except (InvalidStateError, ValueError) as exc:
            raise ConnectionError("the participant's addresses are unusable") from exc
        if self._dtls.state != "connected":
            raise ConnectionError(f"ICE {self._ice.state}, DTLS {self._dtls.state}")
        self._listen()

    async def over(self) -> None:
        """Return once the connection has ended at either end."""
        await self._over.wait()

    def send(self, message: bytes) -> None:
        """Send one RTCP packet, or nothing if the connection is gone."""
        pair = self._ice._connection._nominated.get(1)
        if pair is not None and self._listening:
            protected = self._dtls._tx_srtp.protect_rtcp(message)
            pair.protocol.transport.sendto(protected, pair.remote_addr)

    def deafen(self) -> None:
        """Take no further packet. Idempotent."""
        self._listening = False

    async def close(self) -> None:
        """Close the sockets."""
        self.deafen()
        await self._dtls.stop()
        await self._ice.stop()

    def _listen(self) -> None:
        self._listening = True
        self._dtls.on("statechange", self._changed)
        protocols: Iterable[Any] = self._ice._connection._protocols
        nominated: Any = self._ice._connection._nominated[1].protocol
        for protocol in protocols:
            take = self._taking(protocol.datagram_received)
            relayed = protocol.transport.get_extra_info("related_address") is not None
            if protocol is nominated and not relayed:
                protocol.datagram_received = take
                self._take_in(protocol)
            else:
                # Hardly anything comes here; and what comes through a TURN server has
                # no socket of its own.
                protocol.datagram_received = self._timed(take)

    def _take_in(self, protocol: Any) -> None:
        def received(data: bytes, address: Any, at: float) -> None:
            self.arrived = at
            protocol.datagram_received(data, address)

        protocol.transport = Intake(protocol.transport, protocol, received)

    def _timed(self, take: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        now = asyncio.get_running_loop().time

        def datagram_received(data: bytes, address: Any) -> None:
            self.arrived = now()
            take(data, address)

        return datagram_received

    def _changed(self) -> None:
        if self._dtls.state in ("closed", "failed"):
            self._over.set()

    def _taking(self, rest: Callable[[bytes, Any], None]) -> Callable[[Any, Any], None]:
        """A datagram callback that takes SRTP and leaves the rest to `rest`."""
        unprotect = self._dtls._rx_srtp.unprotect
        unprotect_rtcp = self._dtls._rx_srtp.unprotect_rtcp

        def datagram_received(data: bytes, address: Any) -> None:
            # RFC 7983: 128 to 191 is RTP or RTCP; RFC 5761: which of the two.
            if len(data) < 2 or not 127 < data[0] < 192:
                rest(data, address)
            elif not self._listening:
                self.dropped["closed"] += 1
            elif len(data) > MAX_DATAGRAM:
                self.dropped["oversize"] += 1
            else:
                try:
                    if 191 < data[1] < 224:
                        self._rtcp(unprotect_rtcp(data))
                    else:
                        self._rtp(unprotect(data))
                except pylibsrtp.Error:
                    self.dropped["forged"] += 1

        return datagram_received
