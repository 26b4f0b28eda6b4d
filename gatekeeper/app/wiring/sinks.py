"""
What consumes content: one row a kind of sink.

A new kind is a row here and in `consent.features`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiortc import RTCIceServer

from gatekeeper.app.engines import Engines
from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.archive.captures import CaptureLedger
from gatekeeper.assistant.compose.composer import ComposerOpener
from gatekeeper.assistant.model.client import ModelClient
from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.summary.store import Summaries
from gatekeeper.assistant.summary.summariser import MinutesOpener
from gatekeeper.assistant.summary.writer import SummaryWriter as SummaryWriter
from gatekeeper.assistant.transcript.context import TranscriptionContext
from gatekeeper.assistant.transcript.store import TranscriptStore
from gatekeeper.assistant.transcript.transcript import TranscriptOpener
from gatekeeper.config import Config, Limits, OfferedFeature, SinkName
from gatekeeper.config.features import FEED, LENT
from gatekeeper.consent.features import COMPOSE, RECORDING, SUMMARY, TRANSCRIPT
from gatekeeper.consent.types import ContentKind, FeatureId, ParticipantId, RoomId
from gatekeeper.evidence.history import history
from gatekeeper.evidence.presence import Presence
from gatekeeper.media.feed.context import FeedContext
from gatekeeper.media.feed.opener import FeedOpener
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.opener import RecordingOpener
from gatekeeper.media.tap.quota import Caps
from gatekeeper.meeting.ice import IceServers
from gatekeeper.meeting.sink import SinkOpener

MEGABYTE = 10**6

Features = Mapping[FeatureId, OfferedFeature]
"""What rooms may offer, by feature."""


@dataclass(frozen=True, slots=True)
class Sinks:
    """What all sinks of a process share."""

    recording: RecordingContext
    transcription: TranscriptionContext
    client: ModelClient | None
    """None: there is no model, and rules pick quotes."""
    summaries: Summaries
    feed: FeedContext
    evidence: Evidence

    def openers(self, features: Features) -> dict[FeatureId, SinkOpener]:
        """What opens the sink of each feature that runs here."""
        made = {name: KINDS[name](self, features) for name in KINDS}
        return {
            name: made[feature.sink]
            for name, feature in features.items()
            if feature.sink not in LENT
        }

    def feeds(self, features: Features) -> dict[FeatureId, SinkOpener]:
        """What feeds each feature that runs elsewhere and gets its media from here."""
        feed = FeedOpener(self.feed, _Contents(features))
        return {name: feed for name, each in features.items() if each.sink == FEED}

    async def presence(self, room: RoomId, who: ParticipantId) -> Presence:
        """When somebody was there for what, as the ledger has it."""
        return Presence(history(await self.evidence.ledger.read(room)), who)


KINDS: Mapping[SinkName, Callable[[Sinks, Features], SinkOpener]] = {
    RECORDING: lambda sinks, features: RecordingOpener(
        sinks.recording, _Contents(features)
    ),
    TRANSCRIPT: lambda sinks, _: TranscriptOpener(sinks.transcription),
    SUMMARY: lambda sinks, _: MinutesOpener(
        sinks.transcription, sinks.summaries, sinks.presence
    ),
    COMPOSE: lambda sinks, _: ComposerOpener(sinks.client),
}
"""What opens each kind of sink; what runs elsewhere is lent (`gating.lending`)."""


class _Contents(Mapping[FeatureId, tuple[ContentKind, ...]]):
    """What each feature touches, in the words that are in force when it opens."""

    def __init__(self, features: Features) -> None:
        self._features = features

    def __getitem__(self, feature: FeatureId) -> tuple[ContentKind, ...]:
        return self._features[feature].kinds

    def __iter__(self) -> Iterator[FeatureId]:
        return iter(self._features)

    def __len__(self) -> int:
        return len(self._features)


@asynccontextmanager
async def open_sinks(
    config: Config,
    engines: Engines,
    storage: Storage,
    evidence: Evidence,
    ice: IceServers,
) -> AsyncIterator[Sinks]:
    """Files and words are closed, and what was written is on the disk, in the end."""
    recording = _recording_context(config, storage, evidence, ice)
    transcripts = TranscriptStore(storage.data, storage.listed.covers)
    feed = FeedContext(
        clock=recording.clock,
        ice_servers=recording.ice_servers,
        quotas=recording.quotas,
        decoding=ThreadPoolExecutor(1, thread_name_prefix="feed"),
    )
    try:
        # Words go to the configured address, never through somebody's proxy.
        async with aiohttp.ClientSession(
            trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            yield _sinks(
                engines, storage, evidence, recording, transcripts, feed, session
            )
    finally:
        feed.decoding.shutdown(cancel_futures=True)
        await asyncio.to_thread(transcripts.close)
        await asyncio.to_thread(recording.close)


def _sinks(
    engines: Engines,
    storage: Storage,
    evidence: Evidence,
    recording: RecordingContext,
    transcripts: TranscriptStore,
    feed: FeedContext,
    session: aiohttp.ClientSession,
) -> Sinks:
    client = ModelClient(engines.endpoint, session) if engines.endpoint else None
    transcription = TranscriptionContext(
        recogniser=SpeechRecogniser(
            engines.speech, now=asyncio.get_running_loop().time, session=session
        ),
        transcripts=transcripts,
        clock=recording.clock,
        ice_servers=recording.ice_servers,
        quotas=recording.quotas,
        has_space=recording.has_space,
    )
    summaries = Summaries(
        transcripts,
        SummaryWriter(client, clock=recording.clock),
        names=storage.names,
        rooms=storage.rooms,
        listed=storage.listed,
        stops=storage.stops,
        clock=recording.clock,
    )
    return Sinks(recording, transcription, client, summaries, feed, evidence)


def _for_taps(ice: IceServers) -> list[RTCIceServer]:
    """
    For this server's own ends.

    They are reached at any address, whatever browsers keep to: where these send through
    a relay alone, all that is sent here comes from it.
    """
    return [
        RTCIceServer(
            urls=list(server.urls),
            username=server.username,
            credential=server.credential,
        )
        for server in ice.issue().servers
    ]


def _recording_context(
    config: Config, storage: Storage, evidence: Evidence, ice: IceServers
) -> RecordingContext:
    return RecordingContext(
        storage.data,
        clock=storage.clock.now,
        captures=CaptureLedger(evidence.ledger),
        ice_servers=lambda: _for_taps(ice),
        reserve=config.data.reserve_mb * MEGABYTE,
        caps=_caps(config.limits),
    )


def _caps(limits: Limits) -> Caps:
    return Caps(
        video=limits.video_mbit * MEGABYTE / 8,
        room=limits.room_mbit * MEGABYTE / 8,
        address=limits.address_mbit * MEGABYTE / 8,
        source_bytes=limits.source_gb * 1000 * MEGABYTE,
        share=limits.disk_share,
        taps=limits.taps_per_address,
    )
