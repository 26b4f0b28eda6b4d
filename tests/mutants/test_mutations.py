"""The mistakes that are made: those of a hand, one at a time, and no others."""

from pathlib import Path

import pytest

from tests.mutants.mutations import mutants


def changed(tmp_path: Path, source: str) -> set[tuple[str, str]]:
    """What stands in a line instead of what, in every mutant of a module."""
    path = tmp_path / "module.py"
    path.write_text(source)
    found = list(mutants(path))
    for mutant in found:
        compile(mutant.module, "module.py", "exec")
        assert mutant.line == 1
    told = {(mutant.was, mutant.now) for mutant in found}
    assert len(told) == len(found)
    return told


@pytest.mark.parametrize(
    ("source", "instead"),
    [
        ("x = a < b", {"x = a <= b"}),
        ("x = a is b", {"x = a is not b"}),
        ("x = a in b", {"x = a not in b"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = a - b", {"x = a + b", "x = a & b"}),
        ("x = a | b", {"x = a & b"}),
        ("x = 7", {"x = 8"}),
        ("x = True", {"x = False"}),
        ("x = 'word'", {"x = 'word!'"}),
        ("x = any(a)", {"x = all(a)"}),
        ("x = f(a=b)", {"x = f()"}),
        ("x = [a, *b]", {"x = [*b]", "x = [a]"}),
        ("x = [a for a in b if a]", {"x = [a for a in b]"}),
        ("f(a)", {""}),
        ("a.b = c", {""}),
        ("del a", {""}),
        ("raise a", {""}),
        ("a += b", {"a -= b", ""}),
        ("x = a if b else c", {"x = a if not b else c"}),
    ],
)
def test_each_mistake_that_a_hand_makes_is_made(
    tmp_path: Path, source: str, instead: set[str]
) -> None:
    assert changed(tmp_path, source) == {(source, now) for now in instead}


@pytest.mark.parametrize(
    "source",
    [
        '"""What this is."""',
        "x: int",
        "x = y",
        "x = 'words for people'",
        "log.info('word', room=1)",
        "assert x == 1",
        "X = NewType('X', str)",
        "x = Mapping['a', 'b']",
        "import a",
    ],
)
def test_what_no_test_should_depend_on_is_left_alone(
    tmp_path: Path, source: str
) -> None:
    assert changed(tmp_path, source) == set()


def test_the_head_of_a_statement_is_told_without_what_is_in_it(tmp_path: Path) -> None:
    told = changed(tmp_path, "if a: f()")

    assert told == {("if a:", "if not a:"), ("f()", "")}


def test_a_function_that_returns_something_returns_nothing(tmp_path: Path) -> None:
    told = changed(tmp_path, "def f(): return a")

    assert told == {("return a", "return None")}
