"""Every row of the fairness list that can be run is carried by a test's name."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROWS = [
    *(f"C{number}" for number in range(1, 12)),
    *(f"K{number}" for number in range(1, 7)),
    *(f"W{number}" for number in range(1, 6)),
    *(f"P{number}" for number in range(1, 4)),
    *(f"A{number}" for number in range(1, 7)),
    *(f"M{number}" for number in range(1, 4)),
]


def carried() -> set[str]:
    """The ids in the names of all tests."""
    sources = [file.read_text("utf-8") for file in TESTS.rglob("test_*.py")]
    names = [name for text in sources for name in re.findall(r"def (test_\w+)", text)]
    return {part for name in names for part in name.split("_") if part in ROWS}


def test_every_row_has_a_test_that_carries_its_id() -> None:
    assert [row for row in ROWS if row not in carried()] == []
