"""Certificates of tests: each is its own issuer."""

import datetime as dt
import ssl
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gatekeeper.clock import Clock

NAMES = ("localhost", "meet.test")


class Pair:
    """A certificate and its key, in two files."""

    def __init__(
        self,
        folder: Path,
        *,
        begins: float = -1,
        ends: float = 30,
        name: str = "own",
        hosts: Sequence[str] = NAMES,
    ) -> None:
        """Valid from `begins` to `ends`, in days from now."""
        self._private = ec.generate_private_key(ec.SECP256R1())
        now = Clock().now()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(self._private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + dt.timedelta(days=begins))
            .not_valid_after(now + dt.timedelta(days=ends))
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName(each) for each in hosts]),
                critical=False,
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._private, hashes.SHA256())
        )
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"{name}.crt"
        self.key = folder / f"{name}.key"
        self.file.write_bytes(self.pem)
        self.key.write_bytes(self.key_pem())
        self.key.chmod(0o600)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def key_pem(self, passphrase: bytes | None = None) -> bytes:
        locked = (
            serialization.BestAvailableEncryption(passphrase)
            if passphrase
            else serialization.NoEncryption()
        )
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked
        )

    def trusted(self) -> ssl.SSLContext:
        """What a client has that trusts this one alone."""
        return ssl.create_default_context(cadata=self.pem.decode())
