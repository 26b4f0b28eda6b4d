"""
A participant whose browser is not one: a real connection, and any packet through it.

ICE, DTLS and SRTP are aiortc's; what goes through them is for the test to say.
"""

import asyncio
import struct
from dataclasses import dataclass, field
from typing import Any

from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.media.recording.recorder import Recorder
from gatekeeper.media.tap.offer import Offer, Section
from gatekeeper.media.tap.tap import Tap
from tests.media.people import Meeting, Silent, until

KEYFRAME = b"\x10\x02\x00\x9d\x01\x2a\x40\x01\xf0\x00"
"""The head of a VP8 keyframe of 320 by 240 (RFC 6386, 9.1)."""


@dataclass
class Peer:
    """One connected to a recording, or to what listens."""

    tap: Tap
    transport: Any
    sections: dict[SourceKind, Section]
    numbers: dict[SourceKind, int] = field(default_factory=dict)

    async def send(
        self,
        source: SourceKind,
        payload: bytes,
        *,
        number: int | None = None,
        timestamp: int = 0,
        ssrc: int | None = None,
        marker: bool = True,
    ) -> None:
        """Send one packet; by default the next one of its source."""
        section = self.sections[source]
        following = self.numbers.get(source, -1) + 1 if number is None else number
        self.numbers[source] = following
        head = struct.pack(
            "!BBHII",
            0x80,
            marker << 7 | section.payload_type,
            following & 0xFFFF,
            timestamp & 0xFFFFFFFF,
            section.ssrc if ssrc is None else ssrc,
        )
        await self.raw(head + payload)

    async def raw(self, packet: bytes) -> None:
        """Send what may be a packet, encrypted."""
        await self.transport._send_rtp(packet)
        await asyncio.sleep(0)

    def datagram(self, data: bytes) -> None:
        """Send a datagram as it is."""
        connection = self.transport.transport._connection
        pair = connection._nominated[1]
        pair.protocol.transport.sendto(data, pair.remote_addr)


async def peer(
    held: Meeting,
    recording: Recorder | Transcriber,
    who: ParticipantId,
    *sources: SourceKind,
) -> Peer:
    """Somebody connected, of whom nothing comes but what the test sends."""
    sender = held.sender({source: Silent(source.media) for source in sources})
    sdp = await sender.offer()
    await sender.accept(await recording.offer(who, sdp, sender.sources))
    tap = recording._taps._taps[who]
    await until(lambda: tap._receiver._listening)
    await until(lambda: sender.pc.connectionState == "connected")
    offer = Offer.parse(sdp, sender.sources, sources)
    return Peer(
        tap,
        sender.pc.getSenders()[0].transport,
        {section.source: section for section in offer.sections},
    )
