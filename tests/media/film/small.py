"""
The worker with a quarter of the picture: for what is not about pictures.

Most of what a film costs is encoding. Who asks when there is a film, of whom and for
whom, has these made; what is seen in one is shown by the worker as it is
(`tests.media.film.watching`, `tests.proof`).
"""

import sys

from gatekeeper.media.film import cells


def halve() -> None:
    """Put everything at half of its place, before anything takes that over."""
    column = cells._column

    def half(beside: int) -> tuple[int, int]:
        width, columns = column(beside)
        return width // 2, columns

    cells.WIDTH, cells.HEIGHT = cells.WIDTH // 2, cells.HEIGHT // 2
    cells.WHOLE = cells.Cell(0, 0, cells.WIDTH, cells.HEIGHT)
    cells._GAP //= 2
    cells._column = half


if __name__ == "__main__":
    halve()

    from gatekeeper.media.film.__main__ import main

    sys.exit(main(sys.argv[1:]))
