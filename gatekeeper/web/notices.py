"""
Wordings by their digest, for as long as this server is.

A receipt, an entry of the ledger and a signed yes name one so.

Rule: an answer says which words these are, and from when on they were in force; it
tells of no meeting, and of nobody.
"""

from aiohttp import web

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import NoticeDigest
from gatekeeper.errors import NothingThere
from gatekeeper.meeting.wordings import Wordings
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.operation import Operation
from gatekeeper.web.shape import Instant, Shape, said

PLACE = "/api/notices/{digest}"


class NoticeByDigest(Shape):
    """A notice as it was shown."""

    digest: str
    """SHA-256 of the notice as canonical JSON (RFC 8785), in base64url."""
    since: Instant
    """From when on it was first in force here."""
    in_force: bool
    """Whether it is just now."""
    notice: Notice


def add_notices(app: web.Application, here: Handlers[Wordings]) -> None:
    """Serve them."""

    async def by_digest(wordings: Wordings, request: web.Request) -> web.Response:
        digest = NoticeDigest(request.match_info["digest"])
        found = await wordings.find(digest)
        if found is None:
            raise NothingThere
        now = wordings.notices.get(found.notice.feature, {})
        return said(
            NoticeByDigest(
                digest=digest,
                since=found.since,
                in_force=digest in now,
                notice=found.notice,
            )
        )

    app.router.add_get(PLACE, here(by_digest))


OPERATIONS = {
    f"GET {PLACE}": Operation(
        "The wording that a receipt names, in force or not.", {200: NoticeByDigest}
    ),
}
