"""The wire: `tests/wire/messages.json` holds this side and the client's together."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from gatekeeper import wire

EXAMPLES = json.loads(
    (Path(__file__).parent.parent / "wire" / "messages.json").read_text("utf-8")
)


def types(union: Any) -> set[str]:
    """The tags of an annotated union of messages."""
    (members, *_) = get_args(union)
    return {member.model_fields["type"].default for member in get_args(members)}


@pytest.mark.parametrize("frame", EXAMPLES["client"], ids=lambda f: f["type"])
def test_what_a_client_says_is_understood(frame: dict[str, Any]) -> None:
    message = wire.parse(json.dumps(frame))

    assert message.type == frame["type"]


@pytest.mark.parametrize("frame", EXAMPLES["server"], ids=lambda f: f["type"])
def test_what_the_server_says_reads_as_it_was_written(frame: dict[str, Any]) -> None:
    message = wire.SERVER.validate_json(json.dumps(frame))

    assert json.loads(message.model_dump_json()) == frame


def test_every_message_has_an_example() -> None:
    for side, union in (
        ("client", wire.ClientMessage),
        ("server", wire.ServerMessage),
    ):
        assert {frame["type"] for frame in EXAMPLES[side]} == types(union)
