"""What is told of one route in the document of the HTTP API (`web.openapi`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

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
