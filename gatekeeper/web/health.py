"""
Health: whether this process lives, and whether it can do its work.

`/healthz` says that the process answers: restart it if it does not. `/readyz` says
whether a meeting could be held and proved: send nobody here while it cannot.

Rule: it tells which part is at fault, and nothing of what is on the machine or in a
room. However often somebody asks, it is looked at once in a while.
"""

import asyncio
import math
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from gatekeeper.evidence.ledger import Ledger
from gatekeeper.web.handlers import Handlers

_DAMAGED = (
    "Something on record does not verify. Nothing starts in that meeting; others go "
    "on. `gatekeeper verify` says which, and what; the server's log has it, too."
)
FRESH = 5.0
"""Seconds for which what was found is told again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the server that must be well."""

    name: str
    well: bool
    fix: str
    """A sentence for whoever runs the server."""
    needed: bool = True
    """Whether no meeting could be held and proved without it."""
    about: tuple[str, ...] = ()
    """Meetings by their ids, for whoever runs the server alone."""


class Health:
    """Looks after the ledger, the disk and the keys."""

    def __init__(
        self,
        ledger: Ledger,
        data: Path,
        keys: Sequence[Path],
        *,
        listed: Callable[[], Awaitable[bool]],
        damaged: Callable[[], Sequence[str] | None],
        reserve: int,
        monotonic: Callable[[], float],
    ) -> None:
        """
        `keys`: files without which it would not start again; `reserve` in bytes.

        `listed`: whether all deletions are on the list outside, after another try.
        `damaged`: meetings whose chain did not verify when all was last audited; none
        may be, and something else not as it was. None: all is well.
        """
        self._damaged = damaged
        self._listed = listed
        self._ledger = ledger
        self._data = data
        self._keys = keys
        self._reserve = reserve
        self._monotonic = monotonic
        self._looking = asyncio.Lock()
        self._found: tuple[Part, ...] = ()
        self._found_at = -math.inf

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[Health]") -> None:
        """Serve both."""

        async def alive(request: web.Request) -> web.Response:
            return web.json_response({"alive": True})

        app.router.add_get("/healthz", alive)
        app.router.add_get("/readyz", here(Health.ready))

    async def ready(self, request: web.Request) -> web.Response:
        """200 if everything is well, else 503 with what is not."""
        ill = [part for part in await self.parts() if part.needed and not part.well]
        return web.json_response(
            {
                "ready": not ill,
                "causes": [{"part": part.name, "fix": part.fix} for part in ill],
            },
            status=503 if ill else 200,
        )

    async def parts(self) -> tuple[Part, ...]:
        """Every part, as it was found at most `FRESH` seconds ago."""
        async with self._looking:
            now = self._monotonic()
            if now - self._found_at >= FRESH:
                self._found = (
                    await self._look_at_ledger(),
                    *await asyncio.to_thread(self._look_at_files),
                    await self._look_at_list(),
                    self._look_at_evidence(),
                )
                self._found_at = now
            return self._found

    async def _look_at_ledger(self) -> Part:
        return Part(
            "ledger",
            await self._ledger.probe(),
            "The ledger cannot be written. Look at the disk and at the server's log.",
        )

    async def _look_at_list(self) -> Part:
        return Part(
            "deletions",
            await self._listed(),
            "The list of deletions (backup.deletions) cannot be written, so a restore "
            "would bring back what is deleted now. Look at that disk.",
        )

    def _look_at_evidence(self) -> Part:
        found = self._damaged()
        about = tuple(sorted(found or ()))
        return Part("evidence", found is None, _DAMAGED, needed=False, about=about)

    def _look_at_files(self) -> tuple[Part, Part]:
        return (
            Part(
                "disk",
                self._has_space(),
                "The disk has less free than data.reserve_mb: nothing starts to "
                "record. Make room, or lower the reserve.",
            ),
            Part(
                "keys",
                all(map(_is_readable, self._keys)),
                "A key file is gone or cannot be read. Restore it from a backup before "
                "the server is started again.",
            ),
        )

    def _has_space(self) -> bool:
        try:
            return shutil.disk_usage(self._data).free >= self._reserve
        except OSError:
            return False


def _is_readable(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False
