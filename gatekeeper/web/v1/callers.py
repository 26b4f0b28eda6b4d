"""
Callers: which service asks, by the key that it shows with each request.

Rule 1: `Authorization` is all that is looked at. No cookie says who a service is, so no
page can have a browser ask in its name.
Rule 2: of a key its digest is compared, in a time that does not depend on it. The key
itself is in no log, and in nothing that is kept.
Rule 3: who has tried too many wrong ones from one address tries no more from there; but
a service that is at work there goes on, whatever others try beside it.
"""

from dataclasses import dataclass, field

from aiohttp import hdrs, web

from gatekeeper.storage.service_keys import ServiceKey, ServiceKeys, split
from gatekeeper.web.proxies import TrustedProxies
from gatekeeper.web.sign_in.attempts import Attempts
from gatekeeper.web.v1.faults import KeyUnknown

REALM = 'Bearer realm="api"'


@dataclass(frozen=True, slots=True)
class Caller:
    """A service that has shown its key."""

    key: ServiceKey
    secret: str = field(repr=False)


class Callers:
    """Finds out who asks."""

    def __init__(
        self, keys: ServiceKeys, proxies: TrustedProxies, attempts: Attempts
    ) -> None:
        self._keys = keys
        self._proxies = proxies
        self._attempts = attempts

    async def who(self, request: web.Request) -> Caller:
        """Raises `KeyUnknown`, `RateLimited`, `LedgerUnavailable`."""
        scheme, _, text = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() != "bearer":
            raise _unknown(REALM)
        shown = split(text.strip())
        if shown is not None and self._keys.known(shown[0]):
            if found := await self._fitting(*shown):
                return found
            shown = None
        address = self._proxies.client(request)
        self._attempts.check(address)
        found = None if shown is None else await self._fitting(*shown)
        if found is None:
            self._attempts.failed(address)
            raise _unknown(f'{REALM}, error="invalid_token"')
        return found

    async def _fitting(self, id_: str, secret: str) -> Caller | None:
        key = await self._keys.find(id_)
        if key is None or not key.fits(secret):
            return None
        self._keys.used(key)
        return Caller(key, secret)


def _unknown(challenge: str) -> KeyUnknown:
    fault = KeyUnknown()
    fault.challenge = challenge
    return fault
