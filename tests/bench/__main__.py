"""
`python -m tests.bench [--only NAME,NAME]`: measure, print a table, write results.json.

A name is a result's or a module's. Both sides of every ratio are measured in one run.
"""

import argparse
import importlib
import sys
import time

from tests.bench import table


def main() -> int:
    """Run what was asked for; 2 if a name is unknown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", default="", metavar="NAME,NAME")
    names = [n.strip() for n in parser.parse_args().only.split(",") if n.strip()]
    try:
        modules = table.chosen(names)
    except KeyError as exc:
        known = ", ".join([*table.BENCHMARKS, *table.TARGETS])
        say(f"There is no benchmark {exc.args[0]}. There are: {known}.", sys.stderr)
        return 2
    results: dict[str, table.Result] = {}
    for module in modules:
        say(f"{module} ...", sys.stderr)
        began = time.monotonic()
        found = importlib.import_module(f"tests.bench.{module}").run()
        say(f"{module}: {time.monotonic() - began:.0f} s", sys.stderr)
        table.keep(found)
        results |= found
    for name, result in results.items():
        say(table.line(name, result))
    return 0


def say(text: str, to: object = None) -> None:
    """Print at once, so that progress is seen while it is made."""
    print(text, file=to or sys.stdout, flush=True)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
