import json
from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.assistant.model.endpoint import Endpoint
from gatekeeper.assistant.model.faults import ModelInputTooLong
from gatekeeper.assistant.model.request import (
    THINKING_TOKENS,
    Ask,
    Dialect,
    Form,
    Message,
    tokens,
)

ENDPOINT = Endpoint("http://localhost/v1", "m", context_tokens=8192)
RULES: Message = {"role": "system", "content": "Obey."}
WORDS: Message = {"role": "user", "content": "größer 👍"}
SCHEMA = {"type": "object"}


def _body(ask: Ask, dialect: Dialect | None = None) -> dict[str, Any]:
    body = (dialect or Dialect()).body(ask, ENDPOINT)
    return dict(json.loads(body))


def test_nothing_is_sent_that_was_not_asked_for() -> None:
    assert _body(Ask([RULES, WORDS], 100, 0.5)) == {
        "model": "m",
        "messages": [RULES, WORDS],
        "stream": True,
        "max_tokens": 100,
        "temperature": 0.5,
    }


def test_looser_forms_tell_the_schema_in_words() -> None:
    ask = Ask([RULES, WORDS], 100, 0, SCHEMA)
    strict, loose, plain = (_body(replace(ask, form=form)) for form in Form)

    assert strict["response_format"]["json_schema"]["schema"] == SCHEMA
    assert strict["messages"] == [RULES, WORDS]
    assert loose["response_format"] == {"type": "json_object"}
    assert "response_format" not in plain
    for body in (loose, plain):
        assert body["messages"][0]["content"].startswith("Obey.")
        assert json.dumps(SCHEMA) in body["messages"][0]["content"]
        assert body["messages"][1] == WORDS
    alone = _body(Ask([WORDS], 100, 0, SCHEMA, Form.PLAIN))
    assert [m["role"] for m in alone["messages"]] == ["system", "user"]


def test_a_model_that_thinks_gets_more_tokens_as_far_as_there_is_room() -> None:
    thinks = Dialect(thinks=True)

    assert _body(Ask([WORDS], 100, 0), thinks)["max_tokens"] == 100 + THINKING_TOKENS
    long: Message = {"role": "user", "content": "x" * 3 * 8000}
    assert _body(Ask([long], 100, 0), thinks)["max_tokens"] == 192


def test_what_does_not_fit_is_not_sent() -> None:
    long: Message = {"role": "user", "content": "x" * 3 * 8092}

    assert _body(Ask([long], 100, 0))["max_tokens"] == 100
    with pytest.raises(ModelInputTooLong):
        Dialect().body(Ask([long], 101, 0), ENDPOINT)
    with pytest.raises(ModelInputTooLong):
        Dialect().body(Ask([long], 100, 0, SCHEMA, Form.PLAIN), ENDPOINT)


def test_tokens_are_counted_pessimistically() -> None:
    assert tokens("") == 0
    assert tokens("four") == 2
    assert tokens("日本語") == 3
    assert tokens("\ud800") == 1
