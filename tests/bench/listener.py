"""
Our server, whole, with a watch on its event loop: how late it comes to timers.

Late is also what waits for a core that others have; so it is noted, too, how much the
process itself has worked meanwhile.
"""

import asyncio
import sys
import time
from pathlib import Path

from gatekeeper import config
from gatekeeper.app import server
from gatekeeper.web import logs
from tests.bench import child

EVERY = 0.005
"""Seconds between two looks."""


class Watch:
    """How late the event loop was, and what the process worked since, both in ms."""

    def __init__(self) -> None:
        self.late: list[tuple[float, float]] = []

    async def look(self) -> None:
        """Be due again and again, until cancelled."""
        while True:
            due, before = time.perf_counter() + EVERY, time.process_time()
            await asyncio.sleep(EVERY)
            late, worked = time.perf_counter() - due, time.process_time() - before
            self.late.append((late * 1000, worked * 1000))

    def report(self) -> list[tuple[float, float]]:
        """What was found so far; starts anew."""
        late, self.late = self.late, []
        return late


async def serve(port: int, file: Path, watch: Watch) -> None:
    """Serve until cancelled."""
    given = config.load(file)
    listening = given.server.model_copy(update={"port": port})
    async with server.running(given.model_copy(update={"server": listening})):
        await watch.look()


def main() -> None:
    """Listen on the port that is the first argument."""
    watch = Watch()
    logs.configure()
    child.answer({"late": watch.report})
    with asyncio.Runner(loop_factory=child.loop_factory()) as runner:
        runner.run(serve(int(sys.argv[1]), Path(sys.argv[2]), watch))


if __name__ == "__main__":
    main()
