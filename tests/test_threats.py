"""The threat model names tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAPER = (ROOT / "docs" / "threats.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAPER)


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_each_test_that_is_named_is_there() -> None:
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not (ROOT / file).is_file() or (name and name not in functions(ROOT / file))
    ]

    assert missing == []


def test_each_attack_and_each_flood_has_a_test() -> None:
    for heading in ("What stops what", "Floods"):
        (part,) = re.findall(rf"(?ms)^## {heading}\n(.*?)(?=^## )", PAPER)
        rows = [line for line in part.splitlines() if line.startswith("| ")]
        assert len(rows) > 10
        assert [row for row in rows[1:] if not re.search(r"`tests/\S+::", row)] == []


def test_no_test_file_is_named_without_its_test() -> None:
    assert [file for file, name in NAMED if not name] == []
