"""What is in files, and who makes and deletes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.sinks import Features, Sinks
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.archive.aftermath import Aftermath
from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.evidence_sweep import EvidenceSweep
from gatekeeper.archive.export.exports import Exports
from gatekeeper.archive.filming import Filming
from gatekeeper.archive.locks import RoomLocks
from gatekeeper.archive.own.subject import SubjectEraser
from gatekeeper.archive.recall import Recall
from gatekeeper.archive.recovery import Recovery
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.archive.sweep import RetentionSweep
from gatekeeper.assistant.words import WordStore
from gatekeeper.config import Config
from gatekeeper.consent.features import KEEPERS, RECORDING, WORDS
from gatekeeper.consent.types import FeatureId
from gatekeeper.media.film.films import Films
from gatekeeper.media.recording.store import RecordingStore


@dataclass(frozen=True, slots=True)
class Archive:
    """What is kept afterwards."""

    catalogue: Catalogue
    films: Films
    filming: Filming
    stores: FeatureStores
    eraser: Eraser
    endings: Endings
    recovery: Recovery
    sweep: RetentionSweep
    aftermath: Aftermath
    keep: Mapping[FeatureId, timedelta]
    """How long what a feature keeps stays after the meeting."""
    subjects: SubjectEraser
    evidence: EvidenceSweep
    exports: Exports


def open_archive(
    config: Config,
    features: Features,
    storage: Storage,
    evidence: Evidence,
    sinks: Sinks,
) -> Archive:
    """Nothing is read or deleted yet: `Recovery.run` does that."""
    recordings = RecordingStore(sinks.recording)
    words = WordStore(sinks.transcription.transcripts, storage.names, sinks.summaries)
    stores = FeatureStores(dict.fromkeys(WORDS, words), recordings, storage.names)
    films = Films(storage.data, news=storage.outbox)
    catalogue = _catalogue(storage, sinks, films)
    exclusive = RoomLocks()
    filming = Filming(catalogue, films, storage.rooms, exclusive, config.film.format)
    recall = Recall(storage.writer, config.evidence.keep_for, storage.clock.now)
    eraser = _eraser(storage, evidence, stores, films, exclusive, filming, recall)
    endings = Endings(evidence.ledger, stores, recordings, storage.clock)
    keep = {o.id: o.keep_for for o in features.values() if o.sink in KEEPERS}
    ending = EvidenceSweep(
        storage.data,
        storage.writer,
        storage.listed,
        config.evidence.keep_for,
        storage.clock.now,
    )
    return Archive(
        catalogue,
        films,
        filming,
        stores,
        eraser,
        endings,
        Recovery(
            storage.data,
            stores,
            endings,
            ledger=evidence.ledger,
            rooms=storage.rooms,
            clock=storage.clock,
        ),
        RetentionSweep(
            stores,
            eraser,
            storage.rooms,
            storage.links,
            keep=keep,
            evidence=ending,
            recall=recall,
            clock=storage.clock,
        ),
        Aftermath(
            filming,
            sinks.summaries,
            filmed=[o.id for o in features.values() if o.sink == RECORDING],
            names=storage.names,
        ),
        keep,
        SubjectEraser(eraser, evidence.ledger),
        ending,
        Exports(
            storage.data,
            catalogue,
            films,
            evidence.log,
            storage.key,
            storage.clock.now,
        ),
    )


def _catalogue(storage: Storage, sinks: Sinks, films: Films) -> Catalogue:
    return Catalogue(
        storage.data,
        storage.writer,
        storage.listed,
        transcripts=sinks.transcription.transcripts,
        summaries=sinks.summaries,
        films=films,
    )


def _eraser(
    storage: Storage,
    evidence: Evidence,
    stores: FeatureStores,
    films: Films,
    exclusive: RoomLocks,
    filming: Filming,
    recall: Recall,
) -> Eraser:
    return Eraser(
        stores,
        films,
        together={one: [other for other in WORDS if other != one] for one in WORDS},
        listed=storage.listed,
        ledger=evidence.ledger,
        exclusive=exclusive,
        remake=filming.make,
        recall=recall,
        monotonic=storage.clock.monotonic,
    )
