"""The machine: what a server stands on there. Nothing is made or written."""

import os
import resource
import shutil
import stat
from collections.abc import Callable
from json import JSONDecodeError, loads
from pathlib import Path

from gatekeeper.app.doctor.configuration import problems
from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.config import Config
from gatekeeper.evidence import gate_key
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.meeting import capabilities
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.directory import KEYS, LEDGER, LOCK
from gatekeeper.web.reception import KEPT_BACK, LEAST

MEGABYTE = 1_000_000


def is_anothers(data: Path) -> bool:
    """Whether another account works there than the one that looks."""
    return data.exists() and data.stat().st_uid != os.geteuid()


def look_at_directory(data: Path) -> list[Finding]:
    """Whether the server can write there, and nobody else can look."""
    if not data.exists():
        return [skipped(f"{data} is not there yet: the first start makes it.")]
    if not data.is_dir():
        return [fault(f"{data} is no folder.", "Name another data.directory.")]
    status = data.stat()
    if is_anothers(data):
        return [
            warning(
                f"{data} belongs to account number {status.st_uid}, and this is "
                "another: what that one may do was not looked at.",
                "Run the doctor as the server's account, as in: sudo -u gatekeeper "
                "gatekeeper doctor ...",
            )
        ]
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return [
            fault(
                f"{data} cannot be written by this account.",
                f"Give it to the server's account: chown -R gatekeeper {data}",
            )
        ]
    if mode := stat.S_IMODE(status.st_mode) & 0o077:
        return [
            fault(
                f"Others can look into {data} (mode {mode:03o} beside its owner's).",
                f"Run: chmod go= {data}",
            )
        ]
    return [ok(f"{data} can be written, and nobody else can look into it.")]


def look_at_disk(config: Config) -> list[Finding]:
    """Whether there is room to record."""
    place = config.data.directory.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free // MEGABYTE
    reserve = config.data.reserve_mb
    said = f"{free} MB are free at {place}, and data.reserve_mb is {reserve}"
    if free < reserve:
        return [
            fault(
                f"{said}: nothing starts to record.",
                "Make room on that disk, or lower data.reserve_mb.",
            )
        ]
    if free < 2 * reserve:
        return [warning(f"{said}: that is soon reached.", "Make room on that disk.")]
    return [ok(f"{said}.")]


def look_at_keys(data: Path) -> list[Finding]:
    """Whether the keys are those that there were; they are read, and never made."""
    if not (data / LEDGER).exists():
        return [skipped("There is no ledger yet: the first start makes keys with it.")]
    folder = data / KEYS
    looks: list[Callable[[], object]] = [
        lambda: PageCapabilities.load(folder, first=False)
    ]
    if (folder / gate_key.PUBLIC).exists() or not (folder / gate_key.FILE).exists():
        # Else loading it would write down which it is.
        looks.append(lambda: GateKey.load(folder, first=False))
    found = [each for look in looks for each in problems(look)]
    names = f"{gate_key.FILE} and {capabilities.FILE}"
    return found or [ok(f"{names} are there, and for this account alone.")]


def look_at_descriptors(config: Config) -> list[Finding]:
    """Whether as many people may come as are meant to."""
    wanted = config.limits.connections + KEPT_BACK
    running = _limit_of_server(config.data.directory / LOCK)
    whose = "the server" if running else "a process of this account"
    most = running or resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    fix = f"Say LimitNOFILE={wanted} in its systemd unit, or run: ulimit -n {wanted}"
    if most == resource.RLIM_INFINITY or most >= wanted:
        return [ok(f"Enough for limits.connections: {whose} may have {wanted} files.")]
    cause = (
        f"Of {whose} at most {most} files may be open, and limits.connections needs "
        f"{wanted}"
    )
    if most < KEPT_BACK + LEAST:
        return [fault(f"{cause}: it does not start.", fix)]
    return [warning(f"{cause}: fewer people may come at once.", fix)]


def _limit_of_server(lock: Path) -> int | None:
    """How many files the server that runs may have open, where that can be read."""
    try:
        pid = int(loads(lock.read_bytes())["pid"])
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines():
            if line.startswith("Max open files"):
                return int(line.split()[4])
    except (OSError, JSONDecodeError, ValueError, KeyError, TypeError, IndexError):
        pass
    return None
