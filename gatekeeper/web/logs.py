"""
Logs: one JSON object per line on standard error; plain lines on a terminal.

Rule 1: an event is a noun and a past participle with ids as fields; never a name, SDP,
media, chat, an address, or anything that tells who declined.
Rule 2: a traceback shows lines of code, and no values: not even what an exception says,
since it often says what it was given.
Rule 3: of a library's line only its fixed words are kept. What it fills in may be a
header, an address or a capability.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import structlog
from structlog.typing import EventDict, ExcInfo, WrappedLogger

_LONGEST = 120
"""Characters of a library's words."""


def configure() -> None:
    """Set up structlog, and quieten the libraries that log addresses and SDP."""
    for name in ("aiohttp", "aioice", "aiortc", "alembic", "asyncio", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(FixedWords())
    logging.basicConfig(level=logging.WARNING, handlers=[stream])
    configure_own(remember=True)


def configure_own(*, remember: bool) -> None:
    """
    Set up our own lines, and leave the libraries' to the process.

    `remember`: whether a logger that was used once keeps to this.
    """
    terminal = sys.stderr.isatty()
    times = structlog.processors.TimeStamper(
        fmt="%H:%M:%S" if terminal else "iso", utc=not terminal
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            times,
            lines_of_code,
            structlog.dev.ConsoleRenderer()
            if terminal
            else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=remember,
    )


def announce(event: str, sentence: str, **fields: str) -> None:
    """Say it to whoever sits at the terminal, or log `event` where nobody does."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{sentence}\n")
    else:
        structlog.get_logger(__name__).info(event, **fields)


def lines_of_code(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put where an exception came from into an event, without what it says."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if isinstance(found, tuple) and found[1] is not None:
        event["exception"] = "\n".join(_told(found))
    return event


class FixedWords(logging.Formatter):
    """What a library logs, without what it has filled in."""

    def format(self, record: logging.LogRecord) -> str:
        words = str(record.msg).partition("\n")[0]
        if not record.args:
            words = words.partition(":")[0]  # what follows may be filled in already
        told = [record.levelname, record.name, words[:_LONGEST]]
        if record.exc_info and record.exc_info[1] is not None:
            told += _told(record.exc_info)
        return " | ".join(told)


def _told(info: ExcInfo) -> Iterator[str]:
    """An exception and what it came of: its kind, and lines of code."""
    exception: BaseException | None = info[1]
    while exception is not None:
        yield type(exception).__name__
        yield from _frames(exception.__traceback__)
        if isinstance(exception, BaseExceptionGroup):
            for each in exception.exceptions:
                yield from _told((type(each), each, each.__traceback__))
        exception = exception.__cause__ or exception.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
