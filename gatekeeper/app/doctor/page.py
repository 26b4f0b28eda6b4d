"""The page: whether it is there, below its path, with the headers it was sent with."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from gatekeeper.app.doctor.finding import Finding, fault, ok, skipped, warning
from gatekeeper.app.doctor.site import Address, Answer, Site
from gatekeeper.web.assets import FOR_EVER
from gatekeeper.web.pages import HEADERS

_NAMED = re.compile(r'(?:src|href)="(/[^"]{0,500})"')
_DIRECTIVES = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
"""Of the policy: what keeps others' scripts and frames out."""
_PASS_ON = "Have the proxy pass on the headers that the server sends, and add none."  # noqa: S105
_STATUS = {
    421: (
        "the server does not go by this name",
        "Add the name to server.names, and have the proxy pass Host on as it came.",
    ),
    404: (
        "there is nothing at this path",
        "Check the address, and server.base_path against the proxy's own path.",
    ),
    502: (
        "the proxy does not reach the server",
        "Start Gatekeeper, and check where the proxy passes requests to.",
    ),
    503: ("the proxy reaches nobody", "Start Gatekeeper, and look at both logs."),
    504: (
        "the server behind the proxy does not answer",
        "Look whether Gatekeeper hangs, and where the proxy passes requests to.",
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The start page, as it came."""

    answer: Answer
    between: tuple[datetime, datetime]
    """When it was asked for, and there."""
    addresses: tuple[str, ...]
    """Paths that it names, as it names them."""

    @classmethod
    async def fetch(cls, site: Site, now: Callable[[], datetime]) -> "Page":
        """Raises `OSError`, `ClientError`."""
        asked = now()
        answer = await site.get("/")
        return cls(answer, (asked, now()), tuple(_NAMED.findall(answer.text)))

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of the client's own files."""
        return tuple(path for path in self.addresses if "/static/" in path)


def look_at_page(page: Page, address: Address) -> list[Finding]:
    """Whether it is Gatekeeper's, and leads below its own path."""
    status = page.answer.status
    if status != 200:
        cause, fix = _STATUS.get(
            status, ("that is no page", "Look at the proxy's log.")
        )
        return [fault(f"{address.url}/ answers {status}: {cause}.", fix)]
    if not page.files:
        return [
            fault(
                f"What answers at {address.url}/ is not Gatekeeper.",
                "Check the address, and where the proxy passes requests to.",
            )
        ]
    strays = [path for path in page.addresses if not path.startswith(address.base)]
    if strays:
        return [
            fault(
                f"The page leads out of {address.base}: it names {strays[0]}.",
                f'Set server.base_path = "{address.base}".',
            )
        ]
    return [ok(f"The start page is there, and leads below {address.base}.")]


def look_at_headers(page: Page, address: Address) -> list[Finding]:
    """Whether each header came through."""
    found = [*_headers(page.answer, address)]
    if found:
        return found
    return [ok("Content-Security-Policy, Permissions-Policy and all others are there.")]


def _headers(answer: Answer, address: Address) -> Iterator[Finding]:
    for name, sent in HEADERS.items():
        lines = answer.lines(name)
        if not lines:
            yield fault(f"{name} is missing: something takes it away.", _PASS_ON)
        elif any(line != sent for line in lines):
            changed = " | ".join(lines)
            yield fault(f"{name} is not as it was sent: {changed}", _PASS_ON)
    yield from _policy(answer.lines("Content-Security-Policy"), address)
    named = address.secure and not address.here and not address.is_number
    if named and not answer.lines("Strict-Transport-Security"):
        yield fault(
            "Strict-Transport-Security is missing: the server does not know that "
            "people come by TLS, or something takes it away.",
            "Have the proxy set X-Forwarded-Proto, and name it in "
            "server.trusted_proxies.",
        )


def _policy(lines: list[str], address: Address) -> Iterator[Finding]:
    name = "Content-Security-Policy"
    if not lines:
        yield fault(f"{name} is missing: something takes it away.", _PASS_ON)
        return
    for directive in _DIRECTIVES:
        if not any(directive in line for line in lines):
            yield fault(f"{name} has no {directive}: something changes it.", _PASS_ON)
    socket = address.origin.replace("http", "ws", 1)
    if not all(f" {socket};" in f" {line};" for line in lines):
        yield fault(
            f"{name} does not let pages connect to {socket}: the server takes itself "
            "to be elsewhere, or a second policy was added.",
            "Have the proxy pass Host on with its port (nginx: $http_host), set "
            "X-Forwarded-Proto, and add no policy; name it in server.trusted_proxies.",
        )


async def look_at_files(page: Page, site: Site) -> list[Finding]:
    """Whether the client's files are there, and stay in browsers."""
    path = page.files[0]
    answer = await site.ask(f"{site.address.origin}{path}")
    if answer.status != 200:
        return [
            fault(
                f"{path}, which the page names, answers {answer.status}.",
                "Have the proxy pass on all below server.base_path, and that be "
                "what people see.",
            )
        ]
    kept = answer.lines("Cache-Control")
    if kept != [FOR_EVER]:
        return [
            warning(
                f"Browsers are not told to keep files (Cache-Control: {kept}): each "
                "visit fetches all of them.",
                "Have the proxy leave Cache-Control as it is.",
            )
        ]
    return [ok("The client's files are there, and browsers keep them.")]


async def look_at_readiness(site: Site) -> list[Finding]:
    """What the server says of itself."""
    answer = await site.get("/readyz")
    if answer.status == 200:
        return [ok("The server says that a meeting could be held and proved.")]
    if answer.status == 503 and (fixes := _fixes(answer.text)):
        return [fault("The server says that it is not ready.", " ".join(fixes))]
    return [skipped(f"/readyz answers {answer.status}: the proxy keeps it to itself.")]


def _fixes(text: str) -> list[str]:
    try:
        return [str(each["fix"]) for each in json.loads(text)["causes"]]
    except (ValueError, KeyError, TypeError):
        return []  # it is not the server who says so


async def look_at_plain(site: Site, port: int | None) -> list[Finding]:
    """What becomes of people who come without TLS. `port`: of HTTP."""
    address = site.address
    if not address.secure:
        if address.here:
            return [ok("Without TLS, to this machine alone: browsers allow that.")]
        return [
            fault(
                "People come without TLS: anybody on the way reads along, and browsers "
                "give no camera and no microphone.",
                "Set up TLS, as docs/admin.md has it, and open the https address.",
            )
        ]
    if port is None:
        return [skipped("A redirect from http is for the usual ports, 80 and 443.")]
    name = f"[{address.host}]" if ":" in address.host else address.host
    try:
        answer = await site.ask(f"http://{name}:{port}{address.base}")
    except OSError:
        return [
            warning(
                f"Nothing answers at port {port}: whoever types http:// gets nothing.",
                "Have the proxy answer there, and send people on to https.",
            )
        ]
    return [_redirect(answer, address, port)]


def _redirect(answer: Answer, address: Address, port: int) -> Finding:
    target = next(iter(answer.lines("Location")), "")
    parts = urlsplit(target)
    if answer.status in (301, 302, 307, 308) and parts.scheme == "https":
        if parts.hostname == address.host:
            return ok("http leads on to https.")
        return warning(
            f"http leads on to another name ({parts.hostname}).",
            "Send people on to the name that they have opened.",
        )
    return fault(
        f"Port {port} answers without TLS ({answer.status}): who types http:// stays "
        "without.",
        "Have the proxy answer there with a redirect to https, and nothing else.",
    )
