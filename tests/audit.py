"""
The audit: whether anything is known against what the locks pin.

Asks OSV (https://google.github.io/osv.dev/post-v1-querybatch/) once for all packages of
Python and npm. Where it cannot be reached, that is said, and how old the locks are: if
nobody has looked at one for long, that is no fault of a machine without a network, so
it is a warning, and no more.

`python -m tests.audit` ends with 1 where something is known, and names it.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-speech.lock", "tests/requirements.lock")
NPM = "tests/js/package-lock.json"
ACCEPTED: Mapping[str, str] = {}
"""Advisories that do not concern us, by id, each with the reason."""

SERVICE = "https://api.osv.dev/v1/querybatch"
WITHIN = 3.0
"""Seconds for the connection, and for each read: nobody waits for an audit."""
MOST = 4 * 1024 * 1024
"""Bytes of an answer."""
OLD = 60
"""Days after which a lock should be resolved anew."""

Package = tuple[str, str, str]
"""Ecosystem, name, version."""


def pinned(root: Path) -> list[Package]:
    """What the locks below `root` pin, each once."""
    pin = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
    found = {
        ("PyPI", name, version)
        for lock in LOCKS
        for name, version in pin.findall((root / lock).read_text("utf-8"))
    }
    packages = json.loads((root / NPM).read_text("utf-8"))["packages"]
    found |= {
        ("npm", place.rpartition("node_modules/")[2], about["version"])
        for place, about in packages.items()
        if place
    }
    return sorted(found)


def resolved(root: Path) -> dict[str, date]:
    """When each lock was resolved. Raises `ValueError` for one that does not say."""
    found = {}
    for lock in LOCKS:
        text = (root / lock).read_text("utf-8")
        said = re.match(r"# Resolved on (\d{4}-\d\d-\d\d)\.\n", text)
        if said is None:
            raise ValueError(f"{lock} does not begin with: # Resolved on YYYY-MM-DD.")
        found[lock] = date.fromisoformat(said[1])
    return found


def ask(packages: Sequence[Package], service: str) -> list[list[str]]:
    """The ids of what is known against each. Raises `OSError`, `ValueError`."""
    asked = [
        {"package": {"ecosystem": of, "name": name}, "version": version}
        for of, name, version in packages
    ]
    request = urllib.request.Request(  # noqa: S310 - an address of ours
        service,
        json.dumps({"queries": asked}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310
        results = _results(json.loads(answer.read(MOST)))
    if len(results) != len(packages):
        raise ValueError("not an answer for each package")
    return results


def _results(answer: Any) -> list[list[str]]:
    try:
        return [
            [str(each["id"]) for each in result.get("vulns", ())]
            for result in answer["results"]
        ]
    except (AttributeError, KeyError, TypeError) as exc:
        raise ValueError("not an answer of OSV") from exc


def known(packages: Sequence[Package], ids: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line for each thing that is known and not accepted."""
    for (of, name, version), against in zip(packages, ids, strict=True):
        for advisory in against:
            if advisory not in ACCEPTED:
                yield f"{of} {name} {version}: https://osv.dev/{advisory}"


def audit(
    root: Path, service: str, today: date, say: Callable[[str], object] = print
) -> int:
    """Look, and say what there is. The exit code."""
    packages = pinned(root)
    ages = {lock: (today - day).days for lock, day in resolved(root).items()}
    try:
        found = list(known(packages, ask(packages, service)))
    except (OSError, ValueError) as exc:
        say(f"audit: {service} cannot be asked ({exc}); by the locks' own dates:")
        for lock, days in ages.items():
            if days > OLD:
                say(
                    f"audit: WARNING: {lock} was resolved {days} days ago. "
                    "Resolve it anew (CONTRIBUTING.md, Dependencies)."
                )
        if all(days <= OLD for days in ages.values()):
            say(f"audit: the oldest was resolved {max(ages.values())} days ago.")
        return 0
    for line in found:
        say(f"audit: {line}")
    if found:
        say(
            "audit: resolve the lock anew with a version that is mended; what does not "
            "concern us goes into ACCEPTED in tests/audit.py, with its reason."
        )
        return 1
    say(f"audit: nothing is known against {len(packages)} packages.")
    return 0


if __name__ == "__main__":
    sys.exit(audit(ROOT, SERVICE, datetime.now(UTC).date()))  # noqa: TID251
