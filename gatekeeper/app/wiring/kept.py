"""What was kept, over HTTP: who answers on the page afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.app.wiring.archive import Archive
from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.rooms import Rooms
from gatekeeper.app.wiring.run_here import RunHere
from gatekeeper.app.wiring.sign_in import site_of
from gatekeeper.app.wiring.sinks import Features, Sinks
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import Config
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.kept.export import KeptExport
from gatekeeper.web.kept.own import KeptOwn
from gatekeeper.web.kept.page import KeptPage
from gatekeeper.web.kept.summary import KeptSummary
from gatekeeper.web.kept.transcript import KeptTranscript
from gatekeeper.web.kept.visitors import Visitors
from gatekeeper.web.limits import Once


@dataclass(frozen=True, slots=True)
class Kept:
    """Who answers requests there."""

    visitors: Visitors
    transcript: KeptTranscript
    summary: KeptSummary
    page: KeptPage
    own: KeptOwn
    export: KeptExport


class KeptRoutes:
    """Every route of it."""

    def __init__(self) -> None:
        self._visitors: Handlers[Visitors] = Handlers()
        self._transcript: Handlers[KeptTranscript] = Handlers()
        self._summary: Handlers[KeptSummary] = Handlers()
        self._page: Handlers[KeptPage] = Handlers()
        self._own: Handlers[KeptOwn] = Handlers()
        self._export: Handlers[KeptExport] = Handlers()

    def add(self, app: web.Application) -> None:
        """Lay them; more than one application may have them."""
        Visitors.add_routes(app, self._visitors)
        KeptTranscript.add_routes(app, self._transcript)
        KeptSummary.add_routes(app, self._summary)
        KeptPage.add_routes(app, self._page)
        KeptOwn.add_routes(app, self._own)
        KeptExport.add_routes(app, self._export)

    @contextmanager
    def by(self, here: Kept) -> Iterator[None]:
        """Have all of them answered until the end of the context."""
        with (
            self._visitors.by(here.visitors),
            self._transcript.by(here.transcript),
            self._summary.by(here.summary),
            self._page.by(here.page),
            self._own.by(here.own),
            self._export.by(here.export),
        ):
            yield


def keeping(
    config: Config,
    features: Features,
    storage: Storage,
    evidence: Evidence,
    sinks: Sinks,
    archive: Archive,
    rooms: Rooms,
) -> Kept:
    """Who answers, over what is open."""
    here = RunHere(features)
    visitors = Visitors(
        storage.rooms,
        storage.access,
        links=storage.links,
        renewed=rooms.registry.tell_page_link,
        keep=archive.keep,
        now=storage.clock.settled,
        site=site_of(config),
        base=config.server.base_path,
        fetches=storage.fetches,
    )
    page = KeptPage(
        config=config,
        features=here,
        visitors=visitors,
        catalogue=archive.catalogue,
        films=archive.films,
        filming=archive.filming,
        eraser=archive.eraser,
        stops=storage.stops,
    )
    own = KeptOwn(
        storage.data,
        visitors,
        storage.writer,
        evidence.receipts,
        evidence.log,
        archive.subjects,
        storage.clock.now,
    )
    return Kept(
        visitors,
        KeptTranscript(visitors, here, archive.catalogue),
        KeptSummary(visitors, here, archive.catalogue, sinks.summaries),
        page,
        own,
        KeptExport(visitors, archive.exports, Once()),
    )
