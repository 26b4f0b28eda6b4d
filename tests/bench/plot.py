"""A plot of the benchmark `cameras`, as SVG: plain text, read in light and dark."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

WIDTH, HEIGHT = 760, 350
TOP, BOTTOM = 72, 276
PANELS = ((64, 356), (436, 728))
"""From and to, left to right."""
STEPS = 4
"""Lines of the grid above the axis."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #57606a }
.title { font-size: 16px; font-weight: 600; fill: #1f2328 }
.name { font-weight: 600; fill: #1f2328 }
.grid { stroke: #8c959f; stroke-opacity: .35 }
.axis { stroke: #6e7781 }
.line { fill: none; stroke: #0969da; stroke-width: 2 }
.point { fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #9da7b1 }
.title, .name { fill: #e6edf3 }
.line { stroke: #58a6ff }
.point { fill: #58a6ff }
}
"""
TITLE = "Recording: processor and memory against the number of cameras"

BELOW = "each camera 1280x720, 30 frames/s, VP8 at 1.5 Mbit/s, and a microphone"


def cameras(series: Sequence[dict[str, Any]]) -> str:
    """Two panels: CPU on the left, memory on the right."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(TITLE)}</title>',
        f'<desc id="desc">{escape(_description(series))}</desc>',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{PANELS[0][0]}" y="24">{escape(TITLE)}</text>',
        *_panel(PANELS[0], series, "cpu_percent", "CPU, % of one core"),
        *_panel(PANELS[1], series, "rss_mb", "Memory (RSS), MB"),
        _text(BELOW, WIDTH / 2, HEIGHT - 12, "middle"),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _description(series: Sequence[dict[str, Any]]) -> str:
    rows = "; ".join(
        f"{row['cameras']}: {row['cpu_percent']:.1f} %, {row['rss_mb']:.0f} MB"
        for row in series
    )
    return (
        "Two line charts of one recording process: CPU in percent of one core, and "
        f"memory, by number of cameras: {rows}."
    )


def _panel(
    sides: tuple[int, int], series: Sequence[dict[str, Any]], key: str, name: str
) -> Iterator[str]:
    left, right = sides
    most = max(row["cameras"] for row in series)
    step = _step(max(row[key] for row in series))

    def x(count: float) -> float:
        at: float = left + (right - left) * count / most
        return round(at, 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / (STEPS * step), 1)

    yield f'<text class="name" x="{left}" y="54">{escape(name)}</text>'
    for number in range(STEPS + 1):
        value = number * step
        kind = "grid" if number else "axis"
        yield f'<path class="{kind}" d="M{left} {y(value)}H{right}"/>'
        yield _text(f"{value:g}", left - 8, y(value) + 4, "end")
    for row in series:
        count, value = row["cameras"], row[key]
        yield _text(f"{count}", x(count), BOTTOM + 20, "middle")
        yield (
            f'<circle class="point" cx="{x(count)}" cy="{y(value)}" r="4">'
            f"<title>{count} cameras: {value:g}</title></circle>"
        )
    points = " ".join(f"{x(row['cameras'])},{y(row[key])}" for row in series)
    yield f'<polyline class="line" points="{points}"/>'
    last = series[-1]
    yield _text(f"{last[key]:.1f}", x(last["cameras"]), y(last[key]) - 10, "end")
    yield _text("cameras", (left + right) / 2, BOTTOM + 42, "middle")


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _step(highest: float) -> float:
    """A round number; `STEPS` of it reach `highest`."""
    step, digits = 1.0, (1, 2, 2.5, 5, 10)
    while step * 10 * STEPS <= highest:
        step *= 10
    return next((d * step for d in digits if d * step * STEPS >= highest), 10 * step)
