"""
Logs: one JSON object per line on standard error; plain lines on a terminal.

Rule: an event is a noun and a past participle with ids as fields; never a name, SDP,
media, chat, an address, or anything that tells who declined. A traceback shows lines
of code, and no values.
"""

import logging
import sys

import structlog
from structlog.dev import plain_traceback
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer


def configure() -> None:
    """Set up structlog, and quieten the libraries that log addresses and SDP."""
    for name in ("aiohttp", "aioice", "aiortc", "alembic", "asyncio", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    terminal = sys.stderr.isatty()
    bare = ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(exception_formatter=plain_traceback)
            if terminal
            else bare,
            *([] if terminal else [structlog.processors.JSONRenderer()]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
