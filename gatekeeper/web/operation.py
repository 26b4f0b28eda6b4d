"""What is told of one route in the document of the HTTP API (`web.openapi`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

JSON, HTML = "application/json", "text/html"

Answer = str | type[BaseModel] | None
"""A media type, the model of a JSON document, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and gives, besides problems."""

    does: str
    answers: Mapping[int, Answer]
    body: type[BaseModel] | None = None
    query: tuple[str, ...] = field(default=())
