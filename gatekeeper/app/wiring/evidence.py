"""What is proved with: the ledger, and who signs receipts."""

import asyncio
from dataclasses import dataclass

from gatekeeper.app.wiring.storage import Storage
from gatekeeper.archive.self_audit import SelfAudit
from gatekeeper.clock import Clock
from gatekeeper.config import Config, Controller
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Controller as Responsible
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.storage.directory import KEYS


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be proved."""

    ledger: Ledger
    receipts: Receipts
    log: SealLog
    audit: SelfAudit


async def open_evidence(config: Config, storage: Storage) -> Evidence:
    """On tables that are open. Raises `DataDirectoryUnusable`."""
    host = config.server.names[0] if config.server.names else "localhost"
    signs = await asyncio.to_thread(LogKey.load, storage.data / KEYS, host)
    return Evidence(
        Ledger(storage.writer, clock=storage.clock.now, news=storage.outbox),
        receipts(config.controller, storage.key, storage.clock),
        SealLog(storage.writer, signs, storage.data, storage.listed.copy),
        SelfAudit(storage.data, config.evidence.audit_every),
    )


def receipts(controller: Controller, key: GateKey, clock: Clock) -> Receipts:
    """Who issues them."""
    said = Responsible(
        name=controller.name, place=controller.place, contact=controller.contact
    )
    return Receipts(key, said, clock=clock.now)
