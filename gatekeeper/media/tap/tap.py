"""
Tap: the server's receiving end of one participant's media, under one permit.

Rule 1: a packet is looked at only while the permit is alive and the tap is open; both
are plain reads, per packet.
Rule 2: `close` is synchronous and idempotent, and cannot fail; sockets follow.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Sequence

import structlog
from aiortc import RTCIceServer

from gatekeeper.consent.types import SourceKind
from gatekeeper.errors import UnknownOpening
from gatekeeper.gating.permit import Permit
from gatekeeper.media.tap import rtcp, rtp
from gatekeeper.media.tap.offer import Offer, Section
from gatekeeper.media.tap.quota import Quota
from gatekeeper.media.tap.receiver import Receiver
from gatekeeper.media.tap.stream import Frame, Stream
from gatekeeper.media.tap.timing import SenderClock

log = structlog.get_logger()

BITRATE = 1_800_000
"""Bits per second that each video source may use. Told by REMB, which Chromium takes
at once in its first two seconds; without it a camera stays near 300 kbit/s for long."""
_REPORT_EVERY = 1.0
"""Seconds between receiver reports."""


class Tap:
    """
    One participant's tap.

    `frame` is called with each frame and `connected` once, both synchronously; `now`
    is the event loop's clock. `page` is the address of the participant's WebSocket, and
    `quota` what they may send; it is closed with the tap.
    """

    def __init__(
        self,
        permit: Permit,
        offer: Offer,
        quota: Quota,
        *,
        page: str,
        ice_servers: Sequence[RTCIceServer],
        frame: Callable[[SourceKind, Frame], None],
        connected: Callable[[], None],
        now: Callable[[], float],
    ) -> None:
        self._permit = permit
        self._offer = offer
        self._quota = quota
        self._connected = connected
        self._now = now
        self._receiver = Receiver(
            ice_servers,
            page=page,
            sources=[s.ssrc for s in offer.sections if s.ssrc is not None],
            rtp=self._packet,
            rtcp=self._control,
        )
        self._ours = secrets.randbits(32)
        self._sender = SenderClock()
        self._frame = frame
        self._streams: dict[int, Stream] = {}
        self._unnamed = [s for s in offer.sections if s.ssrc is None]
        for section in offer.sections:
            if section.ssrc is not None:
                self._follow(section, section.ssrc)
        self._open = True
        self._reported = float("-inf")
        self._dropped: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    async def answer(self, tasks: asyncio.TaskGroup) -> str:
        """
        Start receiving in a task of `tasks`; return the SDP answer.

        Raises `UnknownOpening` if the tap is closed before it has an answer.
        """
        answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._task = tasks.create_task(self._live(answered), name="tap")

        def ended(_: asyncio.Task[None]) -> None:
            if not answered.done():
                answered.set_exception(UnknownOpening())

        self._task.add_done_callback(ended)
        return await answered

    def close(self) -> None:
        """Let no further packet through. Idempotent."""
        self._quota.close()
        self._receiver.deafen()
        if self._open and self._task is not None:
            self._task.cancel()
        self._open = False

    def begin_anew(self, now: float) -> None:
        """Let what comes be readable without what came; ask for it at once."""
        if self._open:
            for stream in self._streams.values():
                stream.begin_anew()
                self._request(stream, now)

    def tick(self, now: float) -> None:
        """Send what feedback is due. Called several times a second."""
        if not self._open:
            return
        for stream in self._streams.values():
            self._request(stream, now)
        if now - self._reported >= _REPORT_EVERY:
            self._reported = now
            self._report(now)

    async def _live(self, answered: "asyncio.Future[str]") -> None:
        try:
            answer = self._offer.answer(await self._receiver.gather())
            if not answered.done():
                answered.set_result(answer)
            await self._receiver.connect(self._offer.remote)
            log.info("tap.connected", **self._names)
            self._connected()
            self.tick(self._now())
            # Not logged: a tap that ends before its gate closes would tell who said no.
            await self._receiver.over()
        except ConnectionError as exc:
            log.info("tap.failed", cause=str(exc), **self._names)
        finally:
            self._open = False
            self._quota.close()
            await self._receiver.close()
            if dropped := self._dropped + self._receiver.dropped:
                log.info("tap.dropped", packets=dict(dropped), **self._names)

    @property
    def _names(self) -> dict[str, str]:
        return {"room": self._permit.room, "opening": self._permit.opening}

    def _packet(self, data: bytes) -> None:
        if not (self._permit.alive and self._open):
            return
        packet, now = rtp.parse(data), self._receiver.arrived
        stream = self._stream(packet)
        if not self._quota.acquire(stream.source if stream else None, len(data), now):
            return
        if packet is None:
            self._dropped["malformed"] += 1
        elif stream is None:
            self._dropped["unknown source"] += 1
        elif packet.payload_type != stream.payload_type:
            self._dropped["other codec"] += 1
        elif stream.add(packet, now):
            self._request(stream, now)

    def _stream(self, packet: rtp.Packet | None) -> Stream | None:
        if packet is None:
            return None
        return self._streams.get(packet.ssrc) or self._adopt(packet)

    def _follow(self, section: Section, ssrc: int) -> Stream:
        stream = Stream(
            section.source,
            ssrc,
            section.payload_type,
            sender=self._sender,
            frame=self._frame,
        )
        self._streams[ssrc] = stream
        return stream

    def _adopt(self, packet: rtp.Packet) -> Stream | None:
        """The stream of a section that named no SSRC, if the payload type tells."""
        fitting = [s for s in self._unnamed if s.payload_type == packet.payload_type]
        if len(fitting) != 1:
            return None
        self._unnamed.remove(fitting[0])
        return self._follow(fitting[0], packet.ssrc)

    def _control(self, data: bytes) -> None:
        if not (self._permit.alive and self._open):
            return
        now = self._receiver.arrived
        if not self._quota.acquire(None, len(data), now):
            return
        for report in rtcp.sender_reports(data):
            if stream := self._streams.get(report.ssrc):
                stream.receive_report(report, now)

    def _request(self, stream: Stream, now: float) -> None:
        for message in stream.requests(self._ours, now):
            self._receiver.send(message)

    def _report(self, now: float) -> None:
        reports = [s.report(now) for s in self._streams.values() if s.heard]
        message = rtcp.receiver_report(self._ours, reports)
        if video := [s.ssrc for s in self._streams.values() if s.video]:
            message += rtcp.bitrate(self._ours, BITRATE * len(video), video)
        self._receiver.send(message)
