from itertools import combinations

import pytest

from gatekeeper.media.film.cells import HEIGHT, WHOLE, WIDTH, Cell, cells
from gatekeeper.media.film.shots import MOST

KINDS = [
    *((False, count) for count in range(1, MOST + 1)),
    *((True, count) for count in range(MOST + 1)),
]


def apart(a: Cell, b: Cell) -> bool:
    return (
        a.x + a.width <= b.x
        or b.x + b.width <= a.x
        or a.y + a.height <= b.y
        or b.y + b.height <= a.y
    )


@pytest.mark.parametrize(("large", "beside"), KINDS)
def test_cells_lie_in_the_picture_side_by_side(large: bool, beside: int) -> None:
    found = cells(large=large, beside=beside)

    assert len(found) == beside + large
    assert all(apart(a, b) for a, b in combinations(found, 2))
    for cell in found:
        assert 0 <= cell.x < cell.x + cell.width <= WIDTH
        assert 0 <= cell.y < cell.y + cell.height <= HEIGHT
        assert all(n % 2 == 0 for n in (cell.x, cell.y, cell.width, cell.height))
        assert cell.width / cell.height == pytest.approx(16 / 9, rel=0.03)


def test_one_alone_has_the_whole_picture() -> None:
    assert cells(large=False, beside=1) == cells(large=True, beside=0) == [WHOLE]


@pytest.mark.parametrize("beside", range(1, MOST + 1))
def test_the_large_one_is_larger_than_any_other(beside: int) -> None:
    large, *others = cells(large=True, beside=beside)

    assert all(large.width > 2.5 * other.width for other in others)
    assert large.width * large.height > 0.4 * WIDTH * HEIGHT


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_equals_are_of_equal_size_and_readable(count: int) -> None:
    found = cells(large=False, beside=count)

    assert len({(cell.width, cell.height) for cell in found}) == 1
    assert found[0].width >= 300


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_equals_are_read_as_a_text_is(count: int) -> None:
    """From left to right and then down; only the last row may not be full."""
    found = cells(large=False, beside=count)
    rows = [[c for c in found if c.y == y] for y in sorted({c.y for c in found})]

    assert [cell for row in rows for cell in sorted(row, key=lambda c: c.x)] == found
    assert {len(row) for row in rows[:-1]} <= {max(map(len, rows))}
    for row in rows:
        assert row[0].x + row[-1].x + row[-1].width == pytest.approx(WIDTH, abs=4)
    assert len(rows[0]) >= len(rows)


@pytest.mark.parametrize("beside", range(1, MOST + 1))
def test_those_beside_stand_from_top_to_bottom(beside: int) -> None:
    _, *others = cells(large=True, beside=beside)

    assert sorted(others, key=lambda cell: (cell.x, cell.y)) == others
