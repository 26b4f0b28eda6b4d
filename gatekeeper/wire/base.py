"""What messages of both directions are made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.consent.types import Decision

PROTOCOL = 4
"""The protocol's version, said in `Hello`."""


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)
]


Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]


Statement = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")
]
"""A compact JWS (RFC 7515); see `evidence.statement`."""


Sdp = Annotated[str, StringConstraints(min_length=1, max_length=60_000)]


LONGEST_SIGNAL = 60_000
"""Characters that one participant may say to another at once."""


Capability = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}\.[A-Za-z0-9_-]{1,128}$")
]
"""What opens the page afterwards; see `meeting.capabilities`."""


class Message(BaseModel):
    """One frame on the wire."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PublicKey(Message):
    """A participant's public key for one meeting, as a JWK (RFC 7517)."""

    kty: Literal["OKP", "EC"]
    crv: Literal["Ed25519", "P-256"]
    x: Token
    y: Token | None = Field(default=None, exclude_if=lambda y: y is None)
    """Of P-256 alone: a key has just the members that its thumbprint covers."""


class Answer(Message):
    """A participant's decision on one feature, with the statement that says so."""

    feature: Token
    decision: Decision
    statement: Statement


class Media(Message):
    """What one is sending to the others just now."""

    type: Literal["media"] = "media"
    microphone: bool
    camera: bool
    screen: bool
    screen_audio: bool
    """The sound of the screen; never without one."""
