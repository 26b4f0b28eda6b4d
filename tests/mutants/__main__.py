"""
`make mutants`: how many small mistakes the tests find; for the night.

`--sample n --seed s`: so many of each area, others with another seed. Without: all.
"""

import argparse
import random
import sys
import time
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.areas import Area, areas
from tests.mutants.mutations import Mutant, mutants
from tests.mutants.run import found, preload

LEAST = 0.95
"""The share of them that has to be found."""
PATIENCE = 5
"""Times as long as the tests take with the code as it is."""
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


@dataclass(slots=True)
class Result:
    """What became of one area's mutants."""

    tried: int = 0
    left: list[Mutant] = field(default_factory=list)

    @property
    def share(self) -> float:
        return 1 - len(self.left) / self.tried if self.tried else 1.0


def main() -> int:
    given = _given()
    preload()
    shares = [
        _try(name, area, given.sample, given.seed)
        for name, area in areas()
        if not given.area or name in given.area
    ]
    return 0 if min(shares) >= LEAST else 1


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--area", action="append", default=[])
    return parser.parse_args()


def _try(name: str, area: Area, sample: int, seed: int) -> float:
    known = equivalent()
    all_ = [mutant for path in area.modules for mutant in mutants(path)]
    if gone := outdated(area, all_, known):
        sys.exit(f"{EQUIVALENT}: there is no such mutant any more: {gone}")
    wanted = chosen([m for m in all_ if told(m) not in known], sample, seed)
    began = time.monotonic()
    if found(None, area.tests, 3600):
        sys.exit(f"{name}: its tests fail without any mutant")
    limit = PATIENCE * (time.monotonic() - began) + 10
    result = Result()
    for mutant in wanted:
        result.tried += 1
        if not found(mutant, area.tests_of(mutant.path), limit):
            result.left.append(mutant)
            _say(f"not found: {mutant}")
    _say(
        f"{name}: {result.tried - len(result.left)} of {result.tried} found, "
        f"{result.share:.1%}, in {time.monotonic() - began:.0f} s"
    )
    return result.share


def chosen(all_: list[Mutant], sample: int, seed: int) -> list[Mutant]:
    """Those that are tried: `sample` of them, or all if that is 0."""
    if not sample or sample >= len(all_):
        return all_
    return random.Random(seed).sample(all_, sample)  # noqa: S311 - not a secret


Told = tuple[str, str, str]
"""A mutant: its path, what it was, what it is."""


def told(mutant: Mutant) -> Told:
    """As the list of those that change nothing has it."""
    return str(mutant.path), mutant.was, mutant.now


def outdated(area: Area, all_: list[Mutant], known: Collection[Told]) -> list[Told]:
    """What is on that list, of an area's modules, and is no mutant any more."""
    paths, there = {str(path) for path in area.modules}, {told(m) for m in all_}
    return [each for each in known if each[0] in paths and each not in there]


def equivalent() -> set[Told]:
    """Mutants that do what the code does."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))
    return {
        (each["in"], each["was"], each["now"]) for each in listed.get("equivalent", ())
    }


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
