"""What is in files, and who makes and deletes them."""

from dataclasses import dataclass

from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.sinks import Offers, Sinks
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.endings import Endings
from gatekeeper.archive.eraser import Eraser
from gatekeeper.archive.filming import Filming
from gatekeeper.archive.keeping import Keeping
from gatekeeper.archive.locks import RoomLocks
from gatekeeper.assistant.summary.store import SUMMARY, TRANSCRIPT
from gatekeeper.assistant.transcript.eraser import TranscriptEraser
from gatekeeper.config import KEEPERS, Config
from gatekeeper.media.film.films import Films
from gatekeeper.media.recording.store import RecordingStore


@dataclass(frozen=True, slots=True)
class Archive:
    """What is kept afterwards."""

    catalogue: Catalogue
    films: Films
    filming: Filming
    eraser: Eraser
    endings: Endings
    keeping: Keeping


def open_archive(
    config: Config, offers: Offers, storage: Storage, evidence: Evidence, sinks: Sinks
) -> Archive:
    """Nothing is read or deleted yet: `Keeping.recover` does that."""
    recordings = RecordingStore(sinks.studio)
    words = TranscriptEraser(sinks.desk.book, storage.names, sinks.summaries)
    films = Films(storage.data)
    catalogue = Catalogue(
        storage.data,
        storage.writer,
        storage.listed,
        transcripts=sinks.desk.book,
        summaries=sinks.summaries,
        films=films,
    )
    exclusive = RoomLocks()
    filming = Filming(catalogue, films, storage.register, exclusive, config.film.format)
    eraser = Eraser(
        lambda feature: words if feature in (TRANSCRIPT, SUMMARY) else recordings,
        films,
        together={TRANSCRIPT: (SUMMARY,), SUMMARY: (TRANSCRIPT,)},
        listed=storage.listed,
        ledger=evidence.ledger,
        exclusive=exclusive,
        remake=filming.make,
        monotonic=storage.clock.monotonic,
    )
    book = sinks.desk.book
    endings = Endings(evidence.ledger, recordings, book, storage.clock)
    keeping = Keeping(
        storage.data,
        recordings,
        book,
        endings=endings,
        eraser=eraser,
        filming=filming,
        summaries=sinks.summaries,
        ledger=evidence.ledger,
        register=storage.register,
        names=storage.names,
        keep={o.id: o.keep_for for o in offers.values() if o.sink in KEEPERS},
        clock=storage.clock,
    )
    return Archive(catalogue, films, filming, eraser, endings, keeping)
