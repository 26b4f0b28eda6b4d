"""
Receiver: aiortc's ICE and DTLS, and packets without its decoder. Owns the seam.

aiortc has no public way to receive without decoding. Its `RTCRtpReceiver` starts a
thread per track, estimates bandwidth and parses what a recorder does not need; all of
that runs behind two queues. So once DTLS is up, this file takes SRTP datagrams where
aioice hands them over, and decrypts them with the session that aiortc keyed. STUN and
DTLS go the library's own way, as far as `sieve` lets them. From then on the sockets are
read by the clock (`intake`).

Rule 1: no other file of ours touches a private name of aiortc, aioice or pylibsrtp,
save `handshake`.
Rule 2: the names used are those of aiortc 1.16; `tests/media/test_receiver.py` says
in a sentence when they change.
Rule 3: what comes from the network is dropped and counted; it never raises.
Rule 4: nothing that the libraries keep of it grows without a bound.
"""

# ruff: noqa: SLF001 - this is the file of rule 1

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pylibsrtp
from aiortc import RTCIceGatherer, RTCIceServer, RTCIceTransport
from aiortc.exceptions import InvalidStateError

from gatekeeper.media.tap.handshake import Certificate, Handshake
from gatekeeper.media.tap.intake import Intake
from gatekeeper.media.tap.offer import TransportParameters
from gatekeeper.media.tap.reach import reachable
from gatekeeper.media.tap.sieve import Sieve

AIORTC = "1.16"
"""The minor version whose private names are used here."""
CONNECT_WITHIN = 30.0
"""Seconds, for ICE and DTLS together."""
MAX_DATAGRAM = 1500
"""Bytes. Longer ones do not fit libsrtp's buffer, nor any link's MTU."""
MAX_PATHS = 16
"""Addresses from which a participant's checks may come: each is checked in turn."""
MAX_SOURCES = 16
"""SSRCs of one connection, media and reports: libsrtp keeps a window for each."""
MAX_WAITING = 64
"""Datagrams that may wait for DTLS."""


class Receiver:
    """
    One encrypted connection from a participant.

    `rtp` and `rtcp` are called synchronously with each decrypted packet. `page` is the
    address of the participant's WebSocket; `sources` are the SSRCs that they named.
    """

    def __init__(
        self,
        ice_servers: Sequence[RTCIceServer],
        *,
        page: str = "",
        sources: Iterable[int] = (),
        rtp: Callable[[bytes], None],
        rtcp: Callable[[bytes], None],
    ) -> None:
        # An empty list means no server; None would mean Google's (aiortc's default).
        self._gatherer = RTCIceGatherer(iceServers=list(ice_servers))
        self._ice = RTCIceTransport(self._gatherer)
        self._dtls = Handshake(self._ice, [Certificate.generateCertificate()])
        self._page = page
        self._outside = bool(ice_servers)
        self._sieve = Sieve(self._gatherer.getLocalParameters().usernameFragment or "")
        self._sources = {source.to_bytes(4, "big") for source in sources}
        """The SSRCs that libsrtp knows of, or may, as they stand in packets."""
        self._rtp = rtp
        self._rtcp = rtcp
        self._over = asyncio.Event()
        self._listening = False
        self._gathering: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self.arrived = 0.0
        """When the packet that is being handed over came, by the event loop's clock."""
        self.dropped: Counter[str] = Counter()
        """Datagrams that were thrown away, by cause."""

    async def gather(self) -> TransportParameters:
        """Find our own addresses."""
        # aioice forgets the sockets that it has opened when it is cancelled meanwhile:
        # it goes on to its end.
        gathering = self._gatherer.gather()
        self._gathering = asyncio.create_task(gathering)  # noqa: TID251 - `close` waits
        await asyncio.shield(self._gathering)
        connection: Any = self._ice._connection
        connection.check_incoming = self._few_paths(connection.check_incoming)
        for protocol in connection._protocols:
            protocol.datagram_received = self._sifted(protocol)
        return TransportParameters(
            self._gatherer.getLocalParameters(),
            self._dtls.getLocalParameters(),
            self._gatherer.getLocalCandidates(),
        )

    async def connect(self, remote: TransportParameters) -> None:
        """Return once packets are coming in. Raises `ConnectionError`."""
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                for candidate in reachable(
                    remote.candidates, page=self._page, outside=self._outside
                ):
                    await self._ice.addRemoteCandidate(candidate)
                # The end of candidates is not told: a browser is reached by the checks
                # that it sends itself, and aioice would give up before they come.
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
        """Close the sockets, also when it is cancelled meanwhile. Idempotent."""
        self.deafen()
        if self._closing is None:
            closing = self._close()
            self._closing = asyncio.create_task(closing)  # noqa: TID251 - awaited below
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._gathering is not None:
            await asyncio.wait([self._gathering])
        await self._dtls.settled()
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

    def _sifted(self, protocol: Any) -> Callable[[Any, Any], None]:
        """A datagram callback that lets through what is of this connection."""
        take, queue = protocol.datagram_received, self._ice._connection._queue
        now = asyncio.get_running_loop().time

        def datagram_received(data: bytes, address: Any) -> None:
            if (
                self._sieve.passes(data, protocol.transactions, now())
                and queue.qsize() < MAX_WAITING
            ):
                take(data, address)
            else:
                self.dropped["unwanted"] += 1

        return datagram_received

    def _few_paths(self, check: Callable[[Any, Any, Any], None]) -> Callable[..., None]:
        """Take checks from a few addresses only: aioice answers each with its own."""
        known: set[Any] = set()

        def check_incoming(message: Any, address: Any, protocol: Any) -> None:
            if address in known or len(known) < MAX_PATHS:
                known.add(address)
                check(message, address, protocol)
            else:
                self.dropped["too many paths"] += 1

        return check_incoming

    def _taking(self, rest: Callable[[bytes, Any], None]) -> Callable[[Any, Any], None]:
        """A datagram callback that takes SRTP and leaves the rest to `rest`."""
        unprotect = self._dtls._rx_srtp.unprotect
        unprotect_rtcp = self._dtls._rx_srtp.unprotect_rtcp
        known = self._sources

        def datagram_received(data: bytes, address: Any) -> None:
            # RFC 7983: 128 to 191 is RTP or RTCP; RFC 5761: which of the two.
            if len(data) < 2 or not 127 < data[0] < 192:
                rest(data, address)
            elif not self._listening:
                self.dropped["closed"] += 1
            elif len(data) > MAX_DATAGRAM:
                self.dropped["oversize"] += 1
            else:
                reports = 191 < data[1] < 224
                source = data[4:8] if reports else data[8:12]
                if source not in known and len(known) >= MAX_SOURCES:
                    self.dropped["too many sources"] += 1
                    return
                try:
                    plain = unprotect_rtcp(data) if reports else unprotect(data)
                except pylibsrtp.Error:
                    self.dropped["forged"] += 1
                    return
                known.add(source)
                (self._rtcp if reports else self._rtp)(plain)

        return datagram_received
