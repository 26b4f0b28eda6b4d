"""What has happened of late, by whom: in memory only, never logged, and forgotten."""

from collections import Counter, deque
from collections.abc import Callable, Hashable

REMEMBERED = 100_000
"""In all; what is older is forgotten before its time."""


class Recent:
    """Counts what each has done within some time."""

    def __init__(
        self, *, most: int, within: float, monotonic: Callable[[], float]
    ) -> None:
        """`most`: of one, in `within` seconds."""
        self._most = most
        self._within = within
        self._monotonic = monotonic
        self._done: deque[tuple[float, Hashable]] = deque(maxlen=REMEMBERED)
        self._by: Counter[Hashable] = Counter()

    def is_too_much(self, whom: Hashable) -> bool:
        """Whether they have done it as often as they may."""
        now = self._monotonic()
        while self._done and now - self._done[0][0] > self._within:
            self._forget_one()
        return self._by.get(whom, 0) >= self._most

    def note(self, whom: Hashable) -> None:
        """They have done it once more."""
        if len(self._done) == REMEMBERED:
            self._forget_one()
        self._done.append((self._monotonic(), whom))
        self._by[whom] += 1

    def _forget_one(self) -> None:
        _, whom = self._done.popleft()
        self._by[whom] -= 1
        if not self._by[whom]:
            del self._by[whom]
