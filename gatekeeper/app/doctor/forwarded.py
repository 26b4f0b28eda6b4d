"""
Forwarded: whether a stranger may say who they are, and how they come.

The address itself (`X-Forwarded-For`) shows nowhere outside but in limits, and using
one up to see would shut people out. The name and the scheme show: a proxy that passes
on a stranger's lines of these passes on the others as well.
"""

from ipaddress import IPv4Network, IPv6Network

from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.app.doctor.page import Page
from gatekeeper.app.doctor.site import Site
from gatekeeper.config import Config

_FORGED = {
    "X-Forwarded-Host": ("forged.invalid",),
    "X-Forwarded-Proto": ("http", "https"),
}
"""What a stranger may say; the name is nobody's (RFC 6761, 6.4)."""


async def look_at_forwarded(page: Page, site: Site) -> list[Finding]:
    """Say another name and scheme, and look whether that changes anything."""
    believed = [
        field
        for field, forged in _FORGED.items()
        if await _changes(page, site, field, *forged)
    ]
    if not believed:
        return [
            ok(
                "What a stranger says in X-Forwarded-Host and -Proto changes nothing. "
                "Of X-Forwarded-For that cannot be seen from outside."
            )
        ]
    cause = f"A stranger's {' and '.join(believed)} is believed."
    fix = (
        "Have the proxy overwrite X-Forwarded-For, -Host and -Proto, as docs/admin.md "
        "has it, and name in server.trusted_proxies proxies alone."
    )
    if site.address.here:
        return [
            warning(f"{cause} From this machine that may be as it is meant.", fix),
        ]
    return [fault(cause, fix)]


async def _changes(page: Page, site: Site, field: str, *forged: str) -> bool:
    """Whether any of these in a field makes the page another one."""
    policy = "Content-Security-Policy"
    usual = page.answer.status, page.answer.lines(policy)
    for said in forged:
        answer = await site.get("/", **{field: said})
        if (answer.status, answer.lines(policy)) != usual:
            return True
    return False


def look_at_trust(config: Config) -> list[Finding]:
    """Whether only proxies are believed, as far as the configuration tells."""
    proxies = [
        each
        for each in config.server.trusted_proxies
        if isinstance(each, IPv4Network | IPv6Network)
    ]
    wide = [each for each in proxies if each.is_global and each.num_addresses > 256]
    if wide:
        return [
            warning(
                f"server.trusted_proxies believes {', '.join(map(str, wide))}: whoever "
                "is there may say that they are anybody.",
                "Name the proxies, and not the network that people are in.",
            )
        ]
    if not config.server.trusted_proxies:
        return [skipped("No proxy is trusted, so nobody's X-Forwarded-* is read.")]
    return [ok("Only proxies that are named are believed whom they speak for.")]
