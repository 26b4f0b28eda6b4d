"""`[api]`: what services may ask of this server over HTTP."""

from typing import Annotated

from pydantic import Field

from gatekeeper.config.network import Inside
from gatekeeper.config.section import Flag, Number, Section, Whole


class Api(Section):
    """The API for services, at `/api/v1`."""

    open: Flag = False
    """Whether there is one. A service needs a key besides."""
    lease: Annotated[Number, Field(ge=1, le=4)] = 2
    """Seconds that a permit is lent for at a time, and that a service may go on after
    its feature has closed, if it cannot be told."""
    rooms_per_key: Annotated[Whole, Field(ge=1)] = 100
    """Rooms of one service that are open at once."""
    requests_per_second: Annotated[Number, Field(ge=1)] = 200
    """Of one service, on average; twice as many at once."""
    framed_answers: Flag = False
    """Whether people answer within other sites' pages, where their browser can tell
    what hides the answers (all but a mask); else in a window of this server's own."""
    webhooks_to: tuple[Inside, ...] = ()
    """Networks of one's own, such as `10.0.0.0/8`, that webhooks may lead into, with or
    without TLS. Elsewhere they lead to public addresses only, and over TLS."""
