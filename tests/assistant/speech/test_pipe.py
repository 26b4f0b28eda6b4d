"""Messages between the server and its worker."""

from io import BytesIO
from pathlib import Path

import pytest

from gatekeeper.assistant.lines import new_line_id
from gatekeeper.assistant.speech.pipe import (
    Behind,
    Close,
    Configure,
    Frames,
    Gone,
    Heard,
    Malformed,
    Message,
    Open,
    Sounded,
    Unfit,
    messages,
    pack,
    unpack,
)
from gatekeeper.assistant.speech.settings import EngineSettings

EACH: list[Message] = [
    Configure(EngineSettings("whisper", Path("/models/base"), "de")),
    Open(7, "Zoë"),
    Open(8, "Zoë", growing=True),
    Frames(7, [(b"opus", 12.25), (b"", 12.27)]),
    Close(7),
    Heard(new_line_id(), 1.5, 2.5, (7, 9), "Schöne Grüße"),
    Heard(new_line_id(), 1.5, 2.5, (7,), "Schö", final=False),
    Sounded(7, 0.0, 1.4, 1.5, 2.5, b"\0\1" * 100),
    Gone(7),
    Behind(7),
    Unfit(),
]


def test_what_is_said_is_what_is_heard() -> None:
    pipe = BytesIO(b"".join(pack(message) for message in EACH))

    assert list(messages(pipe)) == EACH


def test_a_message_that_broke_off_is_none() -> None:
    pipe = BytesIO(pack(Close(7)) + pack(Open(8, "Ann"))[:-1])

    assert list(messages(pipe)) == [Close(7)]


def test_an_endpoint_and_its_key_stay_with_the_server() -> None:
    settings = EngineSettings(
        "http", base_url="https://speech.example/v1", model="big", key="hush"
    )

    frame = pack(Configure(settings))

    assert b"hush" not in frame
    assert b"example" not in frame
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("kind", "body"),
    [(99, b""), (4, b"short"), (4, b"\xff" * 33), (5, b"x"), (8, b"x"), (6, b"12345")],
)
def test_what_is_no_message_is_refused(kind: int, body: bytes) -> None:
    with pytest.raises(Malformed):
        unpack(kind, body)
