"""The page on security names a test that exists for each rule."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAPER = (ROOT / "docs" / "security.md").read_text("utf-8")
RULES = {int(number): row for row, number in re.findall(r"(?m)^(\| (\d+) .*)$", PAPER)}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_rule_has_its_row() -> None:
    assert list(RULES) == list(range(1, 21))


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_named_is_there(rule: int) -> None:
    named = NAMED.findall(RULES[rule])

    assert named
    assert [name for file, name in named if name not in _functions(ROOT / file)] == []


def _functions(file: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_where_it_is_decided_is_there() -> None:
    places = re.findall(r"`((?:\w+/)+[\w-]+\.(?:py|js))`", "".join(RULES.values()))

    assert len(places) > 15
    assert [
        place
        for place in places
        if not (ROOT / place).is_file() and not (ROOT / "gatekeeper" / place).is_file()
    ] == []
