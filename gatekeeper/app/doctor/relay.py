"""
The relay: STUN and TURN as a browser uses them, with what a browser is told.

Of a STUN server one's own address is asked; at a TURN server an address is really
taken, and given back.
"""

import asyncio
import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from aioice import stun, turn
from aiortc.rtcicetransport import parse_stun_turn_uri

from gatekeeper.app.doctor.examination import Examination, why
from gatekeeper.app.doctor.finding import Finding, fault, ok, warning
from gatekeeper.app.doctor.name import resolved
from gatekeeper.wire.server import Ice, IceServer

MOST = 16
"""Addresses of servers that are looked at."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One address of a server."""

    url: str
    host: str
    port: int
    transport: str
    """`udp` or `tcp`."""
    secure: bool
    relays: bool

    @classmethod
    def parse(cls, url: str) -> "_Place":
        """Raises `ValueError`."""
        parts = parse_stun_turn_uri(url)
        secure = parts["scheme"] in ("stuns", "turns")
        transport = parts.get("transport") or ("tcp" if secure else "udp")
        relays = parts["scheme"].startswith("turn")
        return cls(url, parts["host"], parts["port"], transport, secure, relays)

    @property
    def tls(self) -> ssl.SSLContext | None:
        """With what TLS is spoken."""
        return ssl.create_default_context() if self.secure else None


async def look_at_relays(examination: Examination, ice: Ice, *, public: bool) -> None:
    """Look at each; `public`: people come from elsewhere."""
    urls = [(url, server) for server in ice.servers for url in server.urls][:MOST]
    if not urls:
        examination.tell("relay", _none(public=public))
        return
    well = await asyncio.gather(
        *(
            examination.check(f"relay {url}", look_at_relay(url, server))
            for url, server in urls
        )
    )
    works = any(
        good
        for (url, _), good in zip(urls, well, strict=True)
        if url.startswith("turn")
    )
    if ice.relay_only and not works:
        examination.tell(
            "relay",
            fault(
                "ice.relay_only is on, and no relay works: nobody sees or hears "
                "anybody.",
                "Mend the relay, or set ice.relay_only = false.",
            ),
        )


def _none(*, public: bool) -> Finding:
    if public:
        return warning(
            "There is no STUN or TURN server: who sits behind a firewall or at a "
            "carrier's network hears nobody.",
            "Run coturn and name it in ice.servers, as docs/admin.md has it.",
        )
    return ok("There is no STUN or TURN server, and on one network none is needed.")


async def look_at_relay(url: str, server: IceServer) -> list[Finding]:
    """One address of a server."""
    try:
        place = _Place.parse(url)
    except ValueError:
        return [fault("That is no address of a STUN or TURN server.", "Correct it.")]
    try:
        if place.relays:
            return [await _allocated(place, server)]
        return [await _bound(place)]
    except stun.TransactionFailed as exc:
        return [_refused(exc.response)]
    except stun.TransactionTimeout:
        raise TimeoutError from None
    except ssl.SSLError as exc:
        return [_untrusted(exc)]
    except (OSError, ConnectionError) as exc:
        return [
            fault(
                f"It cannot be reached: {why(exc)}.",
                "Start it, check its name and port, and let the port through the "
                f"firewall ({place.transport}).",
            )
        ]


async def _allocated(place: _Place, server: IceServer) -> Finding:
    where = await _where(place)
    transport, _ = await turn.create_turn_endpoint(
        asyncio.DatagramProtocol,
        where,
        server.username,
        server.credential,
        ssl=place.tls,
        transport=place.transport,
    )
    relayed = str(transport.get_extra_info("sockname")[0])
    await transport._close()  # noqa: SLF001 - close() leaves that to a task of its own
    near = not ip_address(relayed).is_global
    if near and ip_address((await resolved(place.host, place.port))[0]).is_global:
        return fault(
            f"It gives out {relayed}, which nobody elsewhere reaches.",
            "Set external-ip in turnserver.conf to the machine's public address.",
        )
    return ok(f"It takes what a browser is told, and gives out an address ({relayed}).")


async def _bound(place: _Place) -> Finding:
    """Ask for one's own address (RFC 8489, Binding)."""
    where = await _where(place)
    loop = asyncio.get_running_loop()
    made = (where, None, None, 0, 0)
    transport: asyncio.BaseTransport
    protocol: turn.TurnClientProtocol
    if place.transport == "tcp":
        transport, protocol = await loop.create_connection(
            lambda: turn.TurnClientTcpProtocol(*made), *where, ssl=place.tls
        )
    else:
        transport, protocol = await loop.create_datagram_endpoint(
            lambda: turn.TurnClientUdpProtocol(*made), remote_addr=where
        )
    try:
        asked = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        answer, _ = await protocol.request(asked)
    finally:
        transport.close()
    if "XOR-MAPPED-ADDRESS" not in answer.attributes:
        return fault("It does not say what one's address is.", "Name another server.")
    return ok("It tells browsers their own address.")


async def _where(place: _Place) -> tuple[str, int]:
    """Of UDP an address, IPv4 first, since nothing tells that another is not there."""
    if place.transport == "tcp":
        return place.host, place.port
    found = await resolved(place.host, place.port)
    return str(min(found, key=lambda each: each.version)), place.port


def _refused(response: stun.Message) -> Finding:
    number, said = response.attributes.get("ERROR-CODE", (0, ""))
    if number == 401:
        return fault(
            "It refuses what browsers are told (401).",
            "Write the same secret into the file of ice.servers.secret_file and into "
            "coturn's static-auth-secret, start both again, and compare their clocks.",
        )
    if number == 486:
        return warning(
            "It has no more addresses for this user (486).",
            "Raise user-quota and total-quota in turnserver.conf.",
        )
    return fault(f"It refuses: {number} {said}.", "Look at the relay's log.")


def _untrusted(exc: ssl.SSLError) -> Finding:
    said = exc.verify_message if isinstance(exc, ssl.SSLCertVerificationError) else ""
    return fault(
        f"TLS does not come about ({said or exc.reason}).",
        "Give the relay a certificate for its name that browsers know (cert and pkey "
        "in turnserver.conf, the whole chain), and start it again.",
    )
