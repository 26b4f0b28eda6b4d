"""
A language and a feature from outside touch one place each, and are everywhere.

What is asserted of them stands in `inside.py`, and is run with a copy of the program to
which one file was added: a language. The feature is a table of a configuration.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gatekeeper
from tests.added.foreign import TAG, translated

PACKAGE = Path(gatekeeper.__file__).parent
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program and one language more."""
    here = tmp_path_factory.mktemp("added")
    # With what is compiled of it: it is the same to the second of its last change.
    shutil.copytree(PACKAGE, here / "gatekeeper")
    locales = here / "gatekeeper" / "consent" / "locales"
    (locales / f"{TAG}.toml").write_text(translated(), "utf-8")
    for name in ("static", "tests"):
        (here / name).symlink_to(ROOT / name)
    return here


def test_a_language_and_a_feature_are_found_everywhere(house: Path) -> None:
    tests = [sys.executable, "-m", "pytest", "tests/added/inside.py", "-q"]
    settings = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={house}"]
    done = subprocess.run(
        [*tests, *settings, "-p", "no:cacheprovider"],
        cwd=house,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]


def test_a_language_that_is_not_whole_is_named_before_anything_starts(
    house: Path,
) -> None:
    half = house / "gatekeeper" / "consent" / "locales" / "xx.toml"
    half.write_text(translated().replace("later = ", "latter = "), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gatekeeper", "serve", "--port", "0"],
            cwd=house,
            capture_output=True,
            text=True,
        )
    finally:
        half.unlink()

    assert done.returncode == 2
    assert "xx.toml: film.later" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (house / "data").exists()
