"""What is told of one route in the document of the HTTP API (`web.openapi`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import PeerError

JSON, HTML = "application/json", "text/html"

Answer = str | type[BaseModel] | None
"""A media type, the model of a JSON document, or nothing at all."""


class Told(BaseModel):
    """A JSON document that is an answer, and holds nothing else."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and gives, besides problems."""

    does: str
    answers: Mapping[int, Answer]
    body: type[BaseModel] | None = None
    query: tuple[str, ...] = field(default=())
    """Texts in the query."""
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What else is in it, with its JSON schema."""
    fields: tuple[str, ...] = field(default=())
    """Texts in the header."""
    scope: str | None = None
    """Of a route for services: what their key has to be good for."""
    repeats: bool = False
    """Whether it takes an idempotency key."""
    refuses: tuple[type[PeerError], ...] | None = None
    """Every way in which it refuses; None: any."""
