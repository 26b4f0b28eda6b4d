"""
TLS: the server's certificate, and the next one when its files change.

Rule 1: what is wrong at the start is an error that names the fix; what is wrong later
is logged, and the certificate that there was goes on.
Rule 2: certificate and key change together: each handshake gets the newest whole pair.
"""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from gatekeeper.config.section import named
from gatekeeper.errors import ConfigInvalid
from gatekeeper.secret_file import exposed

log = structlog.get_logger(__name__)

LOOK_EVERY = 10.0
"""Seconds between two looks at the files."""
CERTIFICATE, KEY = "server.tls_certificate", "server.tls_key"


class ServerCertificate:
    """A certificate with its key, as its files have it by now."""

    def __init__(
        self, certificate: Path, key: Path, now: Callable[[], datetime]
    ) -> None:
        """Read them; blocks. Raises `ConfigInvalid`."""
        self._certificate = certificate
        self._key = key
        self._now = now
        self._seen = self._stamp()
        self._current = read(certificate, key, now())
        self.context = self._current
        """What listens is given; it hands each handshake on to the newest pair."""
        self.context.sni_callback = self._newest

    async def watch(self, asked: asyncio.Event) -> None:
        """Take what the files say when they change or when `asked`; until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await asked.wait()
            except TimeoutError:
                pass
            again = asked.is_set()
            asked.clear()
            await self._renew(again)

    async def _renew(self, asked: bool) -> None:
        seen = await asyncio.to_thread(self._stamp)
        if seen == self._seen and not asked:
            return
        self._seen = seen
        try:
            self._current = await asyncio.to_thread(
                read, self._certificate, self._key, self._now()
            )
        except ConfigInvalid as exc:
            log.warning("certificate.refused", why=str(exc))
        else:
            log.info("certificate.renewed")

    def _newest(self, handshake: ssl.SSLObject, *_: object) -> None:
        handshake.context = self._current

    def _stamp(self) -> tuple[object, ...]:
        """Another one for other files."""
        return tuple(_stamp(path) for path in (self._certificate, self._key))


def read(certificate: Path, key: Path, now: datetime) -> ssl.SSLContext:
    """What to serve with. Blocks. Raises `ConfigInvalid`."""
    own, *others = _chain(certificate)
    private = private_key(key)
    if own.public_key() != private.public_key():
        if any(each.public_key() == private.public_key() for each in others):
            raise ConfigInvalid(
                f"{CERTIFICATE}: {certificate}: the server's own certificate has to "
                "stand first, and those of its issuers after it."
            )
        raise ConfigInvalid(
            f"{KEY}: {key} is not the key of {certificate}. Name the two that belong "
            "together."
        )
    if now > own.not_valid_after_utc:
        raise ConfigInvalid(
            f"{CERTIFICATE}: {certificate} has been no longer valid since "
            f"{own.not_valid_after_utc:%Y-%m-%d %H:%M} UTC. Have it renewed."
        )
    if now < own.not_valid_before_utc:
        raise ConfigInvalid(
            f"{CERTIFICATE}: {certificate} is valid from "
            f"{own.not_valid_before_utc:%Y-%m-%d %H:%M} UTC on. Check the clock of "
            "this machine."
        )
    return _context(certificate, key)


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # RFC 8996
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key)
    except OSError as exc:  # an SSLError is one
        reason = getattr(exc, "reason", None) or exc.strerror
        raise ConfigInvalid(
            f"{CERTIFICATE}: {certificate} cannot be used ({reason}). Have another one "
            "made."
        ) from exc
    return context


def _chain(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_bytes(CERTIFICATE, path))
    except ValueError as exc:
        raise ConfigInvalid(
            f"{CERTIFICATE}: {path} holds no certificate in PEM form. It begins with "
            "-----BEGIN CERTIFICATE-----; name the file with the whole chain."
        ) from exc


def private_key(path: Path) -> PrivateKeyTypes:
    """What `server.tls_key` holds. Blocks. Raises `ConfigInvalid`."""
    content = _bytes(KEY, path)
    if (why := exposed(path)) is not None:
        raise ConfigInvalid(f"{KEY}: {why}")
    try:
        return load_pem_private_key(content, password=None)
    except TypeError as exc:
        raise ConfigInvalid(
            f"{KEY}: {path} is locked with a passphrase, which nobody can type here. "
            f"Run: openssl pkey -in {path} -out NEW, and name that."
        ) from exc
    except ValueError as exc:
        raise ConfigInvalid(
            f"{KEY}: {path} holds no private key in PEM form. It begins with "
            "-----BEGIN PRIVATE KEY-----, or with a word more."
        ) from exc


def _bytes(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise ConfigInvalid(
            f"{name}: {named(path)} cannot be read ({exc.strerror}). Check the path, "
            "and that this account may read it."
        ) from exc


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
