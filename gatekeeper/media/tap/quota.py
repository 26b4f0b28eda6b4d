"""
Quotas: how much one source, one room and one address may send to taps.

Rule 1: who exceeds a quota loses their tap, and is told; nobody else notices. Of a room
or an address, that is the tap that sends most just then.
Rule 2: an account outlives its taps, so that offering again begins nothing afresh.
Rule 3: every packet is charged, whatever is in it, and small ones as if they were
larger: what they cost is the looking at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

from gatekeeper.consent.types import ParticipantId, SourceKind
from gatekeeper.errors import TapLimit
from gatekeeper.gating.permit import Permit
from gatekeeper.meeting.meter import Meter

SOUND = 1_000_000 / 8
"""Bytes per second of a microphone, of the sound of a screen, of reports and what
belongs to no source: twice what Opus can be (RFC 6716)."""
WINDOW = 10.0
"""Seconds over which a rate is reckoned: pictures come in bursts."""
PACKET = 300
"""Bytes that each packet costs besides its own."""
KEPT = 86_400.0
"""Seconds for which an account is kept that nobody uses."""
_LOOK_EVERY = 60.0
"""Seconds between two looks for those."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What is allowed. Rates in bytes per second, over `WINDOW`."""

    video: float = 10_000_000 / 8
    """Each camera and screen."""
    room: float = 100_000_000 / 8
    address: float = 400_000_000 / 8
    source_bytes: float = 10e9
    """In all, of one source in one opening: the size of its file."""
    share: float = 0.5
    """Of the free disk, for what comes from one address in a day."""
    taps: int = 300
    """Of one address at once, in all rooms."""


class _Account:
    """That of a source, a room or an address."""

    __slots__ = ("at", "meter", "quotas", "total")

    def __init__(self, rate: float) -> None:
        self.meter = Meter(rate, rate * WINDOW)
        self.total = 0.0
        """Bytes; of an address those for the disk, less as they are longer ago."""
        self.quotas: set[Quota] = set()
        self.at = 0.0
        """When it was last used."""

    def cut(self, now: float) -> "Quota":
        """End the tap that sends most, so that there is room for what others send."""
        most = max(self.quotas, key=lambda quota: quota.recent(now))
        self.meter.release(most.recent(now))
        most.exceed()
        return most


class Quota:
    """That of one tap. `exceeded` is called at most once, and closes the tap."""

    def __init__(
        self,
        quotas: "Quotas",
        permit: Permit,
        participant: ParticipantId,
        address: str,
        *,
        kept: bool,
        exceeded: Callable[[], None],
    ) -> None:
        self._quotas = quotas
        self._source = (permit.opening, participant)
        self._shared = (
            quotas.account(("room", permit.room), quotas.caps.room),
            quotas.account(("address", address), quotas.caps.address),
        )
        self._kept = kept
        self._exceeded = exceeded
        self._recent = 0.0
        self._at = 0.0
        self.over = False
        for account in self._shared:
            account.quotas.add(self)

    def acquire(self, source: SourceKind | None, size: int, now: float) -> bool:
        """Charge one packet of `size` bytes; whether it may be taken."""
        if self.over:
            return False
        charge = size + PACKET
        self._recent = self.recent(now) + charge
        self._at = now
        own = self._own(source)
        own.at = now
        own.total += size
        most = self._quotas.caps.source_bytes
        if not own.meter.acquire(charge, now) or own.total > most:
            self.exceed()
            return False
        if self._kept and self._fills_the_disk(size, now):
            self.exceed()
            return False
        for account in self._shared:
            account.at = now
            if not account.meter.acquire(charge, now) and account.cut(now) is self:
                return False
        return True

    def recent(self, now: float) -> float:
        """How much came lately: each byte counts less as it ages."""
        return self._recent * exp(min(0.0, self._at - now) / WINDOW)

    def exceed(self) -> None:
        """End it, and say so. Idempotent."""
        if not self.over:
            self.close()
            self._exceeded()

    def close(self) -> None:
        """Take nothing more. Idempotent."""
        self.over = True
        for account in self._shared:
            account.quotas.discard(self)

    def _fills_the_disk(self, size: int, now: float) -> bool:
        account = self._shared[1]
        account.total *= exp(min(0.0, account.at - now) / KEPT)
        account.total += size
        return self._quotas.is_full(account.total)

    def _own(self, source: SourceKind | None) -> _Account:
        video = source is not None and source.media == "video"
        rate = self._quotas.caps.video if video else SOUND
        return self._quotas.account((*self._source, source), rate)


class Quotas:
    """All accounts of a process."""

    def __init__(
        self,
        caps: Caps = Caps(),
        spare: Callable[[], int] = lambda: 0,
    ) -> None:
        """`spare`: bytes free on the disk above the reserve; 0 if nobody knows."""
        self.caps = caps
        self._spare = spare
        self._accounts: dict[tuple[object, ...], _Account] = {}
        self._looked = 0.0

    def open(
        self,
        permit: Permit,
        participant: ParticipantId,
        address: str,
        *,
        kept: bool,
        exceeded: Callable[[], None],
        now: float,
    ) -> Quota:
        """
        The quota of a new tap, to be closed with it.

        `kept`: whether what comes goes to the disk. Raises `TapLimit` if the address
        has too many taps.
        """
        self._prune(now)
        account = self.account(("address", address), self.caps.address)
        if len(account.quotas) >= self.caps.taps:
            raise TapLimit
        return Quota(self, permit, participant, address, kept=kept, exceeded=exceeded)

    def account(self, key: tuple[object, ...], rate: float) -> _Account:
        """The account of that name, made if need be."""
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = _Account(rate)
        return account

    def is_full(self, total: float) -> bool:
        """Whether so many bytes are more than one's share of the disk."""
        share, spare = self.caps.share, self._spare()
        return spare > 0 and total * (1 - share) > spare * share

    def _prune(self, now: float) -> None:
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        self._accounts = {
            key: account
            for key, account in self._accounts.items()
            if account.quotas or now - account.at < KEPT
        }
