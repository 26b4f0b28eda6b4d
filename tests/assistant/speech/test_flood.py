"""Packets that no microphone sends, as the speech worker takes them."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.speech.segmenter import Segmenter
from gatekeeper.assistant.speech.settings import RATE, SAMPLE, EngineSettings
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.consent.types import OpeningId, SourceKind
from gatekeeper.gating.sink import Opened
from gatekeeper.media.tap.opus import Decoder
from gatekeeper.media.tap.rtp import opus_seconds
from tests.media.hostile import Peer, peer
from tests.media.people import ALICE, BOB, RECORDING, ROOM, Meeting, meeting, until

LONGEST = int(0.12 * RATE) * SAMPLE
"""Bytes of the longest Opus packet, decoded (RFC 6716, 2.1.4)."""
SPARE = 64
"""Bytes that a resampler may have held back."""


@given(st.lists(st.binary(max_size=1500), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_packet_is_longer_than_opus_can_be(packets: list[bytes]) -> None:
    decoder = Decoder(RATE)

    for packet in packets:
        assert len(decoder.decode(packet)) <= LONGEST + SPARE


def test_nothing_is_held_of_packets_without_end() -> None:
    chance = random.Random(6)  # noqa: S311
    segmenter = Segmenter()
    heard = 0
    for _ in range(400):
        packet = bytes([chance.getrandbits(8)]) + chance.randbytes(
            chance.randint(0, 900)
        )
        at = chance.choice((0.0, 1e9, -5.0, chance.random() * 100))
        heard += sum(len(sound.pcm) for sound in segmenter.receive(packet, at))
        assert len(segmenter._rest) <= LONGEST + SPARE
        assert len(segmenter._endpointer._pieces) <= 750

    assert heard <= 400 * LONGEST


def listening(
    held: Meeting, recogniser: SpeechRecogniser, transcripts: TranscriptStore
) -> Transcriber:
    """Somebody listens; the worker is not there yet, and all waits for it."""
    permit = held._mint.issue(RECORDING, ROOM, OpeningId("opening"))
    held._permits.append(permit)
    context = TranscriptionContext(
        recogniser=recogniser,
        transcripts=transcripts,
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        ice_servers=tuple,
        quotas=held.context.quotas,
        has_space=held.context.has_space,
    )
    opened = Opened(
        permit, held._tasks, lambda: None, lambda why: held.said.append(why.code)
    )
    return Transcriber(
        opened, context, recipients=held.audience, said=lambda line, people: None
    )


async def test_who_floods_loses_their_tap_and_others_are_heard(tmp_path: Path) -> None:
    recogniser = SpeechRecogniser(
        EngineSettings("none"), now=asyncio.get_running_loop().time
    )
    transcripts = TranscriptStore(tmp_path)
    async with meeting(tmp_path) as held:
        sink = listening(held, recogniser, transcripts)
        alice = await peer(held, sink, ALICE, SourceKind.MICROPHONE)
        bob = await peer(held, sink, BOB, SourceKind.MICROPHONE)
        tracks = {sink._tracks[who].number: who for who in (ALICE, BOB)}

        def heard(who: str) -> list[bytes]:
            packets = [(f.track, p) for f in recogniser._waiting for p, _ in f.packets]
            return [packet for track, packet in packets if tracks[track] == who]

        await _say(alice, 50)
        async with asyncio.timeout(30):
            while not bob.tap._quota.over:  # a second of sound in each packet
                await bob.send(SourceKind.MICROPHONE, b"\xfb\x32" + bytes(900))
        await _say(alice, 50)
        await until(lambda: len(heard(ALICE)) == 100)

        assert held.audience.told == [(BOB, "tap-limit")]
        assert held.said == []
        assert sum(map(opus_seconds, heard(BOB))) < 15
    transcripts.close()


async def _say(one: Peer, count: int) -> None:
    for _ in range(count):
        await one.send(SourceKind.MICROPHONE, b"\x78" + bytes(60))
