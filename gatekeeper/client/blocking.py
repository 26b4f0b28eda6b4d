"""
The same for programs without an event loop: calls that block, and permits in threads.

Rule: permits are kept by a thread of the client's own, so that one is renewed while its
holder is at work. No thread can be cancelled: whoever captures looks at `alive` before
each thing that is kept, or has `when_it_ends` call them.
"""

import asyncio
import threading
from collections.abc import Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Self, TypeVar

from gatekeeper.client.gate import GateClient
from gatekeeper.client.permit import Permit
from gatekeeper.client.room import GateRoom

T = TypeVar("T")


class BlockingGateClient:
    """`GateClient`, for whoever may block. A context: it ends its thread with it."""

    def __init__(self, url: str, key: str) -> None:
        """Ask the gate at `url`, by a service's `key`."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="gatekeeper client", daemon=True
        )
        self._thread.start()
        self._gate = GateClient(url, key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End its connections, and its thread. Idempotent."""
        if self._loop.is_closed():
            return
        self._run(self._gate.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def open_room(
        self,
        title: str,
        *,
        language: str,
        features: Sequence[str],
        mode: Literal["meeting", "gate"] = "gate",
        **more: Any,
    ) -> "BlockingGateRoom":
        """A new room. Raises as `GateClient.open_room` does."""
        opening = self._gate.open_room(
            title, language=language, features=features, mode=mode, **more
        )
        return BlockingGateRoom(self, self._run(opening))

    def room(self, room: str) -> "BlockingGateRoom":
        """The room of that id; nothing is asked yet."""
        return BlockingGateRoom(self, self._gate.room(room))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class BlockingGateRoom:
    """`GateRoom`, for whoever may block."""

    def __init__(self, client: BlockingGateClient, room: GateRoom) -> None:
        self._client = client
        self._room = room
        self.id = room.id
        self.opened = room.opened

    def entry(self, ref: str, *, host: bool = False) -> str:
        """A token by which the one whom you call `ref` may come in, within minutes."""
        return self._client._run(self._room.entry(ref, host=host))  # noqa: SLF001

    def report(self, people: Collection[str]) -> None:
        """Your engine has exactly `people`; what had to close has closed."""
        self._client._run(self._room.report(people))  # noqa: SLF001

    def state(self) -> dict[str, Any]:
        """The room as everybody in it sees it."""
        return self._client._run(self._room.state())  # noqa: SLF001

    def end(self) -> None:
        """It is over for everybody. Idempotent."""
        self._client._run(self._room.end())  # noqa: SLF001

    @contextmanager
    def permit(self, feature: str, *, wait: float = 0) -> Iterator[Permit]:
        """
        Leave to capture, for as long as everybody agrees; `Permit.alive` says whether.

        Raises as `GateRoom.permit` does.
        """
        run = self._client._run  # noqa: SLF001
        kept = self._room.permit(feature, wait=wait, cancel=False)
        permit = run(kept.__aenter__())
        try:
            yield permit
        finally:
            run(kept.__aexit__(None, None, None))
