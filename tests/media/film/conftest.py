"""Small films for whoever has a queue of them make one."""

import sys

import pytest

from gatekeeper.media.film import films


@pytest.fixture(autouse=True)
def small_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what runs in this process make small ones."""
    command = (sys.executable, "-m", "tests.media.film.small")
    monkeypatch.setattr(films, "WORKER", command)
