"""
The doctor, asked by the console of the very server that the console is on.

Rule: it goes where the admin's browser has come from, if that is an address of this
server; wherever else a request says, it looks from the inside alone.
"""

from urllib.parse import urlsplit

from aiohttp import web

from gatekeeper.app.engines import Keys
from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.web.admin.health import Grade, Report
from gatekeeper.web.own_site import OwnSite


async def look_at_this_server(
    config: Config,
    keys: Keys,
    clock: Clock,
    site: OwnSite,
    report: Report,
    request: web.Request,
) -> None:
    """Have the doctor look, and note what it finds."""
    # It stands above all that is wired here, and few ever ask for it.
    from gatekeeper.app.doctor.doctor import Case, examine
    from gatekeeper.app.doctor.finding import Finding
    from gatekeeper.app.doctor.site import PORTS, Address

    class Noting:
        """Who is told."""

        def begun(self, check: str) -> None:
            report.running.append(check)

        def ended(self, check: str) -> None:
            report.running.remove(check)

        def found(self, check: str, finding: Finding) -> None:
            grade: Grade = finding.grade.value
            report.note(check, grade, finding.cause, finding.fix)

    url = own_address(config, site, request)
    address = None if url is None else Address.parse(url)
    usual = address is not None and address.port == PORTS["https"]
    case = Case(
        address,
        None,
        keys,
        plain_port=PORTS["http"] if usual else None,
        config=config,
    )
    await examine(case, Noting(), clock)


def own_address(config: Config, site: OwnSite, request: web.Request) -> str | None:
    """Where a browser reaches this server; None if that is not certain."""
    host = site.host(request)
    parts = urlsplit(f"//{host}")
    listening = request.transport and request.transport.get_extra_info("sockname")
    own = {None, config.server.port, listening[1] if listening else None}
    if parts.hostname not in site.names or parts.port not in own:
        return None
    return f"{site.scheme(request)}://{host}{config.server.base_path}"
