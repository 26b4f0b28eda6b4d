import pytest

from gatekeeper.assistant.model.faults import ModelAnswerTooLarge, ModelAnswerUnusable
from gatekeeper.assistant.model.reply import MOST_LINE, Chunk, Reply

SAID = b'{"choices":[{"delta":{"content":"hi"},"finish_reason":null}]}'


def _read(data: bytes, size: int) -> list[Chunk]:
    reply = Reply()
    chunks: list[Chunk] = []
    for at in range(0, len(data), size):
        chunks += reply.feed(data[at : at + size])
    return [*chunks, *reply.finish()]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_events_are_read_however_they_are_cut(size: int) -> None:
    data = b": hello\n\ndata:" + SAID + b"\r\n\r\ndata: " + SAID + b"\n\ndata: [DONE]"

    assert _read(data, size) == [Chunk("hi"), Chunk("hi"), Chunk(finish="stop")]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_one_object_is_read_as_the_whole_answer(size: int) -> None:
    data = b'\n{"choices": [{\n"message": {"content": "hi"}}]}\n'

    assert _read(data, size) == [Chunk("hi", finish="stop")]


def test_an_error_is_told_apart_from_an_answer() -> None:
    for data in (
        b'{"error": {"message": "no"}}',
        b'data: {"error": {"message": "no"}}\n\n',
        b'error: {"error": {"message": "no"}}\n\n',
    ):
        (chunk,) = _read(data, 1000)
        assert chunk.error is not None
        assert "no" in chunk.error
        assert chunk.finish is None


@pytest.mark.parametrize(
    "choice",
    [
        b"[]",
        b"{}",
        b"[null]",
        b'[{"delta": null}]',
        b'[{"delta": {"content": null}}]',
        b'[{"delta": {"content": 7}}]',
        b'[{"delta": {"content": [7, {"type": "text", "text": 7}]}}]',
        b'[{"delta": [], "finish_reason": ""}]',
    ],
)
def test_what_says_nothing_is_nothing(choice: bytes) -> None:
    assert _read(b'data: {"choices": ' + choice + b"}\n", 1000) == [Chunk()]


def test_thoughts_in_a_field_of_their_own_are_no_text() -> None:
    thought = b'data: {"choices": [{"delta": {"reasoning_content": "hm"}}]}\n'
    parts = b'data: {"choices": [{"delta": {"content": [{"type": "thinking"}, \
{"type": "text", "text": "hi"}]}}]}\n'

    assert _read(thought + parts, 1000) == [Chunk(thought=True), Chunk("hi")]


@pytest.mark.parametrize("bad", [b"{no", b"[1]", b"7", b"[" * 200_000, b"\xff"])
def test_what_is_no_object_is_unusable(bad: bytes) -> None:
    with pytest.raises(ModelAnswerUnusable) as refused:
        _read(b"data: " + bad + b"\n", 300_000)

    assert refused.value.__context__ is None


def test_a_line_without_end_is_too_large() -> None:
    with pytest.raises(ModelAnswerTooLarge):
        _read(b"data: " + b"x" * (MOST_LINE + 1), 65_536)
