"""What the documentation says was measured is what was measured."""

import json
import re
from pathlib import Path

import pytest

from tests.bench.table import RESULTS, TARGETS

DOCS = Path(__file__).parent.parent / "docs" / "measured.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\d.,]+) \| ([^|]*)\|", re.MULTILINE)
ROWS = {name: (read, aim.strip()) for name, read, aim in ROW.findall(DOCS.read_text())}
MEASURED = json.loads(RESULTS.read_text("utf-8"))


def test_every_result_has_its_row() -> None:
    assert ROWS.keys() == MEASURED.keys() == TARGETS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_a_row_has_the_value_and_the_aim_of_its_benchmark(name: str) -> None:
    read, aim = ROWS[name]
    digits = len(read.partition(".")[2])

    assert f"{MEASURED[name]['value']:,.{digits}f}" == read
    assert aim == str(TARGETS[name] or "")
