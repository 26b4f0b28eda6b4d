"""
Who may open rooms, as a file says it.

Rule 1: guests are not meant by any of it: who has a room's address joins without it.
Rule 2: nobody is let in by what was left out. A provider may sign in the whole world,
so the file says whom of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from gatekeeper.config.section import (
    FilePath,
    Flag,
    Period,
    Section,
    Text,
    Wrong,
    Wrongs,
    like,
    secret,
)

OpenTo = Literal["anybody", "token", "oidc", "header"]

LEAST = 20
"""Characters of a token. Somebody who guesses has no business with shorter ones."""
_TOKEN = re.compile(r"[A-Za-z0-9_.~+/=-]+")
"""What stands in a header as it is (RFC 6750, 2.1)."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class RoomToken(Section):
    """Something that is given to people and programs, to open rooms with."""

    name: Annotated[
        str,
        like(
            r"[\w.-]{1,64}",
            "a token is called with up to 64 letters, digits, dots, hyphens and "
            "underscores. Rename it.",
        ),
    ]
    """What it is called, to tell one from another; shown to who has it."""
    file: FilePath | None = None
    sha256: (
        Annotated[
            str,
            like(
                "[0-9a-f]{64}",
                "a SHA-256 is 64 digits and letters from a to f. Make it with: "
                "tr -d '\\n' < FILE | sha256sum",
            ),
        ]
        | None
    ) = None
    """Of the token; so the file with the configuration holds no secret."""

    def token(self, key: str = "rooms.tokens") -> str | None:
        """What `file` of the entry `key` holds. Blocks. Raises `ConfigInvalid`."""
        return secret(f"{key}.file", self.file)

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.file is None) == (self.sha256 is None):
            raise Wrong(
                "say where the token is: either file or sha256.", ("file",), ("sha256",)
            )
        return self


def is_token(text: str) -> bool:
    """Whether it may be a token: long enough, and fit for a header."""
    return len(text) >= LEAST and _TOKEN.fullmatch(text) is not None


def _issuer(given: str) -> str:
    """An address without query and fragment (OpenID Connect Discovery 1.0, 3)."""
    if given == "":
        return given
    parts = urlsplit(given)
    secure = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )
    bare = not (parts.query or parts.fragment or parts.username)
    if not (secure and parts.hostname and bare):
        raise ValueError(
            "say the provider's own address as it says it, such as "
            '"https://login.example.org" or "https://login.example.org/realms/house".'
        )
    return given


class Oidc(Section):
    """A provider of OpenID Connect, and whom of those that it knows."""

    issuer: Annotated[str, AfterValidator(_issuer)] = ""
    client_id: str = ""
    secret_file: FilePath | None = None
    """None: a public client, with PKCE alone."""
    scopes: tuple[Text, ...] = ("profile", "email")
    """Asked for beside `openid`."""
    emails: tuple[Text, ...] = ()
    domains: tuple[Text, ...] = ()
    """Of e-mail addresses that the provider has verified; each by itself."""
    groups: tuple[Text, ...] = ()
    groups_claim: Text = "groups"
    everyone: Flag = False
    """Whoever the provider signs in."""
    end_session: Flag = False
    """Whether signing out goes on to the provider's own page for that."""

    def secret(self, table: str = "rooms.oidc") -> str | None:
        """The secret in `secret_file`. Blocks. Raises `ConfigInvalid`."""
        return secret(f"{table}.secret_file", self.secret_file)

    def missing(self, table: str = "rooms.oidc") -> str | None:
        """What has to be said yet before anybody can sign in, as a sentence."""
        if not (self.issuer and self.client_id):
            return f"set {table}.issuer and {table}.client_id."
        if self.everyone == bool(self.emails or self.domains or self.groups):
            return (
                f"say who may: some of {table}.emails, domains and groups, or "
                f"{table}.everyone = true for all whom the provider signs in."
            )
        return None


FieldName = Annotated[
    str,
    like(
        "[A-Za-z0-9-]{1,64}",
        "a header is called with letters, digits and hyphens, such as "
        '"X-Forwarded-User".',
    ),
]


def _address(given: str) -> str:
    """Where to go on: a path of this host, or an address with https."""
    # A browser reads "\" as "/", and "//host" as another host (WHATWG URL, 4.4).
    path = re.fullmatch(r"/([^/\\\s][^\\\s]*)?", given)
    if given and not path and not re.fullmatch(r"https://[^\\\s]+", given):
        raise ValueError('say a path such as "/oauth2/sign_out", or an https address.')
    return given


class Header(Section):
    """What a proxy that signs people in says of them (`server.trusted_proxies`)."""

    user: FieldName = "X-Forwarded-User"
    name: FieldName = "X-Forwarded-Preferred-Username"
    """What is shown, if it is there."""
    sign_out: Annotated[str, AfterValidator(_address)] = ""
    """The proxy's own; empty: there is no button for it."""


class Rooms(Section):
    """Who may open rooms."""

    open_to: OpenTo = "anybody"
    session: Period = timedelta(hours=12)
    """How long somebody stays signed in; nothing makes it longer."""
    tokens: Annotated[tuple[RoomToken, ...], Field(max_length=1000)] = ()
    oidc: Oidc = Oidc()
    header: Header = Header()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if found := [*self._mistakes()]:
            raise Wrongs(found)
        return self

    def _mistakes(self) -> Iterator[Wrong]:
        names = Counter(token.name for token in self.tokens)
        for name in (name for name, number in names.items() if number > 1):
            yield Wrong(
                f"two of rooms.tokens are called {name!r}. Rename one.", ("tokens",)
            )
        if self.open_to == "token" and not self.tokens:
            yield Wrong(
                'rooms.open_to is "token": name some in rooms.tokens.',
                ("open_to",),
                ("tokens",),
            )
        if self.open_to == "oidc" and (missing := self.oidc.missing()):
            yield Wrong(f'rooms.open_to is "oidc": {missing}', ("open_to",), ("oidc",))
