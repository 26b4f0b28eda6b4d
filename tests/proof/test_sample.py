"""
A few meetings of the proof, in every run of the tests; `make proof` holds many.

Real participants on the real server, and every file decoded afterwards.
"""

from pathlib import Path

from tests.proof.__main__ import table
from tests.proof.many import prove
from tests.proof.script import Script, read
from tests.proof.strategy import some

SEED = 20
KILLED = """
impolite: Ines
Mara joins and allows
Ines joins and allows
Mara asks for recording
the server is killed
Ines joins and allows
Mara joins
Mara asks for recording
Mara allows
Ines refuses
Mara ends the meeting
"""
OUT_FOR_A_MOMENT = """
Mara joins and allows
Ines joins and allows
Tomas joins and allows
Mara asks for recording
Tomas leaves
Tomas joins and allows
Mara ends the meeting
"""
"""A film must not show the last picture of somebody who is out of the room."""
ALL_AT_ONCE = """
Mara joins and allows everything
Ines joins and allows everything
Mara asks for transcript
Ines shares their screen
Mara asks for recording
Mara asks for training
Ines refuses training
Tomas joins and allows everything
Tomas shares their screen
the clock jumps ahead
Mara asks for recording
Mara asks for notes
Tomas leaves
the clock jumps back
Mara ends the meeting
"""
"""Several features, screens, words, people who come and go, and a clock that is set."""


async def test_nothing_is_kept_that_not_everybody_had_allowed(tmp_path: Path) -> None:
    scripts: list[Script] = [read(KILLED), *some(3, number=SEED)]
    scripts.insert(3, read(OUT_FOR_A_MOMENT))
    scripts.append(read(ALL_AT_ONCE))
    outcomes = await prove(tmp_path, scripts, at_once=6, films=3)

    for outcome in outcomes:
        if outcome.violation is not None:
            raise outcome.violation
    verdicts = [outcome.verdict for outcome in outcomes if outcome.verdict]
    films = [verdict.film for verdict in verdicts if verdict.film]
    print(table(outcomes, 0))  # noqa: T201 - for `pytest -s`
    assert len(verdicts) == 6
    assert sum(verdict.sounds for verdict in verdicts) > 200
    assert sum(verdict.pictures for verdict in verdicts) > 40
    assert sum(verdict.screens for verdict in verdicts) > 4
    assert sum(verdict.played for verdict in verdicts) > 20
    assert sum(verdict.words for verdict in verdicts) > 0
    assert sum(verdict.told for verdict in verdicts) > 0
    assert sum(verdict.fed for verdict in verdicts) > 40
    assert len(films) == 2
    assert all(film.seen and film.heard for film in films)
