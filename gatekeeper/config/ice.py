"""How media find their way: STUN and TURN servers."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from gatekeeper.config.section import (
    FilePath,
    Flag,
    Number,
    Section,
    Text,
    Wrong,
    secret,
)

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
            # It may be a secret: who names a user says the password beside it.
            plain = re.fullmatch(r"[a-z]{2,8}:[^@\s]{0,99}", str(url))
            shown = repr(url) if plain else "one of them"
            raise ValueError(
                f"{shown} is no address of a STUN or TURN server. Say "
                '"stun:host:3478", "turn:host:3478", "turn:host:3478?transport=tcp" or '
                '"turns:host:5349".'
            )
    return tuple(urls)


_URLS, _SECRET = ("urls",), ("secret_file",)
_FIXED = (("username",), ("credential_file",))


class IceServer(Section):
    """STUN or TURN servers with one way to be let in."""

    urls: Annotated[tuple[str, ...], BeforeValidator(_urls)]
    secret_file: FilePath | None = None
    """What coturn calls `static-auth-secret`: each participant gets credentials of
    their own that come to an end."""
    username: Text | None = None
    """With `credential_file`: the same for everybody, for as long as they are good."""
    credential_file: FilePath | None = None

    @property
    def relays(self) -> bool:
        """Whether any of it is a TURN server."""
        return any(url.startswith("turn") for url in self.urls)

    def credential(self, key: str) -> str | None:
        """What `credential_file` of the entry `key` holds. Raises `ConfigInvalid`."""
        return secret(f"{key}.credential_file", self.credential_file)

    def secret(self, key: str) -> str | None:
        """What `secret_file` of the entry `key` holds. Raises `ConfigInvalid`."""
        return secret(f"{key}.secret_file", self.secret_file)

    @model_validator(mode="after")
    def _let_in(self) -> Self:
        fixed = self.username is not None and self.credential_file is not None
        if (self.username is None) != (self.credential_file is None):
            raise Wrong(
                "username and credential_file go together. Set both.",
                *_FIXED,
            )
        if fixed and self.secret_file is not None:
            raise Wrong(
                "secret_file makes user names itself. Remove username and "
                "credential_file, or secret_file.",
                _SECRET,
                *_FIXED,
            )
        if self.relays and not fixed and self.secret_file is None:
            raise Wrong(
                "a TURN server lets nobody in without credentials. Set secret_file, a "
                "file with coturn's static-auth-secret.",
                *(_URLS, _SECRET, *_FIXED),
            )
        if not self.relays and (fixed or self.secret_file is not None):
            raise Wrong(
                "a STUN server takes no credentials. Remove them, or say turn:.",
                *(_URLS, _SECRET, *_FIXED),
            )
        return self


class Ice(Section):
    """None by default: nothing leaves the machine."""

    servers: tuple[IceServer, ...] = ()
    relay_only: Flag = False
    """Whether browsers send to each other, and here, through a TURN server only."""
    credential_life: Annotated[Number, Field(ge=60, le=86_400)] = 3600
    """Seconds for which credentials made of a secret let somebody in."""

    @model_validator(mode="after")
    def _some_relay(self) -> Self:
        if self.relay_only and not any(server.relays for server in self.servers):
            raise Wrong(
                "relay_only needs a relay: nobody would reach anybody. Add a server "
                'with urls = "turn:..." to ice.servers, or remove relay_only.',
                ("relay_only",),
                ("servers",),
            )
        return self
