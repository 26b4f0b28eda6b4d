"""How media find their way: STUN and TURN servers."""

import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from gatekeeper.config.section import Section, Text, secret
from gatekeeper.errors import ConfigInvalid

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
_PORT = r"(?::(\d{1,5}))?"
_URL = re.compile(
    rf"(?:stuns?:{_HOST}{_PORT}|turns?:{_HOST}{_PORT}(?:\?transport=(?:udp|tcp))?)"
)
"""RFC 7064 and RFC 7065, with a name or an IPv4 address."""


def _urls(given: object) -> tuple[str, ...]:
    """One address or a list of them. Raises `ValueError`."""
    urls = (given,) if isinstance(given, str) else given
    if not isinstance(urls, list | tuple) or not urls:
        raise ValueError('say one address such as "stun:host:3478", or a list of them.')
    for url in urls:
        found = _URL.fullmatch(url) if isinstance(url, str) else None
        if found is None or int(found[1] or found[2] or 1) not in range(1, 65_536):
            raise ValueError(
                f"{url!r} is no address of a STUN or TURN server. Say "
                '"stun:host:3478", "turn:host:3478", "turn:host:3478?transport=tcp" or '
                '"turns:host:5349".'
            )
    return tuple(urls)


class IceServer(Section):
    """STUN or TURN servers with one way to be let in."""

    urls: Annotated[tuple[str, ...], BeforeValidator(_urls)]
    secret_file: Path | None = None
    """What coturn calls `static-auth-secret`: each participant gets credentials of
    their own that come to an end."""
    username: Text | None = None
    """With `credential_file`: the same for everybody, for as long as they are good."""
    credential_file: Path | None = None

    @property
    def relays(self) -> bool:
        """Whether any of it is a TURN server."""
        return any(url.startswith("turn") for url in self.urls)

    def credential(self) -> str | None:
        """The secret in `credential_file`. Raises `ConfigInvalid`."""
        return _some("ice.servers.credential_file", self.credential_file)

    def secret(self) -> str | None:
        """The secret in `secret_file`. Raises `ConfigInvalid`."""
        return _some("ice.servers.secret_file", self.secret_file)

    @model_validator(mode="after")
    def _let_in(self) -> Self:
        fixed = self.username is not None and self.credential_file is not None
        if (self.username is None) != (self.credential_file is None):
            raise ValueError("username and credential_file go together. Set both.")
        if fixed and self.secret_file is not None:
            raise ValueError(
                "secret_file makes user names itself. Remove username and "
                "credential_file, or secret_file."
            )
        if self.relays and not fixed and self.secret_file is None:
            raise ValueError(
                "a TURN server lets nobody in without credentials. Set secret_file, a "
                "file with coturn's static-auth-secret."
            )
        if not self.relays and (fixed or self.secret_file is not None):
            raise ValueError(
                "a STUN server takes no credentials. Remove them, or say turn:."
            )
        return self


def _some(key: str, path: Path | None) -> str | None:
    found = secret(key, path)
    if found == "":
        raise ConfigInvalid(f"{key}: {path} is empty. Write the secret into it.")
    return found


class Ice(Section):
    """None by default: nothing leaves the machine."""

    servers: tuple[IceServer, ...] = ()
    relay_only: bool = False
    """Whether browsers send to each other, and here, through a TURN server only."""
    credential_life: Annotated[float, Field(ge=60, le=86_400)] = 3600
    """Seconds for which credentials made of a secret let somebody in."""

    @model_validator(mode="after")
    def _some_relay(self) -> Self:
        if self.relay_only and not any(server.relays for server in self.servers):
            raise ValueError(
                "relay_only needs a relay: nobody would reach anybody. Add a server "
                'with urls = "turn:..." to ice.servers, or remove relay_only.'
            )
        return self
