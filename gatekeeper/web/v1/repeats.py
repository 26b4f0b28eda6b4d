"""
Repeats: a request that is sent again, since its answer was lost, is done once.

As draft-ietf-httpapi-idempotency-key-header says it: `Idempotency-Key`, with POST.

Rule 1: the same key and the same request have the same answer for a day, whoever else
has asked meanwhile; another request with that key is refused.
Rule 2: what was refused has changed nothing, so that it is tried afresh.
Rule 3: an answer may hold a secret. It is sealed with what is made of the service's own
key, which is not kept here; and so are key and request known by it alone.
"""

import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import web
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gatekeeper.errors import LedgerUnavailable, MalformedMessage
from gatekeeper.storage.answers import Answer, Answers
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import IdempotencyMismatch, IdempotencyRunning

log = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
LONGEST = 255
"""Characters of a key."""
LONGEST_ANSWER = 16 * 1024
"""Characters; no answer that is kept here is nearly as long."""
_KEY = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])+)"|([!#-~]+)')
"""A string as RFC 8941, 3.3.3, has it; or as most send it, without the quotes."""

Handle = Callable[[], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class _Seal:
    """What is made of a service's secret."""

    digests: bytes
    answers: Fernet

    @classmethod
    def of(cls, secret: str) -> "_Seal":
        made = HKDF(SHA256(), 64, salt=None, info=b"gatekeeper idempotency")
        keys = made.derive(bytes.fromhex(secret))
        return cls(keys[:32], Fernet(urlsafe_b64encode(keys[32:])))

    def digest(self, kind: str, *parts: bytes) -> bytes:
        """32 bytes: the same for the same parts."""
        text = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.digest(self.digests, kind.encode() + text, hashlib.sha256)


class Repeats:
    """Knows which requests are at work, and what others were answered."""

    def __init__(self, answers: Answers, now: Callable[[], datetime]) -> None:
        self._answers = answers
        self._now = now
        self._running: set[bytes] = set()

    async def once(self, call: Call, handle: Handle) -> web.StreamResponse:
        """
        Do it, or answer as it was answered before.

        Raises `IdempotencyMismatch`, `IdempotencyRunning`, `MalformedMessage`,
        `LedgerUnavailable`, and what `handle` raises.
        """
        key = _key(call.request)
        if key is None:
            return await handle()
        seal = _Seal.of(call.caller.secret)
        id_ = seal.digest("key", key.encode())
        if id_ in self._running:
            raise IdempotencyRunning
        self._running.add(id_)
        try:
            return await self._once(call, handle, seal, id_)
        finally:
            self._running.discard(id_)

    async def _once(
        self, call: Call, handle: Handle, seal: _Seal, id_: bytes
    ) -> web.StreamResponse:
        where = f"{call.request.method} {call.request.rel_url.raw_path_qs}"
        asked = seal.digest("request", where.encode(), call.body)
        known = await self._answers.find(id_, self._now())
        if known is not None and known.request != asked:
            raise IdempotencyMismatch
        if known is not None:
            return _opened(seal.answers.decrypt(known.sealed))
        response = await handle()
        if response.status < 300:
            sealed = seal.answers.encrypt(_told(response))
            answer = Answer(id_, call.key.id, self._now(), asked, sealed)
            try:
                await self._answers.keep(answer)
            except LedgerUnavailable:  # what was done is done, and has to be told
                log.error("answer.not-kept", service=call.key.id)
        return response


def _key(request: web.Request) -> str | None:
    """What the request says. Raises `MalformedMessage`."""
    said = request.headers.getall(HEADER, [])
    if not said:
        return None
    found = _KEY.fullmatch(said[0].strip())
    key = "" if found is None else found[2] or re.sub(r"\\(.)", r"\1", found[1])
    if not 0 < len(key) <= LONGEST or len(said) > 1:
        raise MalformedMessage(
            f"{HEADER}: send one, of at most {LONGEST} visible ASCII characters, such "
            'as "8e03978e-40d5-43dd-bc93-6894a57f9324".'
        )
    return key


def _told(response: web.StreamResponse) -> bytes:
    assert isinstance(response, web.Response)  # noqa: S101 - POST answers whole
    text = response.text or ""
    assert len(text) <= LONGEST_ANSWER  # noqa: S101 - shapes of ours
    return json.dumps([response.status, text]).encode()


def _opened(told: bytes) -> web.Response:
    status, text = json.loads(told)
    kind = "application/json" if text else None
    return web.Response(status=status, text=text or None, content_type=kind)
