"""
Handshake: DTLS, computed beside the event loop.

What a handshake costs is for the other side to choose, by its curve and by its chain of
certificates; and many may begin at once.

Rule 1: OpenSSL works in one of `AT_ONCE` threads until the connection is up; nobody
else touches it meanwhile.
Rule 2: there is no second handshake within a connection.
"""

# ruff: noqa: SLF001 - overrides private names of aiortc: see rule 1 of `receiver`

import asyncio
from concurrent.futures import ThreadPoolExecutor

from aiortc import RTCCertificate, RTCDtlsTransport
from aiortc.rtcdtlstransport import SRTPProtectionProfile, State
from OpenSSL import SSL

AT_ONCE = 2
"""Threads, for all handshakes of the process."""
_THREADS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dtls")


class Certificate(RTCCertificate):
    """Our certificate of one connection."""

    def _create_ssl_context(
        self, srtp_profiles: list[SRTPProtectionProfile]
    ) -> SSL.Context:
        context = super()._create_ssl_context(srtp_profiles)
        context.set_options(SSL.OP_NO_RENEGOTIATION)
        return context


class Handshake(RTCDtlsTransport):
    """A DTLS transport whose handshake leaves the event loop alone."""

    _step: "asyncio.Future[bool] | None" = None

    async def settled(self) -> None:
        """Return once no thread is at work for it."""
        if self._step is not None:
            await asyncio.wait([self._step])

    async def _do_handshake(self) -> None:
        try:
            data: bytes | None = b""
            while not await self._advance(data):
                await self._write_ssl()
                data = await self._next()
            await self._write_ssl()
        except (ConnectionError, SSL.Error):
            self._set_state(State.FAILED)
        else:
            self.encrypted = True

    async def _next(self) -> bytes | None:
        """The next datagram; None when it is time to send the last flight again."""
        assert self._ssl is not None  # noqa: S101 - made by `start`
        try:
            async with asyncio.timeout(self._ssl.DTLSv1_get_timeout()):
                return await self.transport._recv()
        except TimeoutError:
            return None

    async def _advance(self, data: bytes | None) -> bool:
        """Go on with a datagram, in a thread; whether the handshake is done."""
        loop = asyncio.get_running_loop()
        self._step = loop.run_in_executor(_THREADS, self._compute, data)
        # A thread cannot be cancelled; who ends the transport waits for it (`settled`).
        return await asyncio.shield(self._step)

    def _compute(self, data: bytes | None) -> bool:
        assert self._ssl is not None  # noqa: S101 - made by `start`
        if data is None:
            self._ssl.DTLSv1_handle_timeout()
        elif data:
            self._ssl.bio_write(data)
        try:
            self._ssl.do_handshake()
        except SSL.WantReadError:
            return False
        return True
