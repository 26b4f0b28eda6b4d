"""The certificate: whether a browser believes it, and for how long."""

import asyncio
import ssl
from datetime import datetime

from gatekeeper.app.doctor.examination import why
from gatekeeper.app.doctor.finding import Finding, fault, ok, warning
from gatekeeper.app.doctor.site import Address

SOON = 14
"""Days; certificates that renew themselves do so a month before."""

_CAUSES = {
    9: (
        "It is not valid yet.",
        "Check the clocks of this machine and of the one that made it.",
    ),
    10: (
        "It has expired, or one of its issuers' has.",
        "Have it renewed, and look why that did not happen by itself (`certbot renew`, "
        "or the proxy's log).",
    ),
    18: (
        "It is its own issuer, which no browser knows.",
        "Have one made by an authority that browsers know, such as Let's Encrypt. For "
        "one that your machines know, name its file in SSL_CERT_FILE.",
    ),
    19: (
        "Its issuer is one that no browser knows.",
        "Have one made by an authority that browsers know. For one that your machines "
        "know, name its file in SSL_CERT_FILE.",
    ),
    20: (
        "Its chain does not lead to an issuer that is known.",
        "Serve the whole chain (`fullchain.pem`), the server's own certificate first.",
    ),
    21: (
        "Its chain is cut short.",
        "Serve the whole chain (`fullchain.pem`), the server's own certificate first.",
    ),
    62: (
        "It is for another name.",
        "Have one made for the name that people open, and serve that.",
    ),
    64: (
        "It is not for this address.",
        "Open the server by the name that its certificate is for.",
    ),
}
"""By OpenSSL's number (X509_V_ERR_…)."""


async def look_at_certificate(address: Address, now: datetime) -> list[Finding]:
    """Whether TLS works as in a browser."""
    try:
        shown, version = await _handshake(address)
    except ssl.SSLCertVerificationError as exc:
        cause, fix = _CAUSES.get(
            exc.verify_code, (f"It is refused: {exc.verify_message}.", "Replace it.")
        )
        return [fault(f"No browser believes the certificate. {cause}", fix)]
    except ssl.SSLError as exc:
        return [
            fault(
                f"TLS does not come about ({exc.reason or why(exc)}).",
                "Have the server or its proxy speak TLS 1.2 or 1.3 at this port.",
            )
        ]
    return [_by_age(address, shown, version, now)]


def _by_age(address: Address, shown: str, version: str, now: datetime) -> Finding:
    left = (ssl.cert_time_to_seconds(shown) - now.timestamp()) / 86_400
    said = f"{version}, a certificate for {address.host}, {left:.0f} days left."
    if left < SOON:
        return warning(
            f"{said} It should have been renewed by now.",
            "Look why that did not happen by itself (`certbot renew --dry-run`).",
        )
    return ok(said)


async def _handshake(address: Address) -> tuple[str, str]:
    """When the certificate ends, and the version. Raises `OSError`."""
    _, writer = await asyncio.open_connection(
        address.at or address.host,
        address.port,
        ssl=ssl.create_default_context(),
        server_hostname=address.host,
    )
    try:
        shown: dict[str, str] = writer.get_extra_info("peercert")
        wrapped: ssl.SSLObject = writer.get_extra_info("ssl_object")
        return shown["notAfter"], str(wrapped.version())
    finally:
        writer.transport.abort()
