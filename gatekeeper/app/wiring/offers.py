"""What is on offer just now: the words that are in force, and what is switched off."""

from collections.abc import MutableMapping
from dataclasses import dataclass

from gatekeeper.app.wiring.evidence import Evidence
from gatekeeper.app.wiring.storage import Storage
from gatekeeper.config import OfferedFeature
from gatekeeper.config.words import Words
from gatekeeper.consent.types import FeatureId
from gatekeeper.meeting.everywhere import Everywhere
from gatekeeper.meeting.switches import Switches
from gatekeeper.meeting.wordings import Wordings
from gatekeeper.storage.damage import told
from gatekeeper.storage.directory import LEDGER
from gatekeeper.storage.wordings import WordingStore


@dataclass(frozen=True, slots=True)
class Offers:
    """What an admin changes while meetings run."""

    switches: Switches
    wordings: Wordings

    def govern(self, rooms: Everywhere) -> None:
        """Have what changes change in all living rooms."""
        self.switches.govern(rooms)
        self.wordings.govern(rooms)


async def open_offers(
    words: Words,
    features: MutableMapping[FeatureId, OfferedFeature],
    storage: Storage,
    evidence: Evidence,
) -> Offers:
    """As it was left. `features` follows what is in force. Raises `OperatorError`."""
    clock = storage.clock.now
    switches = Switches(
        features.keys(), ledger=evidence.ledger, writer=storage.writer, clock=clock
    )
    wordings = Wordings(
        words,
        features,
        WordingStore(storage.writer),
        ledger=evidence.ledger,
        clock=clock,
    )
    with told(storage.data / LEDGER):
        await switches.load()
        await wordings.load()
    return Offers(switches, wordings)
