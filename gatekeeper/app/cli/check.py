"""`gatekeeper check`: all that is wrong with a configuration, or what it offers."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gatekeeper.app.cli.command import Commands, keys_given
from gatekeeper.app.engines import choose_engines
from gatekeeper.app.trial import every_problem
from gatekeeper.clock import Clock
from gatekeeper.config import offered
from gatekeeper.config.features import unjudged_in
from gatekeeper.config.load import read
from gatekeeper.config.problem import Problem


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check a configuration file")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    reading, keys = read(options.file), keys_given()
    problems = every_problem(reading, keys, Clock())
    if problems:
        _tell(problems, machine=options.json)
        return 2
    config = reading.whole()
    offers = offered(config, choose_engines(config, keys).runs)
    unable = {each.id: each.unavailable for each in offers if each.unavailable}
    unjudged = {name: unjudged_in(each) for name, each in config.features.items()}
    unjudged = {name: tags for name, tags in unjudged.items() if tags}
    if options.json:
        names = [each.id for each in offers]
        found = {"offers": names, "unable": unable, "unjudged": unjudged}
        _print({"good": True, "problems": [], **found})
        return 0
    listed = ", ".join(feature.id for feature in offers) or "none"
    print(f"{options.file}: good. Features on offer: {listed}.")  # noqa: T201
    for name, why in unable.items():
        print(f"{name} cannot run here. {why}")  # noqa: T201
    for own, tags in unjudged.items():
        print(  # noqa: T201
            f"Nobody has looked whether the words of {own} are fair in "
            f"{', '.join(tags)}: there is no word list."
        )
    return 0


def _tell(problems: list[Problem], *, machine: bool) -> None:
    if machine:
        _print({"good": False, "problems": [*map(_as_json, problems)]})
        return
    for problem in problems:
        print(problem, file=sys.stderr)  # noqa: T201
    if len(problems) > 1:
        print(f"{len(problems)} problems.", file=sys.stderr)  # noqa: T201


def _as_json(problem: Problem) -> dict[str, str | int | None]:
    at = problem.position
    return {
        "file": None if problem.file is None else str(problem.file),
        "line": None if at is None else at.line,
        "column": None if at is None else at.column,
        "key": problem.key,
        "problem": problem.said,
    }


def _print(said: dict[str, Any]) -> None:
    print(json.dumps(said, ensure_ascii=False, indent=1))  # noqa: T201
