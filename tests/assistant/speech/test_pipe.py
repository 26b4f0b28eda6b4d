"""Messages between the server and its worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from gatekeeper.assistant.lines import new_line_id
from gatekeeper.assistant.speech.pipe import (
    Behind,
    Close,
    Configure,
    Frames,
    Gone,
    Heard,
    Inbox,
    Malformed,
    Message,
    Open,
    Sounded,
    Unfit,
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


@contextmanager
def pipe() -> Iterator[tuple[Inbox, int]]:
    """A pipe, and where to write to it; what is written must fit."""
    reading, writing = os.pipe()
    try:
        yield Inbox(reading), writing
    finally:
        os.close(reading)


def test_what_is_said_is_what_is_heard() -> None:
    with pipe() as (inbox, writing):
        os.write(writing, b"".join(pack(message) for message in EACH))
        os.close(writing)

        assert list(inbox) == EACH


def test_a_message_that_broke_off_is_none() -> None:
    with pipe() as (inbox, writing):
        os.write(writing, pack(Close(7)) + pack(Open(8, "Ann"))[:-1])
        os.close(writing)

        assert list(inbox) == [Close(7)]


def test_it_is_behind_until_the_last_message_is_dealt_with() -> None:
    with pipe() as (inbox, writing):
        coming = iter(inbox)
        assert not inbox.behind()
        os.write(writing, pack(Close(7)) + pack(Close(8)))
        assert inbox.behind()  # in the pipe

        assert next(coming) == Close(7)
        assert inbox.behind()  # one is in hand, the other read and not taken
        assert next(coming) == Close(8)
        assert inbox.behind()  # in hand

        after: list[Message] = []
        waiting = Thread(target=lambda: after.extend(coming))
        waiting.start()
        while inbox.behind():  # until who reads waits for more
            waiting.join(0.001)
        os.write(writing, pack(Gone(7)))
        os.close(writing)
        waiting.join()
        assert after == [Gone(7)]


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
