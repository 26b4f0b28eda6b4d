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


async def test_nothing_is_kept_that_not_everybody_had_allowed(tmp_path: Path) -> None:
    scripts: list[Script] = [read(KILLED), *some(5, number=SEED)]
    scripts.insert(3, read(OUT_FOR_A_MOMENT))
    outcomes = await prove(tmp_path, scripts, films=3)

    for outcome in outcomes:
        if outcome.violation is not None:
            raise outcome.violation
    verdicts = [outcome.verdict for outcome in outcomes if outcome.verdict]
    films = [verdict.film for verdict in verdicts if verdict.film]
    print(table(outcomes, 0))  # noqa: T201 - for `pytest -s`
    assert len(verdicts) == 7
    assert sum(verdict.sounds for verdict in verdicts) > 200
    assert sum(verdict.pictures for verdict in verdicts) > 40
    assert len(films) == 3
    assert all(film.seen and film.heard for film in films)
