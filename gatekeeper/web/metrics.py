"""
Metrics: what whoever runs the server may watch, in the format of Prometheus.

Rule 1: no label tells of a room, a person or an address.
Rule 2: nothing here lets anybody infer who refused, or a rate of yes (design.md, rule
8): nothing of requests, openings, receipts, taps, recordings or files, no size and no
time that these would change. Two meetings that differ only in what was answered leave
the same bytes. So the usual figures of a process are not here; the system has them.
Rule 3: it is told to addresses that are configured, on a connection of their own: what
comes through a proxy is somebody else's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.metrics_core import CounterMetricFamily
from prometheus_client.registry import Collector

from gatekeeper.errors import NotAllowed
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.health import Health, Part
from gatekeeper.web.limits import Addresses
from gatekeeper.web.proxies import TrustedProxies

_PROXIED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
"""What proxies add."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Answers scrapes."""

    registry: RoomRegistry
    addresses: Addresses
    health: Health
    readers: TrustedProxies
    """Whoever may read them."""

    @staticmethod
    def add_routes(app: web.Application, here: "Handlers[Metrics]") -> None:
        """Serve them."""
        app.router.add_get("/metrics", here(Metrics.scrape))

    async def scrape(self, request: web.Request) -> web.Response:
        """All of them. Raises `NotAllowed` for whoever may not read them."""
        proxied = any(name in request.headers for name in _PROXIED)
        if proxied or not self.readers.trusts(request.remote or ""):
            raise NotAllowed(
                "Metrics are for the addresses in operations.metrics_from, directly "
                "and through no proxy."
            )
        registry = CollectorRegistry()
        registry.register(_Now(self, await self.health.parts()))
        return web.Response(
            body=generate_latest(registry),
            headers={"Content-Type": CONTENT_TYPE_LATEST},
        )


class _Now(Collector):
    """What is so just now."""

    def __init__(self, metrics: Metrics, parts: tuple[Part, ...]) -> None:
        self._metrics = metrics
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        rooms, addresses = self._metrics.registry, self._metrics.addresses
        build = GaugeMetricFamily(
            "gatekeeper_build_info", "Which version runs.", labels=["version"]
        )
        build.add_metric([version("gatekeeper")], 1)
        yield build
        ready = GaugeMetricFamily(
            "gatekeeper_ready", "Whether a part of the server is well.", labels=["part"]
        )
        for part in self._parts:
            ready.add_metric([part.name], part.well)
        yield ready
        yield GaugeMetricFamily(
            "gatekeeper_rooms", "Rooms in which a meeting goes on.", len(rooms.rooms)
        )
        yield GaugeMetricFamily(
            "gatekeeper_people", "People with a seat in a room.", rooms.people
        )
        yield GaugeMetricFamily(
            "gatekeeper_sockets", "WebSockets that are open.", addresses.sockets
        )
        yield CounterMetricFamily(
            "gatekeeper_rooms_opened", "Rooms opened since the start.", rooms.opened
        )
        yield CounterMetricFamily(
            "gatekeeper_rooms_crashed",
            "Rooms that a fault of the program has ended.",
            rooms.crashed,
        )
        yield CounterMetricFamily(
            "gatekeeper_rate_limited",
            "New rooms and sockets that were refused to an address.",
            addresses.refused,
        )
