"""A way to show that one may open rooms, and what each has in common."""

from abc import ABC, abstractmethod
from typing import NoReturn

from aiohttp import web

from gatekeeper.config.rooms import OpenTo, Rooms
from gatekeeper.errors import NothingThere, PeerError
from gatekeeper.web.sign_in.faults import SignInNeeded
from gatekeeper.web.sign_in.sessions import SignedIn


class Way(ABC):
    """What no way has is refused here; each fills in what it has."""

    open_to: OpenTo
    can_sign_out = True
    """Whether there is anything to sign out of."""
    how: str
    """A sentence, for who is refused: how to sign in."""
    challenge: str | None = None
    """The same for programs (RFC 9110, 11.6.1)."""

    @abstractmethod
    async def who(self, request: web.Request) -> SignedIn | None:
        """Who asks, if they may open rooms. Raises `PeerError`."""

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """By what is sent along."""
        return self._none()

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """To where one signs in."""
        return self._none()

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """From there."""
        return self._none()

    @abstractmethod
    async def sign_out(
        self, request: web.Request, response: web.Response
    ) -> str | None:
        """Be signed in no more; where to go on from here, if anywhere."""

    def follow(self, rooms: Rooms) -> None:  # noqa: B027 - most have nothing to follow
        """Go on by what the configuration says now, as far as that can be."""

    def refusal(self) -> PeerError:
        """What who may not open rooms is told."""
        refusal = SignInNeeded(f"{SignInNeeded.detail} {self.how}")
        refusal.challenge = self.challenge
        return refusal

    def _none(self) -> NoReturn:
        raise NothingThere("Nobody signs in like that on this server.")
