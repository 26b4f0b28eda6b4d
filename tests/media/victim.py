"""Records one person into the directory given, says so, and goes on until killed."""

import asyncio
import sys
from pathlib import Path

from tests.media.people import ALICE, RED, both, meeting, until


async def main(data: Path) -> None:
    async with meeting(data) as held:
        _, recording = held.open()
        await held.tap(recording, ALICE, both(RED, 440))
        await until(
            lambda: (
                len(held.files()) == 2 and all(n > 3000 for n in held.files().values())
            )
        )
        sys.stdout.write("recording\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
