"""What has had its time is deleted: real files, a real database, a clock of ours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.archive.evidence_sweep import EvidenceSweep
from gatekeeper.archive.recall import Recall
from gatekeeper.archive.stores import FeatureStores
from gatekeeper.archive.sweep import RetentionSweep
from gatekeeper.clock import TRUST, Clock
from gatekeeper.consent.types import FeatureId, LanguageTag, OpeningId
from gatekeeper.storage import paths
from gatekeeper.storage.page_links import PageLinks
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.storage.taken_back import TakenBack
from tests.archive.test_eraser import ALICE, House, house
from tests.evidence.people import NOON, RECORDING, ROOM

DAY = timedelta(days=1)
FORMER = FeatureId("former")
"""A feature that the configuration does not know any more."""
KEEP = {RECORDING: 7 * DAY, FeatureId("brief"): DAY}


async def left_after(days: float, data: Path) -> set[str]:
    """Of which features there is a file, so long after the meeting."""
    async with house(data) as here:
        await ended(here)
        later = (NOON + days * DAY).timestamp()
        up = [0.0]
        clock = Clock(wall=lambda: later + up[0], monotonic=lambda: up[0])
        up[0] += TRUST + 1  # for so long a clock has to agree with itself
        sweep = RetentionSweep(
            FeatureStores({}, here.disk, here.names),
            here.eraser,
            RoomStore(here.writer),
            PageLinks(here.writer, TakenBack(clock.now, here.listed.copy)),
            keep=KEEP,
            evidence=EvidenceSweep(data, here.writer, here.listed, None, clock.now),
            recall=Recall(here.writer, None, clock.now),
            clock=clock,
        )
        await sweep.sweep()
        await here.settle()
        return {feature for _, feature in paths.kept(data / paths.ROOT)}


async def ended(here: House) -> None:
    """A meeting that two features kept something of."""
    await here.captured(OpeningId("opening"), ALICE)
    former = paths.folder(here.data, ROOM, FORMER) / "opening" / "who-camera.webm"
    former.parent.mkdir(parents=True)
    former.write_bytes(b"sound")
    record = RoomRecord(ROOM, "Yard", LanguageTag("en"), (), bytes(32), NOON)
    rooms = RoomStore(here.writer)
    await rooms.add(record)
    await rooms.end(ROOM, datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.mark.parametrize("days", [0.0, 1.1, 6.9])
async def test_what_has_time_left_is_kept(tmp_path: Path, days: float) -> None:
    assert await left_after(days, tmp_path) == {RECORDING, FORMER}


async def test_what_is_not_configured_any_more_goes_with_the_longest(
    tmp_path: Path,
) -> None:
    assert await left_after(7.1, tmp_path) == set()
