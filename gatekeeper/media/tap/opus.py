"""Opus: one participant's packets, decoded for those who hear rather than keep."""

from contextlib import suppress

import av
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError

SAMPLE = 2
"""Bytes of a sample: 16 bits, little endian, of one channel."""


class Decoder:
    """The decoder of one track: it carries on from packet to packet (RFC 6716)."""

    def __init__(self, rate: int) -> None:
        """`rate`: samples per second of what comes out."""
        context = av.CodecContext.create("libopus", "r")
        assert isinstance(context, AudioCodecContext)  # noqa: S101 - so is Opus
        context.sample_rate = 48_000
        context.layout = "mono"  # libopus mixes stereo down by itself
        self._context = context
        self._resampler = av.AudioResampler("s16", "mono", rate)

    def decode(self, packet: bytes) -> bytes:
        """
        What is in a packet, as samples; nothing if it cannot be decoded.

        Resampling holds back less than a millisecond until the next packet.
        """
        parts: list[bytes] = []
        with suppress(FFmpegError):
            for frame in self._context.decode(av.Packet(packet)):
                frame.pts = None  # the resampler would mind gaps; those who hear do it
                parts += [
                    bytes(part.planes[0])[: part.samples * SAMPLE]
                    for part in self._resampler.resample(frame)
                ]
        return b"".join(parts)
