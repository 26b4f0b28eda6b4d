"""
Shapes: what the console's API says, a model each, beside what answers with it.

Rule: nothing in them is of one person, and nothing counts openings, requests or answers
(design.md, rule 8). What is counted does not change with what anybody answers.
"""

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, PlainSerializer

from gatekeeper.clock import rfc3339

Instant = Annotated[datetime, PlainSerializer(rfc3339, when_used="json")]


class Shape(BaseModel):
    """One answer, or a part of one."""

    model_config = ConfigDict(frozen=True)


def said(shape: Shape) -> web.Response:
    """As an answer."""
    return web.Response(text=shape.model_dump_json(), content_type="application/json")


class Wording(Shape):
    """A notice as it was shown."""

    feature: str
    language: str
    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str
