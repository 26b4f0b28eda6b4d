"""
The doctor: which checks there are, and what each of them waits for.

Rule 1: from the outside in, as a browser comes: it asks nothing of a site whose
certificate it does not believe, least of all with a token.
Rule 2: with a configuration, what it stands on is looked at as well, beside that.
Rule 3: what needs something that is not there is told as skipped, never left out.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from gatekeeper.app.application import NO_KEYS
from gatekeeper.app.doctor import (
    configuration,
    engines,
    forwarded,
    ledger,
    machine,
    page,
    relay,
    time_of_day,
)
from gatekeeper.app.doctor.certificate import look_at_certificate
from gatekeeper.app.doctor.examination import Audience, Examination, aside
from gatekeeper.app.doctor.finding import Finding, fault, skipped
from gatekeeper.app.doctor.name import look_at_name, look_at_port
from gatekeeper.app.doctor.page import Page
from gatekeeper.app.doctor.site import Address, Site, visited
from gatekeeper.app.doctor.socket import Relays, look_at_foreign, look_at_socket
from gatekeeper.app.engines import Keys, choose_engines
from gatekeeper.app.wiring.ice import read_ice
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.config.load import Reading, read
from gatekeeper.config.problem import Source
from gatekeeper.errors import OperatorError
from gatekeeper.wire.server import Ice

PATIENCE = 10.0
"""Seconds for each check."""
OUTSIDE = ("page", "headers", "files", "ready", "forwarded", "clock", "websocket")
"""What is asked of a site that a browser would go to."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be looked at, and with what."""

    address: Address | None
    file: Path | None
    """A configuration, on the machine that it is for."""
    keys: Keys = NO_KEYS
    token: str | None = field(default=None, repr=False)
    """An access token that may open rooms."""
    plain_port: int | None = None
    """Of HTTP, beside an address with TLS."""
    config: Config | None = None
    """What `file` holds, where a server that runs is asked."""


async def examine(
    case: Case, audience: Audience, clock: Clock, patience: float = PATIENCE
) -> None:
    """Look at all of it, and tell. `patience`: seconds for each check."""
    examination = Examination(audience, patience)
    examination.keep(case.token, case.keys.ai, case.keys.speech)
    reading = _reading(case, examination)
    config = None if reading is None else reading.config
    relays = Relays()
    async with asyncio.TaskGroup() as looks:
        if reading is not None and config is not None:
            inside = _Inside(examination, reading, case.keys, clock)
            looks.create_task(inside.look())
        if case.address is not None:
            outside = _Outside(examination, case, case.address, clock, relays)
            looks.create_task(outside.look())
    await _relays(examination, case, config, relays, clock)
    if config is not None:
        look_at_clock = asyncio.to_thread(time_of_day.look_at_clock, clock)
        await examination.check("time", look_at_clock)


def _reading(case: Case, examination: Examination) -> Reading | None:
    if case.config is not None:
        return Reading(Source(case.file, {}), case.config, sound=case.config)
    if case.file is None:
        examination.tell(
            "machine", skipped("Name the configuration with --config, on its machine.")
        )
        return None
    reading = read(case.file)
    for problem in reading.problems:
        examination.tell("configuration", fault(str(problem), ""))
    return reading


async def _relays(
    examination: Examination,
    case: Case,
    config: Config | None,
    relays: Relays,
    clock: Clock,
) -> None:
    """With what a seat was told; else with what one would be told."""
    ice = relays.ice or _issued(config, clock)
    if ice is None:
        examination.tell(
            "relay", skipped("No seat was taken, so nobody was told of any.")
        )
        return
    for server in ice.servers:
        examination.keep(server.username, server.credential)
    public = case.address is not None and not case.address.here
    await relay.look_at_relays(examination, ice, public=public)


def _issued(config: Config | None, clock: Clock) -> Ice | None:
    if config is None:
        return None
    try:
        return read_ice(config, clock).issue()
    except OperatorError:
        return None  # said of the configuration


async def _now(found: Iterable[Finding]) -> Iterable[Finding]:
    return found


class _Inside:
    """What a server stands on, on its own machine."""

    def __init__(
        self, examination: Examination, reading: Reading, keys: Keys, clock: Clock
    ) -> None:
        self._examination = examination
        self._reading = reading
        self._config = reading.whole()
        self._keys = keys
        self._clock = clock

    async def look(self) -> None:
        """All at once."""
        config, data = self._config, self._config.data.directory
        files: dict[str, Callable[[], list[Finding]]] = {
            "directory": partial(machine.look_at_directory, data),
            "disk": partial(machine.look_at_disk, config),
            "open files": partial(machine.look_at_descriptors, config),
            "proxies": partial(forwarded.look_at_trust, config),
            "film": partial(engines.look_at_film, config),
        }
        private: dict[str, Callable[[], list[Finding]]] = {
            "configuration": partial(
                configuration.look_at_configuration,
                self._reading,
                self._keys,
                self._clock,
            ),
            "keys": partial(machine.look_at_keys, data),
            "ledger": partial(ledger.look_at_ledger, data),
        }
        if machine.is_anothers(data):
            # What is private to that account is, to this one, all wrong.
            for name in private:
                self._examination.tell(name, skipped("That is another account's."))
        else:
            files |= private
        async with asyncio.TaskGroup() as looks:
            for name, look in files.items():
                looks.create_task(self._examination.check(name, aside(look)))
            looks.create_task(self._look_at_engines())

    async def _look_at_engines(self) -> None:
        try:
            chosen = choose_engines(self._config, self._keys)
        except OperatorError:
            return  # said of the configuration
        endpoint = chosen.endpoint
        self._examination.keep(chosen.speech.key, endpoint.key if endpoint else None)
        check = self._examination.check
        await asyncio.gather(
            check("speech", engines.look_at_speech(chosen.speech)),
            check("model", engines.look_at_model(chosen)),
        )


class _Outside:
    """A site, from the outside in."""

    def __init__(
        self,
        examination: Examination,
        case: Case,
        address: Address,
        clock: Clock,
        relays: Relays,
    ) -> None:
        self._examination = examination
        self._case = case
        self._address = address
        self._clock = clock
        self._relays = relays

    async def look(self) -> None:
        """One after the other, as far as it leads; then side by side."""
        check, address = self._examination.check, self._address
        led = await check("name", look_at_name(address))
        if not led or not await check("port", look_at_port(address)):
            self._end("Nobody gets there.", "certificate", *OUTSIDE)
        elif not await self._look_at_certificate():
            self._end("A browser goes no further.", *OUTSIDE)
        else:
            async with visited(address) as site:
                await self._look_at_site(site)

    def _end(self, why: str, *checks: str) -> None:
        for name in checks:
            self._examination.tell(name, skipped(why))

    async def _look_at_certificate(self) -> bool:
        if not self._address.secure:
            self._end("The address is one without TLS.", "certificate")
            return True
        look = look_at_certificate(self._address, self._clock.now())
        return await self._examination.check("certificate", look)

    async def _look_at_site(self, site: Site) -> None:
        check = self._examination.check
        plain = check("https", page.look_at_plain(site, self._case.plain_port))
        fetched: list[Page] = []
        _, there = await asyncio.gather(
            plain, check("page", self._fetch(site, fetched))
        )
        if fetched:
            dated = time_of_day.look_at_date(fetched[0].answer, *fetched[0].between)
            await check("clock", _now(dated))
        if not there and not (fetched and fetched[0].files):
            self._end("There is no page.", *(n for n in OUTSIDE[1:] if n != "clock"))
            return
        await self._look_at_page(fetched[0], site)

    async def _fetch(self, site: Site, fetched: list[Page]) -> list[Finding]:
        found = await Page.fetch(site, self._clock.now)
        fetched.append(found)
        return page.look_at_page(found, site.address)

    async def _look_at_page(self, found: Page, site: Site) -> None:
        check, address = self._examination.check, self._address
        socket = look_at_socket(site, self._examination, self._case.token, self._relays)
        await asyncio.gather(
            check("headers", _now(page.look_at_headers(found, address))),
            check("files", page.look_at_files(found, site)),
            check("ready", page.look_at_readiness(site)),
            check("forwarded", forwarded.look_at_forwarded(found, site)),
            check("websocket", socket),
            check("other sites", look_at_foreign(site)),
        )
