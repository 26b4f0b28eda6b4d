import aiohttp
import pytest

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
from gatekeeper.assistant.model.refusal import in_answer, of_status, of_transport


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (302, ModelRedirected),
        (400, ModelFailed),
        (401, ModelKeyRefused),
        (403, ModelKeyRefused),
        (404, ModelUnknown),
        (413, ModelInputTooLong),
        (429, ModelBusy),
        (500, ModelFailed),
        (503, ModelBusy),
        (504, ModelSlow),
    ],
)
def test_each_status_has_its_fault(status: int, fault: type[ModelFault]) -> None:
    refusal = of_status(status, {}, "")

    assert refusal.fault is fault
    assert refusal.may_repeat == (status == 429 or status >= 500)


@pytest.mark.parametrize(
    "complaint",
    [
        "request (36017 tokens) exceeds the available context size (8192 tokens)",
        "This model's maximum context length is 4096 tokens. However, you requested",
        '{"code": "context_length_exceeded"}',
        "Requested tokens (9000) exceed context window of 2048",
        "prompt is too long: 9000 tokens > 8000 maximum",
    ],
)
def test_too_long_is_known_in_every_servers_words(complaint: str) -> None:
    assert of_status(400, {}, complaint).fault is ModelInputTooLong
    assert not of_status(400, {}, complaint).is_of_form
    assert in_answer(complaint).fault is ModelInputTooLong
    assert not in_answer(complaint).may_repeat


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:28:09 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            9,
        ),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:27:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            0,
        ),
    ],
)
def test_how_long_to_wait_is_read(headers: dict[str, str], wait: float | None) -> None:
    assert of_status(429, headers, "").wait == wait


@pytest.mark.parametrize(
    ("error", "fault", "may_repeat"),
    [
        (aiohttp.ConnectionTimeoutError(), ModelUnreachable, True),
        (TimeoutError(), ModelSlow, False),
        (aiohttp.ServerDisconnectedError(), ModelBroken, True),
        (aiohttp.ClientPayloadError(), ModelBroken, True),
        (ConnectionResetError(), ModelBroken, True),
    ],
)
def test_each_fault_of_the_connection_has_its_fault(
    error: Exception, fault: type[ModelFault], may_repeat: bool
) -> None:
    refusal = of_transport(error)

    assert refusal.fault is fault
    assert refusal.may_repeat == may_repeat
    assert refusal.cause == type(error).__name__
