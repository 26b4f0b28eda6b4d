"""
Reloading: the configuration file is read again while meetings run.

Rule 1: a file with a mistake changes nothing, and each mistake is told.
Rule 2: what can change while meetings run does; of the rest each key is named, and goes
on as it was until the next start. Nothing is half applied: what a notice says is what
this server does.
Rule 3: what closes comes first, and waits for no disk (design.md, rule 4).
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from gatekeeper.app.engines import Keys
from gatekeeper.app.trial import problems_of
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.app.wiring.offers import Offers
from gatekeeper.app.wiring.rooms import rules_of
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.config.differences import differences
from gatekeeper.config.features import Feature
from gatekeeper.config.problem import NOWHERE, ConfigProblems
from gatekeeper.config.section import Section
from gatekeeper.config.words import Words, wrongs
from gatekeeper.consent.types import FeatureId
from gatekeeper.errors import LedgerUnavailable, OperatorError
from gatekeeper.meeting.ice import IceServers
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web.sign_in.api import SignIn

S = TypeVar("S", bound=Section)

log = structlog.get_logger(__name__)

WORDS = ("notices", "processor")
"""Of a feature, what changes its notices alone."""
ROOMS = (
    *(f"meeting.{name}" for name in ("grace", "ask_again", "empty")),
    *(f"meeting.{name}" for name in ("ends_without_host", "longest_opening")),
    *(f"limits.{name}" for name in ("participants", "tap_offers_per_minute")),
)
"""For rooms that are taken up from now on; those that live keep to what they began
with, so that nobody's meeting changes its rules under them."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What became of it, in keys as the file has them."""

    at: datetime
    """Aware, UTC."""
    applied: tuple[str, ...] = ()
    needs_restart: tuple[str, ...] = ()
    """They say another thing than what runs, and take effect at the next start."""
    mistakes: tuple[str, ...] = ()
    """Sentences; as long as there are any, nothing of the file has changed anything."""


class Reload:
    """The file, and what runs by it."""

    def __init__(
        self,
        config: Config,
        keys: Keys,
        read: Callable[[], Config],
        *,
        offers: Offers,
        registry: RoomRegistry,
        ice: IceServers,
        sign_in: SignIn,
        clock: Clock,
    ) -> None:
        """`config` runs; `read` reads the file, blocks, and raises `ConfigInvalid`."""
        self._config = config
        self._keys = keys
        self._read = read
        self._offers = offers
        self._registry = registry
        self._ice = ice
        self._sign_in = sign_in
        self._clock = clock
        self._one_by_one = asyncio.Lock()
        self.last: Reloaded | None = None
        """What became of the last one; None if there was none since the start."""

    async def listen(self, asked: asyncio.Event) -> None:
        """Reload whenever `asked`, until cancelled."""
        while True:
            await asked.wait()
            asked.clear()
            await self.run()

    async def run(self) -> Reloaded:
        """Read the file, and do what it says as far as that can be."""
        async with self._one_by_one:
            self.last = await self._run()
        last = self.last
        if last.mistakes:
            log.error("config.refused", mistakes=last.mistakes)
        else:
            log.info(
                "config.reloaded",
                applied=last.applied,
                needs_restart=last.needs_restart,
            )
        return last

    async def _run(self) -> Reloaded:
        at = self._clock.now()
        try:
            new, ice = await asyncio.to_thread(self._checked)
        except OperatorError as exc:
            return Reloaded(at, mistakes=tuple(str(exc).splitlines()))
        effective = _effective(self._config, new, self._offers.wordings.features)
        off = _unoffered(effective, self._offers.wordings.features)
        switches = self._offers.switches
        switches.follow_file(switches.by_file | off)
        try:
            await self._reword(effective)
        except LedgerUnavailable as exc:
            return Reloaded(at, mistakes=(str(exc),))
        switches.follow_file(off)
        self._registry.follow(rules_of(effective))
        self._sign_in.follow(effective.rooms)
        rotated = self._ice.follow(ice)
        applied = differences(self._config, effective)
        if rotated and not any(key.startswith("ice.") for key in applied):
            applied.append("ice.servers")  # the secret in one of its files
        self._config = effective
        waiting = tuple(differences(effective, new))
        return Reloaded(at, tuple(applied), waiting)

    def _checked(self) -> tuple[Config, IceServers]:
        """What the file says, whole. Blocks. Raises `OperatorError`."""
        new = self._read()
        found = [*problems_of(new, self._keys, self._clock, NOWHERE, acting=False)]
        if found:
            raise ConfigProblems(found)
        return new, read_ice(new, self._clock)

    async def _reword(self, effective: Config) -> None:
        words = self._offers.wordings
        await words.follow_file(Words(effective, words.runs))


def _effective(current: Config, new: Config, here: Iterable[FeatureId]) -> Config:
    """What runs, with all of the new one that can change while meetings run."""
    rooms = current.rooms
    if new.rooms.open_to == current.rooms.open_to:
        rooms = rooms.model_copy(update={"tokens": new.rooms.tokens})
    return current.model_copy(
        update={
            "ice": new.ice,
            "rooms": rooms,
            "meeting": _taken(current.meeting, new.meeting, "meeting."),
            "limits": _taken(current.limits, new.limits, "limits."),
            "features": {**current.features, **_features(current, new, here)},
        }
    )


def _taken(current: S, new: S, within: str) -> S:
    keys = [key.removeprefix(within) for key in ROOMS if key.startswith(within)]
    return current.model_copy(update={key: getattr(new, key) for key in keys})


def _features(
    current: Config, new: Config, here: Iterable[FeatureId]
) -> Mapping[str, Feature]:
    return {name: _feature(name, current, new.features.get(name)) for name in here}


def _feature(name: FeatureId, config: Config, new: Feature | None) -> Feature:
    """As it runs, but for its words, and whether it is on offer."""
    current = config.features[name]
    if new is None:
        return current.model_copy(update={"enabled": False})
    said = {key: getattr(new, key) for key in WORDS}
    reworded = current.model_copy(update=said)
    # Words that do not fit go with what takes effect at the next start.
    if wrongs(name, reworded, config.languages):
        reworded = current
    return reworded.model_copy(update={"enabled": new.enabled})


def _unoffered(config: Config, here: Iterable[FeatureId]) -> frozenset[FeatureId]:
    return frozenset(name for name in here if not config.features[name].enabled)
