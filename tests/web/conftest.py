"""A server to send things to."""

from tests.meeting.conftest import config, world

__all__ = ["config", "world"]
