"""
Whether the server is well: its parts, the doctor's last word, and the file's.

Rule 1: one examination at a time, within its time, whoever waits for it or does not.
Rule 2: it looks at this very server: nobody has it look at another one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import Literal

import structlog
from aiohttp import web

from gatekeeper.web.admin.faults import DoctorBusy
from gatekeeper.web.health import Health
from gatekeeper.web.shape import Instant, Shape, said

log = structlog.get_logger(__name__)

WITHIN = 120.0
"""Seconds for a whole examination."""
MOST = 200
"""Findings that are kept."""

Grade = Literal["ok", "warning", "fault", "skipped"]


class PartState(Shape):
    """A part of the server."""

    name: str
    well: bool
    fix: str
    about: tuple[str, ...]
    """The meetings that are meant, by their ids."""


class Found(Shape):
    """What one check of the doctor has shown."""

    check: str
    grade: Grade
    cause: str
    fix: str


class DoctorState(Shape):
    """The last examination, or the one that goes on."""

    began: Instant | None
    """None: there was none since the server started."""
    ended: Instant | None
    running: tuple[str, ...]
    """The checks that go on just now."""
    found: tuple[Found, ...]


class ReloadState(Shape):
    """What became of the configuration file when it was last read again."""

    at: Instant
    applied: tuple[str, ...]
    """Keys as the file has them, as are the next ones."""
    needs_restart: tuple[str, ...]
    """They say another thing than what runs, and take effect at the next start."""
    mistakes: tuple[str, ...]
    """Each with file, line, key and fix. While there are any, nothing has changed."""


class HealthState(Shape):
    """`GET /api/admin/health`."""

    parts: tuple[PartState, ...]
    doctor: DoctorState
    reload: ReloadState | None
    """None: there was none since the start."""
    version: str


@dataclass(slots=True)
class Report:
    """What an examination has found so far."""

    began: datetime
    ended: datetime | None = None
    running: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    def note(self, check: str, grade: Grade, cause: str, fix: str) -> None:
        """A check has shown something."""
        if len(self.found) < MOST:
            self.found.append(Found(check=check, grade=grade, cause=cause, fix=fix))


Examine = Callable[[Report, web.Request], Awaitable[None]]
"""Looks at this server as the browser of a request reaches it, and reports."""


class AdminHealth:
    """Handlers over what was found."""

    def __init__(
        self,
        health: Health,
        examine: Examine,
        tasks: asyncio.TaskGroup,
        now: Callable[[], datetime],
        reloaded: Callable[[], ReloadState | None],
    ) -> None:
        """`reloaded`: what became of the configuration file when it was read again."""
        self._health = health
        self._examine = examine
        self._tasks = tasks
        self._now = now
        self._reloaded = reloaded
        self._report: Report | None = None
        self._task: asyncio.Task[None] | None = None

    def end(self) -> None:
        """The server stops: an examination goes on no longer."""
        if self._task is not None:
            self._task.cancel()

    async def state(self, request: web.Request) -> web.Response:
        """The parts as they are, and the doctor's last word."""
        parts = await self._health.parts()
        return said(
            HealthState(
                parts=tuple(
                    PartState(
                        name=p.name,
                        well=p.well,
                        fix="" if p.well else p.fix,
                        about=p.about,
                    )
                    for p in parts
                ),
                doctor=self._doctor(),
                reload=self._reloaded(),
                version=version("gatekeeper"),
            )
        )

    async def ask(self, request: web.Request) -> web.Response:
        """Begin an examination. Raises `DoctorBusy`."""
        if self._report is not None and self._report.ended is None:
            raise DoctorBusy
        self._report = Report(self._now())
        looking = self._look(self._report, request)
        self._task = self._tasks.create_task(looking, name="doctor")
        return web.Response(status=202)

    async def _look(self, report: Report, request: web.Request) -> None:
        try:
            async with asyncio.timeout(WITHIN):
                await self._examine(report, request)
        except TimeoutError:
            report.note("doctor", "fault", "It took too long.", "Run it by command.")
        except Exception:  # a doctor that falls ill takes no server with it
            log.exception("doctor.crashed")
            report.note("doctor", "fault", "It has failed itself.", "See the log.")
        finally:
            report.running.clear()
            report.ended = self._now()

    def _doctor(self) -> DoctorState:
        report = self._report
        if report is None:
            return DoctorState(began=None, ended=None, running=(), found=())
        return DoctorState(
            began=report.began,
            ended=report.ended,
            running=tuple(report.running),
            found=tuple(report.found),
        )
