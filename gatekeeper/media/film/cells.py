"""
Cells: where in the picture everything is.

Rule 1: pure, and in even numbers: colour has half the resolution (4:2:0).
Rule 2: cells do not overlap and do not leave the picture.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 1280, 720
_GAP = 8
_TWO_COLUMNS = 6
"""From more than this many beside on, they stand in two columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle in the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int


WHOLE = Cell(0, 0, WIDTH, HEIGHT)


def cells(*, large: bool, beside: int) -> list[Cell]:
    """The cells of a shot: first the large one, if any, then those beside it."""
    if not large:
        return grid(beside)
    if not beside:
        return [WHOLE]
    width, columns = _column(beside)
    rows = -(-beside // columns)
    height = _even(width * 9 / 16)
    left = WIDTH - columns * (width + _GAP)
    main = _even(left - 2 * _GAP)
    tall = min(_even(main * 9 / 16), HEIGHT)
    found = [Cell(_GAP, _even((HEIGHT - tall) / 2), main, tall)]
    top = _even((HEIGHT - rows * height - (rows - 1) * _GAP) / 2)
    for index in range(beside):
        column, row = divmod(index, rows)
        found.append(_beside(Cell(left, top, width, height), column, row))
    return found


def grid(count: int) -> list[Cell]:
    """Equal cells; a last row that is not full stands in the middle."""
    if count == 1:
        return [WHOLE]
    columns = next((n for n in (1, 2, 3) if n * n >= count), 4)
    rows = -(-count // columns) if count else 0
    wide = (WIDTH - _GAP * (columns + 1)) / columns
    high = (HEIGHT - _GAP * (rows + 1)) / max(1, rows)
    width = _even(min(wide, high * 16 / 9))
    height = _even(width * 9 / 16)
    top = _even((HEIGHT - rows * height - (rows - 1) * _GAP) / 2)
    found = []
    for index in range(count):
        row, column = divmod(index, columns)
        here = min(columns, count - row * columns)
        left = _even((WIDTH - here * width - (here - 1) * _GAP) / 2)
        found.append(_beside(Cell(left, top, width, height), column, row))
    return found


def _beside(first: Cell, column: int, row: int) -> Cell:
    """A cell like the `first` of a grid, so many columns and rows on."""
    x = first.x + column * (first.width + _GAP)
    y = first.y + row * (first.height + _GAP)
    return Cell(x, y, first.width, first.height)


def _column(beside: int) -> tuple[int, int]:
    """How wide a cell beside is, and how many columns there are."""
    if beside <= 4:
        return 300, 1
    return 200, 1 if beside <= _TWO_COLUMNS else 2


def _even(value: float) -> int:
    return int(value) // 2 * 2
