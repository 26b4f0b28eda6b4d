"""Opus: one participant's packets, decoded for recognition."""

from contextlib import suppress

import av
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError

from gatekeeper.assistant.speech.settings import RATE, SAMPLE


class Decoder:
    """The decoder of one track: it carries on from packet to packet (RFC 6716)."""

    def __init__(self) -> None:
        context = av.CodecContext.create("libopus", "r")
        assert isinstance(context, AudioCodecContext)  # noqa: S101 - so is Opus
        context.sample_rate = 48_000
        context.layout = "mono"  # libopus mixes stereo down by itself
        self._context = context
        self._resampler = av.AudioResampler("s16", "mono", RATE)

    def decode(self, packet: bytes) -> bytes:
        """
        What is in a packet, 16 kHz mono, 16 bits; nothing if it cannot be decoded.

        Resampling holds back less than a millisecond until the next packet.
        """
        parts: list[bytes] = []
        with suppress(FFmpegError):
            for frame in self._context.decode(av.Packet(packet)):
                frame.pts = None  # the resampler would mind gaps; the segmenter does it
                parts += [
                    bytes(part.planes[0])[: part.samples * SAMPLE]
                    for part in self._resampler.resample(frame)
                ]
        return b"".join(parts)
