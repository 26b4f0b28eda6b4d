"""What a command works on while no server runs: all that a server would, but rooms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gatekeeper.app.engines import Engines
from gatekeeper.app.wiring.archive import Archive, open_archive
from gatekeeper.app.wiring.evidence import open_evidence
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.app.wiring.sinks import open_sinks
from gatekeeper.app.wiring.storage import open_storage
from gatekeeper.clock import Clock
from gatekeeper.config import Config, offered
from gatekeeper.storage.damage import told
from gatekeeper.storage.directory import LEDGER, check_directory, held


@asynccontextmanager
async def open_offline(config: Config, engines: Engines) -> AsyncIterator[Archive]:
    """
    Hold the data directory, and deal with what a crash left, as a start does.

    Raises `DataDirectoryUnusable`, also while a server runs.
    """
    clock = Clock()
    data = check_directory(config.data.directory)
    features = {feature.id: feature for feature in offered(config, engines.runs)}
    with held(data, clock.now()):
        async with open_storage(data, clock, config.backup.deletions) as storage:
            evidence = await open_evidence(config, storage)
            ice = read_ice(config, clock)
            async with open_sinks(config, engines, storage, evidence, ice) as sinks:
                archive = open_archive(config, features, storage, evidence, sinks)
                with told(data / LEDGER):
                    await archive.recovery.run()
                yield archive
