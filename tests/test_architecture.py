"""docs/architecture.md leads where it says: to files and functions that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
FILES = sorted(set(re.findall(r"`([a-z_.]+/[\w./-]+\.(?:py|js|md|toml))`", PAGE)))
STEPS = re.findall(r"^\| `([\w./-]+)` \| `([\w.]+)` \|", PAGE, re.MULTILINE)
FOLDERS = re.findall(r"`((?:[a-z_]+/)+)`", PAGE)


def found(path: str) -> Path:
    for where in (ROOT / "gatekeeper" / path, ROOT / path):
        if where.exists():
            return where
    raise AssertionError(f"docs/architecture.md names {path}, which is not there")


def names(tree: ast.AST, within: str = "") -> set[str]:
    """Classes and functions of a file, and what is in classes as `Class.name`."""
    held: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            held |= {node.name, *names(node, f"{node.name}.")}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            held.add(f"{within}{node.name}")
    return held


@pytest.mark.parametrize("path", [*FILES, *dict.fromkeys(FOLDERS)])
def test_every_file_is_there(path: str) -> None:
    if path.count("/") == 1 and path.endswith("/"):
        return  # a folder beside the one that the sentence is about
    found(path)


@pytest.mark.parametrize("step", STEPS, ids=".".join)
def test_every_step_of_a_journey_is_there(step: tuple[str, str]) -> None:
    path, name = step
    text = found(path).read_text("utf-8")
    if path.endswith(".py"):
        assert name in names(ast.parse(text))
    else:
        assert re.search(rf"\b{name}\b", text)


def test_the_page_tells_journeys_and_every_room() -> None:
    rooms = {
        folder.name
        for folder in (ROOT / "gatekeeper").iterdir()
        if (folder / "__init__.py").exists()
    }
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert rooms <= told
    assert len(STEPS) > 30


def test_no_module_is_longer_than_350_lines() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "gatekeeper").rglob("*.py")
        if path.parent.name != "standalone"  # one file, to be handed on
    }
    assert len(lines) > 300
    assert {path: count for path, count in lines.items() if count > 350} == {}
