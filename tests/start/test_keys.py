"""Keys: none is made anew beside a ledger, and none that others can read is used."""

import shutil
from pathlib import Path

import pytest

from gatekeeper.app.cli import main
from gatekeeper.errors import DataDirectoryUnusable
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.storage.key_file import write
from tests.meeting.conftest import configured, start
from tests.start.test_directory import written

FILES = {"receipt": "receipt.pem", "access": "access.key"}


async def begun(tmp_path: Path) -> Path:
    """The keys of a server that has run."""
    async with start(configured(tmp_path / "data")):
        pass
    return tmp_path / "data" / "keys"


async def refusal(tmp_path: Path) -> str:
    with pytest.raises(DataDirectoryUnusable) as refused:
        async with start(configured(tmp_path / "data")):
            pass
    return str(refused.value)


@pytest.mark.parametrize("name", FILES)
async def test_a_missing_key_beside_a_ledger_is_not_made_anew(
    tmp_path: Path, name: str
) -> None:
    keys = await begun(tmp_path)
    (keys / FILES[name]).unlink()

    assert f"gatekeeper rotate-key {name}" in await refusal(tmp_path)
    assert not (keys / FILES[name]).exists()

    assert main(["rotate-key", "--config", str(written(tmp_path)), name]) == 0
    async with start(configured(tmp_path / "data")):
        pass


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mode", [0o640, 0o644, 0o604, 0o660])
async def test_a_key_that_others_can_read_is_refused(
    tmp_path: Path, name: str, mode: int
) -> None:
    keys = await begun(tmp_path)
    (keys / FILES[name]).chmod(mode)

    said = await refusal(tmp_path)

    assert f"chmod 600 {keys / FILES[name]}" in said
    assert f"{mode:04o}" in said


async def test_a_key_of_another_account_is_refused(tmp_path: Path) -> None:
    keys = await begun(tmp_path)
    try:
        shutil.chown(keys / "receipt.pem", 12345)
    except PermissionError:
        pytest.skip("only root can give a file away")

    assert f"{keys / 'receipt.pem'} belongs to another account" in await refusal(
        tmp_path
    )


async def test_another_key_in_its_place_is_noticed(tmp_path: Path) -> None:
    keys = await begun(tmp_path)
    other = await begun(tmp_path / "other")
    shutil.copy(other / "receipt.pem", keys / "receipt.pem")

    assert "is not the key it was" in await refusal(tmp_path)


async def test_a_key_that_is_replaced_or_lost_still_vouches_for_what_it_signed(
    tmp_path: Path,
) -> None:
    keys = await begun(tmp_path)
    first = GateKey.load(keys, first=False)
    assert main(["rotate-key", "--config", str(written(tmp_path)), "receipt"]) == 0
    second = GateKey.load(keys, first=False)
    (keys / "receipt.pem").unlink()
    assert main(["rotate-key", "--config", str(written(tmp_path)), "receipt"]) == 0
    third = GateKey.load(keys, first=False)

    assert first.former == ()
    assert second.former == (first.jwk,)
    assert third.former == (first.jwk, second.jwk)
    assert len({first.kid, second.kid, third.kid}) == 3
    assert "PRIVATE" not in (keys / "receipt-keys.json").read_text()


async def test_a_crash_while_a_key_is_replaced_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = await begun(tmp_path)
    with monkeypatch.context() as patch:

        def crash(path: Path, content: bytes) -> None:
            if path.name == "receipt.pem":
                raise KeyboardInterrupt
            write(path, content)

        patch.setattr("gatekeeper.evidence.gate_key.write", crash)
        with pytest.raises(KeyboardInterrupt):
            GateKey.rotate(keys)

    assert "gatekeeper rotate-key receipt" in await refusal(tmp_path)
    assert main(["rotate-key", "--config", str(written(tmp_path)), "receipt"]) == 0
    async with start(configured(tmp_path / "data")):
        pass
