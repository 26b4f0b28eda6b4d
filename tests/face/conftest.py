"""A process that embeds Gatekeeper."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def unconfigured() -> Iterator[None]:
    """`structlog` as a process finds it that has not configured it."""
    before = structlog.get_config()
    structlog.reset_defaults()
    yield
    structlog.configure(**before)
