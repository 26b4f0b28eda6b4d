"""
Refusals: what an endpoint did instead of answering, as a `ModelFault`.

Rule: a complaint (the text of an error) decides, and goes no further: it may quote the
prompt or the key. What is logged is the cause: a status or the name of a class.
"""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import aiohttp

from gatekeeper.assistant.model.faults import (
    ModelBroken,
    ModelBusy,
    ModelFailed,
    ModelFault,
    ModelInputTooLong,
    ModelKeyRefused,
    ModelRedirected,
    ModelSlow,
    ModelUnknown,
    ModelUnreachable,
)

LONGEST_WAIT = 20.0
"""Seconds; an endpoint that asks for more is busy."""

# "exceeds the available context size" (llama.cpp), "maximum context length is"
# (vLLM, OpenAI), `context_length_exceeded`, "input is too long"
_TOO_LONG = re.compile(
    r"context.{0,40}(?:size|length|window|exceed)|exceed.{0,40}context"
    r"|(?:prompt|input).{0,20}too long|too many tokens",
    re.IGNORECASE | re.DOTALL,
)
# llama.cpp, when an answer does not fit its own parser, and what servers say of a
# `response_format` that they do not take, be it with status 500 (llama-cpp-python).
_FORMAT = re.compile(
    r"does not match the expected .{0,40}format|response_format|json_schema|grammar",
    re.IGNORECASE | re.DOTALL,
)
_OF_STATUS: Mapping[int, type[ModelFault]] = {
    401: ModelKeyRefused,
    402: ModelKeyRefused,  # nothing is left on the account
    403: ModelKeyRefused,
    404: ModelUnknown,
    408: ModelSlow,
    413: ModelInputTooLong,
    429: ModelBusy,
    503: ModelBusy,  # llama.cpp while it loads the model
    504: ModelSlow,
    529: ModelBusy,
}


class Refusal(Exception):
    """One request that was not answered, inside of the client."""

    def __init__(
        self, cause: str, fault: type[ModelFault], *, complaint: str = ""
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.fault = fault
        self.complaint = complaint
        self.wait: float | None = None
        """Seconds that the endpoint wants to be left alone for."""
        self.may_repeat = False
        """Whether the same request may succeed when it is sent again."""

    @property
    def is_of_request(self) -> bool:
        """Whether the endpoint may not take the request as it is written."""
        return self.cause in ("HTTP 400", "HTTP 422")

    @property
    def is_of_form(self) -> bool:
        """Whether it may not take the form in which an answer was asked for."""
        if self.fault is ModelInputTooLong:
            return False
        return self.is_of_request or bool(_FORMAT.search(self.complaint))


def of_status(status: int, headers: Mapping[str, str], complaint: str) -> Refusal:
    """The refusal in an HTTP answer that is no success."""
    refusal = Refusal(f"HTTP {status}", _fault(status, complaint), complaint=complaint)
    refusal.wait = _wait(headers)
    refusal.may_repeat = status == 429 or status >= 500
    return refusal


def in_answer(complaint: str) -> Refusal:
    """The refusal in an event of an answer that began as a success."""
    fault = ModelInputTooLong if _TOO_LONG.search(complaint) else ModelFailed
    refusal = Refusal("error in the answer", fault, complaint=complaint)
    refusal.may_repeat = fault is ModelFailed
    return refusal


def of_transport(error: Exception) -> Refusal:
    """The refusal in what the transport raised."""
    unreachable = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
    if isinstance(error, unreachable):
        fault: type[ModelFault] = ModelUnreachable
    elif isinstance(error, TimeoutError):
        fault = ModelSlow
    else:
        fault = ModelBroken
    refusal = Refusal(type(error).__name__, fault)
    refusal.may_repeat = fault is not ModelSlow
    return refusal


def _fault(status: int, complaint: str) -> type[ModelFault]:
    if 300 <= status < 400:
        return ModelRedirected
    if status in (400, 422, 500) and _TOO_LONG.search(complaint):
        return ModelInputTooLong
    return _OF_STATUS.get(status, ModelFailed)


def _wait(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` (RFC 9110, section 10.2.3): seconds, or a date against `Date`."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
        now = parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return None
