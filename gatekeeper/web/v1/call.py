"""One request of a service, once it is known whose it is."""

from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel

from gatekeeper.storage.service_keys import ServiceKey
from gatekeeper.web.bodies import parsed
from gatekeeper.web.v1.callers import Caller

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, and by whom."""

    request: web.Request
    caller: Caller
    body: bytes
    """Bounded, and not looked at yet."""

    @property
    def key(self) -> ServiceKey:
        """The key that was shown, as it is known here."""
        return self.caller.key

    def said(self, model: type[M]) -> M:
        """What the body says. Raises `MalformedMessage`."""
        return parsed(model, self.body)

    def named(self, what: str) -> str:
        """What the path says there, such as the id of a room."""
        return self.request.match_info[what]
