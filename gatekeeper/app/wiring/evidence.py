"""What is proved with: the ledger, and who signs receipts."""

from dataclasses import dataclass

from gatekeeper import config
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.clock import Clock
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.receipt import Controller, Receipts


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be proved."""

    ledger: Ledger
    receipts: Receipts


def open_evidence(controller: config.Controller, storage: Storage) -> Evidence:
    """On tables that are open."""
    return Evidence(
        Ledger(storage.writer, clock=storage.clock.now, news=storage.outbox),
        receipts(controller, storage.key, storage.clock),
    )


def receipts(controller: config.Controller, key: GateKey, clock: Clock) -> Receipts:
    """Who issues them."""
    said = Controller(
        name=controller.name, place=controller.place, contact=controller.contact
    )
    return Receipts(key, said, clock=clock.now)
