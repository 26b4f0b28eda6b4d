"""
Nothing else was kept: many meetings on the real server, every file decoded.

`python -m tests.proof --meetings 200` makes 200 scripts, the same ones for the same
`--seed`, and holds a meeting of each. One that fails prints what was wrong and its
script, which `--script FILE` holds again. The exit code is 1 if anything was kept that
not everybody had allowed, or if anything is missing that was to be kept.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import structlog

from gatekeeper.media.film.timeline import FPS
from tests.proof.many import AT_ONCE, Outcome, prove
from tests.proof.script import Script, read
from tests.proof.strategy import some

KILLED_EVERY = 10
"""Of so many meetings, in one the server is killed, and in one its clock is set."""
FILM_OF_EVERY = 5
ODD = 0.15
"""Seconds: delays of more than that are told, though they break no rule."""


def main() -> int:
    options = _parser().parse_args()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
    )
    scripts = _scripts(options)
    _print(f"{len(scripts)} meetings of seed {options.seed}, {options.at_once} at once")
    began = time.monotonic()
    outcomes: list[Outcome] = []

    def told(outcome: Outcome) -> None:
        outcomes.append(outcome)
        _print(_line(len(outcomes), len(scripts), outcome))

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(
            prove(
                Path(folder),
                scripts,
                at_once=options.at_once,
                films=options.films,
                told=told,
            )
        )
    _print(table(outcomes, time.monotonic() - began))
    return 1 if any(outcome.violation for outcome in outcomes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.proof")
    parser.add_argument("--meetings", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, metavar="N")
    parser.add_argument(
        "--films",
        type=int,
        default=FILM_OF_EVERY,
        metavar="N",
        help="look at the film of every Nth meeting; 0: of none",
    )
    parser.add_argument("--script", type=Path, metavar="FILE")
    return parser


def _scripts(options: argparse.Namespace) -> list[Script]:
    if options.script is not None:
        return [read(options.script.read_text("utf-8"))]
    return chosen(options.meetings, options.seed)


def chosen(meetings: int, seed: int) -> list[Script]:
    """
    That many scripts; the same for the same seed.

    In some the server is killed, in some its clock is set.
    """
    count = meetings // KILLED_EVERY
    scripts = some(meetings - 2 * count, number=seed)
    killed = some(count, number=seed, killed=True)
    jumping = some(count, number=seed, jumps=True)
    for number, two in enumerate(zip(jumping, killed, strict=True)):
        place = (number + 1) * KILLED_EVERY - 2
        scripts[place:place] = two
    return scripts


def _line(number: int, meetings: int, outcome: Outcome) -> str:
    head = f"{number:4} of {meetings}  "
    if outcome.verdict is None:
        return f"{head}VIOLATION\n\n{outcome.violation}\n"
    found = outcome.verdict
    more = ", killed" if outcome.script.killed else ""
    more += ", clock set" if outcome.script.jumps else ""
    if found.film is not None:
        more += f", film of {found.film.pictures / FPS:.1f} s"
    if found.drift > ODD:
        more += f", a file's time off by {1000 * found.drift:.0f} ms"
    if found.late > ODD:
        more += f", a ping of {1000 * found.late:.0f} ms"
    return (
        f"{head}{found.openings} openings, {found.files} files, "
        f"{found.pictures} pictures, {found.sounds} windows, {found.fed} fed{more}"
    )


def table(outcomes: Sequence[Outcome], seconds: float) -> str:
    """The sums, for a reader."""
    verdicts = [o.verdict for o in outcomes if o.verdict is not None]
    films = [v.film for v in verdicts if v.film is not None]
    rows = [
        ("meetings", str(len(outcomes))),
        ("of them with a kill", str(sum(o.script.killed for o in outcomes))),
        ("of them with clock jumps", str(sum(o.script.jumps for o in outcomes))),
        ("violations", str(len(outcomes) - len(verdicts))),
        ("openings", str(sum(v.openings for v in verdicts))),
        ("files", str(sum(v.files for v in verdicts))),
        ("files given to somebody", str(sum(v.served for v in verdicts))),
        ("files kept from somebody", str(sum(v.shared for v in verdicts))),
        ("pictures attributed", str(sum(v.pictures for v in verdicts))),
        ("of them of screens", str(sum(v.screens for v in verdicts))),
        ("20 ms of sound attributed", str(sum(v.sounds for v in verdicts))),
        ("of it played on screens", str(sum(v.played for v in verdicts))),
        ("words written down", str(sum(v.words for v in verdicts))),
        ("words told to somebody", str(sum(v.told for v in verdicts))),
        ("packets fed to a machine", str(sum(v.fed for v in verdicts))),
        ("unattributable", str(sum(v.untold for v in verdicts))),
        ("longest overhang", _ms(v.overhang for v in verdicts)),
        ("slowest answer to a ping", _ms(v.late for v in verdicts)),
        ("file's time off by at most", _ms(v.drift for v in verdicts)),
        ("films", str(len(films))),
        ("pictures in films", str(sum(film.pictures for film in films))),
        ("20 ms of sound in films", str(sum(film.sounds for film in films))),
        ("longest overhang in films", _ms(film.overhang for film in films)),
        ("time", f"{seconds:.0f} s"),
    ]
    return "\n".join(f"{name:28}{value:>10}" for name, value in rows)


def _ms(seconds: Iterable[float]) -> str:
    return f"{1000 * max(seconds, default=0):.0f} ms"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
