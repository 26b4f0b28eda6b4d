"""What holds for all tests: they burn no time on what nobody reads."""

import gc
import os

import structlog

from gatekeeper.web.logs import lines_of_code

# Children are many, and each would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# As on a server. For a terminal, each traceback takes half a second to be laid out.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        lines_of_code,
        structlog.processors.JSONRenderer(),
    ]
)


def pytest_collection_finish() -> None:
    """All that was imported stays: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
