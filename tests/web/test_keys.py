"""What checks a receipt, for anybody."""

import subprocess
import sys
from pathlib import Path

from tests.meeting.conftest import World


async def test_a_receipt_is_checked_with_what_its_server_publishes(
    world: World, tmp_path: Path
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    handed = await ben.hears("receipt")
    address = f"{world.url}/.well-known/gatekeeper-keys.json"
    async with world.http.get(address) as answer:
        published = await answer.read()
        kind = answer.content_type
    (tmp_path / "keys.json").write_bytes(published)
    (tmp_path / "receipt.jws").write_text(handed["receipt"])

    assert kind == "application/jwk-set+json"
    assert b'"d"' not in published
    assert _verify(tmp_path, "receipt.jws", "--key", "keys.json").startswith(
        "receipt.jws  good: minutes allowed "
    )
    assert "Nothing in those that are good" in _verify(tmp_path, "receipt.jws")

    async with world.http.get(f"{world.url}/verify.py") as answer:
        (tmp_path / "verify.py").write_bytes(await answer.read())
        assert answer.content_type == "text/x-python"
        assert "attachment" in answer.headers["Content-Disposition"]
    said = _run(tmp_path, "-I", "-S", "verify.py", "receipt.jws", "keys.json")
    assert said.startswith("receipt.jws  good: minutes allowed ")


def _verify(where: Path, *arguments: str) -> str:
    """What the command says in a folder without data or configuration."""
    return _run(where, "-m", "gatekeeper", "verify", *arguments)


def _run(where: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=where,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout
