"""
Stream: one source of one participant, from packets to frames.

Rule 1: a frame leaves whole and in order, video from a keyframe on.
Rule 2: nothing here raises for anything that a packet may hold.
Rule 3: no more passes than happens: a second of sound in a second, and as many pictures
as a screen can show. Whoever decodes them later is not to pay for what was made up.
"""

from collections.abc import Callable
from typing import NamedTuple

from gatekeeper.consent.types import SourceKind
from gatekeeper.media.tap import rtcp
from gatekeeper.media.tap.jitter_buffer import JitterBuffer
from gatekeeper.media.tap.rtp import (
    OpusFrames,
    Packet,
    Picture,
    ReceptionStats,
    Vp8Frames,
    opus_seconds,
    vp8_picture,
)
from gatekeeper.media.tap.timing import RtpClock, SenderClock
from gatekeeper.meeting.meter import Meter

_PATIENCE = {"audio": 0.2, "video": 0.7}
"""Seconds to wait for a missing packet: time for several retransmissions."""
_MISSING_EVERY = 0.01
"""Seconds between two requests for packets: a sender with gaps asks for no flood."""
_KEYFRAME_EVERY = 0.5
"""Seconds between two requests for a keyframe."""

_SOUND = 1.1, 5.0
"""Seconds of sound in a second, and at once: clocks differ, and networks hold up."""
_PICTURES = 90.0, 300.0
"""As above, of pictures."""


class Frame(NamedTuple):
    """One encoded frame."""

    data: bytes
    at: float
    """When it was taken, in seconds of the event loop's clock."""
    picture: Picture | None
    """Set in a video keyframe."""


class Stream:
    """Receives one source. `frame` is called with each frame, in order."""

    def __init__(
        self,
        source: SourceKind,
        ssrc: int,
        payload_type: int,
        *,
        sender: SenderClock,
        frame: Callable[[SourceKind, Frame], None],
    ) -> None:
        self.source = source
        self.ssrc = ssrc
        self.payload_type = payload_type
        self._video = source.media == "video"
        self._frames = Vp8Frames() if self._video else OpusFrames()
        self._order = JitterBuffer(_PATIENCE[source.media])
        self._pace = Meter(*(_PICTURES if self._video else _SOUND))
        self._clock = RtpClock(self._frames.rate)
        self._sender = sender
        self._frame = frame
        self._arrivals = ReceptionStats()
        self._report: tuple[int, float] = (0, 0.0)
        """What to quote of the last sender report, and when it came."""
        self._asked = self._wanted = float("-inf")
        """When a keyframe was asked for, and when packets were."""

    def add(self, packet: Packet, now: float) -> bool:
        """Take one packet; return whether something should be asked for at once."""
        self._arrivals.received += 1
        before = self._frames.stale
        for item in self._order.add(packet, now):
            self._pass(item, now)
        return self._order.gap or (self._frames.stale and not before)

    def receive_report(self, report: rtcp.SenderReport, now: float) -> None:
        """Take the sender's word on the time."""
        self._report = report.middle, now
        self._clock.align(report.timestamp, self._sender.ours(report, now))

    def begin_anew(self) -> None:
        """Let what comes be readable without what came: video from a keyframe on."""
        self._frames.begin_anew()
        self._asked = float("-inf")

    def requests(self, ours: int, now: float) -> list[bytes]:
        """RTCP that asks for what is missing. Give up on what is overdue."""
        for item in self._order.overdue(now):
            self._pass(item, now)
        messages = []
        if now - self._wanted >= _MISSING_EVERY:
            self._order.gap = False
            # Chromium and aiortc offer no retransmission for audio.
            if self._video and (missing := self._order.missing()):
                self._wanted = now
                messages.append(rtcp.negative_acknowledgement(ours, self.ssrc, missing))
        if self._video and self._frames.stale and now - self._asked >= _KEYFRAME_EVERY:
            self._asked = now
            messages.append(rtcp.picture_loss(ours, self.ssrc))
        return messages

    def report(self, now: float) -> rtcp.Report:
        """What has been received, for the sender's congestion control."""
        expected = self._order.expected
        middle, heard = self._report
        return rtcp.Report(
            ssrc=self.ssrc,
            fraction_lost=self._arrivals.fraction_lost(expected),
            lost=expected - self._arrivals.received,
            highest=self._order.highest,
            jitter=int(self._arrivals.jitter * self._frames.rate),
            last=middle,
            delay=now - heard if middle else 0.0,
        )

    @property
    def heard(self) -> bool:
        """Whether anything has arrived."""
        return self._arrivals.received > 0

    @property
    def video(self) -> bool:
        """Whether retransmissions and keyframes may be asked for."""
        return self._video

    def _pass(self, packet: Packet | None, now: float) -> None:
        data = self._frames.add(packet)
        if data is None or packet is None:
            return
        if not self._pace.acquire(1 if self._video else opus_seconds(data), now):
            self._frames.add(None)  # what follows may refer to it
            return
        at = self._clock.at(packet.timestamp, now)
        self._arrivals.heard(now - at)
        picture = vp8_picture(data) if self._video else None
        self._frame(self.source, Frame(data, at, picture))
