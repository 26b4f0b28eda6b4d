"""What is given to whoever runs the server beside the program."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent / "deploy"

EXPOSED = 20
"""Tenths, as `systemd-analyze security` reckons: below 2 is what it calls ok."""


ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is on this machine."""
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not on this machine")
    text = (DEPLOY / "gatekeeper.service").read_text("utf-8")
    unit = tmp_path / "gatekeeper.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text))
    return unit


def analyzed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    assert ANALYZE is not None
    return subprocess.run(
        [ANALYZE, *words], capture_output=True, text=True, check=False
    )


def test_systemd_understands_the_unit(unit: Path) -> None:
    told = analyzed("verify", "--man=no", unit).stderr

    assert [line for line in told.splitlines() if unit.name in line] == []


def test_the_unit_may_do_little(unit: Path) -> None:
    told = analyzed("security", "--offline=true", f"--threshold={EXPOSED}", unit)

    assert told.returncode == 0, told.stdout


def test_the_container_takes_what_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    taken = [
        name
        for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", text)
        for name in line.split()[:-1]
    ]

    assert {"requirements.lock", "gatekeeper", "static"} <= set(taken)
    assert [name for name in taken if not (DEPLOY.parent / name).exists()] == []
