"""What is said over HTTP as JSON: models, and how they become answers."""

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, PlainSerializer

from gatekeeper.clock import rfc3339

Instant = Annotated[datetime, PlainSerializer(rfc3339, when_used="json")]


class Shape(BaseModel):
    """One answer, or a part of one."""

    model_config = ConfigDict(frozen=True)


def said(shape: BaseModel, status: int = 200) -> web.Response:
    """As an answer."""
    return web.Response(
        text=shape.model_dump_json(), status=status, content_type="application/json"
    )
