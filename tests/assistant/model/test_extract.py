import json

import pytest

from gatekeeper.assistant.model.extract import json_object


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"b": [1]}}',
        'Sure! Here it is:\n```json\n{"a": {"b": [1]}}\n```\nAnything else?',
        'With {braces} and {"x": 1} before {"a": {"b": [1]}} and } after',
    ],
)
def test_the_object_is_found(text: str) -> None:
    found = json_object(text)

    assert found is not None
    assert json.loads(found) == {"a": {"b": [1]}}


@pytest.mark.parametrize(
    "text", ["", "no", "[1, 2]", '{"a": 1', "{a: 1}", "{" * 100_000]
)
def test_what_is_no_object_is_none(text: str) -> None:
    assert json_object(text) is None


@pytest.mark.timeout(10)  # it takes 0.1 s, or hours where every brace costs a pass
def test_no_text_takes_long() -> None:
    assert json_object('{"a":[1],"b":' * 50_000) is None
