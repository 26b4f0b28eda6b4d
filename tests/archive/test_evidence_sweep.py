"""The time of evidence: a chain goes when all it proves has gone, and that is said."""

import asyncio
import shutil
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.app.wiring.offline import open_offline
from gatekeeper.config import Config, load
from gatekeeper.errors import ConfigInvalid
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt import verify_receipt
from tests.archive.past import Meeting, lay, meeting


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(
        f'[data]\ndirectory = "{tmp_path / "data"}"\nreserve_mb = 0\n'
        f'[backup]\ndeletions = "{tmp_path / "deletions"}"\n'
        '[evidence]\nkeep_for = "52 weeks"\n'
    )
    return file


async def sweep(config: Config) -> None:
    """As a server does: what is kept goes first, and its evidence the next time."""
    async with open_offline(config, choose_engines(config, Keys())) as archive:
        for _ in range(2):
            await archive.sweep.sweep()
            for deletion in archive.eraser.due():
                await archive.eraser.carry_out(deletion)


def chains(data: Path) -> set[str]:
    return {chain.meeting for chain in verify_ledger(data).chains}


def holds(data: Path, past: Meeting) -> bool:
    """Whether any byte tells of who was in it."""
    said = [who.id.encode() for who in past.people]
    files = [f.read_bytes() for f in data.rglob("*") if f.is_file()]
    return any(word in held for held in files for word in said)


async def test_after_its_time_a_chain_is_in_no_byte_and_receipts_are_good_still(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    old = meeting(data, "q1ana", "q2ben", days=370)
    fresh = meeting(data, "q4dia", days=0.01)
    await lay(old, fresh)
    run = asyncio.to_thread
    assert await run(main, ["backup", "--config", str(file), str(tmp_path / "b")]) == 0
    assert holds(data, old)

    await sweep(load(file))

    assert chains(data) == {fresh.room}
    assert not holds(data, old)
    capsys.readouterr()
    assert await run(main, ["verify", "--config", str(file)]) == 0
    assert f"{old.room}  removed by retention on " in capsys.readouterr().out
    key = GateKey.load(data / "keys", first=False)
    for receipts in old.receipts.values():
        for receipt in receipts:
            verify_receipt(receipt, key.published)
    receipt = str(old.receipt_file(old.people[0], tmp_path))
    asked = ["subject", "--config", str(file), receipt, "export"]
    assert await run(main, asked) == 2
    assert "meeting-unknown: " in capsys.readouterr().err

    shutil.rmtree(data)
    assert await run(main, ["restore", "--config", str(file), str(tmp_path / "b")]) == 0
    assert chains(data) == {fresh.room}
    assert not holds(data, old)


@pytest.mark.parametrize("why", ["young", "kept", "asked for"])
async def test_what_still_proves_something_stays(
    tmp_path: Path, file: Path, why: str
) -> None:
    data = tmp_path / "data"
    past = meeting(data, "q1ana", "q2ben", days=300 if why == "young" else 370)
    fresh = meeting(data, "q4dia", days=0.01)
    await lay(past, fresh)
    config = load(file)
    if why == "young":
        await sweep(config)
    async with open_offline(config, choose_engines(config, Keys())) as archive:
        await archive.sweep.sweep()
        if why == "asked for":
            for folder in data.glob(f"*/{past.room}"):
                shutil.rmtree(folder)  # it is gone, and nothing has confirmed that
        await archive.sweep.sweep()

        assert past.room in chains(data)


@pytest.mark.parametrize("keep", ["7 days", "3 days"])
def test_evidence_outlives_what_it_proves_or_the_configuration_is_refused(
    tmp_path: Path, keep: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[evidence]\nkeep_for = "{keep}"\n')
    with pytest.raises(ConfigInvalid, match=r"evidence\.keep_for.*longer"):
        load(file)
    file.write_text('[evidence]\nkeep_for = "8 days"\n')
    load(file)
    file.write_text(
        '[evidence]\nkeep_for = "8 days"\n[features.recording]\nkeep_for = "2 weeks"\n'
    )
    with pytest.raises(ConfigInvalid, match="recording"):
        load(file)
