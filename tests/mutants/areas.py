"""The modules that decide and prove, and which tests have to find mistakes in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GATEKEEPER = Path("gatekeeper")
TESTS = Path("tests")


@dataclass(frozen=True, slots=True)
class Area:
    """Modules, and the tests of their own folder: quick ones first."""

    modules: tuple[Path, ...]
    tests: tuple[Path, ...]

    def tests_of(self, module: Path) -> list[Path]:
        """All of them; those of the module itself are the likeliest to find it."""
        own = f"test_{module.stem}"
        return sorted(self.tests, key=lambda path: path.stem != own)


def _of(folder: str, *names: str) -> tuple[Path, ...]:
    return tuple(GATEKEEPER / folder / f"{name}.py" for name in names)


def _tests(folder: str, *last: str) -> tuple[Path, ...]:
    """Every test file of a folder; `last`: those that take long."""

    def slow(path: Path) -> tuple[bool, str]:
        return path.stem in last, path.stem

    return tuple(sorted((TESTS / folder).glob("test_*.py"), key=slow))


def areas() -> Iterator[tuple[str, Area]]:
    """All of them, by name."""
    yield (
        "consent",
        Area(
            tuple(sorted((GATEKEEPER / "consent").glob("[a-z]*.py"))),
            # The digests of all built-in notices are held by the last one.
            (
                *_tests("consent", "test_gate_exhaustive", "test_gate_property"),
                *TESTS.glob("test_locales.py"),
                TESTS / "test_outside.py",
            ),
        ),
    )
    yield (
        "gating",
        Area(
            tuple(sorted((GATEKEEPER / "gating").glob("[a-z]*.py"))),
            _tests("gating"),
        ),
    )
    yield (
        "evidence",
        Area(
            _of("evidence", *["audit", "chain", "edwards", "entries", "key"])
            + _of("evidence", *["receipt", "row", "state", "statement"]),
            _tests("evidence", "test_crash", "test_ledger_failing"),
        ),
    )


if __name__ == "__main__":  # for `make coverage`, which holds the same modules to 100 %
    print(*(path for _, area in areas() for path in area.modules), sep=",")  # noqa: T201
